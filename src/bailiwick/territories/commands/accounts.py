"""Cards of companies and contacts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Q

from bailiwick.kit import Actor, NotAllowed, NotSeen, Refused, Stale, day_of, say
from bailiwick.ledger import asking
from bailiwick.ledger.commands import mark_erased, record
from bailiwick.ledger.masters import refuse_kept_elsewhere
from bailiwick.tenancy.walls import InNetwork
from bailiwick.territories import events
from bailiwick.territories.fields import ACCOUNT
from bailiwick.territories.models import Account, AccountKey, Contact, Tie
from bailiwick.territories.rules import domain_of, keys_of


@dataclass(frozen=True, kw_only=True)
class Whose:
    """The side on which a row stands: person, unit and organization, with the unit's zone."""

    unit: UUID
    person: UUID | None
    organization: UUID
    zone: str = "UTC"


def add_accounts(
    cards: Sequence[Mapping[str, Any]], *, whose: Whose, by: Actor, now: datetime, judged: bool = False
) -> list[Account]:
    """Cards of companies stand in the network, tied to `whose`; one event each.

    A card whose exact key (domain, registration, tax number, telephone) is on a card in sight is refused with the way
    there. What lies out of sight refuses nothing, or an answer would tell a stranger whose customer it is. Bulk doors that
    have looked for duplicates themselves say `judged`.
    """
    if not judged:
        for card in cards:
            _refuse_twin(card, by)
    rows = [_account(card, by, now) for card in cards]
    Account.objects.in_network(by).bulk_create(rows)
    AccountKey.objects.in_network(by).bulk_create(
        AccountKey(network_id=by.network, account=row, kind=kind, value=value)
        for row, card in zip(rows, cards, strict=True)
        for kind, value in keys_of(card)
    )
    tie([row.pk for row in rows], whose=whose, by=by)
    record(*(events.AccountAdded(subject=row.pk, happened=now, **_sided(whose, now)) for row in rows), by=by, now=now)
    return rows


def _account(card: Mapping[str, Any], by: Actor, now: datetime) -> Account:
    columns = {field.short: card.get(field.short, "") or "" for field in ACCOUNT}
    return Account(
        network_id=by.network,
        domain=domain_of(columns["website"]),
        tax_number=card.get("tax_number", ""),
        territory_id=card.get("territory"),
        source=card.get("source", ""),
        source_id=card.get("source_id", ""),
        created=now,
        **columns,
    )


def _refuse_twin(card: Mapping[str, Any], by: Actor, but: UUID | None = None) -> None:
    keys = keys_of(card)
    if not keys:
        return
    match = Q()
    for kind, value in keys:
        match |= Q(kind=kind, value=value)
    twin = AccountKey.objects.seen_by(by.scope).filter(match).exclude(account=but).select_related("account").first()
    if twin is not None:
        raise Refused(
            "account_exists",
            say("%(name)s is here already, with the same %(key)s.", name=twin.account.name, key=_KEYS[twin.kind]),
            say("Open that card instead; if they are two companies, leave the %(key)s out.", key=_KEYS[twin.kind]),
        )


_KEYS = {
    "domain": say("website"),
    "registration": say("registration number"),
    "tax_number": say("tax number"),
    "phone": say("telephone number"),
}


def change_account(account: UUID, *, values: Mapping[str, Any], version: int, by: Actor, now: datetime) -> Account:
    """The card reads as given. By whoever may work on a tie of it; a stale version is refused with what is stored."""
    row = editable_account(account, by)
    card = {field.short: getattr(row, field.short) for field in ACCOUNT} | dict(values)
    _refuse_twin(card, by, but=account)
    changed = tuple(name for name in card if card[name] != getattr(row, name))
    if not changed and row.version == version:
        return row
    refuse_kept_elsewhere("account", [(row.source, changed)], {field.short: field.label for field in ACCOUNT}, by)
    stored = Account.objects.in_network(by).filter(pk=account, version=version)
    if not stored.update(**card, domain=domain_of(card["website"]), version=F("version") + 1):
        current = Account.objects.in_network(by).get(pk=account)
        raise Stale({field.short: getattr(current, field.short) for field in ACCOUNT}, current.version)
    AccountKey.objects.in_network(by).filter(account=account).delete()
    AccountKey.objects.in_network(by).bulk_create(
        AccountKey(network_id=by.network, account_id=account, kind=kind, value=value) for kind, value in keys_of(card)
    )
    record(
        events.AccountChanged(subject=account, happened=now, day=now.date(), person=by.person, columns=changed), by=by, now=now
    )
    return Account.objects.in_network(by).get(pk=account)


def editable_account(account: UUID, by: Actor) -> Account:
    """The card, if the actor may work on it: an own tie, or one of people they manage. One query where there is a tie."""
    ties = list(Tie.objects.seen_by(by.scope).filter(account=account, account__archived=None).select_related("account"))
    mine = (by.scope.may_edit(unit=t.unit_id, person=t.person_id, organization=t.organization_id) for t in ties)
    if ties and (by.system or any(mine)):
        held: Account = ties[0].account
        return held
    if Account.objects.seen_by(by.scope).filter(pk=account, archived=None).exists():
        raise NotAllowed(say("You see this card, but others work on it."), say("Ask its holder or their manager."))
    raise NotSeen


def add_contacts(
    account: UUID, contacts: Sequence[Mapping[str, Any]], *, whose: Whose, by: Actor, now: datetime
) -> list[Contact]:
    """People at the company are on its card; one event each, without their names. By whoever may work on the card."""
    editable_account(account, by)
    return add_contacts_many([(account, whose, contact) for contact in contacts], by=by, now=now)


def add_contacts_many(pairs: Sequence[tuple[UUID, Whose, Mapping[str, Any]]], *, by: Actor, now: datetime) -> list[Contact]:
    """People at many companies are on their cards, each entered on a side; one event each, without their names.

    For doors that have judged themselves who may work on each card: a few statements however many there are.
    """
    rows = [
        Contact(
            network_id=by.network,
            account_id=account,
            name=contact["name"],
            position=contact.get("position", ""),
            email=contact.get("email", ""),
            phone=contact.get("phone", ""),
            source=contact.get("source", ""),
            source_id=contact.get("source_id", ""),
            created=now,
        )
        for account, _, contact in pairs
    ]
    Contact.objects.in_network(by).bulk_create(rows)
    record(
        *(
            events.ContactAdded(subject=row.pk, happened=now, about=(account,), **_sided(whose, now))
            for row, (account, whose, _) in zip(rows, pairs, strict=True)
        ),
        by=by,
        now=now,
    )
    return rows


def erase_contact(contact: UUID, *, by: Actor, now: datetime) -> UUID:
    """Name and contact data of a contact are gone; what was done with them stays without the name. Returns the account."""
    row = Contact.objects.seen_by(by.scope).filter(pk=contact).first()
    if row is None:
        raise NotSeen
    editable_account(row.account_id, by)
    asking.erase(contact, by, now)
    record(
        events.ContactErased(subject=contact, happened=now, day=now.date(), person=by.person, about=(row.account_id,)),
        by=by,
        now=now,
    )
    mark_erased("contact", contact, by=by, now=now)
    return row.account_id


def tie(accounts: Iterable[UUID], *, whose: Whose, by: Actor) -> None:
    """`whose` has to do with each account and sees its card from now on; an old tie stays."""
    tie_many([(account, whose) for account in accounts], by=by)


def tie_many(ties: Iterable[tuple[UUID, Whose]], *, by: InNetwork) -> None:
    """Each side has to do with its account and sees the card from now on; an old tie stays."""
    Tie.objects.in_network(by).bulk_create(
        (
            Tie(
                network_id=by.network,
                account_id=account,
                unit_id=whose.unit,
                person_id=whose.person,
                organization_id=whose.organization,
            )
            for account, whose in dict.fromkeys(ties)
        ),
        ignore_conflicts=True,
    )


def contacted(accounts: Mapping[UUID, date], *, by: InNetwork) -> None:
    """The newest contact with each account is at least as new as told; pipeline tells it."""
    with connection.cursor() as cursor:
        cursor.execute(CONTACTED, [list(accounts), list(accounts.values()), by.network])


# In the order of ids, so that two who touch the same companies never wait for each other in a ring.
CONTACTED = """
UPDATE territories_account a SET last_contact = told.day
FROM (SELECT * FROM unnest(%s::uuid[], %s::date[]) AS told(id, day) ORDER BY id) told
WHERE a.id = told.id AND a.network_id = %s AND (a.last_contact IS NULL OR a.last_contact < told.day)
"""


def _sided(whose: Whose, now: datetime) -> dict[str, Any]:
    return {
        "day": day_of(now, whose.zone),
        "unit": whose.unit,
        "person": whose.person,
        "organization": whose.organization,
    }
