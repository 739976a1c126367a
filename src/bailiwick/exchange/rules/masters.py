"""Who says what a field reads where a source stands for a row: the source, people here, or whoever was last. Pure."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from bailiwick.exchange.rules.mapping import Mapping as Reading

SOURCE, HERE, LATEST = "source", "here", "latest"
WHO = (LATEST, SOURCE, HERE)

# By kind, each field of ours that an import changes, and the targets that fill it. Products change by price lists alone.
FILLED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "person": {"name": ("name", "first_name", "last_name"), "email": ("email",), "phone": ("phone",)},
    "account": {name: (name,) for name in ("name", "website", "phone", "registration", "city", "country", "sector")},
    "contact": {
        "name": ("name", "first_name", "last_name"), "position": ("position",), "email": ("email",), "phone": ("phone",),
    },
    "lead": {
        "name": ("name", "first_name", "last_name"), "company": ("company",), "email": ("email",), "phone": ("phone",),
        "origin": ("origin",), "stage": ("status", "closed"),
    },
    "opportunity": {
        "title": ("title",), "account": ("account",), "owner": ("owner",), "value": ("value", "amount"),
        "lines": ("product", "quantity"), "expected": ("expected", "close"), "origin": ("origin",),
        "stated_discount": ("discount",), "stage": ("stage", "status", "place", "won", "closed", "decided", "close", "reason"),
    },
}  # fmt: skip
# What an import writes that goes with one of these fields.
GOES_WITH: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "opportunity": {"value": ("currency",), "expected": ("stale",), "stage": ("outcome", "step", "decided", "reason", "stays")},
    "lead": {"stage": ("closed", "reason")},
}


def mastered(reading: Reading) -> list[tuple[str, str]]:
    """(kind, field) of everything of ours that a mapping fills."""
    targets = {column.target for table in reading.tables if table.kind for column in table.columns}
    kinds = {table.kind for table in reading.tables}
    lines = {"line"} & kinds
    return [
        (kind, field)
        for kind, fields in FILLED.items()
        for field, shorts in fields.items()
        if any(f"{kind}.{short}" in targets for short in shorts) or (field == "lines" and lines)
    ]


def columns_of(kind: str, field: str) -> tuple[str, ...]:
    """What an import writes for a field.

    >>> columns_of("opportunity", "stage"), columns_of("account", "city")
    (('stage', 'outcome', 'step', 'decided', 'reason', 'stays'), ('city',))
    """
    return (field, *GOES_WITH.get(kind, {}).get(field, ()))


def of_kind(masters: Mapping[str, str], kind: str, who: str) -> frozenset[str]:
    """The fields of a kind of which `who` is the master.

    >>> sorted(of_kind({"opportunity.value": "source", "account.city": "source"}, "opportunity", "source"))
    ['value']
    """
    return frozenset(name.split(".", 1)[1] for name, said in masters.items() if said == who and name.startswith(f"{kind}."))


def merged(
    kind: str, told: Mapping[str, Any], now: Mapping[str, Any], masters: Mapping[str, str], *, touched: bool
) -> dict[str, Any]:
    """What a row comes to read: what the source tells, but for what it is not the master of.

    >>> told, now = {"city": "Kiel", "phone": "1"}, {"city": "Bonn", "phone": "2"}
    >>> merged("account", told, now, {"account.city": "source"}, touched=True)
    {'city': 'Kiel', 'phone': '2'}
    >>> merged("account", told, now, {"account.city": "here"}, touched=False)
    {'city': 'Bonn', 'phone': '1'}
    """
    theirs = _columns(kind, of_kind(masters, kind, SOURCE))
    ours = _columns(kind, of_kind(masters, kind, HERE))
    return {name: value if (name in theirs if touched else name not in ours) else now[name] for name, value in told.items()}


def _columns(kind: str, fields: Iterable[str]) -> Collection[str]:
    return {name for field in fields for name in columns_of(kind, field)}
