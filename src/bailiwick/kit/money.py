"""Exact money: an amount of one currency. It cannot be added, so that two currencies never are; sums are made by currency."""

from dataclasses import dataclass
from decimal import Decimal

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """`amount` in units of `currency` (ISO 4217 code; empty where a source did not say)."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{self.amount:,.2f} {self.currency}".strip()
