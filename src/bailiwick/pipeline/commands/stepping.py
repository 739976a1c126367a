"""Opportunities go through steps and get lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from bailiwick.kit import Actor, NotSeen, Refused, say
from bailiwick.ledger.commands import record
from bailiwick.offer.models import Price, Product
from bailiwick.offer.queries import prices
from bailiwick.pipeline import events
from bailiwick.pipeline.commands.sides import columns, editable, side_of, sided, today
from bailiwick.pipeline.models import Line, Opportunity, Stage, Step
from bailiwick.pipeline.rules.amounts import Sold, discount, margin, total


@dataclass(frozen=True, kw_only=True)
class NewLine:
    """So much of a product at a price each."""

    product: UUID
    quantity: Decimal
    price: Decimal


def move(which: UUID, *, step: UUID, by: Actor, now: datetime) -> Opportunity:
    """The opportunity is in another step of its process: the stay before has ended, a new one began."""
    row = open_one(which, by)
    to = Step.objects.in_network(by).filter(pk=step, process=row.process_id).first()
    if to is None:
        raise NotSeen
    if to.pk == row.step_id:
        raise Refused("in_step_already", say("It is in %(step)s already.", step=to.name))
    whose = side_of(row)
    day = today(whose, now)
    Stage.objects.in_network(by).filter(opportunity=row, open=True).update(open=False, left=day)
    Stage.objects.in_network(by).create(
        network_id=by.network, opportunity=row, step=to, entered=day, recorded=now, **columns(whose)
    )
    row.step = to
    row.version += 1
    row.save(update_fields=["step", "version"])
    about = (row.account_id,) if row.account_id else ()
    record(events.StepEntered(subject=row.pk, about=about, step=to.pk, **sided(whose, now)), by=by, now=now)
    return row


def state_lines(which: UUID, *, lines: Sequence[NewLine], version: int, by: Actor, now: datetime) -> Opportunity:
    """The opportunity consists of exactly these lines; its value is their sum, each line keeps the prices in force today."""
    row = open_one(which, by)
    if row.version != version:
        raise Refused("stale_lines", say("Somebody changed this while you were writing."), say("Look at it again, then save."))
    whose = side_of(row)
    in_force = _prices(row, by, now)
    known = set(Product.objects.in_network(by).filter(pk__in=[line.product for line in lines]).values_list("pk", flat=True))
    if {line.product for line in lines} - known:
        raise NotSeen
    Line.objects.in_network(by).filter(opportunity=row).delete()
    rows = [
        Line(
            network_id=by.network,
            opportunity=row,
            product_id=line.product,
            price_version=in_force.get(line.product),
            quantity=line.quantity,
            price=line.price,
            **columns(whose),
        )
        for line in lines
    ]
    Line.objects.in_network(by).bulk_create(rows)
    sold = sold_of(rows)
    if rows:
        row.value = total(sold)
        listed = next((line.price_version.price_list.currency for line in rows if line.price_version), "")
        row.currency = row.currency or listed
    row.version += 1
    row.save(update_fields=["value", "currency", "version"])
    record(
        events.LinesStated(
            subject=row.pk,
            lines=len(rows),
            value=row.value or Decimal(0),
            currency=row.currency,
            discount=discount(sold),
            margin=margin(sold),
            **sided(whose, now),
        ),
        by=by,
        now=now,
    )
    return row


def _prices(row: Opportunity, by: Actor, now: datetime) -> dict[UUID, Price]:
    """The prices in force, of the deal's currency where it has one: two currencies are never compared."""
    in_force = prices(by.scope, today(side_of(row), now))
    if row.currency:
        in_force = in_force.filter(price_list__currency=row.currency)
    return {price.product_id: price for price in in_force}


def sold_of(lines: Sequence[Line]) -> list[Sold]:
    """Lines as plain numbers, with list price and cost from the version kept on each."""
    return [
        Sold(
            line.quantity,
            line.price,
            line.price_version.list_price if line.price_version else None,
            line.price_version.cost if line.price_version else None,
        )
        for line in lines
    ]


def open_one(which: UUID, by: Actor) -> Opportunity:
    """The opportunity, locked, if the actor may work on it and it is not decided."""
    row = editable(Opportunity.objects.seen_by(by.scope), which, by)
    if row.outcome != Opportunity.Outcome.OPEN:
        raise Refused("decided", say("This is decided already."), say("Reopen it first."))
    return row
