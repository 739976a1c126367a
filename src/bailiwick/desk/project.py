"""Where one project stands: goal, figures, pipeline by step, team, and what is stuck, promised or about to lapse."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from bailiwick.kit import Role, Scope
from bailiwick.measures import MEASURES
from bailiwick.mirror import Question
from bailiwick.network import queries as network
from bailiwick.network.models import Unit
from bailiwick.network.queries import Member
from bailiwick.performance.queries.cycle import Stuck, stuck
from bailiwick.performance.queries.figures import Answer, figures
from bailiwick.performance.queries.progress import Progress, progress
from bailiwick.performance.queries.targets import Standing, standings, targets
from bailiwick.performance.queries.tree import subtrees
from bailiwick.performance.rules.figures import Figure
from bailiwick.performance.rules.periods import Period, a_year
from bailiwick.pipeline import queries
from bailiwick.pipeline.models import Opportunity, Promise

AHEAD = timedelta(days=14)
LATELY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Seller:
    """A person's figures in the project: won in the period, win rate of the year among the others here, open deals."""

    person: UUID
    name: str
    won: Sequence[Figure]
    rate: Figure | None
    open: int


@dataclass(frozen=True, slots=True)
class Project:
    """`steps`: of the deals that entered each step in the last year, how many went on; `rate`: of the whole project."""

    unit: Unit
    manager: Member | None
    period: Period
    as_of: date
    targets: Sequence[Standing]
    won: Sequence[Figure]
    rate: Figure | None
    cycle: Figure | None
    appointments: Figure | None
    activities: Figure | None
    progress: Progress
    tally: Sequence[queries.StepTally]
    steps: Answer
    places: dict[str, int]
    team: Sequence[Seller]
    stuck: Stuck
    promises: Sequence[Promise]
    lapsing: Sequence[Opportunity]


def project(viewer: Scope, which: UUID, period: Period, *, as_of: date, most: int) -> Project:
    """A unit in sight with everything below it, at most `most` of each list; raises `NotSeen`."""
    unit = network.unit(viewer, which)
    units = tuple(sorted(subtrees(viewer).get(which, frozenset())))
    ids = [UUID(one) for one in units]
    there = network.members(viewer, ids)
    rows = list(targets(viewer).filter(unit=which, person=None, since__lte=as_of, until__gte=as_of))
    steps = _asked("stage_conversion", viewer, _year(as_of, units, ("step",)))
    return Project(
        unit=unit,
        manager=next((one for one in there if one.unit == which and one.role is Role.MANAGER), None),
        period=period,
        as_of=as_of,
        targets=standings(viewer, rows, as_of=as_of),
        won=_asked("won_value", viewer, _during(period, as_of, units)).whole,
        rate=_first(_asked("win_rate", viewer, _year(as_of, units))),
        cycle=_first(_asked("cycle_length", viewer, _year(as_of, units))),
        appointments=_first(_asked("appointments_per_close", viewer, _year(as_of, units))),
        activities=_first(_asked("activities_per_week", viewer, _during(period, as_of, units))),
        progress=progress(viewer, period, as_of=as_of, units=units),
        tally=queries.by_step(queries.opportunities(viewer, today=as_of, standing="winnable", units=ids)),
        steps=steps,
        places=queries.step_places(viewer),
        team=_team(viewer, units, period, as_of),
        stuck=stuck(viewer, units, as_of=as_of, most=most),
        promises=queries.promises_of(viewer, ids, until=as_of + AHEAD, most=most),
        lapsing=queries.lapsing(viewer, ids, since=as_of - LATELY, until=as_of + AHEAD, most=most),
    )


def _asked(name: str, viewer: Scope, question: Question) -> Answer:
    return figures(MEASURES[name], viewer, question)


def _first(answer: Answer) -> Figure | None:
    return next(iter(answer.whole), None)


def _year(as_of: date, units: tuple[str, ...], by: tuple[str, ...] = ()) -> Question:
    return Question(as_of=as_of, since=a_year(as_of).since, until=as_of, by=by, where={"unit": units})


def _during(period: Period, as_of: date, units: tuple[str, ...], by: tuple[str, ...] = ()) -> Question:
    return Question(as_of=as_of, since=period.since, until=period.until, by=by, where={"unit": units})


def _team(viewer: Scope, units: tuple[str, ...], period: Period, as_of: date) -> list[Seller]:
    """Everybody who sells here or did in the period, by name: a list, not a ranking."""
    won = _asked("won_value", viewer, _during(period, as_of, units, ("seller",)))
    rate = _asked("win_rate", viewer, _year(as_of, units, ("seller",)))
    still = _asked("pipeline_count", viewer, Question(as_of=as_of, by=("seller",), where={"unit": units}))
    people = {figure.keys[0]: str(answer.name(figure)) for answer in (won, rate, still) for figure in answer.figures}
    rates = {figure.keys[0]: figure for figure in rate.figures}
    opened = {figure.keys[0]: figure.n for figure in still.figures}
    found = [
        Seller(UUID(key), name, [one for one in won.figures if one.keys[0] == key], rates.get(key), opened.get(key, 0))
        for key, name in people.items()
        if key
    ]
    return sorted(found, key=lambda one: one.name)
