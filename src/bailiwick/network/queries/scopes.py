"""What a person sees and edits at an instant, worked out from memberships and sights."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from bailiwick.kit import Role, Scope
from bailiwick.kit.scope import SELLING, Home

# Memberships, what lies below managed units, and sights, in one round trip: this runs before every answer.
SCOPE = """
WITH RECURSIVE mine AS (
    SELECT role, unit_id, since FROM network_membership
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
SELECT 'role', mine.unit_id, role, organization_id, zone, since FROM mine JOIN network_unit unit ON unit.id = mine.unit_id
UNION ALL SELECT 'managed', unit_id, NULL, NULL, NULL, NULL FROM managed
UNION ALL SELECT 'unit', unit_id, NULL, NULL, NULL, NULL FROM seen
UNION ALL SELECT 'person', person_id, NULL, NULL, NULL, NULL FROM sights WHERE person_id IS NOT NULL
UNION ALL SELECT 'organization', organization_id, NULL, NULL, NULL, NULL FROM sights WHERE organization_id IS NOT NULL
UNION ALL SELECT 'own organization', organization_id, NULL, NULL, NULL, NULL FROM network_person
    WHERE network_id = %(network)s AND id = %(person)s AND "left" IS NULL AND erased IS NULL
UNION ALL SELECT 'program', id, NULL, NULL, NULL, NULL FROM network_person
    WHERE network_id = %(network)s AND id = %(person)s AND program
UNION ALL SELECT 'archive', id, NULL, NULL, NULL, NULL FROM tenancy_network WHERE id = %(network)s AND as_of IS NOT NULL
"""
HOME_ROLES = (Role.SELLER, Role.PARTNER_SELLER, Role.PARTNER_ADMIN, Role.MANAGER, Role.DIRECTOR)
FIRM_WIDE = frozenset({Role.PARTNER_ADMIN, Role.CLIENT})


def scope_of(network: UUID, person: UUID, now: datetime) -> Scope:
    """What `person` sees and edits at `now`. One who has left, or is in no unit, has a scope that sees nothing."""
    with connection.cursor() as cursor:
        cursor.execute(SCOPE, {"network": network, "person": person, "now": now})
        found = cursor.fetchall()
    ids = {kind: frozenset(row[1] for row in found if row[0] == kind) for kind in {row[0] for row in found}}
    memberships = [row[1:] for row in found if row[0] == "role"]
    roles = frozenset(Role(row[1]) for row in memberships)
    own = ids.get("own organization", frozenset())
    if not own:
        return Scope(network, person, program="program" in ids)
    managed = ids.get("managed", frozenset())
    return Scope(
        network=network,
        person=person,
        roles=roles,
        everything=Role.DIRECTOR in roles,
        units=managed | ids.get("unit", frozenset()),
        edits=managed,
        team=frozenset(row[0] for row in memberships if row[1] in SELLING),
        organizations=ids.get("organization", frozenset()) | (own if roles & FIRM_WIDE else frozenset()),
        people=(ids.get("person", frozenset()) | {person}) if roles else frozenset(),
        firm=next(iter(own)),
        home=_home(memberships),
        archive="archive" in ids,
        program="program" in ids,
    )


def _home(memberships: list[tuple[UUID, str, UUID, str, datetime]]) -> Home | None:
    """Where the person sells, else what they manage; of several the one they have been in longest."""
    placed = [(HOME_ROLES.index(role), since, Home(unit, organization, zone))
              for unit, role, organization, zone, since in memberships if role in HOME_ROLES]  # fmt: skip
    return min(placed, key=lambda place: place[:2])[2] if placed else None
