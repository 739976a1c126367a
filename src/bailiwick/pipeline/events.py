"""What happens in selling."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from bailiwick.kit import Event, say


class Selling(Event):
    """An act of selling. The first that a person does in a network that was taken in makes its figures those of today."""

    WAKES = True


@dataclass(frozen=True, kw_only=True)
class OpportunityOpened(Selling):
    KIND = "pipeline.opportunity_opened"
    SENTENCE = say("%(by)s opened %(subject)s")
    account: UUID | None
    value: Decimal | None
    currency: str
    expected: date | None


@dataclass(frozen=True, kw_only=True)
class StepEntered(Selling):
    KIND = "pipeline.step_entered"
    SENTENCE = say("%(subject)s went to %(step)s")
    step: UUID


@dataclass(frozen=True, kw_only=True)
class OpportunityStated(Selling):
    """Value or expected close restated: the columns that hold the numbers, never words."""

    KIND = "pipeline.opportunity_stated"
    SENTENCE = say("%(by)s restated %(subject)s: %(value)s, close by %(expected)s")
    value: Decimal | None
    currency: str
    expected: date | None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LinesStated(Selling):
    KIND = "pipeline.lines_stated"
    SENTENCE = say("%(by)s stated the lines of %(subject)s: %(lines)s, %(value)s in all")
    lines: int
    value: Decimal
    currency: str
    discount: Decimal | None
    margin: Decimal | None


@dataclass(frozen=True, kw_only=True)
class OpportunityWon(Selling):
    KIND = "pipeline.won"
    SENTENCE = say("%(by)s won %(subject)s: %(value)s")
    value: Decimal | None
    currency: str
    discount: Decimal | None
    margin: Decimal | None


@dataclass(frozen=True, kw_only=True)
class OpportunityLost(Selling):
    KIND = "pipeline.lost"
    SENTENCE = say("%(by)s lost %(subject)s")
    value: Decimal | None
    currency: str


@dataclass(frozen=True, kw_only=True)
class OpportunityWithdrawn(Selling):
    KIND = "pipeline.withdrawn"
    SENTENCE = say("%(by)s withdrew from %(subject)s")
    value: Decimal | None
    currency: str


@dataclass(frozen=True, kw_only=True)
class OpportunityReopened(Selling):
    KIND = "pipeline.reopened"
    SENTENCE = say("%(by)s reopened %(subject)s; it had been %(was)s")
    was: str


@dataclass(frozen=True, kw_only=True)
class OpportunityHandedOver(Selling):
    KIND = "pipeline.handed_over"
    SENTENCE = say("%(subject)s went from %(giver)s to %(receiver)s")
    giver: UUID
    receiver: UUID


@dataclass(frozen=True, kw_only=True)
class ActivityLogged(Selling):
    """`wrote`: whether whoever logged it put it into words; not so who only finished what somebody else had planned."""

    KIND = "pipeline.activity_logged"
    SCHEMA = 2
    SENTENCE = say("%(by)s logged: %(kind)s")
    kind: str
    account: UUID | None
    wanted_discount: Decimal | None = None
    wrote: bool = True


@dataclass(frozen=True, kw_only=True)
class TaskPlanned(Selling):
    KIND = "pipeline.task_planned"
    SENTENCE = say("%(by)s planned: %(kind)s, %(due)s")
    kind: str
    account: UUID | None
    due: date | None


@dataclass(frozen=True, kw_only=True)
class TaskDropped(Selling):
    KIND = "pipeline.task_dropped"
    SENTENCE = say("%(by)s dropped a planned %(kind)s")
    kind: str


@dataclass(frozen=True, kw_only=True)
class PromiseMade(Selling):
    KIND = "pipeline.promise_made"
    SENTENCE = say("%(by)s promised the customer something by %(due)s")
    due: date
    account: UUID | None


@dataclass(frozen=True, kw_only=True)
class PromiseKept(Selling):
    KIND = "pipeline.promise_kept"
    SENTENCE = say("%(by)s kept a promise, due %(due)s")
    due: date


@dataclass(frozen=True, kw_only=True)
class LeadEntered(Selling):
    KIND = "pipeline.lead_entered"
    SENTENCE = say("%(by)s entered a lead")
    origin: str


@dataclass(frozen=True, kw_only=True)
class LeadClosed(Selling):
    KIND = "pipeline.lead_closed"
    SENTENCE = say("%(by)s closed a lead: %(outcome)s")
    outcome: str
    opportunity: UUID | None = None
