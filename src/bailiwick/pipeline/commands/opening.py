"""Opportunities are opened and restated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from bailiwick.kit import Actor, Refused, Stale, say
from bailiwick.ledger.commands import record
from bailiwick.pipeline import events
from bailiwick.pipeline.commands.processes import steps_in_force
from bailiwick.pipeline.commands.sides import columns, editable, own_side, side_of, sided, today
from bailiwick.pipeline.fields import OPPORTUNITY
from bailiwick.pipeline.models import Opportunity, Stage, Step
from bailiwick.territories.commands import Whose, tie
from bailiwick.territories.commands.accounts import editable_account


@dataclass(frozen=True, kw_only=True)
class NewOpportunity:
    """A chance to sell, to be opened. `step` is a place in the process (1 is the first)."""

    title: str
    account: UUID | None = None
    value: Decimal | None = None
    currency: str = ""
    expected: date | None = None
    entered: date | None = None
    origin: str = ""
    lead: UUID | None = None
    step: int = 1
    stated_discount: Decimal | None = None
    source: str = ""
    source_id: str = ""


def open_opportunities(
    new: Sequence[NewOpportunity], *, by: Actor, now: datetime, whose: Whose | None = None, judged: bool = False
) -> list[Opportunity]:
    """Opportunities stand in the pipeline, each in its step with a first stage; one event each.

    On the actor's own side unless `whose` is given. The account must be one the actor may work on; bulk doors that have
    judged that themselves say `judged`.
    """
    whose = whose or own_side(by)
    steps = steps_in_force(by)
    if not judged:
        for account in {one.account for one in new if one.account}:
            editable_account(account, by)
    rows = [_opportunity(one, whose, steps[one.step - 1], by, now) for one in new]
    Opportunity.objects.in_network(by).bulk_create(rows)
    Stage.objects.in_network(by).bulk_create(
        Stage(
            network_id=by.network,
            opportunity=row,
            step_id=row.step_id,
            entered=row.entered,
            recorded=now,
            **columns(whose),
        )
        for row in rows
    )
    tie([row.account_id for row in rows if row.account_id], whose=whose, by=by)
    record(*(_opened(row, whose, now) for row in rows), by=by, now=now)
    return rows


def _opportunity(one: NewOpportunity, whose: Whose, step: Step, by: Actor, now: datetime) -> Opportunity:
    return Opportunity(
        network_id=by.network,
        account_id=one.account,
        lead_id=one.lead,
        process_id=step.process_id,
        step=step,
        title=one.title,
        value=one.value,
        currency=one.currency,
        expected=one.expected,
        entered=one.entered or today(whose, now),
        origin=one.origin,
        stated_discount=one.stated_discount,
        source=one.source,
        source_id=one.source_id,
        created=now,
        **columns(whose),
    )


def _opened(row: Opportunity, whose: Whose, now: datetime) -> events.OpportunityOpened:
    return events.OpportunityOpened(
        subject=row.pk,
        about=(row.account_id,) if row.account_id else (),
        account=row.account_id,
        value=row.value,
        currency=row.currency,
        expected=row.expected,
        **sided(whose, now, row.entered),
    )


def change_opportunity(which: UUID, *, values: Mapping[str, Any], version: int, by: Actor, now: datetime) -> Opportunity:
    """The opportunity reads as given; restating an expected close also ends being stale on arrival.

    A stale version is refused with what is stored; a decided opportunity is reopened first.
    """
    row = editable(Opportunity.objects.seen_by(by.scope), which, by)
    names = [field.short for field in OPPORTUNITY if field.short in values]
    if row.version != version:
        raise Stale({name: getattr(row, name) for name in names}, row.version)
    if row.outcome != Opportunity.Outcome.OPEN:
        raise Refused("decided", say("This is decided already."), say("Reopen it first, then change it."))
    changed = [name for name in names if getattr(row, name) != values[name]]
    if not changed:
        return row
    for name in changed:
        setattr(row, name, values[name])
    row.stale_on_arrival = row.stale_on_arrival and "expected" not in changed
    row.version = row.version + 1
    row.save(update_fields=[*changed, "stale_on_arrival", "version"])
    record(_stated(row, changed, now), by=by, now=now)
    return row


def _stated(row: Opportunity, changed: Sequence[str], now: datetime) -> events.OpportunityStated:
    return events.OpportunityStated(
        subject=row.pk,
        about=(row.account_id,) if row.account_id else (),
        value=row.value,
        currency=row.currency,
        expected=row.expected,
        columns=tuple(changed),
        **sided(side_of(row), now),
    )
