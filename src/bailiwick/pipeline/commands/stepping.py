"""Opportunities go through steps and get lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from bailiwick.kit import Actor, Event, NotSeen, Refused, Stale, say
from bailiwick.ledger.commands import record_many
from bailiwick.offer.models import Price, PriceList, Product
from bailiwick.pipeline import events
from bailiwick.pipeline.commands.opening import stay
from bailiwick.pipeline.commands.sides import about, columns, open_ones, ours_to_change, side_of, sided, today
from bailiwick.pipeline.models import Line, Opportunity, Stage, Step
from bailiwick.pipeline.rules.amounts import Sold, discount, margin, total
from bailiwick.tenancy.adding import add_many
from bailiwick.tenancy.changing import change_many
from bailiwick.tenancy.walls import InNetwork
from bailiwick.territories.commands import Whose

LARGEST_VALUE = Decimal("1e13")


@dataclass(frozen=True, slots=True)
class Moved:
    """An opportunity goes to a step."""

    by: Actor
    now: datetime
    which: UUID
    step: UUID


@dataclass(frozen=True, kw_only=True)
class NewLine:
    """So much of a product at a price each."""

    product: UUID
    quantity: Decimal
    price: Decimal | None


@dataclass(frozen=True, slots=True)
class Itemised:
    """An opportunity consists of exactly these lines; `version` is what a person read, None where nobody did."""

    by: Actor
    now: datetime
    which: UUID
    lines: Sequence[NewLine]
    version: int | None = None


def move(which: UUID, *, step: UUID, by: Actor, now: datetime) -> Opportunity:
    """The opportunity is in another step: the stay before has ended, a new one began.

    A step of another process takes it over there, if that one is in force: every stay in the old one stays what it was.
    """
    return move_many([Moved(by, now, which, step)], by=by)[which]


def move_many(moves: Sequence[Moved], *, by: InNetwork) -> dict[UUID, Opportunity]:
    """Each opportunity is in the step that it was moved to last; every stay before has ended."""
    rows = open_ones(((move.by, move.which) for move in moves), by)
    ours_to_change([(row.source, ("stage",)) for row in rows.values()], by)
    wanted = Step.objects.in_network(by).filter(pk__in={move.step for move in moves}).select_related("process")
    steps = {step.pk: step for step in wanted}
    stays = {stay.opportunity_id: stay for stay in Stage.objects.in_network(by).filter(opportunity__in=rows, open=True)}
    ended, begun = list(stays.values()), []
    for one in moves:
        row, step = rows[one.which], steps.get(one.step)
        if step is None:
            raise NotSeen
        if step.process_id != row.process_id and step.process.until is not None:
            raise Refused("process_ended", say("%(process)s is no longer in force.", process=step.process.name))
        if step.pk == row.step_id:
            raise Refused("in_step_already", say("It is in %(step)s already.", step=step.name))
        day = today(side_of(row), one.now)
        stays[row.pk].open, stays[row.pk].left = False, day
        stays[row.pk] = stay(row, step.pk, day, one.now, side_of(row))
        begun.append(stays[row.pk])
        row.step, row.process, row.version = step, step.process, row.version + 1
    change_many(ended, ["open", "left"], by=by)
    add_many(begun)
    change_many(rows.values(), ["process", "step", "version"], by=by)
    record_many([(_entered(rows[one.which], one), one.by, one.now) for one in moves], by=by)
    return rows


def _entered(row: Opportunity, one: Moved) -> Event:
    return events.StepEntered(subject=row.pk, about=about(row), step=one.step, **sided(side_of(row), one.now))


def state_lines(which: UUID, *, lines: Sequence[NewLine], version: int, by: Actor, now: datetime) -> Opportunity:
    """The opportunity consists of exactly these lines; its value is their sum, each line keeps the prices in force today."""
    return state_lines_many([Itemised(by, now, which, lines, version)], by=by)[which]


def state_lines_many(stated: Sequence[Itemised], *, by: InNetwork) -> dict[UUID, Opportunity]:
    """Each opportunity consists of its lines, at the prices in force on the day of the act; without lines its value stays.

    Refuses a version that is not the stored one, and a product that does not exist.
    """
    rows = open_ones(((one.by, one.which) for one in stated), by)
    ours_to_change([(row.source, ("lines", "value")) for row in rows.values()], by)
    wanted = {line.product for one in stated for line in one.lines}
    if Product.objects.in_network(by).filter(pk__in=wanted).count() < len(wanted):
        raise NotSeen
    prices = prices_of([today(side_of(rows[one.which]), one.now) for one in stated], stated[0].by) if stated else ()
    listed: dict[tuple[date, str], dict[UUID, Price]] = {}
    made: dict[UUID, list[Line]] = {}
    for one in stated:
        row = rows[one.which]
        if one.version not in (None, row.version):
            raise Stale({"value": row.value}, row.version)
        key = (today(side_of(row), one.now), row.currency)
        if key not in listed:
            listed[key] = in_force(prices, *key)
        made[row.pk] = made_lines(row, one.lines, listed[key], side_of(row))
        row.version += 1
    Line.objects.in_network(by).filter(opportunity__in=rows).delete()
    add_many([line for lines in made.values() for line in lines])
    change_many(rows.values(), ["value", "currency", "version"], by=by)
    written = [
        (lines_stated(rows[one.which], made[one.which], one.now, side_of(rows[one.which])), one.by, one.now) for one in stated
    ]
    record_many(written, by=by)
    return rows


def made_lines(row: Opportunity, lines: Sequence[NewLine], listed: Mapping[UUID, Price], whose: Whose) -> list[Line]:
    """The lines as rows; value and currency of the opportunity follow from them."""
    rows = [
        Line(
            network_id=row.network_id,
            opportunity=row,
            product_id=line.product,
            price_version=listed.get(line.product),
            quantity=line.quantity,
            price=line.price,
            **columns(whose),
        )
        for line in lines
    ]
    if rows:
        row.value = total(sold_of(rows))
        if row.value is not None and row.value >= LARGEST_VALUE:
            raise Refused("too_large", say("Together that is too large to be meant."), say("Check quantities and prices."))
        row.currency = row.currency or next((line.price_version.price_list.currency for line in rows if line.price_version), "")
    return rows


def prices_of(days: Sequence[date], by: Actor) -> list[Price]:
    """The prices that are in force on any of these days: one question, however many days there are."""
    if not days:
        return []
    lists = PriceList.objects.seen_by(by.scope).filter(Q(until=None) | Q(until__gte=min(days)), since__lte=max(days))
    found = Price.objects.seen_by(by.scope).filter(price_list__in=lists)
    return list(found.select_related("product", "price_list").order_by("product__name"))


def in_force(prices: Sequence[Price], day: date, currency: str) -> dict[UUID, Price]:
    """The prices in force on the day, of the deal's currency where it has one: two currencies are never compared."""
    return {
        price.product_id: price
        for price in prices
        if price.price_list.since <= day
        and (price.price_list.until is None or price.price_list.until >= day)
        and currency in ("", price.price_list.currency)
    }


def lines_stated(row: Opportunity, lines: Sequence[Line], now: datetime, whose: Whose) -> Event:
    """What an opportunity tells the ledger when its lines are stated."""
    sold = sold_of(lines)
    return events.LinesStated(
        subject=row.pk,
        lines=len(lines),
        value=row.value or Decimal(0),
        currency=row.currency,
        discount=discount(sold),
        margin=margin(sold),
        **sided(whose, now),
    )


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
