"""What hooks answer to the questions that every package is asked (`ledger.asking`)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from bailiwick.hooks.models import Hook
from bailiwick.kit import Actor, Scope, Sentence, say
from bailiwick.ledger.asking import Held, KeptRows
from bailiwick.network.models import Person


def names(ids: Collection[UUID], viewer: Scope) -> Mapping[UUID, str | Sentence]:
    """No sentence speaks of a hook."""
    return {}


def holdings(person: UUID, by: Actor) -> Sequence[Held]:
    """A hook is its person's own: it ends with their access and goes to nobody."""
    return []


def hand_over(things: Sequence[tuple[Held, UUID]], by: Actor, now: datetime) -> int:
    """Nothing goes to anybody."""
    return 0


def kept_about(person: UUID, viewer: Scope) -> Sequence[KeptRows]:
    """Hooks of the person, without what their secrets are made of."""
    rows = Hook.objects.seen_by(viewer).filter(person=person).order_by("made")
    return [KeptRows(say("webhooks"), list(rows.values("label", "url", "kinds", "made", "off")))]


def erase(subject: UUID, by: Actor, now: datetime) -> int:
    """Hooks of the person are gone with their deliveries; those of others that are called by the name have none."""
    gone = Hook.objects.in_network(by).filter(person=subject).delete()[0]
    for name in Person.objects.in_network(by).filter(pk=subject).exclude(name="").values_list("name", flat=True):
        gone += Hook.objects.in_network(by).filter(label__icontains=name).update(label="")
    return gone
