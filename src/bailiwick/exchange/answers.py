"""What exchange answers to the questions that every package is asked (`ledger.asking`)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from bailiwick.exchange.erasing import erase_traces
from bailiwick.exchange.models import Import, StandingSource, Taken
from bailiwick.kit import Actor, Scope, Sentence, say
from bailiwick.ledger.asking import Held, KeptRows


def names(ids: Collection[UUID], viewer: Scope) -> Mapping[UUID, str | Sentence]:
    """Imports by their source."""
    return dict(Import.objects.seen_by(viewer).filter(pk__in=ids).values_list("pk", "source"))


def holdings(person: UUID, by: Actor) -> Sequence[Held]:
    """Nothing: an import is nobody's to hand over."""
    return ()


def hand_over(things: Sequence[tuple[Held, UUID]], by: Actor, now: datetime) -> int:
    """Nothing is held."""
    return 0


def kept_about(person: UUID, viewer: Scope) -> Sequence[KeptRows]:
    """Imports that the person took in, and which of them brought the person's own entry."""
    own = Import.objects.in_network(viewer).filter(by=person).order_by("created")
    brought = Taken.objects.in_network(viewer).filter(row=person, kind="person").order_by("of__created")
    standing = StandingSource.objects.in_network(viewer).filter(by=person).order_by("began")
    return [
        KeptRows(say("sources taken in by themselves in your name"), list(standing.values("source", "began", "taken", "ended"))),
        KeptRows(say("exports you took in"), list(own.values("source", "state", "created"))),
        KeptRows(say("exports that your entry came from"), list(brought.values("of__source", "of__created"))),
    ]


def erase(subject: UUID, by: Actor, now: datetime) -> int:
    """Refused rows and given files that hold the name or address are gone; mappings and reports no longer tell them."""
    return erase_traces(subject, by)
