"""Days counted from a day. Every count that leaves the calendar gives None instead of an error."""

import calendar
from datetime import date, timedelta

FRIDAY = 4


def on(year: int, month: int, day: int) -> date | None:
    """The day, if the calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shifted(day: date, days: int) -> date | None:
    """`day` and so many days more (or fewer)."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def months_on(day: date, months: int) -> date | None:
    """The same day of a later month, or its last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_end(day: date) -> date:
    """The last day of the month of `day`."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def monday(today: date, weeks: int) -> date | None:
    """The Monday of this week (0), the next (1) and so on."""
    return shifted(today, 7 * weeks - today.weekday())


def week_end(today: date) -> date | None:
    """The Friday of this week; at the weekend the Friday to come."""
    return shifted(today, (FRIDAY - today.weekday()) % 7)


def weekday_after(today: date, weekday: int) -> date | None:
    """The next such day after today (0 is Monday).

    >>> weekday_after(date(2026, 11, 23), 4).isoformat(), weekday_after(date(2026, 11, 23), 0).isoformat()
    ('2026-11-27', '2026-11-30')
    """
    return shifted(today, (weekday - today.weekday() - 1) % 7 + 1)


def weekday_before(today: date, weekday: int) -> date | None:
    """The last such day before today."""
    return shifted(today, -((today.weekday() - weekday - 1) % 7 + 1))


def without_year(today: date, month: int, day: int) -> tuple[date, date] | None:
    """The nearest such day ahead and the nearest behind, today being both; None for a day that no near year has."""
    near = [found for year in range(today.year - 8, today.year + 9) if (found := on(year, month, day))]
    ahead = [found for found in near if found >= today]
    behind = [found for found in near if found <= today]
    return (ahead[0], behind[-1]) if ahead and behind else None


def without_month(today: date, day: int) -> tuple[date, date] | None:
    """The nearest day of that number ahead and behind; None where the calendar ends."""
    first = today.replace(day=1)
    near = [found for n in range(-2, 3) if (start := months_on(first, n)) and (found := on(start.year, start.month, day))]
    ahead = [found for found in near if found >= today]
    behind = [found for found in near if found <= today]
    return (ahead[0], behind[-1]) if ahead and behind else None
