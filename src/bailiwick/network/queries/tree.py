"""The tree of units: what lies below each."""

from uuid import UUID

from bailiwick.kit import Scope
from bailiwick.network.models import Unit


def subtrees(viewer: Scope) -> dict[UUID, frozenset[UUID]]:
    """For each unit the ids of itself and of everything below it."""
    parents = dict(Unit.objects.in_network(viewer).values_list("pk", "parent"))
    below: dict[UUID, set[UUID]] = {unit: {unit} for unit in parents}
    for unit, parent in parents.items():
        over, seen = parent, {unit}
        while over in below and over not in seen:
            below[over].add(unit)
            seen.add(over)
            over = parents[over]
    return {unit: frozenset(ids) for unit, ids in below.items()}


def units_below(viewer: Scope, unit: UUID) -> frozenset[UUID]:
    """A unit in sight and everything below it; nothing for one that is out of sight."""
    if not Unit.objects.seen_by(viewer).filter(pk=unit).exists():
        return frozenset()
    return subtrees(viewer).get(unit, frozenset())
