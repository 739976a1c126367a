"""Small tables written in the test that needs them: the header names the targets, the kind of the table before them."""

from collections.abc import Mapping as Dictionary
from dataclasses import replace
from datetime import date
from typing import Any

from bailiwick.exchange.rules.mapping import Column, Mapping, TableMapping
from bailiwick.exchange.rules.records import Finding, Record, Rehearsal
from bailiwick.exchange.rules.rehearsing import rehearse
from bailiwick.exchange.rules.tables import Table

TODAY = date(2026, 11, 22)
NAMES = {
    "person": "people",
    "account": "companies",
    "contact": "contacts",
    "product": "products",
    "lead": "leads",
    "opportunity": "deals",
    "line": "orders",
    "stage": "history",
    "activity": "activities",
}
SIGNS = {"stage", "won", "closed", "decided", "close"}
READING = Mapping(
    "test",
    outcomes={"Won": "won", "Lost": "lost", "Dropped": "withdrawn", "New": "open", "Offer": "open"},
    steps=("New", "Offer"),
    currency="EUR",
)


def table(kind: str, text: str, name: str = "") -> tuple[Table, TableMapping]:
    """Cells are parted by `|`; a column `city` of a table of companies is mapped to `account.city`.

    Deals of which nothing tells the outcome are open ones here, which need no day.
    """
    header, *rows = [[cell.strip(" ") for cell in line.strip(" ").split("|")] for line in text.strip("\n").split("\n")]
    if kind == "opportunity" and not SIGNS & set(header):
        header, rows = [*header, "stage"], [[*row, "New"] for row in rows]
    columns = tuple(Column(one if "." in one else f"{kind}.{one}", one) for one in header if not one.startswith("("))
    name = name or NAMES[kind]
    made = Table(name, tuple(header), [tuple(row) for row in rows], range(2, len(rows) + 2))
    return made, TableMapping(name, kind, columns)


def rehearsed(
    *more: tuple[Table, TableMapping],
    reading: Mapping = READING,
    today: date = TODAY,
    same: Dictionary[str, Any] | None = None,
    **texts: str,
) -> Rehearsal:
    """What comes of the tables; `person="..."` is a table of people, and so on."""
    made = [*more, *(table(kind, text) for kind, text in texts.items())]
    reading = replace(reading, tables=tuple(mapped for _, mapped in made), same=same or {})
    found = rehearse([one for one, _ in made], reading, today=today)
    assert found.rows == found.accepted + found.duplicates + len(found.refused)
    return found


def by_key(found: Rehearsal, kind: str) -> dict[str, Record]:
    """The records of a kind."""
    return {record.key: record for record in found.records[kind]}


def only(found: Rehearsal, kind: str) -> Dictionary[str, Any]:
    """What the only record of a kind says."""
    (record,) = found.records[kind]
    return record.values


def finding(found: Rehearsal, kind: str) -> Finding:
    """The only finding of a kind."""
    (one,) = [one for one in found.findings if one.kind == kind]
    return one


def kinds(found: Rehearsal) -> list[str]:
    """What there are findings of."""
    return [one.kind for one in found.findings]


def reasons(found: Rehearsal) -> dict[int, str]:
    """Why rows were refused, by line."""
    return {row.line: str(row.reason) for row in found.refused}
