"""Won, lost, withdrawn; and the way back."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from bailiwick.kit import Actor, Refused, say
from bailiwick.ledger.commands import record
from bailiwick.pipeline import events
from bailiwick.pipeline.commands.sides import columns, editable, side_of, sided, today
from bailiwick.pipeline.commands.stepping import open_one, sold_of
from bailiwick.pipeline.models import Line, Opportunity, Stage
from bailiwick.pipeline.rules.amounts import discount, margin


def win(which: UUID, *, by: Actor, now: datetime, day: date | None = None) -> Opportunity:
    """The customer bought, on `day` (today unless said): value, discount and margin of the whole deal are in the event."""
    row = _decide(which, Opportunity.Outcome.WON, "", day, by, now)
    sold = sold_of(list(Line.objects.in_network(by).filter(opportunity=row).select_related("price_version")))
    derived = discount(sold)
    record(
        events.OpportunityWon(
            discount=row.stated_discount if derived is None else derived,
            margin=row.stated_margin if not sold else margin(sold),
            **_facts(row, now),
        ),
        by=by,
        now=now,
    )
    return row


def lose(which: UUID, *, reason: str, by: Actor, now: datetime, day: date | None = None) -> Opportunity:
    """The customer did not buy; the reason stays with the opportunity and can be erased, the event holds none."""
    row = _decide(which, Opportunity.Outcome.LOST, reason, day, by, now)
    record(events.OpportunityLost(**_facts(row, now)), by=by, now=now)
    return row


def withdraw(which: UUID, *, reason: str, by: Actor, now: datetime, day: date | None = None) -> Opportunity:
    """We stopped trying: counts as lost."""
    row = _decide(which, Opportunity.Outcome.WITHDRAWN, reason, day, by, now)
    record(events.OpportunityWithdrawn(**_facts(row, now)), by=by, now=now)
    return row


def reopen(which: UUID, *, by: Actor, now: datetime) -> Opportunity:
    """A decision recorded by mistake, or a customer who came back: open again in its step, the history stays."""
    row = editable(Opportunity.objects.seen_by(by.scope), which, by)
    if row.outcome == Opportunity.Outcome.OPEN:
        raise Refused("open_already", say("This is open already."))
    was, whose = row.outcome, side_of(row)
    row.outcome, row.decided, row.reason = Opportunity.Outcome.OPEN, None, ""
    row.version += 1
    row.save(update_fields=["outcome", "decided", "reason", "version"])
    Stage.objects.in_network(by).create(
        network_id=by.network,
        opportunity=row,
        step_id=row.step_id,
        entered=today(whose, now),
        recorded=now,
        **columns(whose),
    )
    record(events.OpportunityReopened(subject=row.pk, about=_about(row), was=was, **sided(whose, now)), by=by, now=now)
    return row


def _decide(which: UUID, outcome: str, reason: str, day: date | None, by: Actor, now: datetime) -> Opportunity:
    row = open_one(which, by)
    today_here = today(side_of(row), now)
    decided = day or today_here
    if decided > today_here:
        raise Refused("decided_in_future", say("What has not happened yet is not decided: %(day)s is to come.", day=decided))
    row.outcome, row.decided, row.reason, row.stale_on_arrival = outcome, decided, reason, False
    row.version += 1
    row.save(update_fields=["outcome", "decided", "reason", "stale_on_arrival", "version"])
    Stage.objects.in_network(by).filter(opportunity=row, open=True).update(open=False, left=decided)
    return row


def _about(row: Opportunity) -> tuple[UUID, ...]:
    return (row.account_id,) if row.account_id else ()


def _facts(row: Opportunity, now: datetime) -> dict[str, Any]:
    return {
        "subject": row.pk,
        "about": _about(row),
        "value": row.value,
        "currency": row.currency,
        **sided(side_of(row), now, row.decided),
    }
