"""The next day of an event that repeats. A rule of days, weeks, months or years; of any other only the first day counts.

Days are tried one after the other up to a bound, so that a rule that never ends, or never comes, takes no time to speak of.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from bailiwick.pipeline.rules.line.almanac import months_on, on

AHEAD, MOST_DAYS = 400, 6_000
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
KNOWN = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of RFC 5545. `by_day`: weekday (0 is Monday) and which of the month, 0 for every one."""

    every: str
    interval: int = 1
    count: int = 0
    until: date | None = None
    by_day: tuple[tuple[int, int], ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_month: tuple[int, ...] = ()
    by_place: tuple[int, ...] = ()


def rule_of(parts: Mapping[str, Sequence[str]]) -> Rule | None:
    """The rule, if it is of a kind that is read."""
    every = "".join(parts.get("FREQ", ()))[:10].upper()
    if every not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY") or set(parts) - KNOWN:
        return None
    try:
        numbers = {name: tuple(int(one) for one in parts.get(name, ())[:40]) for name in ("INTERVAL", "COUNT")}
        lists = {name: tuple(int(one) for one in parts.get(name, ())[:40]) for name in ("BYMONTHDAY", "BYMONTH", "BYSETPOS")}
        days = tuple((WEEKDAYS.index(one[-2:].upper()), int(one[:-2] or 0)) for one in parts.get("BYDAY", ())[:40])
        until = date.fromisoformat(parts["UNTIL"][0][:8]) if parts.get("UNTIL") else None
    except (ValueError, IndexError):
        return None
    return Rule(
        every=every,
        interval=max(1, (numbers["INTERVAL"] or (1,))[0]),
        count=max(0, (numbers["COUNT"] or (0,))[0]),
        until=until,
        by_day=days,
        by_month_day=lists["BYMONTHDAY"],
        by_month=lists["BYMONTH"],
        by_place=lists["BYSETPOS"],
    )


def next_day(rule: Rule, first: date, today: date, without: Collection[date] = ()) -> date | None:
    """The first day from `today` on at which the event is; None where it is over, or further off than is looked.

    >>> next_day(Rule("WEEKLY", interval=2), date(2026, 11, 3), date(2026, 11, 5)).isoformat()
    '2026-11-17'
    """
    # Only a count needs everything from the beginning on.
    day = first if rule.count else max(first, today)
    last = max(first, today) + timedelta(days=AHEAD)
    met = 0
    for _ in range(MOST_DAYS):
        if day > last or (rule.until and day > rule.until):
            return None
        if day == first or _meets(rule, first, day):
            met += 1
            if rule.count and met > rule.count:
                return None
            if day >= today and day not in without:
                return day
        day += timedelta(days=1)
    return None


def _meets(rule: Rule, first: date, day: date) -> bool:
    if rule.by_month and day.month not in rule.by_month:
        return False
    months = (day.year - first.year) * 12 + day.month - first.month
    if rule.every == "DAILY":
        return (day - first).days % rule.interval == 0 and (not rule.by_day or _weekday(rule, day))
    if rule.every == "WEEKLY":
        weeks = (_monday(day) - _monday(first)).days // 7
        return weeks % rule.interval == 0 and (_weekday(rule, day) if rule.by_day else day.weekday() == first.weekday())
    if rule.every == "YEARLY" and ((day.year - first.year) % rule.interval or (not rule.by_month and day.month != first.month)):
        return False
    if rule.every == "MONTHLY" and months % rule.interval:
        return False
    return day in _of_month(rule, first.day, day.replace(day=1))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _weekday(rule: Rule, day: date) -> bool:
    return day.weekday() in {weekday for weekday, _ in rule.by_day}


@lru_cache(maxsize=500)
def _of_month(rule: Rule, usual: int, begins: date) -> tuple[date, ...]:
    """The days that the rule names in the month that `begins`; without any it is the `usual` one."""
    following = months_on(begins, 1)
    length = (following - begins).days if following else 31
    days = [found for number in range(1, length + 1) if (found := on(begins.year, begins.month, number))]
    if rule.by_month_day:
        days = [one for one in days if one.day in rule.by_month_day or one.day - length - 1 in rule.by_month_day]
    if rule.by_day:
        days = [one for one in days if _named(rule, one, length)]
    if not rule.by_month_day and not rule.by_day:
        days = [one for one in days if one.day == usual]
    if rule.by_place:
        days = [days[at - 1 if at > 0 else at] for at in rule.by_place if 0 < abs(at) <= len(days)]
    return tuple(days)


def _named(rule: Rule, day: date, length: int) -> bool:
    """Whether it is one of the weekdays, and the one of the month that is meant (2TU: the second Tuesday)."""
    nth, from_end = (day.day - 1) // 7 + 1, -((length - day.day) // 7 + 1)
    return any(day.weekday() == weekday and which in (0, nth, from_end) for weekday, which in rule.by_day)
