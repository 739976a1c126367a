"""Days said with numbers: 27.11., 27/11, 2026-11-27, 27 Nov, November 27."""

import re
from dataclasses import dataclass
from datetime import date

from bailiwick.pipeline.rules.line.almanac import on, without_year
from bailiwick.pipeline.rules.line.daynames import MONTHS
from bailiwick.pipeline.rules.line.words import Line, keys

Both = tuple[date | None, date | None]  # the day if it lies ahead, the day if it lies behind
UNSURE: Both = (None, None)

YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})(?:\.([0-9]{4}|[0-9]{2}))?")
SLASHED = re.compile(r"([0-9]{1,2})([-/])([0-9]{1,2})(?:\2([0-9]{4}|[0-9]{2}))?")
ORDINAL = keys("st nd rd th")
ALWAYS_OPEN = "24/7"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a day is looked for in: the line, today, and whether 3/4 is the third of April (`day_first`)."""

    line: Line
    today: date
    day_first: bool


def numeric(asked: Asked, at: int, led: bool) -> tuple[int, Both] | None:
    """A day in digits alone. Two numbers with a dot need a second dot, or a word such as "by" before (`led`)."""
    text = asked.line.number(at)
    if not text or len(text) > 10:
        return None
    if match := YEAR_FIRST.fullmatch(text):
        return _given(at + 1, _day(asked, int(match[3]), int(match[2]), match[1]))
    if match := DOTTED.fullmatch(text):
        dot = asked.line.key(at + 1) == "." and asked.line.glued(at + 1)
        if not (match[3] or dot or led):
            return None
        return _given(at + 1 + (dot and not match[3]), _day(asked, int(match[1]), int(match[2]), match[3]))
    if (match := SLASHED.fullmatch(text)) and (match[2] == "/" or match[4]) and text != ALWAYS_OPEN:
        return None if asked.line.key(at + 1) == "of" else _given(at + 1, _either_first(asked, match))
    return None


def _either_first(asked: Asked, match: re.Match[str]) -> Both | None:
    first, second, year = int(match[1]), int(match[3]), match[4]
    if first > 12 or first == second or (asked.day_first and second <= 12):
        return _day(asked, first, second, year)
    return _day(asked, second, first, year) if second > 12 else UNSURE


def day_and_month(asked: Asked, at: int, _led: bool) -> tuple[int, Both] | None:
    """27 Nov, 27th of November 2026, 27. November; November 27, Nov 27th, 2026."""
    line = asked.line
    if line.key(at) in MONTHS:
        after = at + 1 + (line.key(at + 1) == ".")
        if not _small(line.number(after)):
            return None
        month, day, end = MONTHS[line.key(at)], int(line.number(after)), _past_ordinal(line, after + 1)
        comma = line.key(end) == "," and bool(_year(line.number(end + 1)))
        end += comma
    elif _small(line.number(at)):
        after = _past_ordinal(line, at + 1)
        after += line.key(after) == "." and line.glued(after)
        after += line.key(after) == "of"
        if line.key(after) not in MONTHS:
            return None
        month, day, end = MONTHS[line.key(after)], int(line.number(at)), after + 1
        end += line.key(end) == "." and bool(_year(line.number(end + 1)))
    else:
        return None
    year = _year(line.number(end))
    return _given(end + bool(year), _day(asked, day, month, year))


def _past_ordinal(line: Line, at: int) -> int:
    return at + (line.key(at) in ORDINAL and line.glued(at))


def _small(number: str) -> bool:
    return len(number) <= 2 and number.isdecimal()


def _year(number: str) -> str:
    return number if len(number) == 4 and number.isdecimal() and number[:2] in ("19", "20", "21") else ""


def _day(asked: Asked, day: int, month: int, year: str | None) -> Both | None:
    if not year:
        return without_year(asked.today, month, day)
    found = on(int(year) + (2000 if len(year) == 2 else 0), month, day)
    return (found, found) if found else None


def _given(end: int, both: Both | None) -> tuple[int, Both] | None:
    return (end, both) if both else None
