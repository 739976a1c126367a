"""Leads are entered, become opportunities, or are put aside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bailiwick.kit import Actor, Refused, say
from bailiwick.ledger.commands import mark_erased, record
from bailiwick.pipeline import events
from bailiwick.pipeline.commands.opening import NewOpportunity, open_opportunities
from bailiwick.pipeline.commands.sides import columns, editable, own_side, side_of, sided, today
from bailiwick.pipeline.erasing import strike_names
from bailiwick.pipeline.models import Lead, Opportunity
from bailiwick.territories.commands import Whose, add_accounts


@dataclass(frozen=True, kw_only=True)
class NewLead:
    """Somebody who may want to buy."""

    name: str
    company: str = ""
    email: str = ""
    phone: str = ""
    origin: str = ""
    entered: date | None = None
    source: str = ""
    source_id: str = ""


def enter_leads(new: Sequence[NewLead], *, by: Actor, now: datetime, whose: Whose | None = None) -> list[Lead]:
    """Leads wait for a first contact; one event each."""
    whose = whose or own_side(by)
    rows = [
        Lead(
            network_id=by.network,
            name=one.name,
            company=one.company,
            email=one.email,
            phone=one.phone,
            origin=one.origin,
            entered=one.entered or today(whose, now),
            source=one.source,
            source_id=one.source_id,
            **columns(whose),
        )
        for one in new
    ]
    Lead.objects.in_network(by).bulk_create(rows)
    record(
        *(events.LeadEntered(subject=row.pk, origin="import" if row.source else "typed", **sided(whose, now)) for row in rows),
        by=by,
        now=now,
    )
    return rows


def close_lead(
    which: UUID, *, by: Actor, now: datetime, title: str = "", account: UUID | None = None, reason: str = ""
) -> Opportunity | None:
    """With a `title` the lead becomes an opportunity (on `account`, or a new card of its company); else it is put aside.

    Nothing is written before everything is judged: a twin of the company is refused and the lead stays as it was.
    """
    lead = editable(Lead.objects.seen_by(by.scope), which, by)
    if lead.closed:
        raise Refused("lead_closed", say("This lead is closed already."))
    whose, opened = side_of(lead), None
    if title:
        if account is None and lead.company:
            card = {"name": lead.company, "phone": lead.phone, "domain": lead.email}
            account = add_accounts([card], whose=whose, by=by, now=now)[0].pk
        new = NewOpportunity(title=title, account=account, lead=lead.pk, origin=lead.origin)
        opened = open_opportunities([new], whose=whose, by=by, now=now)[0]
    lead.closed, lead.reason = now, reason
    lead.version += 1
    lead.save(update_fields=["closed", "reason", "version"])
    outcome = "opportunity" if opened else "put aside"
    closed = events.LeadClosed(subject=lead.pk, outcome=outcome, opportunity=opened.pk if opened else None, **sided(whose, now))
    record(closed, by=by, now=now)
    return opened


def erase_lead(which: UUID, *, by: Actor, now: datetime) -> None:
    """The lead asked to be forgotten: name and contact data are gone, also from words; it is closed, its day stays."""
    lead = editable(Lead.objects.seen_by(by.scope), which, by)
    strike_names(which, by)
    Lead.objects.in_network(by).filter(pk=which).update(
        name="", company="", email="", phone="", reason="", source="", source_id="", custom={}, closed=lead.closed or now
    )
    mark_erased("lead", which, by=by, now=now)
    record(events.LeadClosed(subject=which, outcome="erased", **sided(side_of(lead), now)), by=by, now=now)
