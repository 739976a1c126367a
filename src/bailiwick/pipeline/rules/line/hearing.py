"""Everything that a line names, found once: days, times, percentages, amounts, names, acts, decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bailiwick.pipeline.rules.line.acts import WE, Act, acts
from bailiwick.pipeline.rules.line.clauses import clauses
from bailiwick.pipeline.rules.line.days import DaySaid, days
from bailiwick.pipeline.rules.line.endings import Ending, ending
from bailiwick.pipeline.rules.line.hours import HourSaid, hours
from bailiwick.pipeline.rules.line.legalforms import LEGAL
from bailiwick.pipeline.rules.line.parties import Mentioned, mentioned
from bailiwick.pipeline.rules.line.promises import promises
from bailiwick.pipeline.rules.line.records import Named
from bailiwick.pipeline.rules.line.shares import ShareSaid, shares
from bailiwick.pipeline.rules.line.sums import SumSaid, sums
from bailiwick.pipeline.rules.line.vocabulary import OPENERS
from bailiwick.pipeline.rules.line.words import Line, Span, cut


@dataclass(frozen=True, slots=True)
class Heard:
    """What was found in a line, each with its place; `promised` are the clauses that promise the customer something."""

    line: Line
    today: date
    clauses: tuple[Span, ...]
    days: tuple[DaySaid, ...]
    hours: tuple[HourSaid, ...]
    shares: tuple[ShareSaid, ...]
    sums: tuple[SumSaid, ...]
    names: Mentioned
    acts: tuple[Act, ...]
    ending: Ending | None
    promised: tuple[Span, ...]

    def days_in(self, clause: Span) -> tuple[DaySaid, ...]:
        return tuple(day for day in self.days if day.first in clause)

    def hours_in(self, clause: Span) -> tuple[HourSaid, ...]:
        return tuple(hour for hour in self.hours if hour.first in clause)

    def named_or_dated(self, at: int) -> bool:
        """Whether a word is a mark, or part of a name, a day or a time."""
        return self.line.words[at].mark or any(at in span for span in (*self.days, *self.hours, *self.names.spans))

    @property
    def spans(self) -> tuple[Span, ...]:
        """The words that are days, times, percentages, amounts or names."""
        return (*self.days, *self.hours, *self.shares, *self.sums, *self.names.spans)


def hear(
    text: str,
    today: date,
    language: str,
    currency: str,
    accounts: Sequence[Named],
    contacts: Sequence[Named],
    opportunities: Sequence[Named],
) -> Heard:
    """Finds everything in a line, each in the words that what came before has left."""
    line = cut(text)
    names = mentioned(line, accounts, contacts, opportunities)
    named = _places(names.spans)
    dated = tuple(day for day in days(line, today, language) if day.end - 1 not in named)
    timed = hours(line, dated)
    parts = clauses(line, dated, OPENERS, LEGAL)
    percent = shares(line, parts)
    amounts = sums(line, (*dated, *timed, *percent, *names.spans), currency)
    done = acts(line, parts, named | _places((*dated, *timed)))
    promised = _promised(line, parts, names, named)
    return Heard(line, today, parts, dated, timed, percent, amounts, names, done, ending(line, parts), promised)


def _promised(line: Line, parts: Sequence[Span], names: Mentioned, named: frozenset[int]) -> tuple[Span, ...]:
    """The clauses that promise; whether a name, known or not, ends before a word tells who promises."""
    ends = {span.end for span in names.spans}
    return tuple(part for part in parts if promises(line, part, lambda at: at in ends or _unknown_name(line, at, named)))


def _places(spans: Sequence[Span]) -> frozenset[int]:
    return frozenset(at for span in spans for at in range(span.first, span.end))


def _unknown_name(line: Line, at: int, named: frozenset[int]) -> bool:
    """A word in capitals that is no known name and no word of ours ("I") ends before `at`."""
    return at > 0 and at - 1 not in named and line.words[at - 1].capital and line.key(at - 1) not in WE | {"have"}
