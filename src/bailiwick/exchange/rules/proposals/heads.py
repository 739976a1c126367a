"""Who leads whom in a tree of units, and who seems to direct the whole."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Team:
    """A unit as this rule sees it: what it stands below, who manages it, and who else works there."""

    unit: UUID
    parent: UUID | None
    manager: UUID | None = None
    people: frozenset[UUID] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Head:
    """Somebody whom nobody leads, and how many people they lead, over all units below theirs."""

    person: UUID
    led: int


def heads(teams: Sequence[Team], but: Collection[UUID] = ()) -> list[Head]:
    """Whoever leads somebody and is led by nobody, most people first. `but`: who does not count (directors there already)."""
    above = {team.unit: team for team in teams}
    led: dict[UUID, set[UUID]] = {}
    over: dict[UUID, set[UUID]] = {}
    for team in teams:
        leaders = set(_managers(team, above)).difference(but)
        there = (team.people | ({team.manager} if team.manager else frozenset())).difference(but)
        for person in there:
            over.setdefault(person, set()).update(leaders - {person})
        for one in leaders:
            led.setdefault(one, set()).update(there - {one})
    found = [Head(person, len(people)) for person, people in led.items() if people and not over.get(person)]
    return sorted(found, key=lambda head: (-head.led, str(head.person)))


def _managers(team: Team, above: Mapping[UUID, Team]) -> Iterator[UUID]:
    """The manager of a unit and of each unit over it; a ring (never stored) ends the walk."""
    seen: set[UUID] = set()
    at: Team | None = team
    while at is not None and at.unit not in seen:
        seen.add(at.unit)
        if at.manager is not None:
            yield at.manager
        at = above.get(at.parent) if at.parent else None


def leader(found: Sequence[Head]) -> UUID | None:
    """The one who leads more people than any other; None where several lead as many: the rows do not tell then."""
    if not found or (len(found) > 1 and found[1].led == found[0].led):
        return None
    return found[0].person


def only_manager_below(unit: UUID, teams: Sequence[Team]) -> UUID | None:
    """Who could answer for a unit without a manager: whoever manages everything directly below it, if that is one person.

    Of several none is proposed: who answers for a unit sees what the others do.
    """
    below = [team.manager for team in teams if team.parent == unit]
    return below[0] if below and len(set(below)) == 1 else None
