"""What the outbox answers to the questions that every package is asked (`ledger.asking`)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from bailiwick.kit import Actor, Scope, Sentence, say
from bailiwick.ledger.asking import Held, KeptRows
from bailiwick.network.models import Person
from bailiwick.notices.models import Message


def names(ids: Collection[UUID], viewer: Scope) -> Mapping[UUID, str | Sentence]:
    """Messages have no names."""
    return {}


def holdings(person: UUID, by: Actor) -> Sequence[Held]:
    """Nobody holds a message."""
    return []


def hand_over(things: Sequence[tuple[Held, UUID]], by: Actor, now: datetime) -> int:
    """Nothing goes to anybody."""
    return 0


def kept_about(person: UUID, viewer: Scope) -> Sequence[KeptRows]:
    """What the person was told."""
    rows = Message.objects.seen_by(viewer).filter(person=person).order_by("made")
    return [KeptRows(say("messages to you"), list(rows.values("kind", "subject", "made", "sent")))]


def erase(subject: UUID, by: Actor, now: datetime) -> int:
    """Messages to the person are gone, and those to others that name them."""
    rows = Message.objects.in_network(by)
    about = Q(person=subject)
    for name in Person.objects.in_network(by).filter(pk=subject).exclude(name="").values_list("name", flat=True):
        about |= Q(subject__icontains=name) | Q(body__icontains=name)
    return rows.filter(about).delete()[0]
