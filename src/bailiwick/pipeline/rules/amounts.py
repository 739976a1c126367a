"""Discount and margin of a whole deal: splitting lines changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

SHARE = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Sold:
    """One line as numbers: quantity, price asked, and list price and cost of a unit where they are known."""

    quantity: Decimal
    price: Decimal
    list_price: Decimal | None
    cost: Decimal | None


def total(lines: Sequence[Sold]) -> Decimal:
    """What the customer pays for all lines, to the cent."""
    return sum((line.quantity * line.price for line in lines), Decimal(0)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def discount(lines: Sequence[Sold]) -> Decimal | None:
    """The share of the whole list value given away; negative above list; None where a list price is missing or all are 0.

    >>> two = [Sold(Decimal(1), Decimal(90), Decimal(100), None), Sold(Decimal(1), Decimal(100), Decimal(100), None)]
    >>> discount(two)
    Decimal('0.0500')
    """
    listed = Decimal(0)
    for line in lines:
        if line.list_price is None:
            return None
        listed += line.quantity * line.list_price
    asked = sum((line.quantity * line.price for line in lines), Decimal(0))
    return None if listed == 0 else (1 - asked / listed).quantize(SHARE, ROUND_HALF_UP)


def margin(lines: Sequence[Sold]) -> Decimal | None:
    """The share of the price that stays after cost; None where a cost is missing or nothing is paid."""
    cost = Decimal(0)
    for line in lines:
        if line.cost is None:
            return None
        cost += line.quantity * line.cost
    asked = sum((line.quantity * line.price for line in lines), Decimal(0))
    return None if asked == 0 else ((asked - cost) / asked).quantize(SHARE, ROUND_HALF_UP)
