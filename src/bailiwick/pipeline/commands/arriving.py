"""Opportunities arrive with a past: they stand here as they stood where they come from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bailiwick.kit import Actor, Event, day_of
from bailiwick.ledger.commands import record_many
from bailiwick.offer.models import Price
from bailiwick.pipeline import events
from bailiwick.pipeline.commands.closing import outcome
from bailiwick.pipeline.commands.opening import NewOpportunity, opened, opportunity_row, said
from bailiwick.pipeline.commands.processes import steps_in_force
from bailiwick.pipeline.commands.sides import Hand, about, columns, instant, sided
from bailiwick.pipeline.commands.stepping import NewLine
from bailiwick.pipeline.models import Line, Opportunity, Stage, Step
from bailiwick.tenancy.adding import add_many
from bailiwick.tenancy.changing import change_many
from bailiwick.tenancy.walls import InNetwork
from bailiwick.territories.commands.accounts import tie_many


@dataclass(frozen=True, kw_only=True)
class Arrived(NewOpportunity):
    """A chance to sell with what became of it. `stays` are (step, day of entry) of the steps it went through before."""

    outcome: str = Opportunity.Outcome.OPEN
    decided: date | None = None
    reason: str = ""
    stale: bool = False
    lines: Sequence[NewLine] = ()
    stays: Sequence[tuple[int, date | None]] = ()


def arrive_many(new: Sequence[tuple[Hand, Arrived]], *, by: Actor) -> list[Opportunity]:
    """Opportunities stand in the pipeline with their stays, lines and outcome; the doors have judged the rows.

    One event each for the opening, every step after the first, and the decision, on the day on which it was.
    """
    steps = steps_in_force(by)
    in_force = _price_history(by)
    rows, stays, lines, written = [], [], [], []
    for hand, one in new:
        row = _row(one, steps[one.step - 1], hand)
        rows.append(row)
        passed = _stays(row, one, steps, hand)
        stays += passed
        items = [_line(row, line, in_force, hand) for line in one.lines]
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


def _line(row: Opportunity, line: NewLine, in_force: "PriceHistory", hand: Hand) -> Line:
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


def _price_history(by: InNetwork) -> PriceHistory:
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


@dataclass(frozen=True, slots=True)
class ToldAgain:
    """An opportunity of which its source says something else by now.

    Its step is a place in the process in force or, `in_own`, in that of the opportunity, which stays in its own.
    """

    hand: Hand
    which: UUID
    told: Arrived
    in_own: bool = False


def arrive_again(again: Sequence[ToldAgain], *, by: Actor) -> dict[UUID, Opportunity]:
    """Each opportunity reads as its source says now, whatever its outcome was; its stays are added to, never rewritten.

    It stands on the side of its hand, and whoever has it from now on sees the card of its company. One event each for what is
    stated anew, another owner, a step that was entered and a decision.
    """
    steps = steps_in_force(by)
    stored = Opportunity.objects.in_network(by).filter(pk__in=[one.which for one in again]).select_related("step")
    rows = {row.pk: row for row in stored.select_for_update(of=("self",)).order_by("pk")}
    own = _own_steps(rows.values(), by)
    stays = {stay.opportunity_id: stay for stay in Stage.objects.in_network(by).filter(opportunity__in=rows, open=True)}
    in_force = _price_history(by)
    begun: list[Stage] = []
    lines: list[Line] = []
    written: list[tuple[Event, Actor, datetime]] = []
    for one in again:
        row, hand = rows[one.which], one.hand
        was = (row.outcome, row.step_id)
        items = [_line(row, line, in_force, hand) for line in one.told.lines]
        lines += items
        if hand.whose.person not in (None, row.person_id):
            written.append((_moved_to(row, hand), hand.by, hand.now))
        _restate(row, one.told, _step(one, row.step, steps, own[row.process_id]))
        written.append((said(row, TOLD, hand.now, hand.whose), hand.by, hand.now))
        fresh = _pass_on(row, was, stays.get(row.pk), hand)
        begun += fresh
        written += [(event, hand.by, hand.now) for event in _turns(row, was, fresh, items, hand)]
    Line.objects.in_network(by).filter(opportunity__in=rows).delete()
    add_many(lines)
    change_many(stays.values(), ["open", "left"], by=by)
    add_many(begun)
    change_many(rows.values(), [*TOLD, *SIDE, "outcome", "decided", "step", "stale_on_arrival", "version"], by=by)
    tie_many([(row.account_id, one.hand.whose) for one in again if (row := rows[one.which]).account_id], by=by)
    record_many(written, by=by)
    return rows


def _moved_to(row: Opportunity, hand: Hand) -> Event:
    """The opportunity stands on the side of the hand from now on."""
    giver, whose = row.person_id, hand.whose
    row.unit_id, row.person_id, row.organization_id = whose.unit, whose.person or giver, whose.organization
    side = sided(whose, hand.now)
    return events.OpportunityHandedOver(subject=row.pk, about=about(row), giver=giver, receiver=row.person_id, **side)


def _own_steps(rows: Iterable[Opportunity], by: InNetwork) -> dict[UUID, list[Step]]:
    """The steps of the processes in which these opportunities stand, in order."""
    found: dict[UUID, list[Step]] = defaultdict(list)
    for step in Step.objects.in_network(by).filter(process__in={row.process_id for row in rows}).order_by("place"):
        found[step.process_id].append(step)
    return found


def _step(one: ToldAgain, stands: Step, in_force: Sequence[Step], own: Sequence[Step]) -> Step:
    """The step that is told, in the opportunity's own process: by place, or by name where another one is in force by now."""
    if one.in_own or in_force[0].process_id == stands.process_id:
        return own[one.told.step - 1]
    name = in_force[one.told.step - 1].name.casefold()
    return next((step for step in own if step.name.casefold() == name), stands)


SIDE = ("unit", "person", "organization")
TOLD = ("title", "account", "value", "currency", "expected", "entered", "reason", "origin", "stated_discount")


def _restate(row: Opportunity, told: Arrived, step: Step) -> None:
    for name in TOLD:
        setattr(row, "account_id" if name == "account" else name, getattr(told, name))
    row.outcome, row.decided, row.step, row.stale_on_arrival = told.outcome, told.decided, step, told.stale
    row.version += 1


def _pass_on(row: Opportunity, was: tuple[str, UUID], stay: Stage | None, hand: Hand) -> list[Stage]:
    """The stay that was open ends where the deal is decided or in another step; the stay that begins instead."""
    still = row.outcome == Opportunity.Outcome.OPEN
    if still and stay is not None and was[1] == row.step_id:
        return []
    day = row.decided or day_of(hand.now, hand.whose.zone)
    if stay is not None:
        stay.open, stay.left = False, day
    if not still:
        return []
    side = columns(hand.whose)
    return [Stage(network_id=row.network_id, opportunity=row, step_id=row.step_id, entered=day, recorded=hand.now, **side)]


def _turns(row: Opportunity, was: tuple[str, UUID], begun: Sequence[Stage], lines: Sequence[Line], hand: Hand) -> list[Event]:
    side = sided(hand.whose, hand.now)
    if row.outcome != was[0] and row.outcome != Opportunity.Outcome.OPEN:
        return [outcome(row, lines, hand.now, hand.whose)]
    if row.outcome != was[0]:
        return [events.OpportunityReopened(subject=row.pk, about=about(row), was=was[0], **side)]
    return [events.StepEntered(subject=row.pk, about=about(row), step=stay.step_id, **side) for stay in begun]
