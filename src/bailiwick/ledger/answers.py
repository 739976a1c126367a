"""What the ledger answers to the questions that every package is asked: it keeps ids only, and who looked."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from bailiwick.kit import Actor, Scope, Sentence, say
from bailiwick.ledger.asking import Held, KeptRows
from bailiwick.ledger.models import AccessRecord, Entry, Kept
from bailiwick.ledger.queries import HIDDEN_WITHOUT_COST


def names(ids: Collection[UUID], viewer: Scope) -> Mapping[UUID, str | Sentence]:
    """Nothing in the ledger has a name."""
    return {}


def holdings(person: UUID, by: Actor) -> Sequence[Held]:
    """Nothing in the ledger is held."""
    return []


def hand_over(things: Sequence[tuple[Held, UUID]], by: Actor, now: datetime) -> int:
    """Nothing in the ledger changes hands."""
    return 0


def kept_about(person: UUID, viewer: Scope) -> Sequence[KeptRows]:
    """Events that concern the person, who looked at their rows, and answers kept for acts that programs may repeat."""
    events = list(
        Entry.objects.seen_by(viewer)
        .filter(person_id=person)
        .order_by("moment", "seq")
        .values("kind", "happened", "recorded", "door", "facts")
    )
    for event in events if not viewer.sees_cost else ():
        event["facts"] = {name: fact for name, fact in event["facts"].items() if name not in HIDDEN_WITHOUT_COST}
    kept = Kept.objects.seen_by(viewer).filter(person=person).order_by("at")
    looks = AccessRecord.objects.seen_by(viewer).filter(person=person).order_by("day")
    return [
        KeptRows(say("events"), events),
        KeptRows(say("who looked"), list(looks.values("viewer", "page", "day", "count"))),
        KeptRows(
            say("answers kept for a month, so that an act sent twice happens once"),
            list(kept.values("key", "status", "answer", "at")),
        ),
    ]


def erase(person: UUID, by: Actor, now: datetime) -> int:
    """Kept answers may quote what was typed: the person's own go, and those of others about them. Events hold ids and stay."""
    return Kept.objects.in_network(by).filter(Q(person=person) | Q(answer__contains=str(person))).delete()[0]
