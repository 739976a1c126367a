"""Questions about people and units, and the scope of a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from bailiwick.kit import NotSeen, Role, Scope
from bailiwick.network.models import Access, Membership, Organization, Person, Unit
from bailiwick.tenancy.models import Network

# Memberships, what lies below managed units, and sights, in one round trip: this runs before every answer.
SCOPE = """
WITH RECURSIVE mine AS (
    SELECT role, unit_id FROM network_membership
    WHERE network_id = %(network)s AND person_id = %(person)s AND since <= %(now)s AND (until IS NULL OR until > %(now)s)
), managed AS (
    SELECT mine.unit_id FROM mine JOIN network_unit unit ON unit.id = mine.unit_id
    WHERE mine.role = 'manager' AND unit.network_id = %(network)s
    -- the director heads the root, and still works on no deal of others: seeing is not editing
    AND NOT (unit.parent_id IS NULL AND EXISTS (SELECT FROM mine WHERE role = 'director'))
    UNION SELECT unit.id FROM network_unit unit JOIN managed ON unit.parent_id = managed.unit_id
    WHERE unit.network_id = %(network)s
), sights AS (
    SELECT unit_id, person_id, organization_id FROM network_sight
    WHERE network_id = %(network)s AND viewer_id = %(person)s AND since <= %(now)s AND (until IS NULL OR until > %(now)s)
), seen AS (
    SELECT unit_id FROM sights WHERE unit_id IS NOT NULL
    UNION SELECT unit.id FROM network_unit unit JOIN seen ON unit.parent_id = seen.unit_id WHERE unit.network_id = %(network)s
)
SELECT 'role', role, unit_id FROM mine
UNION ALL SELECT 'managed', NULL, unit_id FROM managed
UNION ALL SELECT 'unit', NULL, unit_id FROM seen
UNION ALL SELECT 'person', NULL, person_id FROM sights WHERE person_id IS NOT NULL
UNION ALL SELECT 'organization', NULL, organization_id FROM sights WHERE organization_id IS NOT NULL
UNION ALL SELECT 'own organization', NULL, organization_id FROM network_person
    WHERE network_id = %(network)s AND id = %(person)s AND "left" IS NULL AND erased IS NULL
"""
FIRM_WIDE = frozenset({Role.PARTNER_ADMIN, Role.CLIENT})


def scope_of(network: UUID, person: UUID, now: datetime) -> Scope:
    """What `person` sees and edits at `now`. One who has left, or is in no unit, has a scope that sees nothing."""
    with connection.cursor() as cursor:
        cursor.execute(SCOPE, {"network": network, "person": person, "now": now})
        found = cursor.fetchall()
    ids = {kind: frozenset(row[2] for row in found if row[0] == kind) for kind in {row[0] for row in found}}
    roles = frozenset(Role(row[1]) for row in found if row[0] == "role")
    own = ids.get("own organization", frozenset())
    if not own:
        return Scope(network, person)
    managed = ids.get("managed", frozenset())
    return Scope(
        network=network,
        person=person,
        roles=roles,
        everything=Role.DIRECTOR in roles,
        units=managed | ids.get("unit", frozenset()),
        edits=managed,
        team=ids.get("role", frozenset()),
        organizations=ids.get("organization", frozenset()) | (own if roles & FIRM_WIDE else frozenset()),
        people=(ids.get("person", frozenset()) | {person}) if roles else frozenset(),
    )


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


def unit(viewer: Scope, which: UUID) -> Unit:
    """A unit in sight; raises `NotSeen`."""
    found = Unit.objects.seen_by(viewer).filter(pk=which).select_related("organization", "client").first()
    if found is None:
        raise NotSeen
    return found


def home_unit(viewer: Scope) -> Unit | None:
    """Where the person's new rows belong: the unit in which they sell, else the one they manage."""
    place = (
        Membership.objects.in_network(viewer)
        .filter(person=viewer.person, until=None)
        .select_related("unit")
        .order_by("role", "since")
    )
    by_role = {member.role: member.unit for member in place}
    for role in (Role.SELLER, Role.PARTNER_SELLER, Role.PARTNER_ADMIN, Role.MANAGER, Role.DIRECTOR):
        if role in by_role:
            return by_role[role]
    return None


def units(viewer: Scope) -> QuerySet[Unit]:
    """Units in sight that are not archived, by name."""
    return Unit.objects.seen_by(viewer).filter(archived=None).select_related("organization", "client").order_by("name")


def organizations(viewer: Scope) -> QuerySet[Organization]:
    """Organizations in sight, by name."""
    return Organization.objects.seen_by(viewer).order_by("name")


@dataclass(frozen=True, slots=True)
class Member:
    """A person's open role in a unit."""

    person: UUID
    name: str
    unit: UUID
    role: Role
    acting: bool
    since: datetime


def members(viewer: Scope, units: Iterable[UUID] | None = None) -> list[Member]:
    """Open memberships in sight, of the given units or of all, managers first and then by name."""
    rows = Membership.objects.seen_by(viewer).filter(until=None, person__left=None).select_related("person")
    if units is not None:
        rows = rows.filter(unit__in=list(units))
    found = [
        Member(row.person_id, row.person.name, row.unit_id, Role(row.role), row.acting, row.since)
        for row in rows.order_by("person__name")
    ]
    return sorted(found, key=lambda member: member.role is not Role.MANAGER)


def manager_of(viewer: Scope, unit: UUID) -> Member | None:
    """The one accountable person of a unit now."""
    return next((member for member in members(viewer, [unit]) if member.role is Role.MANAGER), None)


def colleagues(viewer: Scope, unit: UUID | None = None) -> QuerySet[Person]:
    """People in sight who have not left, by name; those of one unit first if it is named."""
    people = Person.objects.seen_by(viewer).filter(left=None, erased=None)
    if unit is not None:
        members_there = Membership.objects.in_network(viewer).filter(unit=unit, until=None)
        people = people.filter(pk__in=members_there.values("person"))
    return people.order_by("name")
