"""Discount and margin of a whole deal: splitting lines changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

SHARE = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Sold:
    """One line as numbers: quantity; price asked, list price and cost of a unit where they are known."""

    quantity: Decimal
    price: Decimal | None
    list_price: Decimal | None
    cost: Decimal | None


def total(lines: Sequence[Sold]) -> Decimal | None:
    """What the customer pays for all lines, to the cent; None where a price is unknown."""
    asked = _asked(lines)
    return None if asked is None else asked.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _asked(lines: Sequence[Sold]) -> Decimal | None:
    sums = [line.quantity * line.price for line in lines if line.price is not None]
    return sum(sums, Decimal(0)) if len(sums) == len(lines) else None


def discount(lines: Sequence[Sold]) -> Decimal | None:
    """The share of the whole list value given away; negative above list; None where a price is missing or all are 0.

    >>> two = [Sold(Decimal(1), Decimal(90), Decimal(100), None), Sold(Decimal(1), Decimal(100), Decimal(100), None)]
    >>> discount(two)
    Decimal('0.0500')
    """
    listed = Decimal(0)
    for line in lines:
        if line.list_price is None:
            return None
        listed += line.quantity * line.list_price
    asked = _asked(lines)
    return None if listed == 0 or asked is None else (1 - asked / listed).quantize(SHARE, ROUND_HALF_UP)


def margin(lines: Sequence[Sold]) -> Decimal | None:
    """The share of the price that stays after cost; None where a cost or price is missing or nothing is paid."""
    cost = Decimal(0)
    for line in lines:
        if line.cost is None:
            return None
        cost += line.quantity * line.cost
    asked = _asked(lines)
    return None if not asked else ((asked - cost) / asked).quantize(SHARE, ROUND_HALF_UP)
