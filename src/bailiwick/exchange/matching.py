"""Which rows of ours already stand for records of a source: taken in before, or plainly the same thing."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bailiwick.exchange.models import Import, Taken
from bailiwick.exchange.rules.folding import folded
from bailiwick.exchange.rules.records import Record
from bailiwick.kit import Actor
from bailiwick.network.models import Person
from bailiwick.offer.models import Product
from bailiwick.territories.models import Account, AccountKey, Contact
from bailiwick.territories.rules import keys_of

PLURAL = {
    "person": "people",
    "account": "accounts",
    "contact": "contacts",
    "product": "products",
    "lead": "leads",
    "opportunity": "opportunities",
    "activity": "activities",
}


def key_digest(record: Record) -> str:
    """The source's own key, so that it can be found again and does not tell a name."""
    return hashlib.sha256(f"{record.kind}\n{record.key}".encode()).hexdigest()


def content_digest(record: Record) -> str:
    """What the record says, wherever it stood in the file."""
    return hashlib.sha256(json.dumps(record.values, sort_keys=True, default=str).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Match:
    """The row that stands for a record. `taken` is what the source said last time, None where it is met for the first time."""

    row: UUID
    taken: Taken | None


def taken_before(records: Sequence[Record], source: str, by: Actor) -> dict[str, Match]:
    """By key, the rows that an earlier import of this source took in for these records and that are still there."""
    if not records:
        return {}
    keys = {key_digest(record): record.key for record in records}
    notes = (
        Taken.objects.in_network(by)
        .filter(of__source=source, of__state__in=(Import.State.TAKEN, Import.State.UNDONE), kind=records[0].kind, key__in=keys)
        .order_by("of__created", "pk")
    )
    return {keys[note.key]: Match(note.row, note) for note in notes}


def plainly_same(records: Sequence[Record], by: Actor, ids: Mapping[str, Mapping[str, UUID]]) -> dict[str, Match]:
    """By key, rows of other sources or of people that are plainly the same person, company, product or contact."""
    look = {"person": _people, "account": _accounts, "product": _products, "contact": _contacts}
    if not records or records[0].kind not in look:
        return {}
    return {key: Match(row, None) for key, row in look[records[0].kind](records, by, ids).items()}


def _people(records: Sequence[Record], by: Actor, ids: Any) -> dict[str, UUID]:
    """One address, or one name that nobody else has."""
    people = list(Person.objects.in_network(by).filter(left=None, erased=None).only("pk", "name", "email"))
    emails = {row.email.casefold(): row.pk for row in people if row.email}
    names = _alone((folded(row.name), row.pk) for row in people)
    return _found(records, lambda r: emails.get(r.values["email"].casefold()) or names.get(folded(r.values["name"])))


def _products(records: Sequence[Record], by: Actor, ids: Any) -> dict[str, UUID]:
    names = dict(Product.objects.in_network(by).values_list("name", "pk"))
    return _found(records, lambda record: names.get(record.values["name"]))


def _accounts(records: Sequence[Record], by: Actor, ids: Any) -> dict[str, UUID]:
    """One registration number or website; else one name, if nothing else on the cards speaks against it."""
    marks = {(key.kind, key.value): key.account_id for key in AccountKey.objects.in_network(by).filter(account__archived=None)}
    rows = {row.pk: row for row in Account.objects.in_network(by).filter(archived=None)}
    names = _alone((folded(row.name), row.pk) for row in rows.values())

    def same(record: Record) -> UUID | None:
        by_mark = [marks[mark] for mark in keys_of(record.values) if mark in marks and mark[0] != "phone"]
        if by_mark:
            return by_mark[0]
        row = rows.get(names.get(folded(record.values["name"])) or UUID(int=0))
        return row.pk if row and not _speaks_against(row, record.values) else None

    return _found(records, same)


def _speaks_against(row: Account, card: Mapping[str, Any]) -> bool:
    """Two cards of one name with different websites, numbers or places are two companies until a person says otherwise."""
    columns = ("website", "registration", "city", "country")
    return any(folded(getattr(row, name)) != folded(card[name]) for name in columns if getattr(row, name) and card[name])


def _contacts(records: Sequence[Record], by: Actor, ids: Mapping[str, Mapping[str, UUID]]) -> dict[str, UUID]:
    """The same address or name at the same company."""
    rows = Contact.objects.in_network(by).filter(erased=None, account__in=set(ids.get("account", {}).values()))
    there = {(row.account_id, mark.casefold()): row.pk for row in rows for mark in (row.name, row.email) if mark}

    def same(record: Record) -> UUID | None:
        account = ids.get("account", {}).get(record.values["account"])
        marks = [record.values[name].casefold() for name in ("email", "name") if record.values[name]]
        return next((there[account, mark] for mark in marks if account and (account, mark) in there), None)

    return _found(records, same)


def _alone(named: Iterable[tuple[str, UUID]]) -> dict[str, UUID]:
    """Names that exactly one row has."""
    found: dict[str, list[UUID]] = defaultdict(list)
    for name, row in named:
        found[name].append(row)
    return {name: rows[0] for name, rows in found.items() if len(rows) == 1 and name}


def _found(records: Sequence[Record], same: Any) -> dict[str, UUID]:
    """One row for one record: a second record that looks the same stays one of its own."""
    found: dict[str, UUID] = {}
    used: set[UUID] = set()
    for record in records:
        row = same(record)
        if row is not None and row not in used:
            found[record.key] = row
            used.add(row)
    return found
