"""Open deals outside the usual cycle length, with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from bailiwick.kit import Scope
from bailiwick.measures import MEASURES
from bailiwick.methods.survival import aalen_johansen, late_after
from bailiwick.mirror import Cell, Question, ask
from bailiwick.pipeline.models import Opportunity
from bailiwick.pipeline.queries import shown

LEAST_WINS = 30


@dataclass(frozen=True, slots=True)
class Stuck:
    """Open deals older than `late` days, by which 95% of the wins of their peers have come; the oldest first.

    `late` None: too few wins to tell. `wins` of how many peers it is made; `peers_here`: whether those of the units asked for
    sufficed, or all in sight were taken.
    """

    deals: Sequence[Opportunity]
    count: int
    late: float | None
    wins: int
    peers_here: bool


def stuck(viewer: Scope, units: Sequence[str], *, as_of: date, most: int) -> Stuck:
    """The deals of `units` that are open longer than nearly all wins took; at most `most` of `count` are given.

    The peers are those of the units; below thirty wins all deals in sight. Deals stale on arrival are another list.
    """
    question = Question(as_of=as_of, where={"unit": tuple(units)})
    cells, here = ask(MEASURES["cycle_length"], question, within=viewer), True
    if _wins(cells) < LEAST_WINS:
        cells, here = ask(MEASURES["cycle_length"], replace(question, where={}), within=viewer), False
    late = _late(cells)
    if late is None:
        return Stuck([], 0, None, _wins(cells), here)
    rows = Opportunity.objects.seen_by(viewer).filter(
        unit__in=[UUID(unit) for unit in units],
        outcome="open",
        stale_on_arrival=False,
        entered__lt=as_of - timedelta(days=int(late)),
    )
    oldest = rows.select_related("account", "person", "step").order_by("entered", "id")[:most]
    return Stuck(shown(viewer, oldest), rows.count(), late, _wins(cells), here)


def _wins(cells: Sequence[Cell]) -> int:
    return sum(cell.n for cell in cells if cell.ending == "won")


def _late(cells: Sequence[Cell]) -> float | None:
    if _wins(cells) < LEAST_WINS:
        return None
    return late_after(aalen_johansen([c.days for c in cells], [c.ending for c in cells], [c.n for c in cells]))
