"""Opportunities arrive with a past: they stand here as they stood where they come from."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bailiwick.kit import Actor, Event
from bailiwick.ledger.commands import record_many
from bailiwick.offer.models import Price
from bailiwick.pipeline import events
from bailiwick.pipeline.commands.closing import outcome
from bailiwick.pipeline.commands.opening import NewOpportunity, opened, opportunity_row
from bailiwick.pipeline.commands.processes import steps_in_force
from bailiwick.pipeline.commands.sides import Hand, about, columns, instant, sided
from bailiwick.pipeline.commands.stepping import NewLine
from bailiwick.pipeline.models import Line, Opportunity, Stage, Step
from bailiwick.tenancy.adding import add_many
from bailiwick.tenancy.walls import InNetwork
from bailiwick.territories.commands.accounts import tie_many


@dataclass(frozen=True, kw_only=True)
class Arrived(NewOpportunity):
    """A chance to sell with what became of it. `stays` are (step, day of entry) of the steps it went through before.

    Told again, a `step` of AS_IT_STANDS and `lines` of None leave both as they are.
    """

    outcome: str = Opportunity.Outcome.OPEN
    decided: date | None = None
    reason: str = ""
    stale: bool = False
    lines: Sequence[NewLine] | None = ()
    stays: Sequence[tuple[int, date | None]] = ()


def arrive_many(new: Sequence[tuple[Hand, Arrived]], *, by: Actor) -> list[Opportunity]:
    """Opportunities stand in the pipeline with their stays, lines and outcome; the doors have judged the rows.

    One event each for the opening, every step after the first, and the decision, on the day on which it was.
    """
    steps = steps_in_force(by)
    in_force = price_history(by)
    rows, stays, lines, written = [], [], [], []
    for hand, one in new:
        row = _row(one, steps[one.step - 1], hand)
        rows.append(row)
        passed = _stays(row, one, steps, hand)
        stays += passed
        items = [line_row(row, line, in_force, hand) for line in one.lines or ()]
        lines += items
        written += [(event, hand.by, hand.now) for event in _events(row, passed, items, hand)]
    add_many(rows)
    add_many(stays)
    add_many(lines)
    tie_many([(row.account_id, hand.whose) for (hand, _), row in zip(new, rows, strict=True) if row.account_id], by=by)
    record_many(written, by=by)
    return rows


def _row(one: Arrived, step: Step, hand: Hand) -> Opportunity:
    row = opportunity_row(one, hand.whose, step, hand.by, hand.now)
    row.outcome, row.decided, row.reason, row.stale_on_arrival = one.outcome, one.decided, one.reason, one.stale
    return row


def _stays(row: Opportunity, one: Arrived, steps: Sequence[Step], hand: Hand) -> list[Stage]:
    """The stays it went through and the one it is in; each ends on the day on which the next begins."""
    passed = [*one.stays] or [(one.step, row.entered)]
    if passed[-1][0] != one.step:
        passed.append((one.step, None))
    left = [day for _, day in passed[1:]] + [row.decided]
    return [
        Stage(
            network_id=row.network_id,
            opportunity=row,
            step=steps[place - 1],
            entered=entered,
            left=until,
            open=last and row.outcome == Opportunity.Outcome.OPEN,
            recorded=hand.now,
            **columns(hand.whose),
        )
        for (place, entered), until, last in zip(passed, left, [*[False] * (len(passed) - 1), True], strict=True)
    ]


def line_row(row: Opportunity, line: NewLine, in_force: "PriceHistory", hand: Hand) -> Line:
    day = row.entered or row.decided
    versions = in_force.get((line.product, row.currency), ())
    return Line(
        network_id=row.network_id,
        opportunity=row,
        product_id=line.product,
        price_version=next((price for price in versions if day is None or price.price_list.since <= day), None),
        quantity=line.quantity,
        price=line.price,
        **columns(hand.whose),
    )


PriceHistory = Mapping[tuple[UUID, str], Sequence[Price]]


def price_history(by: InNetwork) -> PriceHistory:
    """Every price of every product and currency, the newest first."""
    found: dict[tuple[UUID, str], list[Price]] = defaultdict(list)
    for price in Price.objects.in_network(by).select_related("price_list").order_by("-price_list__since"):
        found[price.product_id, price.price_list.currency].append(price)
    return found


def _events(row: Opportunity, stays: Sequence[Stage], lines: Sequence[Line], hand: Hand) -> list[Event]:
    whose, now = hand.whose, hand.now
    happened: list[Event] = [opened(row, whose, now)]
    for stay in stays[1:]:
        when: tuple[datetime, date | None] = (instant(stay.entered, whose, now), stay.entered)
        happened.append(events.StepEntered(subject=row.pk, about=about(row), step=stay.step_id, **sided(whose, *when)))
    if row.outcome != Opportunity.Outcome.OPEN:
        happened.append(outcome(row, lines, now, whose))
    return happened
