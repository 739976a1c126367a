"""What every package is asked in the same words: who is who, what somebody holds, what is kept about them.

Packages answer in their `answers.py`; `config.answers` lists them, so that lower packages need not know higher ones.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from typing import Protocol
from uuid import UUID

from django.conf import settings

from bailiwick.kit import Actor, Scope, Sentence


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that a person holds and that must go to somebody else when they leave. `label` is its name.

    `unit` and `organization` are those of its row: by them, or by its person, it is in somebody's sight.
    """

    kind: str
    id: UUID
    label: str
    unit: UUID | None
    note: Sentence | None = None
    organization: UUID | None = None


@dataclass(frozen=True, slots=True)
class KeptRows:
    """Rows about a person of one kind: what they are, their count, and the values with their columns' names."""

    what: Sentence
    rows: Sequence[Mapping[str, object]] = field(default_factory=tuple)


class Answers(Protocol):
    """A package's `answers.py`."""

    def names(self, ids: Collection[UUID], viewer: Scope) -> Mapping[UUID, str | Sentence]:
        """The names of those ids that the package knows; an erased person is "erased person"."""

    def holdings(self, person: UUID, by: Actor) -> Sequence[Held]:
        """What the person holds now."""

    def hand_over(self, things: Sequence[tuple[Held, UUID]], by: Actor, now: datetime) -> int:
        """Each of the package's things goes to the person named beside it; the number that went."""

    def kept_about(self, person: UUID, viewer: Scope) -> Sequence[KeptRows]:
        """Every row that names the person."""

    def erase(self, subject: UUID, by: Actor, now: datetime) -> int:
        """Name, contact data and free text of a person or contact are gone; the number of rows changed."""


def everybody() -> tuple[Answers, ...]:
    """All packages that answer, lowest first."""
    return tuple(import_module(settings.ANSWERS).ANSWERS)


def names(ids: Iterable[UUID], viewer: Scope) -> dict[UUID, str | Sentence]:
    """The names of `ids` as far as any package knows them."""
    wanted = set(ids)
    found: dict[UUID, str | Sentence] = {}
    for answers in everybody():
        found.update(answers.names(wanted - found.keys(), viewer))
    return found


def holdings(person: UUID, by: Actor) -> list[Held]:
    """Everything that a person holds, over all packages."""
    return [held for answers in everybody() for held in answers.holdings(person, by)]


def hand_over(things: Sequence[tuple[Held, UUID]], by: Actor, now: datetime) -> int:
    """Everything listed goes to the person named beside it."""
    return sum(answers.hand_over(things, by, now) for answers in everybody())


def kept_about(person: UUID, viewer: Scope) -> list[KeptRows]:
    """Every row about a person, over all packages; kinds without a row are left out."""
    return [kept for answers in everybody() for kept in answers.kept_about(person, viewer) if kept.rows]


def erase(subject: UUID, by: Actor, now: datetime) -> int:
    """A person or contact is gone from every package. Highest first: who clears texts must still know the name."""
    return sum(answers.erase(subject, by, now) for answers in reversed(everybody()))
