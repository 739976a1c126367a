"""Questions about people and units."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from bailiwick.kit import Actor, NotAllowed, NotSeen, Role, Scope, Sentence, say
from bailiwick.kit.scope import SELLING
from bailiwick.ledger import asking
from bailiwick.ledger.asking import Held
from bailiwick.lists import Seen
from bailiwick.network.models import Access, Invitation, Membership, Organization, Person, Unit
from bailiwick.network.rules import acting_manager, closed_link, may_staff
from bailiwick.tenancy.models import Network


def access_of(login: UUID, now: datetime, network: UUID | None = None) -> Access | None:
    """The open access of a login: the one into `network`, or the oldest. Runs before a network is set."""
    open_now = Access.objects.filter(Q(until=None) | Q(until__gt=now), login=login, login__is_active=True)
    chosen = open_now.filter(network=network) if network else open_now
    return chosen.select_related("network").order_by("id").first()


def network_of(slug: str) -> Network:
    """The network called `slug`; raises `NotSeen`."""
    network = Network.objects.filter(slug=slug).first()
    if network is None:
        raise NotSeen
    return network


def person(viewer: Scope, who: UUID) -> Person:
    """A person in sight; raises `NotSeen`."""
    found = Person.objects.seen_by(viewer).filter(pk=who).select_related("organization").first()
    if found is None:
        raise NotSeen
    return found


def oneself(viewer: Scope) -> Person:
    """The viewer's own card, with a role or without."""
    card: Person = Person.objects.in_network(viewer).get(pk=viewer.person)
    return card


def unit(viewer: Scope, which: UUID) -> Unit:
    """A unit in sight; raises `NotSeen`."""
    found = Unit.objects.seen_by(viewer).filter(pk=which).select_related("organization", "client").first()
    if found is None:
        raise NotSeen
    return found


def home_unit(viewer: Scope) -> Unit | None:
    """The unit of `viewer.home`."""
    return Unit.objects.in_network(viewer).filter(pk=viewer.home.unit).first() if viewer.home else None


def units(viewer: Scope) -> QuerySet[Unit]:
    """Units in sight that are not archived, by name."""
    return Unit.objects.seen_by(viewer).filter(archived=None).select_related("organization", "client").order_by("name")


def units_to_choose(seen: Seen) -> list[tuple[str, str | Sentence]]:
    """Units in sight, by name: what a list can be narrowed to."""
    return [(str(unit.pk), unit.name) for unit in units(seen.viewer)]


def people_to_choose(seen: Seen) -> list[tuple[str, str | Sentence]]:
    """The viewer, then the people in sight by name."""
    others = colleagues(seen.viewer).exclude(pk=seen.viewer.person)
    return [("me", say("me")), *((str(pk), name) for pk, name in others.values_list("pk", "name"))]


def organizations(viewer: Scope) -> QuerySet[Organization]:
    """Organizations in sight, by name."""
    return Organization.objects.seen_by(viewer).order_by("name")


@dataclass(frozen=True, slots=True)
class Member:
    """A person's open role in a unit; `id` is that of the membership. `program`: no human, but a service account."""

    id: UUID
    person: UUID
    name: str
    unit: UUID
    role: Role
    acting: bool
    since: datetime
    program: bool = False


def members(viewer: Scope, units: Iterable[UUID] | None = None, *, programs: bool = False) -> list[Member]:
    """Open memberships in sight, of the given units or of all, managers first and then by name.

    The one rule about who counts: people do. Programs are told only to whoever asks for them.
    """
    rows = Membership.objects.seen_by(viewer).filter(until=None, person__left=None).select_related("person")
    if not programs:
        rows = rows.filter(person__program=False)
    if units is not None:
        rows = rows.filter(unit__in=list(units))
    found = [_member(row) for row in rows.order_by("person__name")]
    return sorted(found, key=lambda member: member.role is not Role.MANAGER)


def _member(row: Membership) -> Member:
    person = row.person
    return Member(row.pk, person.pk, person.name, row.unit_id, Role(row.role), row.acting, row.since, person.program)


def manager_of(viewer: Scope, unit: UUID) -> Member | None:
    """The one accountable person of a unit now."""
    return next((member for member in members(viewer, [unit]) if member.role is Role.MANAGER), None)


def colleagues(viewer: Scope, unit: UUID | None = None) -> QuerySet[Person]:
    """People in sight who have not left, by name, no programs; those of one unit if it is named."""
    people = Person.objects.seen_by(viewer).filter(left=None, erased=None, program=False)
    if unit is not None:
        members_there = Membership.objects.in_network(viewer).filter(unit=unit, until=None)
        people = people.filter(pk__in=members_there.values("person"))
    return people.order_by("name")


def roles_of(viewer: Scope, who: UUID) -> list[Membership]:
    """Every role of a person in sight, open ones first, then the latest."""
    rows = Membership.objects.seen_by(viewer).filter(person=who).select_related("unit", "person")
    return sorted(rows, key=lambda row: (row.until is None, row.since), reverse=True)


def leaver(by: Actor, who: UUID) -> Person:
    """Somebody whose leaving the actor may record: by whoever staffs each of their units.

    Somebody in no unit is the director's, or a partner's admin's in the own firm. Raises `NotSeen` or `NotAllowed`.
    """
    found = (
        Person.objects.in_network(by).filter(pk=who, left=None)
        if by.system
        else Person.objects.seen_by(by.scope).filter(pk=who, left=None)
    )
    row = found.first()
    if row is None:
        raise NotSeen
    if who == by.person:
        raise NotAllowed(say("Somebody else has to record that you leave."), say("Ask the director."))
    roles = list(Membership.objects.in_network(by).filter(person=who, until=None).select_related("unit"))
    for member in roles:
        manages = member.role == Role.MANAGER
        over = member.unit.parent_id or member.unit_id if manages else member.unit_id
        may_staff(by, over, row.organization_id, None if manages else Role(member.role))
    if not roles:
        may_staff(by, by.network, row.organization_id)
    return row


def left_behind(by: Actor, who: UUID) -> tuple[list[Held], list[Held]]:
    """What a leaver holds besides managed units: what is in the actor's sight and theirs to share out, and what is not.

    The second is of units in which the leaver worked before; it goes where `takers` says, and the actor is not told of it.
    """
    near: list[Held] = []
    far: list[Held] = []
    for thing in asking.holdings(who, by):
        if thing.kind != "unit":
            seen = by.system or by.scope.sees(unit=thing.unit, person=who, organization=thing.organization)
            (near if seen else far).append(thing)
    return near, far


def takers(by: Actor, units: Iterable[UUID | None], leaving: UUID) -> dict[UUID | None, UUID | None]:
    """Who takes over what `leaving` holds in each unit by rule: its manager, else the nearest above; None where nobody could."""
    parents = dict(Unit.objects.in_network(by).values_list("pk", "parent"))
    managers = dict(Membership.objects.in_network(by).filter(role=Role.MANAGER, until=None).values_list("unit", "person"))

    def taker(unit: UUID | None) -> UUID | None:
        own = managers.get(unit) if unit else None
        if own not in (None, leaving):
            return own
        return acting_manager(unit, parents, managers, leaving) if unit else None

    return {unit: taker(unit) for unit in set(units)}


def receivers(by: Actor, leaving: UUID) -> list[Member]:
    """Who may take over what `leaving` holds: people who sell in units in sight and have not left, by name, each once."""
    rows = Membership.objects.in_network(by) if by.system else Membership.objects.seen_by(by.scope)
    rows = rows.filter(until=None, role__in=SELLING, person__left=None, person__program=False)
    rows = rows.exclude(person=leaving).select_related("person")
    once = {row.person_id: _member(row) for row in rows.order_by("person__name", "role")}
    return list(once.values())


def gone(viewer: Scope, *, most: int = 50) -> list[Person]:
    """People in sight who have left and were not erased, the latest first."""
    return list(Person.objects.seen_by(viewer).filter(erased=None, left__isnull=False).order_by("-left")[:most])


def access_to(viewer: Scope, who: UUID) -> Access | None:
    """The access of a person in sight, open or ended; None for somebody who was never invited."""
    return Access.objects.filter(network=viewer.network, person=person(viewer, who).pk).select_related("login").first()


def open_accesses(login: UUID, now: datetime) -> list[Access]:
    """Every network that a login may work in now, by name. Runs without a network."""
    rows = Access.objects.filter(Q(until=None) | Q(until__gt=now), login=login, login__is_active=True)
    return list(rows.select_related("network").order_by("network__name", "id"))


def open_invitation(digest: str, now: datetime) -> Invitation:
    """The invitation whose token has this hash, as long as it opens something; refuses it otherwise. Runs without a network."""
    found = Invitation.objects.filter(digest=digest).select_related("network").first()
    if found is None:
        raise closed_link(known=False, used=False)
    if found.used or found.until <= now:
        raise closed_link(known=True, used=found.used is not None)
    return found


def invited(invitation: Invitation) -> tuple[Unit | None, Person | None]:
    """Where an invitation leads, and the person whom it names; the network must be set."""
    there = Scope(invitation.network_id, invitation.person or invitation.pk)
    place = Unit.objects.in_network(there).filter(pk=invitation.unit, archived=None).first()
    named = Person.objects.in_network(there).filter(left=None, erased=None)
    return place, named.filter(pk=invitation.person).first() if invitation.person else None


def reachable(by: Actor, now: datetime) -> list[tuple[Person, str]]:
    """Those who sell and can sign in, each with the zone of the unit in which they sell: whom the clock may tell things."""
    open_now = Access.objects.filter(Q(until=None) | Q(until__gt=now), network=by.network, login__is_active=True)
    rows = Membership.objects.in_network(by).filter(
        until=None, role__in=SELLING, since__lte=now, person__left=None, person__erased=None
    )
    rows = rows.filter(person__in=open_now.values("person")).select_related("person", "unit")
    once = {row.person_id: (row.person, row.unit.zone) for row in sorted(rows, key=lambda row: row.role != Role.MANAGER)}
    return list(once.values())


def directors(by: Actor) -> list[Person]:
    """Who directs the network now, by name: whom the clock and the importer may tell what only a director can put right."""
    rows = Membership.objects.in_network(by).filter(until=None, role=Role.DIRECTOR, person__program=False)
    rows = rows.filter(person__left=None, person__erased=None)
    return list({row.person_id: row.person for row in rows.select_related("person").order_by("person__name", "pk")}.values())


def address_of(by: Actor, who: UUID, now: datetime) -> str:
    """Where mail to a person goes; empty for somebody who has left, is erased, has no open access or no address."""
    open_now = Access.objects.filter(Q(until=None) | Q(until__gt=now), network=by.network, person=who, login__is_active=True)
    row = Person.objects.in_network(by).filter(pk=who, left=None, erased=None).first()
    return row.email if row and open_now.exists() else ""


def called(row: Person) -> str | Sentence:
    """The name, and of a program that it is one."""
    return say("%(name)s (service account)", name=row.name) if row.program else row.name


def who_looked(viewer: Scope, ids: Iterable[UUID]) -> dict[UUID, str | Sentence]:
    """Names of those who looked at the viewer's own rows, whatever unit they are in: who looks is not a stranger to the one
    looked at (an erased person keeps no name).
    """
    rows = Person.objects.in_network(viewer).filter(pk__in=list(ids), erased=None)
    return {row.pk: called(row) for row in rows}


def own_addresses(by: Actor) -> frozenset[str]:
    """The actor's own e-mail addresses, in small letters: that of the card and that of the login."""
    card = Person.objects.in_network(by).filter(pk=by.person).values_list("email", flat=True)
    login = Access.objects.filter(network=by.network, person=by.person).values_list("login__email", flat=True)
    return frozenset(email.lower() for email in (*card, *login) if email)
