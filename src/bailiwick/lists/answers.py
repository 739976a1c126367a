"""What lists answer to the questions that every package is asked (`ledger.asking`)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from bailiwick.kit import Actor, Scope, Sentence, say
from bailiwick.ledger.asking import Held, KeptRows
from bailiwick.lists.models import Change, View


def names(ids: Collection[UUID], viewer: Scope) -> Mapping[UUID, str | Sentence]:
    """No sentence speaks of a view."""
    return {}


def holdings(person: UUID, by: Actor) -> Sequence[Held]:
    """A view is nothing that somebody must take over; what is shared stays shared."""
    return []


def hand_over(things: Sequence[tuple[Held, UUID]], by: Actor, now: datetime) -> int:
    """Nothing goes to anybody."""
    return 0


def kept_about(person: UUID, viewer: Scope) -> Sequence[KeptRows]:
    """Views that the person saved, and changes of many rows that they can still undo."""
    views = View.objects.seen_by(viewer).filter(person=person).order_by("of", "name")
    changes = Change.objects.seen_by(viewer).filter(person=person).order_by("made")
    return [
        KeptRows(say("views of lists"), list(views.values("of", "name", "query", "shared", "made"))),
        KeptRows(say("changes of many rows"), list(changes.values("of", "act", "made", "undone"))),
    ]


def erase(subject: UUID, by: Actor, now: datetime) -> int:
    """Views and changes of the person are gone. Those of others that hold the name go with it (`commands.forget`)."""
    gone = View.objects.in_network(by).filter(person=subject).delete()[0]
    return gone + Change.objects.in_network(by).filter(person=subject).delete()[0]
