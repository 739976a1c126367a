"""Promises of many hands are made and kept: the commands that take a sequence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bailiwick.kit import Actor, Event, NotSeen, Refused, say
from bailiwick.ledger.commands import record_many
from bailiwick.pipeline import events
from bailiwick.pipeline.commands.sides import about, columns, judge, side_of, sided, worked_on
from bailiwick.pipeline.models import Opportunity, Promise
from bailiwick.tenancy.adding import add_many
from bailiwick.tenancy.changing import change_many
from bailiwick.tenancy.walls import InNetwork


@dataclass(frozen=True, slots=True)
class Promised:
    """A customer was told in a deal that they will have this by a day."""

    by: Actor
    now: datetime
    opportunity: UUID
    text: str
    due: date


@dataclass(frozen=True, slots=True)
class KeptPromise:
    """What was promised is with the customer."""

    by: Actor
    now: datetime
    which: UUID


def promise_many(promised: Sequence[Promised], *, by: InNetwork) -> list[Promise]:
    """Each customer was told this by that day; it stands on the side of the deal. One event each.

    Refuses a deal that its actor may not work on; the doors have judged the accounts.
    """
    deals = worked_on(((one.by, one.opportunity) for one in promised), by)
    pairs = [(one, deals[one.opportunity]) for one in promised]
    rows = [_promise(one, deal) for one, deal in pairs]
    add_many(rows)
    written = [(_made(row, one, deal), one.by, one.now) for row, (one, deal) in zip(rows, pairs, strict=True)]
    record_many(written, by=by)
    return rows


def _promise(one: Promised, deal: Opportunity) -> Promise:
    return Promise(
        network_id=deal.network_id,
        text=one.text,
        due=one.due,
        account_id=deal.account_id,
        opportunity_id=deal.pk,
        created=one.now,
        **columns(side_of(deal)),
    )


def _made(row: Promise, one: Promised, deal: Opportunity) -> Event:
    concerned = (*about(deal), deal.pk)
    return events.PromiseMade(
        subject=row.pk, about=concerned, due=row.due, account=row.account_id, **sided(side_of(deal), one.now)
    )


def keep_many(kept: Sequence[KeptPromise], *, by: InNetwork) -> None:
    """Each promise is kept; one event each. Refuses one that is kept or withdrawn already, or that the actor may not work on."""
    found = Promise.objects.in_network(by).filter(pk__in=[one.which for one in kept]).select_related("unit")
    rows = {row.pk: row for row in found.select_for_update(of=("self",)).order_by("pk")}
    written: list[tuple[Event, Actor, datetime]] = []
    for one in kept:
        row = rows.get(one.which)
        if row is None:
            raise NotSeen
        judge(row, one.by)
        if row.kept or row.withdrawn:
            raise Refused("promise_closed", say("This promise is kept or withdrawn already."))
        row.kept, row.version = one.now, row.version + 1
        concerned = tuple(other for other in (row.account_id, row.opportunity_id) if other)
        event = events.PromiseKept(subject=row.pk, about=concerned, due=row.due, **sided(side_of(row), one.now))
        written.append((event, one.by, one.now))
    change_many(rows.values(), ["kept", "version"], by=by)
    record_many(written, by=by)
