"""The board: what a list of deals asks, laid out by the steps of one process."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from bailiwick.lists import Chosen, Seen, rows_of
from bailiwick.pipeline import queries
from bailiwick.pipeline.models import Opportunity, Process, Step

SHOWN = 30


@dataclass(frozen=True, slots=True)
class Card:
    """A deal on the board, with the day on which it came into its step."""

    deal: Opportunity
    since: date | None


@dataclass(frozen=True, slots=True)
class Lane:
    """One step: how many deals are in it, their value by currency, and the first of them to close."""

    step: Step
    count: int
    totals: Sequence[tuple[Decimal, str]]
    cards: Sequence[Card]


@dataclass(frozen=True, slots=True)
class Board:
    """The steps of one process with their deals; `processes`: all that can be looked at, each with how many deals fit."""

    process: Process | None
    processes: Sequence[tuple[Process, int]]
    lanes: Sequence[Lane]


def board(chosen: Chosen, seen: Seen, process: UUID | None) -> Board:
    """The deals that fit, by step of `process`, else of the one with most of them. Some statements a step, none a deal."""
    rows = rows_of(chosen, seen)
    there = queries.sales_processes(seen.viewer, rows)
    found = (
        next((one for one, _ in there if one.pk == process), None)
        or max(there, key=lambda pair: pair[1], default=(queries.process_in_force(seen.viewer), 0))[0]
    )
    if found is None:
        return Board(None, there, [])
    steps = queries.steps(seen.viewer, found.pk)
    tallies = queries.by_step_of(rows, found.pk)
    cards = {step.pk: queries.shown(seen.viewer, rows.filter(step=step).order_by("due", "id")[:SHOWN]) for step in steps}
    since = queries.in_step_since(seen.viewer, [deal.pk for deals in cards.values() for deal in deals])
    lanes = []
    for step in steps:
        of = [one for one in tallies if one.place == step.place]
        totals = [(one.value, one.currency) for one in of if one.value is not None]
        there_now = [Card(deal, since.get(deal.pk)) for deal in cards[step.pk]]
        lanes.append(Lane(step, sum(one.count for one in of), totals, there_now))
    return Board(found, there, lanes)
