"""What the network answers to the questions that every package is asked (`ledger.asking`)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from bailiwick.kit import Actor, Role, Scope, Sentence, say
from bailiwick.ledger.asking import Held, KeptRows
from bailiwick.network.commands.leaving import forget_login
from bailiwick.network.commands.programs import entrust
from bailiwick.network.models import Access, Invitation, Membership, Organization, Person, Sight, Unit
from bailiwick.network.queries import answered_for, called

ERASED = say("erased person")
UNSEEN = say("somebody in another unit")


def names(ids: Collection[UUID], viewer: Scope) -> Mapping[UUID, str | Sentence]:
    """People, units and organizations; a person out of sight is only "somebody in another unit"."""
    found: dict[UUID, str | Sentence] = {}
    if not ids:
        return found
    seen = {row.pk for row in Person.objects.seen_by(viewer).filter(pk__in=ids).only("pk")}
    for row in Person.objects.in_network(viewer).filter(pk__in=ids):
        found[row.pk] = ERASED if row.erased else called(row) if row.pk in seen else UNSEEN
    found |= dict(Unit.objects.seen_by(viewer).filter(pk__in=ids).values_list("pk", "name"))
    found |= dict(Organization.objects.seen_by(viewer).filter(pk__in=ids).values_list("pk", "name"))
    return found


def holdings(person: UUID, by: Actor) -> Sequence[Held]:
    """Units that the person manages, which go to the manager above by rule, not by choice; service accounts they answer for."""
    managed = Membership.objects.in_network(by).filter(person=person, role=Role.MANAGER, until=None).select_related("unit")
    note = say("the manager above acts until somebody is appointed")
    units = [Held("unit", member.unit_id, member.unit.name, member.unit_id, note) for member in managed]
    return [*units, *answered_for(person, by)]


def hand_over(things: Sequence[tuple[Held, UUID]], by: Actor, now: datetime) -> int:
    """Each service account is answered for by its receiver; managed units follow the rule of `commands.leave`."""
    return entrust({held.id: receiver for held, receiver in things if held.kind == "program"}, by=by, now=now)


def kept_about(person: UUID, viewer: Scope) -> Sequence[KeptRows]:
    """The person's own row, roles, sights and the login."""
    own = ("name", "email", "phone", "language", "theme", "digest", "remind_tasks", "remind_promises", "left")
    return [
        KeptRows(say("your entry"), list(Person.objects.seen_by(viewer).filter(pk=person).values(*own))),
        KeptRows(
            say("roles"),
            list(
                Membership.objects.seen_by(viewer)
                .filter(person=person)
                .values("unit__name", "role", "acting", "since", "until")
                .order_by("since")
            ),
        ),
        KeptRows(
            say("rights to see"),
            list(Sight.objects.seen_by(viewer).filter(viewer=person).values("purpose", "source", "since", "until")),
        ),
        KeptRows(
            say("who may see your rows"),
            list(
                Sight.objects.seen_by(viewer).filter(person=person).values("viewer__name", "purpose", "source", "since", "until")
            ),
        ),
        KeptRows(
            say("service accounts that you answer for"),
            list(Person.objects.seen_by(viewer).filter(answerable=person).values("name", "purpose", "left").order_by("name")),
        ),
        KeptRows(
            say("login"),
            list(Access.objects.filter(network=viewer.network, person=person).values("login__email", "until")),
        ),
        KeptRows(
            say("invitations"),
            list(
                Invitation.objects.filter(network=viewer.network, person__in=Person.objects.seen_by(viewer).filter(pk=person))
                .values("role", "created", "until", "used")
                .order_by("created")
            ),
        ),
    ]


def erase(person: UUID, by: Actor, now: datetime) -> int:
    """Name and contact data are emptied; the id stays, so that counts and money do."""
    forget_login(person, by=by, now=now)
    return (
        Person.objects.in_network(by)
        .filter(pk=person)
        .update(name="", email="", phone="", language="", source="", source_id="", custom={}, erased=now)
    )
