"""Units side by side: each with its target, its rate among its peers, and what is open."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from bailiwick.kit import Scope
from bailiwick.measures import MEASURES
from bailiwick.mirror import Cell, Question, ask
from bailiwick.network.models import Unit
from bailiwick.performance.queries.targets import Standing, standings, targets
from bailiwick.performance.queries.tree import subtrees
from bailiwick.performance.rules.course import SEVERITY
from bailiwick.performance.rules.figures import Figure, judge
from bailiwick.performance.rules.periods import Period, a_year

KINDS = (Unit.Kind.PROJECT, Unit.Kind.TEAM, Unit.Kind.OFFICE, Unit.Kind.PARTNER)


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """What measures say of a unit with everything below it.

    `won`: in the period, one for each currency; `rate`: of what was decided in the year up to the day, pooled with the units
    beside it; `open`: the pipeline, one for each currency; `standing`: its target in won value for the period, None without one.
    """

    unit: UUID
    won: Sequence[Figure]
    rate: Figure
    open: Sequence[Figure]
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class Side:
    """All units asked for, and everything in sight together."""

    each: Mapping[UUID, UnitFigures]
    rate: Figure
    won: Sequence[Figure]
    open: Sequence[Figure]


def side_units(units: Sequence[Unit]) -> list[Unit]:
    """Those that are held side by side: projects where there are any, else teams, else offices or partners; else all."""
    for kind in KINDS:
        found = [unit for unit in units if unit.kind == kind and unit.parent_id]
        if found:
            return found
    return list(units)


def side_by_side(viewer: Scope, units: Collection[UUID], period: Period, *, as_of: date) -> Side:
    """The figures of `units`, which are peers of each other; cells in no unit of theirs count in the whole only."""
    below = subtrees(viewer)
    during = Question(as_of=as_of, since=period.since, until=period.until, by=("unit",))
    year = Question(as_of=as_of, since=a_year(as_of).since, until=as_of, by=("unit",))
    won = ask(MEASURES["won_value"], during, within=viewer)
    rate = ask(MEASURES["win_rate"], year, within=viewer)
    still = ask(MEASURES["pipeline"], Question(as_of=as_of, by=("unit",)), within=viewer)
    rows = targets(viewer).filter(measure="won_value", person=None, unit__in=units, since=period.since, until=period.until)
    worst_last = sorted(standings(viewer, list(rows), as_of=as_of), key=lambda one: -SEVERITY[one.course])
    stands = {one.target.unit_id: one for one in worst_last}  # of targets in two currencies the worse
    found = {
        "won": _by_unit("won_value", won, units, below, as_of),
        "rate": _by_unit("win_rate", rate, units, below, as_of),
        "open": _by_unit("pipeline", still, units, below, as_of),
    }
    nothing = Figure((), 0, None, enough=False)
    each = {
        unit: UnitFigures(
            unit, found["won"][unit], next(iter(found["rate"][unit]), nothing), found["open"][unit], stands.get(unit)
        )
        for unit in units
    }
    whole = next(iter(_whole("win_rate", rate, as_of)), nothing)
    return Side(each, whole, _whole("won_value", won, as_of), _whole("pipeline", still, as_of))


def won_by_unit(viewer: Scope, units: Collection[UUID], period: Period, *, as_of: date) -> dict[UUID, list[Figure]]:
    """What each unit, with everything below it, won in the period: one figure for each currency."""
    during = Question(as_of=as_of, since=period.since, until=period.until, by=("unit",))
    return _by_unit("won_value", ask(MEASURES["won_value"], during, within=viewer), units, subtrees(viewer), as_of)


def _by_unit(
    name: str, cells: Sequence[Cell], units: Collection[UUID], below: Mapping[UUID, frozenset[str]], as_of: date
) -> dict[UUID, list[Figure]]:
    """One judgement over all units, so that they are each other's peers; a unit's cells are those of everything below it."""
    rolled = [replace(cell, keys=(str(unit),)) for unit in units for cell in cells if cell.keys[0] in below.get(unit, ())]
    found: dict[UUID, list[Figure]] = defaultdict(list)
    for figure in judge(MEASURES[name], rolled, as_of=as_of):
        found[UUID(figure.keys[0])].append(figure)
    return found


def _whole(name: str, cells: Sequence[Cell], as_of: date) -> list[Figure]:
    return judge(MEASURES[name], [replace(cell, keys=()) for cell in cells], as_of=as_of)
