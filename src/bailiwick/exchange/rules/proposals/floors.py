"""Floor prices from the discounts that were really given."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal

from bailiwick.kit.money import CENT

ENOUGH = 20  # deals: fewer say nothing about what is usual
TENTH = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Given:
    """Discounts of whole won deals: how many are known, how many were sold at or above list, and how much was given.

    `nearly_all`: nine of ten deals gave this share or less (the 90th percentile, a discount that was really given), rounded
    to a tenth of a percent.
    """

    deals: int
    at_list: int
    median: Decimal
    nearly_all: Decimal


def given(discounts: Sequence[Decimal]) -> Given | None:
    """What was given; None where fewer than twenty deals tell.

    >>> given([Decimal("0.10")] * 9 + [Decimal("-0.02")] * 10 + [Decimal("0.2004")])
    Given(deals=20, at_list=10, median=Decimal('-0.020'), nearly_all=Decimal('0.100'))
    """
    if len(discounts) < ENOUGH:
        return None
    rising = sorted(discounts)
    return Given(
        deals=len(rising),
        at_list=sum(share <= 0 for share in rising),
        median=_rounded(rising[_rank(len(rising), 5)]),
        nearly_all=_rounded(rising[_rank(len(rising), 9)]),
    )


def _rank(n: int, tenths: int) -> int:
    """Where the smallest value stands that so many tenths of all do not exceed."""
    return -(-n * tenths // 10) - 1


def _rounded(share: Decimal) -> Decimal:
    """Half goes down: a discount comes rounded to a hundredth of a percent, and 13.047% must not become 13.1%."""
    return share.quantize(TENTH, ROUND_HALF_DOWN)


def floor_share(nearly_all: Decimal) -> Decimal:
    """The share of the list price that a floor keeps; never more than the list price itself.

    >>> floor_share(Decimal("0.130")), floor_share(Decimal("-0.050"))
    (Decimal('0.870'), Decimal('1.000'))
    """
    return min(1 - nearly_all, Decimal("1.000"))


def floor(list_price: Decimal, share: Decimal) -> Decimal:
    """The floor of a product, to the cent.

    >>> floor(Decimal("550.0000"), Decimal("0.870"))
    Decimal('478.50')
    """
    return (list_price * share).quantize(CENT, ROUND_HALF_UP)
