"""What the pipeline answers to the questions that every package is asked (`ledger.asking`)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from bailiwick.kit import Actor, Scope, Sentence, say
from bailiwick.ledger.asking import Held, KeptRows
from bailiwick.pipeline.commands.giving import handed
from bailiwick.pipeline.commands.sides import columns
from bailiwick.pipeline.erasing import empty_words_of, forget_arrivals_of, strike_names
from bailiwick.pipeline.models import Activity, Arrival, Lead, Opportunity, Process, Promise, Step
from bailiwick.territories.answers import sides_of

HELD: dict[str, Any] = {
    "opportunity": Opportunity,
    "task": Activity,
    "promise": Promise,
    "lead": Lead,
}
STILL: dict[str, dict[str, Any]] = {
    "opportunity": {"outcome": "open"},
    "task": {"done": None, "dropped": None},
    "promise": {"kept": None, "withdrawn": None},
    "lead": {"closed": None},
}
NAMED: tuple[tuple[Any, str], ...] = ((Opportunity, "title"), (Lead, "name"), (Step, "name"), (Process, "name"))
LABEL = {"opportunity": "title", "task": "text", "promise": "text", "lead": "name"}


def names(ids: Collection[UUID], viewer: Scope) -> Mapping[UUID, str | Sentence]:
    """Opportunities and leads in sight; steps and processes; activities and promises by their kind."""
    if not ids:
        return {}
    found: dict[UUID, str | Sentence] = {}
    for model, column in NAMED:
        found |= dict(model.objects.seen_by(viewer).filter(pk__in=ids).values_list("pk", column))
    return found


def holdings(person: UUID, by: Actor) -> Sequence[Held]:
    """Open opportunities, tasks, promises and leads of the person."""
    return [
        Held(kind, row.pk, getattr(row, LABEL[kind])[:200] or kind, row.unit_id, organization=row.organization_id)
        for kind, model in HELD.items()
        for row in model.objects.in_network(by).filter(person=person, **STILL[kind])
    ]


def hand_over(things: Sequence[tuple[Held, UUID]], by: Actor, now: datetime) -> int:
    """Each goes to its receiver, in the unit where the receiver sells; what is decided or done stays with its author."""
    sides, count = sides_of({receiver for _, receiver in things}, by), 0
    for kind, model in HELD.items():
        to = {thing.id: receiver for thing, receiver in things if thing.kind == kind}
        # What was decided or done meanwhile stays; in one order, as every command locks them.
        still = model.objects.in_network(by).filter(pk__in=to, **STILL[kind]).order_by("pk")
        held = dict(still.select_for_update().values_list("pk", "person"))
        for receiver in set(to.values()):
            side = sides[receiver]
            givers = {thing: held[thing] for thing, who in to.items() if who == receiver and thing in held}
            count += model.objects.in_network(by).filter(pk__in=givers).update(version=F("version") + 1, **columns(side))
            if kind == "opportunity":
                handed(givers, side, by, now)
    return count


def kept_about(person: UUID, viewer: Scope) -> Sequence[KeptRows]:
    """Everything that the person worked on, and what came in for them."""
    deals = Opportunity.objects.seen_by(viewer).filter(person=person).order_by("created")
    done = Activity.objects.seen_by(viewer).filter(person=person).order_by("created", "day", "due", "text")
    promised = Promise.objects.seen_by(viewer).filter(person=person).order_by("due")
    entered = Lead.objects.seen_by(viewer).filter(person=person).order_by("entered")
    came = Arrival.objects.seen_by(viewer).filter(person=person).order_by("arrived")
    return [
        KeptRows(
            say("opportunities"),
            list(deals.values("title", "account__name", "value", "currency", "expected", "outcome", "decided", "reason")),
        ),
        KeptRows(say("activities and tasks"), list(done.values("kind", "text", "account__name", "day", "due"))),
        KeptRows(say("promises"), list(promised.values("text", "account__name", "due", "kept"))),
        KeptRows(say("leads"), list(entered.values("name", "company", "origin", "entered", "closed"))),
        KeptRows(
            say("mails and invitations to keep or throw away"), list(came.values("kind", "who", "text", "day", "due", "arrived"))
        ),
    ]


def erase(subject: UUID, by: Actor, now: datetime) -> int:
    """What came in for or from them is gone; own free text is emptied, and the name struck from that of others."""
    return forget_arrivals_of(subject, by) + empty_words_of(subject, by) + strike_names(subject, by)
