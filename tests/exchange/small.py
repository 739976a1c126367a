"""A small export as records: two teams, three companies, five deals. What tests of taking in begin with."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bailiwick.exchange.commands.taking import begin, take_in
from bailiwick.exchange.models import Import
from bailiwick.exchange.rules.mapping import Mapping as Reading
from bailiwick.exchange.rules.records import Record, RefusedRow, Rehearsal
from bailiwick.kit import Actor, say
from bailiwick.network.commands import found_network
from tests.village import NOW

READING = Reading("small", steps=("Prospecting", "Engaging"), outcomes={"Won": "won", "Lost": "lost"})


def person(name: str, manager: str | None = None, office: str = "") -> Record:
    return Record("person", name, "people.csv", 2, {"name": name, "email": "", "phone": "", "manager": manager, "office": office})


def account(name: str, **more: Any) -> Record:
    card = {
        "website": "",
        "phone": "",
        "registration": "",
        "city": "",
        "country": "",
        "sector": "",
        "owner": None,
        "parent": None,
    }
    return Record("account", name, "accounts.csv", 2, {"name": name, **card, **more})


def deal(key: str, owner: str | None, company: str | None, outcome: str = "open", **more: Any) -> Record:
    decided = date(2017, 12, 1) if outcome != "open" else None
    values: dict[str, Any] = {
        "title": "Hoist", "account": company, "contact": None, "owner": owner, "developer": None, "lead": None,
        "value": Decimal(900) if outcome == "won" else None, "currency": "", "entered": date(2017, 10, 1), "decided": decided,
        "expected": None, "outcome": outcome, "step": 2, "reason": "", "origin": "", "stated_discount": None,
        "lines": [("Hoist", Decimal(1), Decimal(900) if outcome == "won" else None)], "stays": [],
    }  # fmt: skip
    return Record("opportunity", key, "deals.csv", 2, values | more)


PEOPLE = (
    person("Rita"), person("Olaf"),
    person("Anna", "Rita", "North"), person("Bert", "Rita", "North"), person("Cleo", "Olaf", "South"),
)  # fmt: skip
PRODUCT = Record("product", "Hoist", "products.csv", 2, {
    "name": "Hoist", "code": "", "family": "", "list_price": Decimal(1000), "cost": None,
})  # fmt: skip
DEALS = (
    deal("d1", "Anna", "Acme", "won"),
    deal("d2", "Bert", "Acme"),
    deal("d3", "Cleo", "Borg", "lost"),
    deal("d4", "Cleo", "Corp", expected=date(2017, 11, 1)),
    deal("d5", None, None, entered=None, step=1),
)
REFUSED = (RefusedRow("deals.csv", 9, say("There is no day here."), ("d9", "=cmd()")),)


def rehearsal(
    deals: Sequence[Record] = DEALS,
    accounts: Sequence[Record] = (account("Acme"), account("Borg"), account("Corp")),
    people: Sequence[Record] = PEOPLE,
) -> Rehearsal:
    records: Mapping[str, Sequence[Record]] = {
        "person": people, "account": accounts, "product": (PRODUCT,), "opportunity": deals,
    }  # fmt: skip
    rows = sum(map(len, records.values()))
    return Rehearsal(rows + 1, rows, 0, records, REFUSED, as_of=date(2017, 12, 31), since=date(2016, 10, 20))


def changed(record: Record, **more: Any) -> Record:
    return replace(record, values={**record.values, **more})


def a_network(slug: str = "fresh") -> Actor:
    """A network of its own; the running transaction is inside it."""
    by, _ = found_network(slug=slug, name=slug, now=NOW, currency="")
    return by


def taken(told: Rehearsal, by: Actor, reading: Reading = READING, now: datetime = NOW) -> Import:
    of = begin(reading, by=by, now=now)
    take_in(of, told, reading, by=by, now=now)
    return of
