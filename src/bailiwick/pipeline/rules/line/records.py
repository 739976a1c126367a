"""The values that come out of a line."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Literal
from uuid import UUID

from bailiwick.kit import Money, Sentence

Outcome = Literal["won", "lost"]


class Kind(StrEnum):
    """What was done or is planned; the same values as the kinds of an activity."""

    CALL = "call"
    MEETING = "meeting"
    MAIL = "mail"
    VISIT = "visit"
    NOTE = "note"
    TASK = "task"


@dataclass(frozen=True, slots=True)
class Named:
    """A known company, contact or opportunity; `belongs` is the company of a contact or an opportunity."""

    id: UUID
    name: str
    belongs: UUID | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """What comes next: `kind` a step word (`steps.STEPS`) or None, `text` the clause as typed, `by` its day, never past."""

    kind: str | None
    text: str
    by: date | None


@dataclass(frozen=True, slots=True)
class Understood:
    """A line as it was understood.

    `when` is None for something planned without a day, and for a day that has to be asked. `account_candidates` holds the
    companies that fit equally well (then `account` is None), `account_text` what looks like a company nobody knows yet.
    An account known only through its contact or opportunity has an empty name where the caller did not pass it.
    `discount` is a share of one.
    """

    text: str
    kind: Kind
    done: bool
    when: date | None
    time: time | None
    account: Named | None
    account_candidates: tuple[Named, ...]
    account_text: str
    contact: Named | None
    opportunity: Named | None
    money: Money | None
    discount: Decimal | None
    next: Next | None
    promise: bool
    outcome: Outcome | None
    reason: str
    chips: tuple[Sentence, ...]
