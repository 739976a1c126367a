"""Opportunities are opened and restated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from bailiwick.kit import Actor, Event, Refused, Stale, say
from bailiwick.ledger.commands import record_many
from bailiwick.pipeline import events
from bailiwick.pipeline.commands.processes import steps_in_force
from bailiwick.pipeline.commands.sides import (
    Hand,
    about,
    columns,
    instant,
    ours_to_change,
    own_side,
    side_of,
    sided,
    today,
    worked_on,
)
from bailiwick.pipeline.fields import OPPORTUNITY
from bailiwick.pipeline.models import Opportunity, Stage, Step
from bailiwick.tenancy.adding import add_many
from bailiwick.tenancy.changing import change_many
from bailiwick.tenancy.walls import InNetwork
from bailiwick.territories.commands import Whose
from bailiwick.territories.commands.accounts import editable_account, tie_many


@dataclass(frozen=True, kw_only=True)
class NewOpportunity:
    """A chance to sell, to be opened. `step` is a place in the process (1 is the first).

    One that comes from a source says itself when it was entered, and unknown stays unknown; without a source it is today.
    """

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
    if not judged:
        for account in {one.account for one in new if one.account}:
            editable_account(account, by)
    return open_many([(Hand(by, now, whose), one) for one in new], by=by)


def open_many(new: Sequence[tuple[Hand, NewOpportunity]], *, by: Actor) -> list[Opportunity]:
    """Opportunities of many hands stand in the pipeline, each with a first stage; the doors have judged the accounts."""
    steps = steps_in_force(by)
    if any(not 1 <= one.step <= len(steps) for _, one in new):
        raise Refused("no_such_step", say("The process has no such step."))
    rows = [opportunity_row(one, hand.whose, steps[one.step - 1], hand.by, hand.now) for hand, one in new]
    add_many(rows)
    pairs = [(hand, row) for (hand, _), row in zip(new, rows, strict=True)]
    stays = [stay(row, row.step_id, row.entered, hand.now, hand.whose) for hand, row in pairs]
    add_many(stays)
    tie_many([(row.account_id, hand.whose) for hand, row in pairs if row.account_id], by=by)
    record_many([(opened(row, hand.whose, hand.now), hand.by, hand.now) for hand, row in pairs], by=by)
    return rows


def stay(row: Opportunity, step: UUID, day: date | None, now: datetime, whose: Whose) -> Stage:
    """A stay in a step that begins on `day`."""
    return Stage(network_id=row.network_id, opportunity=row, step_id=step, entered=day, recorded=now, **columns(whose))


def opportunity_row(one: NewOpportunity, whose: Whose, step: Step, by: Actor, now: datetime) -> Opportunity:
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
        entered=one.entered if one.source else one.entered or today(whose, now),
        origin=one.origin,
        stated_discount=one.stated_discount,
        source=one.source,
        source_id=one.source_id,
        created=now,
        **columns(whose),
    )


def opened(row: Opportunity, whose: Whose, now: datetime) -> events.OpportunityOpened:
    return events.OpportunityOpened(
        subject=row.pk,
        about=about(row),
        account=row.account_id,
        value=row.value,
        currency=row.currency,
        expected=row.expected,
        **sided(whose, instant(row.entered, whose, now), row.entered),
    )


@dataclass(frozen=True, slots=True)
class Stated:
    """An opportunity reads as given, by short name of the field; `version` is what a person read, None where nobody did."""

    by: Actor
    now: datetime
    which: UUID
    values: Mapping[str, Any]
    version: int | None = None


def change_opportunity(which: UUID, *, values: Mapping[str, Any], version: int, by: Actor, now: datetime) -> Opportunity:
    """The opportunity reads as given; restating an expected close also ends being stale on arrival.

    A stale version is refused with what is stored; a decided opportunity is reopened first.
    """
    return state_many([Stated(by, now, which, values, version)], by=by)[which]


def state_many(stated: Sequence[Stated], *, by: InNetwork) -> dict[UUID, Opportunity]:
    """Each opportunity reads as said last; one event for each that says something else now."""
    rows = worked_on(((one.by, one.which) for one in stated), by)
    written: list[tuple[Event, Actor, datetime]] = []
    touched: set[str] = set()
    told: list[tuple[str, Sequence[str]]] = []
    for one in stated:
        row = rows[one.which]
        names = [field.short for field in OPPORTUNITY if field.short in one.values]
        if one.version not in (None, row.version):
            raise Stale({name: getattr(row, name) for name in names}, row.version)
        if row.outcome != Opportunity.Outcome.OPEN:
            raise Refused("decided", say("This is decided already."), say("Reopen it first, then change it."))
        changed = [name for name in names if getattr(row, name) != one.values[name]]
        if not changed:
            continue
        told.append((row.source, changed))
        for name in changed:
            setattr(row, name, one.values[name])
        row.stale_on_arrival = row.stale_on_arrival and "expected" not in changed
        row.version += 1
        touched.update(changed)
        written.append((said(row, changed, one.now), one.by, one.now))
    ours_to_change(told, by)
    if written:
        change_many(rows.values(), [*sorted(touched), "stale_on_arrival", "version"], by=by)
        record_many(written, by=by)
    return rows


def said(row: Opportunity, changed: Sequence[str], now: datetime, whose: Whose | None = None) -> events.OpportunityStated:
    """What an opportunity tells the ledger when it is stated anew."""
    return events.OpportunityStated(
        subject=row.pk,
        about=about(row),
        value=row.value,
        currency=row.currency,
        expected=row.expected,
        columns=tuple(changed),
        **sided(whose or side_of(row), now),
    )
