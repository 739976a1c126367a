"""The days that a line names, in English and German.

Most words for a day mean one day ahead and another behind ("Friday", "27 Nov"): both are given, and who knows whether the
thing is done or planned chooses. A day that may be two (3/4 in English, "last week") is neither: it is asked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bailiwick.pipeline.rules.line.daynames import DEADLINE, LEAD
from bailiwick.pipeline.rules.line.daynumbers import Asked, Both, day_and_month, numeric
from bailiwick.pipeline.rules.line.dayparts import day_of_month, ends, spans_of_time, weeks, word_days
from bailiwick.pipeline.rules.line.weekdays import weekday
from bailiwick.pipeline.rules.line.words import Line, Span, longest

Part = Callable[[Asked, int, bool], tuple[int, Both] | None]
MOST_LEADS = 2  # by the, bis zum
PARTS: tuple[Part, ...] = (word_days, weekday, weeks, ends, spans_of_time, numeric, day_and_month, day_of_month)


@dataclass(frozen=True, slots=True)
class DaySaid(Span):
    """A day as said: `ahead` if it is planned, `back` if it is done, neither if it must be asked; `deadline` after "by"."""

    ahead: date | None
    back: date | None
    deadline: bool

    @property
    def unsure(self) -> bool:
        return self.ahead is None


def days(line: Line, today: date, language: str) -> tuple[DaySaid, ...]:
    """The days of a line in its order; none overlaps another."""
    asked = Asked(line, today, language.lower().startswith("de"))
    found: list[DaySaid] = []
    at = 0
    while at < len(line.words):
        day = _day(asked, at)
        if day is not None:
            found.append(day)
        at = day.end if day is not None else at + 1
    return tuple(found)


def _day(asked: Asked, at: int) -> DaySaid | None:
    due = longest(asked.line, at, DEADLINE)
    core = due[0] if due else at
    for _ in range(MOST_LEADS + 1):
        for part in PARTS:
            found = part(asked, core, core > at)
            if found is not None:
                end, (ahead, back) = found
                return DaySaid(at, end, ahead, back, due is not None)
        if asked.line.key(core) not in LEAD:
            return None
        core += 1
    return None
