"""The tree of units as figures need it: what lies below a unit, and which project a unit belongs to."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from bailiwick.kit import Scope
from bailiwick.mirror import Cell, Question
from bailiwick.network import queries as network
from bailiwick.network.models import Unit as Place


def subtrees(viewer: Scope) -> dict[UUID, frozenset[str]]:
    """For each unit the keys of itself and of everything below it."""
    return {unit: frozenset(map(str, below)) for unit, below in network.subtrees(viewer).items()}


def units_below(viewer: Scope, unit: UUID) -> tuple[str, ...]:
    """The keys of a unit in sight and of everything below it."""
    return tuple(sorted(map(str, network.units_below(viewer, unit))))


def nearest_projects(viewer: Scope) -> dict[str, str]:
    """For each unit, as text, the nearest unit at or above it that is a project; units in none are left out."""
    places = {row.pk: row for row in Place.objects.in_network(viewer).only("parent", "kind")}
    found = {}
    for place in places.values():
        at: Place | None = place
        for _ in places:  # a ring, which is never stored, would end here
            if at is None or at.kind == Place.Kind.PROJECT:
                break
            at = places.get(at.parent_id) if at.parent_id else None
        if at is not None and at.kind == Place.Kind.PROJECT:
            found[str(place.pk)] = str(at.pk)
    return found


def rolled_up(cells: Sequence[Cell], question: Question, viewer: Scope) -> list[Cell]:
    """Cells by unit become cells by the nearest project above, where that was asked."""
    if "project" not in question.by:
        return list(cells)
    at = question.by.index("project")
    nearest = nearest_projects(viewer)
    return [replace(cell, keys=(*cell.keys[:at], nearest.get(cell.keys[at], ""), *cell.keys[at + 1 :])) for cell in cells]


def of_projects(question: Question, viewer: Scope) -> Question:
    """The same question, with the projects that count told as the units whose nearest project they are."""
    if "project" not in question.where:
        return question
    nearest, wanted = nearest_projects(viewer), set(question.where["project"])
    units = [str(pk) for pk in Place.objects.in_network(viewer).values_list("pk", flat=True)]
    keys = tuple(unit for unit in units if nearest.get(unit, "") in wanted)
    return replace(question, where={**question.where, "project": keys})
