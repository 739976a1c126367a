"""The centre's one page: what is off course first, and below it, quietly, every project with its one manager."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from bailiwick.kit import Role, Scope, Sentence, say, say_n
from bailiwick.measures import MEASURES
from bailiwick.mirror import Question
from bailiwick.network import queries as network
from bailiwick.network.models import Unit
from bailiwick.network.queries import Member
from bailiwick.performance.queries.figures import figures
from bailiwick.performance.queries.progress import Progress, progress
from bailiwick.performance.queries.targets import Standing, standings, targets
from bailiwick.performance.queries.tree import subtrees
from bailiwick.performance.queries.units import Side, UnitFigures, side_by_side, side_units
from bailiwick.performance.rules.course import SEVERITY, Course, below_peers
from bailiwick.performance.rules.figures import Figure
from bailiwick.performance.rules.periods import Period, a_year
from bailiwick.pipeline.queries import Waiting, waiting

LATELY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Line:
    """One project: who answers for it, its figures, how it stands, and what needs somebody (empty: nothing)."""

    unit: Unit
    manager: Member | None
    figures: UnitFigures
    course: Course
    needs: Sequence[Sentence]


@dataclass(frozen=True, slots=True)
class Overview:
    """`needs`: lines that are off course or wait, the worst first; `quiet`: all others by name; `side`: everything together.

    `whole`: the target of everything in sight, if there is one; `progress`: won value by day of the period in the currency that
    most was won in, summed up from the first day; `days`: the days to decision of the last year.
    """

    period: Period
    as_of: date
    needs: Sequence[Line]
    quiet: Sequence[Line]
    side: Side
    whole: Standing | None
    progress: Progress
    days: Figure | None

    @property
    def lines(self) -> Sequence[Line]:
        return (*self.needs, *self.quiet)


def overview(viewer: Scope, period: Period, *, as_of: date) -> Overview:
    """The page of whoever leads: projects where there are any in sight, else teams, else the offices and partners."""
    units = side_units(list(network.units(viewer)))
    side = side_by_side(viewer, [unit.pk for unit in units], period, as_of=as_of)
    there = network.members(viewer, [unit.pk for unit in units])
    managers = {one.unit: one for one in there if one.role is Role.MANAGER}
    waits = _rolled(waiting(viewer, as_of, since=as_of - LATELY), [unit.pk for unit in units], viewer)
    lines = [_line(unit, managers.get(unit.pk), side, waits[unit.pk]) for unit in units]
    needs = sorted((one for one in lines if one.needs), key=lambda one: (SEVERITY[one.course], -len(one.needs), one.unit.name))
    whole = _target_of_all(viewer, units, period, as_of)
    return Overview(
        period=period,
        as_of=as_of,
        needs=needs,
        quiet=[one for one in lines if not one.needs],
        side=side,
        whole=whole,
        progress=progress(viewer, period, as_of=as_of),
        days=_days(viewer, as_of),
    )


def _rolled(waits: dict[UUID, Waiting], units: Sequence[UUID], viewer: Scope) -> dict[UUID, Waiting]:
    below = subtrees(viewer)
    rolled = {}
    for unit in units:
        own = [wait for place, wait in waits.items() if str(place) in below.get(unit, ())]
        rolled[unit] = Waiting(sum(w.promises for w in own), sum(w.lapsed for w in own), sum(w.open for w in own))
    return rolled


def _line(unit: Unit, manager: Member | None, side: Side, waits: Waiting) -> Line:
    own = side.each[unit.pk]
    stands = own.standing.course if own.standing else Course.NONE
    needs = [
        *([say("nobody answers for it")] if manager is None else []),
        *([say("behind its target by more than luck")] if stands is Course.OFF else []),
        *([say("a little behind its target")] if stands is Course.WATCH else []),
        *([say("wins less often than its peers, beyond luck")] if below_peers(own.rate, side.rate) else []),
        *([say_n("one promise is late", "%(n)s promises are late", waits.promises)] if waits.promises else []),
        *([say_n("one deal lapsed this month", "%(n)s deals lapsed this month", waits.lapsed)] if waits.many_lapsed else []),
    ]
    return Line(unit, manager, own, stands, needs)


def _target_of_all(viewer: Scope, units: Sequence[Unit], period: Period, as_of: date) -> Standing | None:
    """The target of a unit with all of these below it."""
    rows = targets(viewer).filter(measure="won_value", person=None, since=period.since, until=period.until)
    below, all_here = subtrees(viewer), {str(unit.pk) for unit in units}
    over = [row for row in rows if all_here <= below.get(row.unit_id, frozenset())]
    over.sort(key=lambda row: -len(below[row.unit_id]))
    return next((one for one in standings(viewer, over[:1], as_of=as_of) if one.figure is not None), None)


def _days(viewer: Scope, as_of: date) -> Figure | None:
    question = Question(as_of=as_of, since=a_year(as_of).since, until=as_of)
    return next(iter(figures(MEASURES["days_to_decision"], viewer, question).whole), None)
