"""What targets the past proposes."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from bailiwick.performance.rules.periods import Period, before, period_of


def aim(won: Decimal) -> Decimal:
    """What was won, as a number that people set: two digits that count.

    >>> aim(Decimal("316994")), aim(Decimal("8450.50")), aim(Decimal("7"))
    (Decimal('320000'), Decimal('8500'), Decimal('7'))
    """
    return Decimal(int(won.quantize(Decimal(f"1e{max(won.adjusted() - 1, 0)}"), ROUND_HALF_UP)))


def aimed_for(as_of: date, first: date) -> tuple[Period, Period]:
    """The quarter to set targets for, and the one whose results propose them.

    For the quarter in which `as_of` lies. From the same quarter a year before where the history (which
    begins on `first`) holds all of it, else from the quarter just before.

    >>> [one.name for one in aimed_for(date(2017, 12, 31), date(2017, 3, 1))]
    ['2017-Q4', '2017-Q3']
    >>> [one.name for one in aimed_for(date(2026, 11, 22), date(2024, 3, 1))]
    ['2026-Q4', '2025-Q4']
    """
    period = period_of(as_of)
    year_before = period_of(date(period.since.year - 1, period.since.month, 1))
    return period, year_before if year_before.since >= first else before(period)
