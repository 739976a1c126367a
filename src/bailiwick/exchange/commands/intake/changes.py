"""Rows that stand for records: what they read now, and how they come to read something else. The way in is the way back."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Max, Q

from bailiwick.exchange import events
from bailiwick.kit import Actor, day_of
from bailiwick.ledger.commands import record
from bailiwick.network.models import Person
from bailiwick.offer.models import Product
from bailiwick.pipeline.commands.activities import TOUCHING
from bailiwick.pipeline.commands.arriving import Arrived
from bailiwick.pipeline.commands.arriving_again import ToldAgain, arrive_again
from bailiwick.pipeline.commands.sides import Hand, instant, side_of
from bailiwick.pipeline.commands.stepping import NewLine
from bailiwick.pipeline.models import Activity, Lead, Line, Opportunity
from bailiwick.tenancy.changing import change_many
from bailiwick.territories.commands import Whose
from bailiwick.territories.commands.keys import refresh_keys
from bailiwick.territories.fields import ACCOUNT, CONTACT
from bailiwick.territories.models import Account, Contact
from bailiwick.territories.rules import domain_of

Reads = Mapping[str, Any]

CARDS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "person": (Person, ("name", "email", "phone")),
    "account": (Account, tuple(field.short for field in ACCOUNT)),
    "contact": (Contact, tuple(field.short for field in CONTACT)),
    "lead": (Lead, ("name", "company", "email", "phone", "origin", "entered", "closed", "reason")),
    "activity": (Activity, ("kind", "text", "due", "day")),
}
OTHERS: dict[str, Any] = {"opportunity": Opportunity, "product": Product}
COUNTED = frozenset({*CARDS, *OTHERS})
DAYS = frozenset({"entered", "due", "day"})
ALSO = {"account": ("domain",), "activity": ("done",)}  # columns that follow from what is told
DEAL = ("title", "value", "currency", "expected", "entered", "reason", "origin", "stated_discount", "outcome", "decided")


def rows_of(kind: str, ids: Sequence[UUID], by: Actor) -> dict[UUID, Any]:
    """The stored rows of a kind that may change, locked; products change by price lists only."""
    if kind != "opportunity" and kind not in CARDS:
        return {}
    stored = Opportunity.objects.in_network(by).select_related("unit", "step") if kind == "opportunity" else None
    rows = stored if stored is not None else CARDS[kind][0].objects.in_network(by)
    rows = rows.select_related("unit") if kind == "activity" else rows
    return {row.pk: row for row in rows.filter(pk__in=ids).select_for_update(of=("self",)).order_by("pk")}


def now_reading(kind: str, rows: Mapping[UUID, Any], by: Actor) -> dict[UUID, Reads]:
    """What the rows say now, as it can be stored and told again."""
    if kind != "opportunity":
        return {pk: {name: getattr(row, name) for name in CARDS[kind][1]} for pk, row in rows.items()}
    lines: dict[UUID, list[Sequence[Any]]] = {}
    for line in Line.objects.in_network(by).filter(opportunity__in=rows).order_by("pk"):
        lines.setdefault(line.opportunity_id, []).append((line.product_id, line.quantity, line.price))
    return {
        pk: {name: getattr(row, name) for name in DEAL}
        | {"account": row.account_id, "step": row.step.place, "stale": row.stale_on_arrival, "lines": lines.get(pk, [])}
        | {"unit": row.unit_id, "person": row.person_id, "organization": row.organization_id, "zone": row.unit.zone}
        for pk, row in rows.items()
    }


def rewrite_cards(kind: str, rows: Mapping[UUID, Any], told: Mapping[UUID, Reads], *, by: Actor, now: datetime) -> None:
    """Each row reads as told; one event each."""
    columns = CARDS[kind][1]
    for pk, one in told.items():
        row = rows[pk]
        for name in columns:
            setattr(row, name, _column(name, one[name], now))
        row.version += 1
    chosen = [rows[pk] for pk in told]
    if kind == "person":
        _one_address_each(chosen, by)
    for row in chosen:
        _follow(kind, row, now)
    change_many(chosen, [*columns, *ALSO.get(kind, ()), "version"], by=by)
    if kind == "account":
        refresh_keys(chosen, by=by)
    if kind == "activity":
        refresh_contact([row.account_id for row in chosen if row.account_id], by=by)
    record(*(_changed(row, columns, now) for row in chosen), by=by, now=now)


def _column(name: str, told: Any, now: datetime) -> Any:
    """A value as a source tells it (a lead is closed, or not), or as it was written down."""
    if name in DAYS:
        return _day(told)
    if name == "closed":
        return datetime.fromisoformat(told) if isinstance(told, str) else now if told else None
    return told or ""


def _follow(kind: str, row: Any, now: datetime) -> None:
    if kind == "account":
        row.domain = domain_of(row.website)
    if kind == "activity":
        row.done = instant(row.day, side_of(row), now) if row.day else None


def _one_address_each(rows: Sequence[Person], by: Actor) -> None:
    """An address that somebody else of the organization has stays theirs. Two who swap theirs are cleared first."""
    chosen = {row.pk for row in rows}
    firms = {row.organization_id for row in rows}
    others = Person.objects.in_network(by).filter(organization__in=firms).exclude(email="").exclude(pk__in=chosen)
    taken = {(firm, email.lower()) for firm, email in others.values_list("organization", "email")}
    for row in rows:
        mark = (row.organization_id, row.email.lower())
        row.email = "" if mark in taken else row.email
        taken |= {mark} if row.email else set()
    Person.objects.in_network(by).filter(pk__in=chosen).update(email="")


def refresh_contact(accounts: Collection[UUID], *, by: Actor) -> None:
    """The newest contact with each of these companies is that of the calls, meetings, mails and visits that are there."""
    touching = Q(activities__kind__in=TOUCHING, activities__done__isnull=False)
    rows = Account.objects.in_network(by).filter(pk__in=set(accounts)).annotate(newest=Max("activities__day", filter=touching))
    moved = [row for row in rows if row.last_contact != row.newest]
    for row in moved:
        row.last_contact = row.newest
    change_many(moved, ["last_contact"], by=by)


def _changed(row: Any, columns: Sequence[str], now: datetime) -> events.RowsChanged:
    unit, person, organization = (getattr(row, f"{name}_id", None) for name in ("unit", "person", "organization"))
    day = day_of(now, "UTC")
    return events.RowsChanged(
        subject=row.pk, happened=now, day=day, unit=unit, person=person, organization=organization, columns=tuple(columns)
    )


def rewrite_deals(
    rows: Mapping[UUID, Opportunity],
    told: Mapping[UUID, Arrived],
    sides: Mapping[UUID, Whose],
    *,
    by: Actor,
    now: datetime,
    as_before: bool = False,
    moved: date | None = None,
) -> None:
    """Each opportunity reads as told, with its lines and outcome; `rows` carry the new versions afterwards.

    `sides` are those of its owner; whose owner is the one it has stays in the unit where it is.

    A deal that stands elsewhere than before `moved` on that day, today unless it is said. Steps are places in the process in
    force, or, `as_before`, in the one in which the opportunity stands.
    """
    stands = {pk: sides[pk] if sides[pk].person not in (None, rows[pk].person_id) else side_of(rows[pk]) for pk in told}
    again = [ToldAgain(Hand(by, now, stands[pk]), pk, one, as_before, moved) for pk, one in told.items()]
    for pk, row in arrive_again(again, by=by).items():
        rows[pk].version = row.version


def stood(before: Reads) -> Whose:
    """The side on which an opportunity stood, as `now_reading` wrote it down."""
    unit, person, organization = (UUID(before[name]) for name in ("unit", "person", "organization"))
    return Whose(unit=unit, person=person, organization=organization, zone=before["zone"])


def deal_of(before: Reads) -> Arrived:
    """An opportunity as `now_reading` wrote it down."""
    lines = [
        NewLine(product=UUID(product), quantity=Decimal(quantity), price=_amount(price))
        for product, quantity, price in before["lines"]
    ]
    return Arrived(
        title=before["title"],
        account=UUID(before["account"]) if before["account"] else None,
        value=_amount(before["value"]),
        currency=before["currency"],
        expected=_day(before["expected"]),
        entered=_day(before["entered"]),
        origin=before["origin"],
        stated_discount=_amount(before["stated_discount"]),
        outcome=before["outcome"],
        decided=_day(before["decided"]),
        reason=before["reason"],
        step=before["step"],
        stale=before["stale"],
        lines=lines,
    )


def _amount(text: Any) -> Decimal | None:
    return None if text is None else Decimal(str(text))


def _day(text: Any) -> date | None:
    return text if text is None or isinstance(text, date) else date.fromisoformat(str(text))
