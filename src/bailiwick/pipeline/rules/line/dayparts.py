"""Days said with words: tomorrow, next week, end of month, in two weeks, the 27th."""

from collections.abc import Callable
from datetime import date

from bailiwick.pipeline.rules.line.almanac import (
    monday,
    month_end,
    months_on,
    on,
    shifted,
    week_end,
    without_month,
    without_year,
)
from bailiwick.pipeline.rules.line.daynames import (
    COUNTS,
    END_OF,
    ENDS,
    MONTHS,
    NOT_TOMORROW,
    RELATIVE,
    UNITS,
    WEEK_NUMBER,
    WEEKS,
)
from bailiwick.pipeline.rules.line.daynumbers import ORDINAL, UNSURE, Asked, Both
from bailiwick.pipeline.rules.line.words import keys, longest

IN = keys("in within binnen innerhalb")
LONGEST_COUNT = 3  # digits


def word_days(asked: Asked, at: int, _led: bool) -> tuple[int, Both] | None:
    """Today, tomorrow, yesterday and their parts."""
    found = longest(asked.line, at, RELATIVE)
    if found is None or (asked.line.key(at) == "morgen" and asked.line.key(at - 1) in NOT_TOMORROW):
        return None
    return _one(found[0], shifted(asked.today, found[1]))


def weeks(asked: Asked, at: int, _led: bool) -> tuple[int, Both] | None:
    """Next week is its Monday, next month its first day; last week and last month name no day and are asked."""
    if found := longest(asked.line, at, WEEKS):
        first = asked.today.replace(day=1)
        meant: dict[str, Callable[[], date | None]] = {
            "next week": lambda: monday(asked.today, 1),
            "this week": lambda: week_end(asked.today),
            "next month": lambda: months_on(first, 1),
        }
        return _one(found[0], meant[found[1]]()) if found[1] in meant else (found[0], UNSURE)
    week = longest(asked.line, at, WEEK_NUMBER)
    number = asked.line.number(week[0]) if week else ""
    return _numbered(asked, week[0] + 1, int(number)) if week and number.isdecimal() and len(number) <= 2 else None


def _numbered(asked: Asked, end: int, week: int) -> tuple[int, Both] | None:
    """The Monday of a calendar week; today while that week runs."""
    for year in (asked.today.year, asked.today.year + 1):
        try:
            start = date.fromisocalendar(year, week, 1)
        except ValueError:
            continue
        friday = shifted(start, 4)
        if friday and friday >= asked.today:
            return _one(end, max(start, asked.today))
    return None


def ends(asked: Asked, at: int, _led: bool) -> tuple[int, Both] | None:
    """The last day of a month, quarter or year; the Friday of a week; "end of November"."""
    today = asked.today
    if found := longest(asked.line, at, ENDS):
        end, what = found
        later = months_on(today, {"next month": 1, "quarter": -today.month % 3}.get(what, 0))
        if what == "week":
            return _one(end, week_end(today))
        if what == "next week":
            start = monday(today, 1)
            return _one(end, shifted(start, 4) if start else None)
        if what == "year":
            return _one(end, on(today.year, 12, 31))
        return _one(end, month_end(later) if later else None)
    of = longest(asked.line, at, END_OF)
    month = MONTHS.get(asked.line.key(of[0])) if of else None
    first = without_year(today.replace(day=1), month, 1) if month else None
    return (of[0] + 1, (month_end(first[0]), month_end(first[1]))) if of and first else None


def spans_of_time(asked: Asked, at: int, led: bool) -> tuple[int, Both] | None:
    """In two weeks, within 3 days; two days ago, vor einer Woche."""
    key = asked.line.key(at)
    before = key in IN or key == "vor"
    number = at + 1 + (asked.line.key(at + 1) == "von") if before else at
    count = _count(asked.line.key(number))
    unit = longest(asked.line, number + 1, UNITS, 1)
    if count is None or unit is None:
        return None
    ago = asked.line.key(unit[0]) == "ago"
    ahead = key in IN or (led and not ago and asked.line.key(at - 1) in IN)
    if not ahead and not ago and key != "vor":
        return None
    far = count if ahead else -count
    steps = {"day": 1, "week": 7}.get(unit[1])
    months = far * (12 if unit[1] == "year" else 1)
    return _one(unit[0] + ago, shifted(asked.today, far * steps) if steps else months_on(asked.today, months))


def _count(key: str) -> int | None:
    return int(key) if key.isdecimal() and key.isascii() and len(key) <= LONGEST_COUNT else COUNTS.get(key)


def day_of_month(asked: Asked, at: int, led: bool) -> tuple[int, Both] | None:
    """On the 27th, am 27.: only after a word that leads to a day."""
    number = asked.line.number(at)
    mark = asked.line.key(at + 1)
    if not led or len(number) > 2 or not number.isdecimal() or not asked.line.glued(at + 1):
        return None
    dotted = mark == "." and asked.line.key(at - 1) in ("am", "den", "dem", "zum", "der", "vom")
    closed = asked.line.key(at + 2) == "" or asked.line.words[at + 2].mark  # "the 2nd call" is no day
    found = without_month(asked.today, int(number)) if dotted or (mark in ORDINAL and closed) else None
    return (at + 2, found) if found else None


def _one(end: int, day: date | None) -> tuple[int, Both] | None:
    return (end, (day, day)) if day else None
