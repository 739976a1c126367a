"""Questions about programs that work here (on pages: service accounts): which, where, by which tokens, answered for by whom."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from bailiwick.kit import Actor, NotAllowed, NotSeen, Scope
from bailiwick.ledger.asking import Held
from bailiwick.network.models import ApiToken, Membership, Person, Unit
from bailiwick.network.queries.people import leaver, person
from bailiwick.network.rules import in_person
from bailiwick.tenancy.walls import InNetwork


def programs(viewer: Scope) -> QuerySet[Person]:
    """Programs in sight that work here, by name."""
    rows = Person.objects.seen_by(viewer).filter(program=True, left=None)
    return rows.select_related("organization", "answerable").order_by("name")


def program(viewer: Scope, which: UUID) -> Person:
    """A program in sight; raises `NotSeen` for a person too."""
    row = person(viewer, which)
    if not row.program:
        raise NotSeen
    return row


def program_staffed(by: Actor, which: UUID) -> Person:
    """A program that works here and whose tokens are the actor's to give: they staff each of its units. Raises otherwise."""
    in_person(by)
    row = leaver(by, which)
    if not row.program:
        raise NotSeen
    return row


def may_give_tokens(by: Actor, which: UUID) -> bool:
    """Whether the tokens of this program are the actor's to give."""
    try:
        program_staffed(by, which)
    except (NotAllowed, NotSeen):
        return False
    return True


def program_tokens(by: Actor, which: UUID, now: datetime) -> list[ApiToken]:
    """Tokens of a program that still open something, the latest first; for whoever may give them."""
    row = program_staffed(by, which)
    rows = ApiToken.objects.filter(access__network=by.network, access__person=row.pk)
    return list(rows.filter(Q(until=None) | Q(until__gt=now)).order_by("-created"))


def places_of(programs: Collection[UUID], by: InNetwork) -> dict[UUID, Unit]:
    """The unit in which each program works, or worked last."""
    rows = Membership.objects.in_network(by).filter(person__in=programs).select_related("unit")
    found: dict[UUID, Unit] = {}
    for row in sorted(rows, key=lambda one: (one.until is None, one.since), reverse=True):
        found.setdefault(row.person_id, row.unit)
    return found


def answered_for(who: UUID, by: Actor) -> list[Held]:
    """The programs for which a person answers, as what somebody else has to take over."""
    rows = list(Person.objects.in_network(by).filter(answerable=who, program=True, left=None).order_by("name"))
    places = places_of([row.pk for row in rows], by)
    return [Held("program", row.pk, row.name, places[row.pk].pk, None, row.organization_id) for row in rows]
