"""Units and people in sight."""

from uuid import UUID

from bailiwick.api.asked import Asked, Told
from bailiwick.api.door import endpoint
from bailiwick.api.schemas import Cursor, Id, Limit
from bailiwick.api.shapes.network import PersonShown, UnitShown
from bailiwick.api.shapes.plain import Page
from bailiwick.kit.scope import DEALING
from bailiwick.network import queries
from bailiwick.tenancy.paging import SIZE, page


@endpoint("GET", "/units", name="units", roles=DEALING, gives=Page[UnitShown])
def units(asked: Asked, limit: Limit = SIZE, cursor: Cursor = "") -> Told:
    """Units in sight, by name."""
    found = page(queries.units(asked.viewer), key="name", cursor=cursor, size=limit)
    return Told(Page[UnitShown](items=[UnitShown.of(row) for row in found.rows], next=found.next))


@endpoint("GET", "/units/{uuid:unit}", name="unit", roles=DEALING, gives=UnitShown)
def unit(asked: Asked, unit: Id) -> Told:
    """A unit in sight."""
    return Told(UnitShown.of(queries.unit(asked.viewer, unit)))


@endpoint("GET", "/people", name="people", roles=DEALING, gives=Page[PersonShown])
def people(asked: Asked, unit: Id | None = None, limit: Limit = SIZE, cursor: Cursor = "") -> Told:
    """People in sight who have not left, by name, no service accounts; those of one unit if it is named."""
    if unit is not None:
        queries.unit(asked.viewer, unit)
    found = page(queries.colleagues(asked.viewer, unit), key="name", cursor=cursor, size=limit)
    members = queries.members(asked.viewer)
    shown = Page[PersonShown](items=[PersonShown.of(row, members) for row in found.rows], next=found.next)
    return Told(shown, looked_at={row.pk for row in found.rows})


@endpoint("GET", "/people/{uuid:person}", name="person", roles=DEALING, gives=PersonShown)
def person(asked: Asked, person: Id) -> Told:
    """A person in sight, or a service account."""
    row = queries.person(asked.viewer, person)
    looked_at: set[UUID] = {row.pk}
    return Told(PersonShown.of(row, queries.members(asked.viewer, programs=True)), looked_at)
