"""Exact money: an amount of one currency. Two currencies are never added."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """`amount` in units of `currency` (ISO 4217 code; empty where a source did not say)."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{self.amount:,.2f} {self.currency}".strip()

    def __add__(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} are never added")
        return Money(self.amount + other.amount, self.currency)

    def times(self, factor: Decimal) -> "Money":
        """This money times `factor`, rounded half up to the cent."""
        return Money((self.amount * factor).quantize(CENT, ROUND_HALF_UP), self.currency)

    def shared(self, shares: Sequence[Decimal]) -> "list[Money]":
        """Parts in proportion to `shares` that sum to the whole exactly (largest remainder, ties to the first).

        >>> [str(part.amount) for part in Money(Decimal("10.01"), "EUR").shared([Decimal(50), Decimal(30), Decimal(20)])]
        ['5.01', '3.00', '2.00']
        """
        cents = int((self.amount / CENT).to_integral_value(ROUND_HALF_UP))
        total = sum(shares)
        exact = [cents * share / total for share in shares]
        floors = [int(part // 1) for part in exact]
        order = sorted(range(len(shares)), key=lambda i: (floors[i] - exact[i], i))
        for i in order[: cents - sum(floors)]:
            floors[i] += 1
        return [Money(part * CENT, self.currency) for part in floors]
