"""Which rows of ours already stand for records of a source: taken in before, or plainly the same thing."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from bailiwick.exchange.models import Import, Taken
from bailiwick.exchange.rules.folding import folded
from bailiwick.exchange.rules.records import Record
from bailiwick.kit import Actor
from bailiwick.ledger.models import Erasure
from bailiwick.network.models import Organization, Person
from bailiwick.offer.models import Product
from bailiwick.pipeline.models import Opportunity
from bailiwick.territories.models import Account, AccountKey, Contact, Tie
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
    return hashlib.sha256(json.dumps(record.values, sort_keys=True, default=_plain).encode()).hexdigest()


def _plain(value: object) -> str:
    """900 and 900.00 are one amount."""
    return str(value.normalize()) if isinstance(value, Decimal) else str(value)


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
        .order_by("of__taken", "pk")
    )
    return {keys[note.key]: Match(note.row, note) for note in notes}


def absent(records: Sequence[Record], source: str, by: Actor) -> int:
    """How many deals of this source are here that its export does not hold any more; none where it holds no deals at all."""
    keys = {key_digest(record) for record in records}
    if not keys:
        return 0
    notes = Taken.objects.in_network(by).filter(of__source=source, kind="opportunity").values_list("key", "row")
    gone = {row for key, row in notes.iterator() if key not in keys}
    return Opportunity.objects.in_network(by).filter(pk__in=gone).count()


def plainly_same(records: Sequence[Record], by: Actor, ids: Mapping[str, Mapping[str, UUID]]) -> dict[str, Match]:
    """By key, rows of other sources or of people that are plainly the same person, company, product or contact.

    People of the firm, and companies on whose cards the firm stands: what is a partner's alone stays the partner's, or an
    import would open it to everybody whom the source names, and lead the partner to what the firm does there.
    """
    look = {"person": _people, "account": _accounts, "product": _products, "contact": _contacts}
    if not records or records[0].kind not in look:
        return {}
    return {key: Match(row, None) for key, row in look[records[0].kind](records, by, ids).items()}


def erased_among(ids: Iterable[UUID], by: Actor) -> set[UUID]:
    """Those who were erased: an import meets them by their key and never fills them again."""
    return set(Erasure.objects.in_network(by).filter(subject__in=list(ids)).values_list("subject", flat=True))


def _firm(by: Actor) -> UUID:
    return Organization.objects.in_network(by).values_list("pk", flat=True).get(kind=Organization.Kind.FIRM)


def _people(records: Sequence[Record], by: Actor, ids: Any) -> dict[str, UUID]:
    """One address, or one name that nobody else has; who has left is met too, for their deals are theirs."""
    people = list(
        Person.objects.in_network(by)
        .filter(organization=_firm(by), erased=None, program=False)
        .only("pk", "name", "email", "left")
    )
    emails = {row.email.casefold(): row.pk for row in people if row.email}
    gone = _alone((folded(row.name), row.pk) for row in people if row.left)
    names = gone | _alone((folded(row.name), row.pk) for row in people if not row.left)
    found = _found(records, lambda record: emails.get(record.values["email"].casefold()))
    rest = [record for record in records if record.key not in found]
    return found | _found(rest, lambda record: names.get(folded(record.values["name"])), set(found.values()))


def _products(records: Sequence[Record], by: Actor, ids: Any) -> dict[str, UUID]:
    names = dict(Product.objects.in_network(by).values_list("name", "pk"))
    return _found(records, lambda record: names.get(record.values["name"]))


def _accounts(records: Sequence[Record], by: Actor, ids: Any) -> dict[str, UUID]:
    """One registration number or website; else one name, if nothing else on the cards speaks against it."""
    ours = Tie.objects.in_network(by).filter(account=OuterRef("pk"), organization_id=_firm(by))
    rows = {row.pk: row for row in Account.objects.in_network(by).filter(Exists(ours), archived=None)}
    keys = AccountKey.objects.in_network(by).order_by("-pk").values_list("kind", "value", "account")
    marks = {(kind, value): account for kind, value, account in keys if account in rows}
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


def _found(records: Sequence[Record], same: Any, used: Collection[UUID] = ()) -> dict[str, UUID]:
    """One row for one record: a second record that looks the same stays one of its own, and so does one of a `used` row."""
    found: dict[str, UUID] = {}
    taken = set(used)
    for record in records:
        row = same(record)
        if row is not None and row not in taken:
            found[record.key] = row
            taken.add(row)
    return found
