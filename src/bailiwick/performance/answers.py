"""What performance answers to the questions that every package is asked (`ledger.asking`)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from bailiwick.kit import Actor, Scope, Sentence, say
from bailiwick.ledger.asking import Held, KeptRows
from bailiwick.measures import MEASURES
from bailiwick.performance.models import Target


def names(ids: Collection[UUID], viewer: Scope) -> Mapping[UUID, str | Sentence]:
    """Targets by what they aim at."""
    if not ids:
        return {}
    found = Target.objects.seen_by(viewer).filter(pk__in=ids).values_list("pk", "measure")
    return {row: MEASURES[measure].label for row, measure in found if measure in MEASURES}


def holdings(person: UUID, by: Actor) -> Sequence[Held]:
    """Nothing: a target goes with the person it was set for."""
    return []


def hand_over(things: Sequence[tuple[Held, UUID]], by: Actor, now: datetime) -> int:
    """Nothing."""
    return 0


def kept_about(person: UUID, viewer: Scope) -> Sequence[KeptRows]:
    """The person's own targets."""
    rows = Target.objects.seen_by(viewer).filter(person=person).order_by("since")
    return [KeptRows(say("targets"), list(rows.values("measure", "since", "until", "amount", "currency", "withdrawn")))]


def erase(person: UUID, by: Actor, now: datetime) -> int:
    """Nothing: a target holds amounts and days, no words."""
    return 0
