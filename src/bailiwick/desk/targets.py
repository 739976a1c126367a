"""Targets as a page shows them: how each stands, and for whom the viewer may set one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bailiwick.kit import Actor
from bailiwick.kit.scope import SELLING
from bailiwick.network import queries as network
from bailiwick.network.models import Unit
from bailiwick.performance.commands import may_set
from bailiwick.performance.models import Target
from bailiwick.performance.queries import Standing, standings, targets
from bailiwick.performance.queries.tree import subtrees
from bailiwick.performance.rules.periods import Period


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody for whom a target can be set: a unit, or a person who sells in it."""

    unit: UUID
    person: UUID | None
    name: str

    @property
    def key(self) -> str:
        """As a form sends it."""
        return f"{self.unit}/{self.person or ''}"


@dataclass(frozen=True, slots=True)
class Targets:
    """Those whose time meets a period: of units, from the top down, and of people, unit by unit."""

    units: Sequence[Standing]
    people: Sequence[Standing]
    holders: Sequence[Holder]


def target_page(by: Actor, period: Period, *, as_of: date) -> Targets:
    """The targets in sight whose time meets the period, with the holders for whom the actor may set one."""
    rows = list(targets(by.scope).filter(since__lte=period.until, until__gte=period.since))
    below = subtrees(by.scope)
    rows.sort(key=lambda row: (-len(below.get(row.unit_id, ())), row.unit.name))
    found = standings(by.scope, rows, as_of=as_of)
    of_people = sorted((one for one in found if one.target.person_id), key=lambda one: one.target.unit.name)
    return Targets([one for one in found if not one.target.person_id], of_people, holders(by))


def holders(by: Actor) -> list[Holder]:
    """Units by name, and the people who sell in each."""
    found, units = [], list(network.units(by.scope))
    members = network.members(by.scope, [unit.pk for unit in units])
    for unit in units:
        found += [Holder(unit.pk, None, unit.name)] if may_set(unit, None, by) else []
        sells = {one.person: one.name for one in members if one.unit == unit.pk and one.role in SELLING}
        found += [Holder(unit.pk, who, f"{name}, {unit.name}") for who, name in sells.items() if may_set(unit, who, by)]
    return found


def may_change(row: Target, by: Actor) -> bool:
    """Whether the actor may restate or withdraw this target."""
    unit: Unit = row.unit
    return may_set(unit, row.person_id, by)
