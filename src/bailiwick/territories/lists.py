"""The lists of companies and of the people there."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import DateField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from bailiwick.fields import Field
from bailiwick.fields.typed import as_typed
from bailiwick.kit import Actor, Sentence, say
from bailiwick.ledger import asking
from bailiwick.lists import SAME, Act, Column, Filter, Listing, Seen, Takes, Thing
from bailiwick.lists.listing import Rows
from bailiwick.network.queries import people_to_choose, units_below, units_to_choose
from bailiwick.tenancy.words import having
from bailiwick.territories.commands.placing import place_accounts
from bailiwick.territories.fields import ACCOUNT_CITY, ACCOUNT_COUNTRY, ACCOUNT_SECTOR
from bailiwick.territories.models import Account, Contact, Holding
from bailiwick.territories.models.accounts import editable_ties

EVER = date(1, 1, 1)


def _rows(seen: Seen) -> Rows:
    rows = Account.objects.seen_by(seen.viewer).filter(archived=None).select_related("territory")
    return rows.annotate(
        last=Coalesce(F("last_contact"), Value(EVER), output_field=DateField()),
        mine=Exists(editable_ties(seen.viewer).filter(account=OuterRef("pk"))),
    )


def _held(seen: Seen, **by: Any) -> Q:
    """On which somebody calls."""
    return Q(pk__in=Holding.objects.seen_by(seen.viewer).filter(until=None, **by).values("account"))


def _callers(rows: Sequence[Account], seen: Seen) -> None:
    """Who calls on each company, as far as the viewer may know."""
    there = Holding.objects.seen_by(seen.viewer).filter(account__in=[row.pk for row in rows], until=None)
    found = list(there.order_by("line__name"))
    names = asking.names({one.person_id for one in found if one.person_id}, seen.viewer)
    callers: dict[UUID, list[str | Sentence]] = defaultdict(list)
    for one in found:
        who = say("contested") if one.contested else names.get(one.person_id or one.pk, say("somebody"))
        if who not in callers[one.account_id]:
            callers[one.account_id].append(who)
    for row in rows:
        row.callers = callers[row.pk]  # type: ignore[attr-defined]


def _who_calls(row: Any, seen: Seen) -> tuple[str | Sentence, ...]:
    return tuple(row.callers) or (say("nobody"),)


def _placing(field: Field) -> Act:
    """The act that states one field of where a company belongs."""
    name = field.short

    def refuses(row: Any, value: Any, by: Actor) -> Sentence | None:
        if not row.mine:
            return say("others work on it")
        return SAME if getattr(row, name) == value else None

    def apply(which: Sequence[UUID], value: Any, by: Actor, now: datetime) -> None:
        place_accounts(which, {name: value}, by=by, now=now)

    return Act(
        name=name,
        label=field.label,
        field=field,
        refuses=refuses,
        apply=apply,
        states=("account", name),
        before=lambda row: as_typed(field, getattr(row, name)),
    )


ACCOUNTS = Listing(
    name="accounts",
    label=say("Accounts"),
    model=Account,
    rows=_rows,
    complete=_callers,
    columns=(
        Column(
            name="name", label=say("Company"), kind="title", order="name",
            value=lambda row, seen: Thing(row.name, "account", row.pk, row.website),
        ),
        Column(name="city", label=say("City"), value=lambda row, seen: row.city, edit="city"),
        Column(name="country", label=say("Country"), value=lambda row, seen: row.country, edit="country", first=False),
        Column(name="sector", label=say("Sector"), value=lambda row, seen: row.sector, edit="sector", first=False),
        Column(name="holder", label=say("Who calls"), value=_who_calls),
        Column(name="contact", label=say("Last contact"), kind="day", order="last", value=lambda row, seen: row.last_contact),
        Column(
            name="territory", label=say("Territory"), first=False,
            value=lambda row, seen: row.territory.name if row.territory else "",
        ),
        Column(name="phone", label=say("Telephone"), value=lambda row, seen: row.phone, first=False),
        Column(name="registration", label=say("Registration number"), value=lambda row, seen: row.registration, first=False),
    ),
    filters=(
        Filter(
            name="q", label=say("Words of the name"), takes=Takes.WORDS,
            keep=lambda rows, value, seen: having(rows, value, seen.viewer),
        ),
        Filter(
            name="held", label=say("Who calls"), takes=Takes.ID, choices=people_to_choose,
            keep=lambda rows, value, seen: rows.filter(_held(seen, person_id=value)),
        ),
        Filter(
            name="unit", label=say("Unit, with everything below it"), takes=Takes.ID, choices=units_to_choose,
            keep=lambda rows, value, seen: rows.filter(_held(seen, unit_id__in=units_below(seen.viewer, value))),
        ),
        Filter(
            name="city", label=say("City"), takes=Takes.WORDS,
            keep=lambda rows, value, seen: rows.filter(city__icontains=value),
        ),
        Filter(
            name="country", label=say("Country"), takes=Takes.WORDS,
            keep=lambda rows, value, seen: rows.filter(country__icontains=value),
        ),
        Filter(
            name="sector", label=say("Sector"), takes=Takes.WORDS,
            keep=lambda rows, value, seen: rows.filter(sector__icontains=value),
        ),
        Filter(
            name="quiet", label=say("No contact since"), takes=Takes.DAY,
            keep=lambda rows, value, seen: rows.filter(last__lt=value),
        ),
    ),
    order="name",
    works_on=lambda row, viewer: bool(row.mine),
    acts=(_placing(ACCOUNT_CITY), _placing(ACCOUNT_COUNTRY), _placing(ACCOUNT_SECTOR)),
)  # fmt: skip


def _people(seen: Seen) -> Rows:
    return Contact.objects.seen_by(seen.viewer).filter(archived=None, erased=None).select_related("account")


CONTACTS = Listing(
    name="contacts",
    label=say("Contacts"),
    model=Contact,
    rows=_people,
    columns=(
        Column(
            name="name", label=say("Name"), kind="title", order="name",
            value=lambda row, seen: Thing(row.name, "account", row.account_id, row.position),
        ),
        Column(
            name="account", label=say("Company"),
            value=lambda row, seen: Thing(row.account.name, "account", row.account_id),
        ),
        Column(name="email", label=say("E-mail"), value=lambda row, seen: row.email),
        Column(name="phone", label=say("Telephone"), value=lambda row, seen: row.phone),
        Column(name="position", label=say("Position"), value=lambda row, seen: row.position, first=False),
        Column(name="city", label=say("City"), value=lambda row, seen: row.account.city, first=False),
    ),
    filters=(
        Filter(
            name="q", label=say("Words of the name"), takes=Takes.WORDS,
            keep=lambda rows, value, seen: having(rows, value, seen.viewer),
        ),
        Filter(
            name="company", label=say("Company"), takes=Takes.WORDS,
            keep=lambda rows, value, seen: rows.filter(
                account__in=having(Account.objects.seen_by(seen.viewer), value, seen.viewer).values("pk")
            ),
        ),
        Filter(
            name="position", label=say("Position"), takes=Takes.WORDS,
            keep=lambda rows, value, seen: rows.filter(position__icontains=value),
        ),
        Filter(
            name="account", label=say("Company"), takes=Takes.ID,
            keep=lambda rows, value, seen: rows.filter(account=value),
        ),
    ),
    order="name",
)  # fmt: skip
