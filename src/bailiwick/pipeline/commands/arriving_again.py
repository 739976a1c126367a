"""Opportunities of which their source says something else by now: what they read, and which steps they went through meanwhile."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from bailiwick.kit import Actor, Event, day_of
from bailiwick.ledger.commands import record_many
from bailiwick.pipeline import events
from bailiwick.pipeline.commands.arriving import Arrived, line_row, price_history
from bailiwick.pipeline.commands.closing import outcome
from bailiwick.pipeline.commands.opening import said
from bailiwick.pipeline.commands.processes import steps_in_force
from bailiwick.pipeline.commands.sides import Hand, about, columns, instant, sided
from bailiwick.pipeline.models import Line, Opportunity, Stage, Step
from bailiwick.pipeline.rules.passing import passed
from bailiwick.tenancy.adding import add_many
from bailiwick.tenancy.changing import change_many
from bailiwick.tenancy.walls import InNetwork
from bailiwick.territories.commands.accounts import tie_many

AS_IT_STANDS = 0


@dataclass(frozen=True, slots=True)
class ToldAgain:
    """An opportunity of which its source says something else by now.

    Its step is a place in the process in force or, `in_own`, in that of the opportunity, which stays in its own. `moved` is the
    day on which it went there, as far as its own stays do not tell; today where it is not known.
    """

    hand: Hand
    which: UUID
    told: Arrived
    in_own: bool = False
    moved: date | None = None


@dataclass
class _Stood:
    """How an opportunity stood before: outcome and step, the stay that is open, the newest day of its stays, its lines."""

    outcome: str
    step: UUID
    open: Stage | None = None
    newest: date | None = None
    lines: list[Line] = field(default_factory=list)


def arrive_again(again: Sequence[ToldAgain], *, by: Actor) -> dict[UUID, Opportunity]:
    """Each opportunity reads as its source says now, whatever its outcome was; its stays are added to, never rewritten.

    It stands on the side of its hand, and whoever has it from now on sees the card of its company. One event each for what is
    stated anew, another owner, a step that was entered and a decision.
    """
    stored = Opportunity.objects.in_network(by).filter(pk__in=[one.which for one in again]).select_related("step")
    rows = {row.pk: row for row in stored.select_for_update(of=("self",)).order_by("pk")}
    stood = _stood(rows.values(), by)
    steps, own, in_force = steps_in_force(by), _own_steps(rows.values(), by), price_history(by)
    begun: list[Stage] = []
    lines: list[Line] = []
    written: list[tuple[Event, Actor, datetime]] = []
    for one in again:
        row, hand, was = rows[one.which], one.hand, stood[one.which]
        items = was.lines if one.told.lines is None else [line_row(row, line, in_force, hand) for line in one.told.lines]
        lines += items if one.told.lines is not None else []
        if hand.whose.person not in (None, row.person_id):
            written.append((_moved_to(row, hand), hand.by, hand.now))
        reach = _Reach(one, row.step, steps, own[row.process_id])
        if _restate(row, one.told, reach.step(one.told.step)):
            written.append((said(row, TOLD, hand.now, hand.whose), hand.by, hand.now))
        fresh = _pass_on(row, was, one, [(reach.step(place).pk, day) for place, day in one.told.stays])
        begun += fresh
        written += [(event, hand.by, hand.now) for event in _turns(row, was, fresh, items, hand)]
    Line.objects.in_network(by).filter(opportunity__in=[one.which for one in again if one.told.lines is not None]).delete()
    add_many(lines)
    change_many([was.open for was in stood.values() if was.open], ["open", "left"], by=by)
    add_many(begun)
    change_many(rows.values(), [*TOLD, *SIDE, "outcome", "decided", "step", "stale_on_arrival", "version"], by=by)
    tie_many([(row.account_id, one.hand.whose) for one in again if (row := rows[one.which]).account_id], by=by)
    record_many(written, by=by)
    return rows


def _stood(rows: Iterable[Opportunity], by: InNetwork) -> dict[UUID, _Stood]:
    found = {row.pk: _Stood(row.outcome, row.step_id) for row in rows}
    for stay in Stage.objects.in_network(by).filter(opportunity__in=found).order_by("recorded", "pk"):
        was = found[stay.opportunity_id]
        was.open = stay if stay.open else was.open
        was.newest = max((day for day in (was.newest, stay.entered, stay.left) if day), default=None)
    for line in Line.objects.in_network(by).filter(opportunity__in=found).order_by("pk"):
        found[line.opportunity_id].lines.append(line)
    return found


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


@dataclass(frozen=True, slots=True)
class _Reach:
    """Which step of its own process a place means for one opportunity."""

    one: ToldAgain
    stands: Step
    in_force: Sequence[Step]
    own: Sequence[Step]

    def step(self, place: int) -> Step:
        """By place, or by name where another process is in force by now."""
        if place == AS_IT_STANDS:
            return self.stands
        if self.one.in_own or self.in_force[0].process_id == self.stands.process_id:
            return self.own[place - 1]
        name = self.in_force[place - 1].name.casefold()
        return next((step for step in self.own if step.name.casefold() == name), self.stands)


SIDE = ("unit", "person", "organization")
TOLD = ("title", "account", "value", "currency", "expected", "entered", "reason", "origin", "stated_discount")


def _restate(row: Opportunity, told: Arrived, step: Step) -> bool:
    """The row reads as told; whether that is otherwise than it did, its step and outcome left aside."""
    columns = {"account_id" if name == "account" else name: getattr(told, name) for name in TOLD}
    anew = any(getattr(row, name) != value for name, value in columns.items())
    for name, value in columns.items():
        setattr(row, name, value)
    row.outcome, row.decided, row.step, row.stale_on_arrival = told.outcome, told.decided, step, told.stale
    row.version += 1
    return anew


def _pass_on(row: Opportunity, was: _Stood, one: ToldAgain, told: Sequence[tuple[UUID, date | None]]) -> list[Stage]:
    """The stay that was open ends where the next one begins, or with the decision; those that began since."""
    hand, still = one.hand, row.outcome == Opportunity.Outcome.OPEN
    day = one.moved or day_of(hand.now, hand.whose.zone)
    stay = (was.open.step_id, was.open.entered) if was.open else None
    path = passed(stay, told, (row.step_id, day) if still else None, was.newest)
    ends = [entered for _, entered in path]
    last = row.decided if not still else None
    if was.open is not None and (path or not still):
        was.open.open = False
        was.open.left = ends[0] if ends else max(day for day in (last, was.newest) if day)
    lefts = [*ends[1:], max(last, ends[-1]) if last and ends else None]
    return [
        Stage(
            network_id=row.network_id,
            opportunity=row,
            step_id=step,
            entered=entered,
            left=left,
            open=still and place == len(path) - 1,
            recorded=hand.now,
            **columns(hand.whose),
        )
        for place, ((step, entered), left) in enumerate(zip(path, lefts, strict=False))
    ]


def _turns(row: Opportunity, was: _Stood, begun: Sequence[Stage], lines: Sequence[Line], hand: Hand) -> list[Event]:
    """A step entered is told of its own day, a decision of its own; what was reopened is told as such."""
    if row.outcome != was.outcome and row.outcome == Opportunity.Outcome.OPEN:
        return [events.OpportunityReopened(subject=row.pk, about=about(row), was=was.outcome, **sided(hand.whose, hand.now))]
    entered: list[Event] = [
        events.StepEntered(
            subject=row.pk,
            about=about(row),
            step=stay.step_id,
            **sided(hand.whose, instant(stay.entered, hand.whose, hand.now), stay.entered),
        )
        for stay in begun
    ]
    return [*entered, outcome(row, lines, hand.now, hand.whose)] if row.outcome != was.outcome else entered
