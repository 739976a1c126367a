"""Periods of the calendar, as people write them and as figures need them: first and last day, both in it."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bailiwick.kit import Refused, say

WRITTEN = re.compile(r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|W(?P<week>\d\d?)|(?P<month>\d\d?)))?")
KINDS = ("year", "quarter", "month", "week")


@dataclass(frozen=True, slots=True)
class Period:
    """`since` to `until`, both days in it; `name` as written (`2026-Q4`), or the two days."""

    since: date
    until: date
    name: str

    @property
    def days(self) -> int:
        return (self.until - self.since).days + 1

    def elapsed(self, today: date) -> float:
        """The share of its days that lie behind on the evening of `today`, from 0 to 1.

        >>> read_period("2026-Q4").elapsed(date(2026, 11, 15))
        0.5
        """
        return min(max((today - self.since).days + 1, 0), self.days) / self.days

    def day_at(self, share: float) -> date:
        """The day on whose evening `share` of its days lie behind.

        >>> read_period("2026-Q4").day_at(0.5)
        datetime.date(2026, 11, 15)
        """
        return self.since + timedelta(days=round(share * self.days) - 1)


def read_period(text: str) -> Period:
    """`2026`, `2026-Q4`, `2026-11`, `2026-W47` or `2026-10-01..2026-12-31`; refuses anything else.

    >>> read_period("2026-Q4").until, read_period("2026-02").days, read_period("2026-W01").since
    (datetime.date(2026, 12, 31), 28, datetime.date(2025, 12, 29))
    """
    since, dots, until = text.partition("..")
    try:
        if dots:
            first, last = date.fromisoformat(since), date.fromisoformat(until)
            if first <= last:
                return Period(first, last, text)
        elif found := WRITTEN.fullmatch(text.strip()):
            kind = next((kind for kind in KINDS[1:] if found[kind]), "year")
            return _named(int(found["year"]), kind, int(found[kind]))
    except (ValueError, OverflowError):
        pass
    raise Refused(
        "no_period",
        say("“%(text)s” is no period.", text=text[:40]),
        say("Write 2026, 2026-Q4, 2026-11, 2026-W47 or 2026-10-01..2026-12-31."),
    )


def period_of(day: date, kind: str = "quarter") -> Period:
    """The calendar period of `kind` in which `day` lies.

    >>> period_of(date(2017, 12, 31)).name
    '2017-Q4'
    """
    if kind == "week":
        year, week, _ = day.isocalendar()
        return _named(year, kind, week)
    number = {"year": day.year, "quarter": (day.month + 2) // 3, "month": day.month}[kind]
    return _named(day.year, kind, number)


def a_year(until: date) -> Period:
    """The 365 days before a day, and the day itself."""
    since = until - timedelta(days=365)
    return Period(since, until, f"{since}..{until}")


def before(period: Period, kind: str = "quarter") -> Period:
    """The period of `kind` that ends on the day before."""
    return period_of(period.since - timedelta(days=1), kind)


def _named(year: int, kind: str, number: int) -> Period:
    if kind == "year":
        return Period(date(year, 1, 1), date(year, 12, 31), f"{year:04}")
    if kind == "week":
        first = date.fromisocalendar(year, number, 1)
        return Period(first, first + timedelta(days=6), f"{year:04}-W{number:02}")
    month, length, name = (
        (3 * number - 2, 3, f"{year:04}-Q{number}") if kind == "quarter" else (number, 1, f"{year:04}-{number:02}")
    )
    after = date(year + (month + length > 12), (month + length - 1) % 12 + 1, 1)
    return Period(date(year, month, 1), after - timedelta(days=1), name)
