"""The day in the head of a forwarded mail, as mail programs write it in English and German."""

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from bailiwick.pipeline.rules.line.almanac import on

MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan", "feb", "mar mär mrz mae", "apr", "may mai", "jun", "jul", "aug", "sep", "oct okt", "nov", "dec dez"), start=1
    )
    for name in names.split()
}
DAY_FIRST = re.compile(r"\b(\d{1,2})\.? ([^\W\d_]{3,9})\.?,? (\d{4})\b")
MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,9})\.? (\d{1,2}),? (\d{4})\b")
DOTTED = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})\b")
ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
EARLIEST, LATEST = 1990, 2100


def instant_of(text: str) -> datetime | None:
    """The instant of a Date header; None where it says none.

    >>> instant_of("Tue, 3 Nov 2026 09:14:00 +0100").isoformat(), instant_of("yesterday")
    ('2026-11-03T09:14:00+01:00', None)
    """
    try:
        found = parsedate_to_datetime(text[:100])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if EARLIEST <= found.year <= LATEST else None


def day_in(found: datetime | None, zone: str) -> date | None:
    """The day of an instant where its reader is; of one without a zone the day that it says."""
    if found is None or found.tzinfo is None:
        return found and found.date()
    return found.astimezone(ZoneInfo(zone)).date()


def day_said(text: str, zone: str) -> date | None:
    """The day of a quoted line; None where it is none or could be two (3/11/2026).

    >>> [day_said(text, "UTC").isoformat() for text in ("Dienstag, 3. November 2026 09:14", "Tue, Nov 3, 2026 at 9:14 AM")]
    ['2026-11-03', '2026-11-03']
    """
    text = " ".join(text[:100].split())
    exact = instant_of(text)
    if exact is not None and exact.tzinfo is not None:
        return day_in(exact, zone)
    for pattern, order in ((DAY_FIRST, (2, 1, 0)), (MONTH_FIRST, (2, 0, 1)), (DOTTED, (2, 1, 0)), (ISO, (0, 1, 2))):
        match = pattern.search(text)
        if match:
            year, month, day = (match.groups()[place] for place in order)
            found = _day(year, month, day)
            if found is not None:
                return found
    return None


def _day(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdecimal() else MONTHS.get(month[:3].lower(), 0)
    whole = int(year) + (2000 if len(year) == 2 else 0)
    return on(whole, number, int(day)) if EARLIEST <= whole <= LATEST else None
