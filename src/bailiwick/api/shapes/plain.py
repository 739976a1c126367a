"""References, money, pages of a list."""

from collections.abc import Iterable, Mapping
from datetime import time
from decimal import Decimal
from typing import Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, Field

from bailiwick.kit import Sentence, Speech

T = TypeVar("T", bound=BaseModel)


class Ref(BaseModel):
    """Another thing, by id and name."""

    id: UUID
    name: str


class MoneyShown(BaseModel):
    """An exact amount; the currency is empty where the source did not say."""

    amount: str = Field(pattern=r"^-?\d+\.\d{2,4}$", examples=["84000.00"])
    currency: str = Field(max_length=3, examples=["EUR"])


class Page(BaseModel, Generic[T]):
    """A part of a list: ask again with `cursor` = `next` for what follows; empty at the end."""

    items: list[T]
    next: str


class Everything(BaseModel, Generic[T]):
    """A list that is short by nature; `next` is always empty."""

    items: list[T]
    next: str = ""


def money(amount: Decimal | None, currency: str) -> MoneyShown | None:
    """Money as text, with two to four decimals; None stays unknown, it is not zero."""
    if amount is None:
        return None
    whole, _, part = f"{amount:.4f}".partition(".")
    return MoneyShown(amount=f"{whole}.{part.rstrip('0').ljust(2, '0')}", currency=currency)


def number(value: Decimal | None) -> str | None:
    """A plain number as text, without zeros that say nothing."""
    return None if value is None else f"{value.normalize():f}"


def clock(hour: time | None) -> str | None:
    """An hour of the day where the person works, as 14:30: it has no zone of its own."""
    return None if hour is None else hour.strftime("%H:%M")


def ref(which: UUID | None, names: Mapping[UUID, str | Sentence], speech: Speech) -> Ref | None:
    """A thing with the name by which the viewer may know it."""
    return None if which is None else Ref(id=which, name=speech.say(names.get(which)))


def ids(people: Iterable[UUID | None]) -> set[UUID]:
    """Those that are somebody."""
    return {person for person in people if person is not None}
