"""Companies and their people come onto cards, and who calls there follows from who works there."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from bailiwick.exchange.commands.intake.hold import Hold
from bailiwick.exchange.rules.records import Record
from bailiwick.offer.models import SalesLine
from bailiwick.territories.commands import add_accounts, contest
from bailiwick.territories.commands import hold as call_on
from bailiwick.territories.commands.accounts import add_contacts_many, tie_many
from bailiwick.territories.fields import ACCOUNT, CONTACT
from bailiwick.territories.models import AccountKey, Holding

WORKING = timedelta(days=365)


def take_accounts(new: Sequence[Record], hold: Hold) -> None:
    """Cards of companies stand on the firm's side, and on that of their owner where the source names one."""
    cards = [account_card(record) | {"source": hold.of.source, "source_id": record.key} for record in new]
    rows = add_accounts(cards, whose=hold.home, by=hold.by, now=hold.now, judged=True)
    hold.made("account", new, rows)
    owned = [(row.pk, hold.side(record.values["owner"])) for row, record in zip(rows, new, strict=True) if record.values["owner"]]
    tie_many(owned, by=hold.by)


def account_card(record: Record) -> dict[str, Any]:
    """What a record says for the fields of a card."""
    return {field.short: record.values[field.short] or "" for field in ACCOUNT}


def take_contacts(new: Sequence[Record], hold: Hold) -> None:
    """People at companies stand on the cards; a contact of no company is none."""
    placed = [(record, hold.row("account", record.values["account"])) for record in new]
    known = [(record, account) for record, account in placed if account]
    cards = [
        (account, hold.home, contact_card(record) | {"source": hold.of.source, "source_id": record.key})
        for record, account in known
    ]
    hold.more(hold.left_out, new, len(new) - len(known))
    hold.made("contact", [record for record, _ in known], add_contacts_many(cards, by=hold.by, now=hold.now))


def contact_card(record: Record) -> dict[str, Any]:
    """What a record says for the fields of a contact."""
    return {field.short: record.values[field.short] or "" for field in CONTACT}


def settle_callers(records: Mapping[str, Sequence[Record]], lines: Sequence[SalesLine], hold: Hold) -> int:
    """Who alone works a company calls there from now on; where several do it is contested. The number of contested ones.

    Somebody works there who has an open deal, decided or entered one in the year before the as-of date, or is named as the
    owner. Companies that have a caller already keep theirs.
    """
    at_work = _at_work(records, hold)
    held = _held(at_work, hold)
    free = {account: people for account, people in at_work.items() if account not in held}
    for line in lines:
        alone: dict[str, list[UUID]] = defaultdict(list)
        for account, people in free.items():
            if len(people) == 1:
                alone[min(people)].append(account)
        for person, accounts in alone.items():
            call_on(accounts, line=line.pk, whose=hold.sides[person], by=hold.by, now=hold.now, reason="import", judged=True)
        contest([account for account, people in free.items() if len(people) > 1], line=line.pk, by=hold.by, now=hold.now)
    return sum(len(people) > 1 for people in free.values())


def _held(accounts: Collection[UUID], hold: Hold) -> set[UUID]:
    """Those of these companies that somebody calls on already, if only by another card with the same exact key.

    A holding that ended while the import was under way ends after the import's instant, and would overlap a new one.
    """
    still = Holding.objects.in_network(hold.by).filter(Q(until=None) | Q(until__gt=hold.now))
    taken = still.filter(account=OuterRef("account"))
    keys = AccountKey.objects.in_network(hold.by).exclude(kind="phone")
    elsewhere = set(keys.filter(Exists(taken)).values_list("kind", "value"))
    own = keys.filter(account__in=accounts).values_list("account", "kind", "value")
    held = set(still.filter(account__in=accounts).values_list("account", flat=True))
    return held | {account for account, kind, value in own if (kind, value) in elsewhere}


def _at_work(records: Mapping[str, Sequence[Record]], hold: Hold) -> dict[UUID, set[str]]:
    working: dict[UUID, set[str]] = defaultdict(set)
    since = hold.as_of - WORKING
    for record in records.get("opportunity", ()):
        values, account = record.values, hold.row("account", record.values["account"])
        newest = values["decided"] or values["entered"]
        lately = values["outcome"] == "open" or (newest and newest > since)
        if account and values["owner"] in hold.sides and lately:
            working[account].add(values["owner"])
    for record in records.get("account", ()):
        account, owner = hold.row("account", record.key), record.values["owner"]
        if account and owner in hold.sides:
            working[account].add(owner)
    return working
