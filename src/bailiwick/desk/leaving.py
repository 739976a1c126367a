"""Everything that a person holds, who could take it over, and what would happen if they left."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from bailiwick.kit import Actor, Role, Sentence
from bailiwick.ledger import asking
from bailiwick.ledger.asking import Held
from bailiwick.network import queries
from bailiwick.network.models import Membership, Person, Unit
from bailiwick.network.queries import Member
from bailiwick.network.rules import acting_manager


@dataclass(frozen=True, slots=True)
class Managed:
    """A unit that the leaver manages and who would answer for it, acting (None: nobody above could)."""

    unit: UUID
    name: str
    acting: str | Sentence | None


@dataclass(frozen=True, slots=True)
class Leaving:
    """Somebody who may leave: what they hold by kind, as far as it is in sight (`held`); `managed` units.

    `receivers` in sight, those of the own units (`near`) first; `places`: the names of units in sight.
    """

    person: Person
    held: Mapping[str, Sequence[Held]]
    receivers: Sequence[Member]
    places: Mapping[UUID, str]
    near: frozenset[UUID]
    managed: Sequence[Managed]
    roles: Sequence[Membership]

    @property
    def things(self) -> list[Held]:
        """All that needs a receiver."""
        return [held for kind in self.held.values() for held in kind]


def leaving(by: Actor, who: UUID) -> Leaving:
    """What the leaving of `who` means. Raises `NotSeen`, or `NotAllowed` for whoever may not record it."""
    person = queries.leaver(by, who)
    held = defaultdict(list)
    for thing in queries.left_behind(by, who)[0]:
        held[thing.kind].append(thing)
    roles = [row for row in queries.roles_of(by.scope, who) if row.until is None]
    home = {row.unit_id for row in roles}
    receivers = sorted(queries.receivers(by, who), key=lambda member: (member.unit not in home, member.name.casefold()))
    return Leaving(
        person=person,
        held={kind: sorted(things, key=lambda thing: thing.label.casefold()) for kind, things in held.items()},
        receivers=receivers,
        places={unit.pk: unit.name for unit in queries.units(by.scope)},
        near=frozenset(member.person for member in receivers if member.unit in home),
        managed=_managed(by, who),
        roles=roles,
    )


def _managed(by: Actor, who: UUID) -> list[Managed]:
    open_now = Membership.objects.in_network(by).filter(role=Role.MANAGER, until=None)
    mine = list(open_now.filter(person=who).select_related("unit"))
    parents = dict(Unit.objects.in_network(by).values_list("pk", "parent"))
    managers = dict(open_now.values_list("unit", "person"))
    next_one = {row.unit_id: acting_manager(row.unit_id, parents, managers, who) for row in mine}
    names = asking.names([one for one in next_one.values() if one], by.scope)
    return [Managed(row.unit_id, row.unit.name, names.get(one) if (one := next_one[row.unit_id]) else None) for row in mine]


def shares(of: Leaving, whole: Mapping[str, UUID], single: Mapping[UUID, UUID]) -> dict[UUID, UUID]:
    """Who gets each thing: the one chosen for it, else the one chosen for its kind; what has nobody is left out."""
    return {
        thing.id: receiver
        for kind, things in of.held.items()
        for thing in things
        if (receiver := single.get(thing.id) or whole.get(kind)) is not None
    }


def per_receiver(of: Leaving, shared: Mapping[UUID, UUID]) -> list[tuple[Member, Counter[str]]]:
    """What each receiver would get, counted by kind, in the order of their names."""
    counts: dict[UUID, Counter[str]] = defaultdict(Counter)
    for thing in of.things:
        if thing.id in shared:
            counts[shared[thing.id]][thing.kind] += 1
    return [(member, counts[member.person]) for member in of.receivers if member.person in counts]
