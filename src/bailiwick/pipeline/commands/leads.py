"""Leads are entered, become opportunities, or are put aside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bailiwick.kit import Actor, Refused, say
from bailiwick.ledger import asking
from bailiwick.ledger.commands import mark_erased, record, record_many
from bailiwick.ledger.masters import refuse_kept_elsewhere
from bailiwick.pipeline import events
from bailiwick.pipeline.commands.opening import NewOpportunity, open_opportunities
from bailiwick.pipeline.commands.sides import Hand, columns, editable, instant, own_side, side_of, sided, today
from bailiwick.pipeline.models import Lead, Opportunity
from bailiwick.tenancy.adding import add_many
from bailiwick.tenancy.walls import InNetwork
from bailiwick.territories.commands import Whose, add_accounts


@dataclass(frozen=True, kw_only=True)
class NewLead:
    """Somebody who may want to buy; `closed` for one that another system closed already, with its reason."""

    name: str
    company: str = ""
    email: str = ""
    phone: str = ""
    origin: str = ""
    entered: date | None = None
    source: str = ""
    source_id: str = ""
    closed: bool = False
    reason: str = ""


def enter_leads(new: Sequence[NewLead], *, by: Actor, now: datetime, whose: Whose | None = None) -> list[Lead]:
    """Leads wait for a first contact; one event each."""
    side = whose or own_side(by)
    return enter_many([(Hand(by, now, side), one) for one in new], by=by)


def enter_many(new: Sequence[tuple[Hand, NewLead]], *, by: InNetwork) -> list[Lead]:
    """Leads of many hands wait for a first contact; one event each."""
    rows = [_lead_row(one, hand) for hand, one in new]
    add_many(rows)
    record_many([(_entered(row, hand), hand.by, hand.now) for (hand, _), row in zip(new, rows, strict=True)], by=by)
    return rows


def _lead_row(one: NewLead, hand: Hand) -> Lead:
    return Lead(
        network_id=hand.by.network,
        name=one.name,
        company=one.company,
        email=one.email,
        phone=one.phone,
        origin=one.origin,
        entered=one.entered if one.source else one.entered or today(hand.whose, hand.now),
        source=one.source,
        source_id=one.source_id,
        closed=hand.now if one.closed else None,
        reason=one.reason,
        **columns(hand.whose),
    )


def _entered(row: Lead, hand: Hand) -> events.LeadEntered:
    happened = instant(row.entered, hand.whose, hand.now)
    origin = "import" if row.source else "typed"
    return events.LeadEntered(subject=row.pk, origin=origin, **sided(hand.whose, happened, row.entered))


def close_lead(
    which: UUID, *, by: Actor, now: datetime, title: str = "", account: UUID | None = None, reason: str = ""
) -> Opportunity | None:
    """With a `title` the lead becomes an opportunity (on `account`, or a new card of its company); else it is put aside.

    Nothing is written before everything is judged: a twin of the company is refused and the lead stays as it was.
    """
    lead = editable(Lead.objects.seen_by(by.scope), which, by)
    if lead.closed:
        raise Refused("lead_closed", say("This lead is closed already."))
    refuse_kept_elsewhere("lead", [(lead.source, ("stage",))], {"stage": say("Whether it is closed")}, by)
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
    asking.erase(which, by, now)
    Lead.objects.in_network(by).filter(pk=which).update(
        name="", company="", email="", phone="", reason="", source="", source_id="", custom={}, closed=lead.closed or now
    )
    mark_erased("lead", which, by=by, now=now)
    record(events.LeadClosed(subject=which, outcome="erased", **sided(side_of(lead), now)), by=by, now=now)
