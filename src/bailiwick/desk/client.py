"""What the client of a project sees of it: how it moves."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bailiwick.kit import Role, Scope
from bailiwick.network.models import Unit
from bailiwick.pipeline.progress import Progress, progress_of


@dataclass(frozen=True, slots=True)
class ClientProject:
    """One project of the client: its name, its goal and its progress. No name of a person: an agreement has to open it first."""

    unit: UUID
    name: str
    goal: str
    progress: Progress


def client_projects(viewer: Scope, today: date) -> Sequence[ClientProject]:
    """The projects that are done for the viewer's organization, by name; none for whoever is no client."""
    if Role.CLIENT not in viewer.roles:
        return []
    units = list(Unit.objects.in_network(viewer).only("pk", "parent", "client", "name", "goal", "kind", "archived"))
    own = [unit for unit in units if unit.client_id in viewer.organizations and unit.archived is None]
    below = defaultdict(list)
    for unit in units:
        below[unit.parent_id].append(unit.pk)
    return [
        ClientProject(unit.pk, unit.name, unit.goal, progress_of(_down(unit.pk, below), today, by=viewer))
        for unit in sorted(own, key=lambda one: one.name)
    ]


def _down(unit: UUID, below: dict[UUID | None, list[UUID]]) -> list[UUID]:
    """The unit and everything below it: what partners do for the project is part of it."""
    found = [unit]
    for one in found:
        found += [child for child in below[one] if child not in found]
    return found
