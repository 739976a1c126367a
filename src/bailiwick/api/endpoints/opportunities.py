"""Opportunities: list, card, change, steps and lines."""

from typing import Literal
from uuid import UUID

from pydantic import Field, create_model

from bailiwick.api.asked import Asked, Told
from bailiwick.api.door import endpoint
from bailiwick.api.schemas import Cursor, Id, Limit, Taken, Text, Versioned, built
from bailiwick.api.shapes.deals import OpportunityCardShown, OpportunityShown
from bailiwick.api.shapes.plain import Page
from bailiwick.desk.opportunity import opportunity_card
from bailiwick.kit.scope import READING, SELLING
from bailiwick.pipeline import commands, queries
from bailiwick.pipeline.fields import LINE, OPPORTUNITY
from bailiwick.tenancy.paging import SIZE

Standings = Literal["", "open", "undecided", "undated", "lapsed", "stale", "won", "lost"]


class New(Taken):
    """A chance to sell."""

    account: Id | None = Field(default=None, description="The company, if it is known.")
    currency: str | None = Field(
        default=None, pattern="^[A-Z]{3}$", description="ISO code of the value; the network's own when left out."
    )


class Move(Taken):
    """Where to."""

    step: Id = Field(description="A step of the opportunity's own process.")


class OneLine(Taken):
    """So much of a product at a price each, in the currency of the opportunity."""

    product: Id


class Lines(Versioned):
    """All lines of the opportunity."""

    lines: list[OneLine]


OpportunityNew = built("OpportunityNew", OPPORTUNITY, New)
OpportunityChange = built("OpportunityChange", OPPORTUNITY, Versioned, partial=True)
LineNew = built("LineNew", LINE, OneLine)
LinesNew = create_model("LinesNew", __base__=Lines, lines=(list[LineNew], Field(max_length=200)))  # type: ignore[valid-type]


@endpoint("GET", "/opportunities", name="opportunities", roles=READING, gives=Page[OpportunityShown])
def opportunities(
    asked: Asked,
    standing: Standings = "",
    text: Text = "",
    account: Id | None = None,
    person: Id | None = None,
    limit: Limit = SIZE,
    cursor: Cursor = "",
) -> Told:
    """Opportunities in sight, the next to close first; by standing, words, company or person.

    `open` is open and dated to come, `undecided` all that is not decided, `lost` what was lost or withdrawn.
    """
    rows = queries.opportunities(asked.viewer, today=asked.today, standing=standing, text=text, account=account, person=person)
    found = queries.opportunity_page(rows.select_related("unit"), cursor=cursor, size=limit)
    shown = [OpportunityShown.of(row, asked.today) for row in queries.shown(asked.viewer, found.rows)]
    return Told(Page[OpportunityShown](items=shown, next=found.next), {row.person_id for row in found.rows})


@endpoint(
    "POST",
    "/opportunities",
    name="opportunity_new",
    roles=SELLING,
    takes=OpportunityNew,
    gives=OpportunityShown,
    status=201,
)
def opportunity_new(asked: Asked, given: New) -> Told:
    """Open an opportunity in the first step."""
    values = given.values()
    currency = (given.currency or asked.network.currency) if values["value"] is not None else ""
    new = commands.NewOpportunity(account=given.account, currency=currency, **values)
    row = commands.open_opportunities([new], by=asked.actor, now=asked.now)[0]
    return _read(asked, row.pk)


@endpoint("GET", "/opportunities/{uuid:opportunity}", name="opportunity", roles=READING, gives=OpportunityCardShown)
def opportunity(asked: Asked, opportunity: Id) -> Told:
    """An opportunity in sight, with lines, steps and stages."""
    card = opportunity_card(asked.viewer, opportunity)
    return Told(OpportunityCardShown.of(card, asked.today), {card.deal.person_id})


@endpoint(
    "PATCH",
    "/opportunities/{uuid:opportunity}",
    name="opportunity_change",
    roles=SELLING,
    takes=OpportunityChange,
    gives=OpportunityShown,
)
def opportunity_change(asked: Asked, opportunity: Id, given: Versioned) -> Told:
    """Restate an opportunity; what is not sent stays."""
    commands.change_opportunity(opportunity, values=given.values(), version=given.version, by=asked.actor, now=asked.now)
    return _read(asked, opportunity)


@endpoint(
    "POST",
    "/opportunities/{uuid:opportunity}/step",
    name="step",
    roles=SELLING,
    takes=Move,
    gives=OpportunityShown,
)
def step(asked: Asked, opportunity: Id, given: Move) -> Told:
    """Go to another step of the process."""
    commands.move(opportunity, step=given.step, by=asked.actor, now=asked.now)
    return _read(asked, opportunity)


@endpoint(
    "PUT",
    "/opportunities/{uuid:opportunity}/lines",
    name="lines",
    roles=SELLING,
    takes=LinesNew,
    gives=OpportunityCardShown,
)
def lines(asked: Asked, opportunity: Id, given: Lines) -> Told:
    """The opportunity consists of exactly these lines; its value is their sum."""
    new = [commands.NewLine(product=line.product, **line.values()) for line in given.lines]
    commands.state_lines(opportunity, lines=new, version=given.version, by=asked.actor, now=asked.now)
    card = opportunity_card(asked.viewer, opportunity)
    return Told(OpportunityCardShown.of(card, asked.today), {card.deal.person_id})


def _read(asked: Asked, which: UUID) -> Told:
    row = queries.opportunity(asked.viewer, which)
    return Told(OpportunityShown.of(row, asked.today), {row.person_id})
