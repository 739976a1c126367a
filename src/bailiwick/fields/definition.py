"""A field and the register of all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from bailiwick.kit import Role, Sentence


class Kind(StrEnum):
    """What a field takes; decides the control on the page and the type in the API."""

    TEXT = "text"
    AREA = "area"
    DAY = "day"
    MONEY = "money"
    NUMBER = "number"
    PERCENT = "percent"
    CHOICE = "choice"
    CHECK = "check"
    EMAIL = "email"
    PHONE = "phone"


REGISTER: dict[str, "Field"] = {}
NAMES_LONGEST = 200


@dataclass(frozen=True, kw_only=True)
class Field:
    """One thing that a person types.

    `name` is `<what>.<field>`; `purpose` says to the one who types why it is asked and what it does for them; `owner`
    answers for it, `readers` use it, and on `review` somebody asks whether it is still worth its trouble. `check` returns
    what is wrong with a value, or None. A field past its review date is still taken: it never blocks a sale.
    """

    name: str
    kind: Kind
    label: Sentence
    purpose: Sentence
    owner: Role
    readers: tuple[Role, ...]
    review: date
    required: bool = False
    longest: int = NAMES_LONGEST
    choices: tuple[tuple[str, Sentence], ...] = ()
    check: Callable[[Any], Sentence | None] | None = None
    example: str = ""

    def __post_init__(self) -> None:
        if self.name in REGISTER:
            raise ValueError(f"two fields are called {self.name}")
        REGISTER[self.name] = self

    @property
    def short(self) -> str:
        """The name inside its form: `domain` of `account.domain`."""
        return self.name.split(".", 1)[1]


def every_field() -> tuple[Field, ...]:
    """All declared fields, by name. Packages declare theirs when Django loads them."""
    return tuple(REGISTER[name] for name in sorted(REGISTER))


def named(name: str) -> Field:
    """The field called `name`."""
    return REGISTER[name]
