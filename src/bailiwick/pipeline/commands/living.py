"""Opportunities that lived here before: each with everything that was done with it, every act at its own instant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from bailiwick.kit import Actor, Event, Refused, say
from bailiwick.ledger.commands import record_many
from bailiwick.offer.models import Price
from bailiwick.pipeline import events
from bailiwick.pipeline.commands.closing import outcome
from bailiwick.pipeline.commands.opening import NewOpportunity, opened, opportunity_row, said, stay
from bailiwick.pipeline.commands.processes import steps_in_force
from bailiwick.pipeline.commands.sides import Hand, about, sided, today
from bailiwick.pipeline.commands.stepping import NewLine, in_force, lines_stated, made_lines, prices_of
from bailiwick.pipeline.models import Line, Opportunity, Stage, Step
from bailiwick.tenancy.adding import add_many
from bailiwick.territories.commands.accounts import tie_many


@dataclass(frozen=True, slots=True)
class WentTo:
    """It went to the step of this place."""

    at: datetime
    place: int


@dataclass(frozen=True, slots=True)
class GotLines:
    """It consisted of these lines from then on."""

    at: datetime
    lines: Sequence[NewLine]


@dataclass(frozen=True, slots=True)
class Redated:
    """It was expected to close on another day."""

    at: datetime
    expected: date | None


@dataclass(frozen=True, slots=True)
class Ended:
    """It was won, lost or withdrawn."""

    at: datetime
    outcome: str
    reason: str = ""


Turn = WentTo | GotLines | Redated | Ended


@dataclass(frozen=True, kw_only=True)
class Lived(NewOpportunity):
    """A chance to sell with its turns in the order of time, all of them taken by the hand that opened it."""

    turns: Sequence[Turn] = ()


@dataclass(slots=True)
class _Life:
    """An opportunity as far as it has been told."""

    hand: Hand
    row: Opportunity
    stays: list[Stage]
    lines: list[Line] = field(default_factory=list)
    written: list[tuple[Event, Actor, datetime]] = field(default_factory=list)

    def write(self, event: Event, at: datetime) -> None:
        self.written.append((event, self.hand.by, at))


@dataclass(slots=True)
class _Shop:
    """What turns are about: the steps in force, and the prices of every day and currency asked for so far."""

    steps: Sequence[Step]
    prices: Sequence[Price]
    days: dict[tuple[date, str], Mapping[UUID, Price]] = field(default_factory=dict)

    def on(self, day: date, currency: str) -> Mapping[UUID, Price]:
        if (day, currency) not in self.days:
            self.days[day, currency] = in_force(self.prices, day, currency)
        return self.days[day, currency]


def live_many(new: Sequence[tuple[Hand, Lived]], *, by: Actor) -> list[Opportunity]:
    """Opportunities stand as if each of their turns had been a command at its instant; the doors have judged the accounts.

    Rows and events are those that opening, moving, stating lines, restating and deciding leave, one event for each. Refuses
    turns that are not in the order of time, a step that there is not or that it is in, and whatever follows a decision.
    """
    itemised = [today(hand.whose, turn.at) for hand, one in new for turn in one.turns if isinstance(turn, GotLines)]
    shop = _Shop(steps_in_force(by), prices_of(itemised, by))
    lives = [_life(hand, one, shop) for hand, one in new]
    rows = [life.row for life in lives]
    add_many(rows)
    add_many([stay for life in lives for stay in life.stays])
    add_many([line for life in lives for line in life.lines])
    tie_many([(life.row.account_id, life.hand.whose) for life in lives if life.row.account_id], by=by)
    record_many([entry for life in lives for entry in life.written], by=by)
    return rows


def _life(hand: Hand, one: Lived, shop: _Shop) -> _Life:
    row = opportunity_row(one, hand.whose, _step(shop, one.step), hand.by, hand.now)
    life = _Life(hand, row, [stay(row, row.step_id, row.entered, hand.now, hand.whose)])
    life.write(opened(row, hand.whose, hand.now), hand.now)
    before = hand.now
    for turn in one.turns:
        if turn.at < before:
            raise Refused("out_of_order", say("What was done is told in the order of time."))
        if row.outcome != Opportunity.Outcome.OPEN:
            raise Refused("decided", say("This is decided already."), say("Reopen it first."))
        before = turn.at
        row.version += 1
        _take(life, turn, shop)
    return life


def _step(shop: _Shop, place: int) -> Step:
    if not 1 <= place <= len(shop.steps):
        raise Refused("no_such_step", say("The process has no such step."))
    return shop.steps[place - 1]


def _take(life: _Life, turn: Turn, shop: _Shop) -> None:
    row, whose = life.row, life.hand.whose
    match turn:
        case WentTo():
            _go(life, turn, _step(shop, turn.place))
        case GotLines():
            life.lines = made_lines(row, turn.lines, shop.on(today(whose, turn.at), row.currency), whose)
            life.write(lines_stated(row, life.lines, turn.at, whose), turn.at)
        case Redated():
            row.expected, row.stale_on_arrival = turn.expected, False
            life.write(said(row, ["expected"], turn.at, whose), turn.at)
        case Ended():
            row.outcome, row.decided, row.reason = turn.outcome, today(whose, turn.at), turn.reason
            life.stays[-1].open, life.stays[-1].left = False, row.decided
            life.write(outcome(row, life.lines, turn.at, whose), turn.at)


def _go(life: _Life, turn: WentTo, step: Step) -> None:
    row, whose = life.row, life.hand.whose
    if step.pk == row.step_id:
        raise Refused("in_step_already", say("It is in %(step)s already.", step=step.name))
    day = today(whose, turn.at)
    life.stays[-1].open, life.stays[-1].left = False, day
    life.stays.append(stay(row, step.pk, day, turn.at, whose))
    row.step = step
    life.write(events.StepEntered(subject=row.pk, about=about(row), step=step.pk, **sided(whose, turn.at)), turn.at)
