"""Won, lost, withdrawn; and the way back."""

from uuid import UUID

from pydantic import Field

from bailiwick.api.asked import Asked, Told
from bailiwick.api.door import endpoint
from bailiwick.api.schemas import Day, Id, Taken, built
from bailiwick.api.shapes.deals import OpportunityShown
from bailiwick.kit.scope import SELLING
from bailiwick.pipeline import commands, queries
from bailiwick.pipeline.fields import LOST


class Decided(Taken):
    """On which day."""

    day: Day | None = Field(default=None, description="Today when left out; never a day to come.")


Won = built("Won", (), Decided)
Lost = built("Lost", LOST, Decided)
AT = "/opportunities/{uuid:opportunity}"


@endpoint("POST", f"{AT}/win", name="win", roles=SELLING, takes=Won, gives=OpportunityShown)
def win(asked: Asked, opportunity: Id, given: Decided) -> Told:
    """The customer bought."""
    commands.win(opportunity, day=given.day, by=asked.actor, now=asked.now)
    return _read(asked, opportunity)


@endpoint("POST", f"{AT}/lose", name="lose", roles=SELLING, takes=Lost, gives=OpportunityShown)
def lose(asked: Asked, opportunity: Id, given: Decided) -> Told:
    """The customer did not buy."""
    commands.lose(opportunity, reason=_reason(given), day=given.day, by=asked.actor, now=asked.now)
    return _read(asked, opportunity)


@endpoint("POST", f"{AT}/withdraw", name="withdraw", roles=SELLING, takes=Lost, gives=OpportunityShown)
def withdraw(asked: Asked, opportunity: Id, given: Decided) -> Told:
    """We stop trying; counts as lost."""
    commands.withdraw(opportunity, reason=_reason(given), day=given.day, by=asked.actor, now=asked.now)
    return _read(asked, opportunity)


@endpoint("POST", f"{AT}/reopen", name="reopen", roles=SELLING, gives=OpportunityShown)
def reopen(asked: Asked, opportunity: Id) -> Told:
    """Open again, after a mistake or a change of mind."""
    commands.reopen(opportunity, by=asked.actor, now=asked.now)
    return _read(asked, opportunity)


def _reason(given: Decided) -> str:
    return str(given.values()["reason"])


def _read(asked: Asked, which: UUID) -> Told:
    row = queries.opportunity(asked.viewer, which)
    return Told(OpportunityShown.of(row, asked.today), {row.person_id})
