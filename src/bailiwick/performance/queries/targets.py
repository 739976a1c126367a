"""Targets, and how each stands."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from bailiwick.kit import NotSeen, Scope
from bailiwick.measures import MEASURES, Measure, Shape
from bailiwick.mirror import Cell, Question, ask
from bailiwick.performance.models import Target
from bailiwick.performance.queries.tree import subtrees
from bailiwick.performance.rules.course import Course, course, level
from bailiwick.performance.rules.figures import Figure, judge
from bailiwick.performance.rules.periods import Period

ADDS_UP = (Shape.COUNT, Shape.SUM)
# What is counted is nothing where nothing happened; of a rate or a median nothing can be said.
NOTHING = {
    **{shape: Figure((), 0, Decimal(0), enough=False) for shape in ADDS_UP},
    Shape.PACE: Figure((), 0, 0.0),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a target stands on a day.

    `figure`: what its measure says for the holder in the period (None: not for the viewer to count). `attained`: its value over
    the target, or the target over it where less is better. `elapsed`: the share of the period that has passed. `coverage`: open
    deals that are expected to close in the period over what is missing; None where nothing is missing or the measure has none.
    """

    target: Target
    figure: Figure | None
    attained: float | None
    elapsed: float
    course: Course
    coverage: float | None = None


def targets(viewer: Scope) -> QuerySet[Target]:
    """Targets in sight that hold, the latest period first."""
    rows = Target.objects.seen_by(viewer).filter(withdrawn=None).select_related("unit", "person", "organization")
    return rows.order_by("-since", "until", "unit__name", "person__name", "measure")


def target(viewer: Scope, which: UUID) -> Target:
    """A target in sight that holds; raises `NotSeen`."""
    found = targets(viewer).filter(pk=which).first()
    if found is None:
        raise NotSeen
    return found


def standings(viewer: Scope, rows: Sequence[Target], *, as_of: date) -> list[Standing]:
    """How each target stands, in the order given. Two statements for each measure and period among them."""
    groups: dict[tuple[str, date, date], list[Target]] = defaultdict(list)
    for row in rows:
        if row.measure in MEASURES:
            groups[row.measure, row.since, row.until].append(row)
    tree = subtrees(viewer)
    found: dict[UUID, Standing] = {}
    for (name, since, until), group in groups.items():
        question = Question(as_of=as_of, since=since, until=until, by=("unit", "seller"))
        cells = ask(MEASURES[name], question, within=viewer)
        ahead = _pipeline(name, question, viewer)
        for row in group:
            found[row.pk] = _standing(row, MEASURES[name], cells, ahead, tree, viewer, as_of)
    return [found[row.pk] for row in rows if row.pk in found]


def _pipeline(name: str, question: Question, viewer: Scope) -> list[Cell]:
    """What is open and expected to close in what is left of the period; for won value and count only."""
    ahead = {"won_value": "pipeline", "won_count": "pipeline_count"}.get(name)
    rest = replace(question, since=max(question.as_of, question.since or question.as_of))
    return ask(MEASURES[ahead], rest, within=viewer) if ahead else []


def _standing(
    row: Target, measure: Measure, cells: Sequence[Cell], ahead: Sequence[Cell],
    tree: dict[UUID, frozenset[str]], viewer: Scope, as_of: date,
) -> Standing:  # fmt: skip
    period = Period(row.since, row.until, "")
    elapsed = period.elapsed(as_of)
    if not counts(row, viewer):
        return Standing(row, None, None, elapsed, Course.NONE)
    units = tree.get(row.unit_id, frozenset())
    figure = _of(row, measure, cells, units, as_of)
    amount, value = float(row.amount), float(figure.value or 0)
    if measure.shape in ADDS_UP:
        stands = course(value, square=figure.square, n=figure.n, target=amount, elapsed=elapsed)
        return Standing(row, figure, value / amount, elapsed, stands, _coverage(row, figure, ahead, units, as_of))
    attained = (amount / value if measure.less else value / amount) if value else None
    return Standing(row, figure, attained, elapsed, level(figure, amount, less=measure.less))


def counts(row: Target, viewer: Scope) -> bool:
    """Whether the viewer sees every row that the target's figure is made of: half a figure is none."""
    whole = viewer.everything or row.unit_id in viewer.units or viewer.runs(row.organization_id)
    return whole or row.person_id in viewer.people


def _of(row: Target, measure: Measure, cells: Sequence[Cell], units: Collection[str], as_of: date) -> Figure:
    """The figure of the unit with everything below it, or of the person there; in the target's currency."""
    own = [
        replace(cell, keys=())
        for cell in cells
        if cell.keys[0] in units
        and (row.person_id is None or cell.keys[1] == str(row.person_id))
        and cell.currency == (row.currency if measure.shape is Shape.SUM else "")
    ]
    judged = judge(measure, own, as_of=as_of, since=row.since, until=row.until)
    return judged[0] if judged else NOTHING.get(measure.shape, Figure((), 0, None, enough=False))


def _coverage(row: Target, figure: Figure, ahead: Sequence[Cell], units: Collection[str], as_of: date) -> float | None:
    missing = float(row.amount) - float(figure.value or 0)
    measure = MEASURES["pipeline" if row.measure == "won_value" else "pipeline_count"]
    return float(_of(row, measure, ahead, units, as_of).value or 0) / missing if missing > 0 else None
