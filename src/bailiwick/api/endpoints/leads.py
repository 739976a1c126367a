"""Leads are entered, become opportunities, or are put aside."""

from pydantic import Field

from bailiwick.api.asked import Asked, Told
from bailiwick.api.door import endpoint
from bailiwick.api.schemas import Cursor, Id, Limit, Taken, built
from bailiwick.api.shapes.doings import LeadClosed, LeadShown
from bailiwick.api.shapes.plain import Page
from bailiwick.kit.scope import DEALING, SELLING
from bailiwick.pipeline import commands, queries
from bailiwick.pipeline.fields import LEAD, REASON, TITLE
from bailiwick.tenancy.paging import SIZE, page


class Closing(Taken):
    """With a `title` it becomes an opportunity, without one it is put aside."""

    account: Id | None = Field(default=None, description="The company; a new card is made of the lead's when left out.")


LeadNew = built("LeadNew", LEAD, Taken)
LeadClose = built("LeadClose", (TITLE, REASON), Closing, partial=True)


@endpoint("GET", "/leads", name="leads", roles=DEALING, gives=Page[LeadShown])
def leads(asked: Asked, person: Id | None = None, limit: Limit = SIZE, cursor: Cursor = "") -> Told:
    """Open leads in sight, newest first; of one person if named."""
    found = page(queries.leads(asked.viewer, person), key="id", cursor=cursor, size=limit, falling=True)
    shown = Page[LeadShown](items=[LeadShown.of(row) for row in found.rows], next=found.next)
    return Told(shown, {row.person_id for row in found.rows})


@endpoint("POST", "/leads", name="lead_new", roles=SELLING, takes=LeadNew, gives=LeadShown, status=201)
def lead_new(asked: Asked, given: Taken) -> Told:
    """Enter a lead."""
    row = commands.enter_leads([commands.NewLead(**given.values())], by=asked.actor, now=asked.now)[0]
    return Told(LeadShown.of(row))


@endpoint("POST", "/leads/{uuid:lead}/close", name="lead_close", roles=SELLING, takes=LeadClose, gives=LeadClosed)
def lead_close(asked: Asked, lead: Id, given: Closing) -> Told:
    """Make it an opportunity, or put it aside."""
    opened = commands.close_lead(lead, account=given.account, by=asked.actor, now=asked.now, **given.values())
    return Told(LeadClosed(opportunity=opened.pk if opened else None))
