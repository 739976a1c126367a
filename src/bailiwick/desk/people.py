"""The tree of units with who answers for each, one unit with its people, and one person."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from bailiwick.kit import Actor, NotAllowed, NotSeen, Refused, Role, Scope, Sentence
from bailiwick.ledger import asking
from bailiwick.network import queries
from bailiwick.network.models import Access, Membership, Person, Unit
from bailiwick.network.queries import Member
from bailiwick.network.rules import OF_PEOPLE, fits, may_staff


@dataclass(frozen=True, slots=True)
class Place:
    """A unit at its depth in the tree in sight, with its manager (None: nobody yet) and its other people."""

    unit: Unit
    depth: int
    manager: Member | None
    people: Sequence[Member]


def tree(viewer: Scope) -> list[Place]:
    """Units in sight from the top down, each below its parent; a unit whose parent is out of sight stands at the top."""
    units = list(queries.units(viewer))
    there = defaultdict(list)
    for member in queries.members(viewer, [unit.pk for unit in units]):
        there[member.unit].append(member)
    return [_place(unit, depth, there[unit.pk]) for unit, depth in _downward(units)]


def _downward(units: Sequence[Unit]) -> Iterator[tuple[Unit, int]]:
    seen = {unit.pk for unit in units}
    below = defaultdict(list)
    for unit in units:
        below[unit.parent_id if unit.parent_id in seen else None].append(unit)
    waiting = [(unit, 0) for unit in reversed(below[None])]
    while waiting:
        unit, depth = waiting.pop()
        yield unit, depth
        waiting += [(child, depth + 1) for child in reversed(below[unit.pk])]


def _place(unit: Unit, depth: int, members: Sequence[Member]) -> Place:
    manager = next((member for member in members if member.role is Role.MANAGER), None)
    return Place(unit, depth, manager, [member for member in members if member is not manager])


@dataclass(frozen=True, slots=True)
class UnitCard:
    """A unit with its people, the roles that the viewer may give in it, and whom they may appoint (empty: not theirs)."""

    place: Place
    gives: Sequence[Role]
    candidates: Sequence[Member]


def unit_card(by: Actor, which: UUID) -> UnitCard:
    """One unit in sight, with the programs that work there; raises `NotSeen`."""
    unit = queries.unit(by.scope, which)
    there = queries.members(by.scope, [unit.pk], programs=True)
    return UnitCard(_place(unit, 0, there), roles_to_give(by, unit), _candidates(by, unit))


def roles_to_give(by: Actor, unit: Unit) -> list[Role]:
    """The roles that the actor may give in a unit. A manager is appointed, not given a role."""
    return [role for role in Role if role is not Role.MANAGER and _allowed(by, unit, role)]


def _allowed(by: Actor, unit: Unit, role: Role) -> bool:
    try:
        may_staff(by, unit.pk, unit.organization_id, role)
        fits(role, unit.kind)
    except Refused:
        return False
    return role is not Role.CLIENT or unit.client_id is not None


def _candidates(by: Actor, unit: Unit) -> list[Member]:
    """Whoever works in a unit in sight, for those who may appoint here; clients never manage."""
    try:
        may_staff(by, unit.parent_id or unit.pk, unit.organization_id)
    except NotAllowed:
        return []
    working = [member for member in queries.members(by.scope) if member.role is not Role.CLIENT]
    once = {member.person: member for member in sorted(working, key=lambda member: member.unit == unit.pk)}
    return sorted(once.values(), key=lambda member: (member.unit != unit.pk, member.name))


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person, their roles over time, their access, and what the viewer may do about them.

    `units`: those in sight; `ends`: memberships that the viewer may end; `places`: units with the roles that they may give
    there; `answers`: who answers for a program, as the viewer may know them.
    """

    person: Person
    roles: Sequence[Membership]
    access: Access | None
    units: frozenset[UUID]
    ends: frozenset[UUID]
    places: Sequence[tuple[Unit, Sequence[Role]]]
    may_let_go: bool
    may_erase: bool
    may_give_tokens: bool
    answers: str | Sentence


def person_card(by: Actor, who: UUID) -> PersonCard:
    """One person in sight; raises `NotSeen`."""
    person = queries.person(by.scope, who)
    roles = queries.roles_of(by.scope, who)
    here = person.left is None and person.erased is None
    units = list(queries.units(by.scope))
    places = [(unit, _for(person, roles_to_give(by, unit))) for unit in units] if here else []
    return PersonCard(
        person=person,
        roles=roles,
        access=queries.access_to(by.scope, who),
        units=frozenset(unit.pk for unit in units),
        ends=frozenset(row.pk for row in roles if _may_end(by, row)),
        places=[(unit, gives) for unit, gives in places if gives],
        may_let_go=here and _may_let_go(by, who),
        may_erase=by.scope.everything and person.left is not None and person.erased is None and not person.program,
        may_give_tokens=here and person.program and queries.may_give_tokens(by, who),
        answers=asking.names([person.answerable_id], by.scope)[person.answerable_id] if person.answerable_id else "",
    )


def _for(person: Person, roles: Sequence[Role]) -> list[Role]:
    """Those that this person or program can have."""
    return [role for role in roles if not (person.program and role in OF_PEOPLE)]


def _may_end(by: Actor, row: Membership) -> bool:
    return row.until is None and row.role != Role.MANAGER and _allowed(by, row.unit, Role(row.role))


def _may_let_go(by: Actor, who: UUID) -> bool:
    try:
        queries.leaver(by, who)
    except (NotAllowed, NotSeen):
        return False
    return True
