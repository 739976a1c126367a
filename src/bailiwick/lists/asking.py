"""What somebody asks of a list: columns, order and conditions, as they stand in an address or in a saved view."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from bailiwick.kit import Invalid, Problem, Scope, Sentence, say
from bailiwick.lists.listing import Column, Filter, Listing, Rows, Seen, Takes
from bailiwick.tenancy.paging import SIZE, Slice, page

LONGEST = 200
LARGEST = Decimal("1e13")
ME = "me"


@dataclass(frozen=True)
class Chosen:
    """What was asked, in the list's own names. `typed` are the conditions as text, `values` as values."""

    listing: Listing
    columns: tuple[Column, ...]
    order: Column
    falling: bool
    typed: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)

    def query(self, **instead: str) -> str:
        """The same question as the query of an address, with some values instead; what is standard is left out."""
        standard = [one.name for one in self.listing.columns if one.first]
        said = dict(self.typed)
        names = [one.name for one in self.columns]
        if names != [name for name in standard if name in names] or len(names) != len([n for n in standard if n in names]):
            said["columns"] = ",".join(names)
        said["order"] = ("-" if self.falling else "") + self.order.name
        if said["order"] == ("-" if self.listing.falling else "") + self.listing.order:
            del said["order"]
        said |= instead
        # An empty condition is said where silence would mean the standard one.
        standing = self.listing.standard or {}
        return urlencode({name: value for name, value in said.items() if value or name in standing})


def choose(listing: Listing, asked: Mapping[str, str], viewer: Scope) -> Chosen:
    """What is asked by names and texts; raises `Invalid` with one problem for each that cannot be meant."""
    problems: list[Problem] = []
    columns = {one.name: one for one in listing.columns_for(viewer)}
    names = [name for name in asked.get("columns", "").split(",") if name]
    unknown = [name for name in names if name not in columns]
    if unknown:
        problems.append(Problem("columns", say("There is no column called %(name)s here.", name=unknown[0][:60])))
    order = asked.get("order", "") or ("-" if listing.falling else "") + listing.order
    by = columns.get(order.removeprefix("-"))
    if by is None or not by.order:
        problems.append(Problem("order", say("This list cannot be put in that order.")))
    said = {**(listing.standard or {}), **asked}
    typed: dict[str, str] = {}
    values: dict[str, Any] = {}
    for one in listing.filters_for(viewer):
        text = said.get(one.name, "").strip()
        typed |= {one.name: text} if text or one.name in (listing.standard or {}) else {}
        if text:
            value = _value(one, text, viewer)
            if isinstance(value, Sentence):
                problems.append(Problem(one.name, value))
            values[one.name] = value
    if problems or by is None:
        raise Invalid(problems)
    shown = [columns[name] for name in dict.fromkeys(names)] or [one for one in columns.values() if one.first]
    return Chosen(listing, tuple(shown), by, order.startswith("-"), typed, values)


def _value(one: Filter, text: str, viewer: Scope) -> Any:  # noqa: PLR0911 - one answer a kind
    """The value of a condition, or the sentence that says what is wrong with it."""
    if len(text) > LONGEST or "\x00" in text:
        return say("This is too long to be meant.")
    match one.takes:
        case Takes.DAY:
            try:
                return date.fromisoformat(text)
            except ValueError:
                return say("A day looks like 2026-11-27.")
        case Takes.AMOUNT:
            try:
                amount = Decimal(text.replace(",", "."))
            except InvalidOperation:
                return say("A number looks like 84000 or 84000.50.")
            return amount if amount.is_finite() and abs(amount) < LARGEST else say("That number is too large to be meant.")
        case Takes.ID:
            if text == ME:
                return viewer.person
            try:
                return UUID(text)
            except ValueError:
                return say("Choose one of the values offered.")
        case Takes.CHOICE:
            known = one.choices is None or text in {value for value, _ in one.choices(Seen(viewer, date.min))}
            return text if known else say("Choose one of the values offered.")
        case _:
            return text


def rows_of(chosen: Chosen, seen: Seen) -> Rows:
    """The rows that fulfil every condition, in no order."""
    rows = chosen.listing.rows(seen)
    filters = {one.name: one for one in chosen.listing.filters_for(seen.viewer)}
    for name, value in chosen.values.items():
        rows = filters[name].keep(rows, value, seen)
    return rows


def page_of(chosen: Chosen, seen: Seen, *, cursor: str = "", size: int = SIZE) -> Slice[Any]:
    """One page of the rows in the order chosen, complete with what stands beside them."""
    found = page(rows_of(chosen, seen), key=chosen.order.order, cursor=cursor, size=size, falling=chosen.falling)
    if chosen.listing.complete:
        chosen.listing.complete(found.rows, seen)
    return found


def people_of(listing: Listing, rows: Iterable[Any]) -> frozenset[UUID]:
    """Whose rows these are."""
    return frozenset(person for row in rows for person in listing.about(row))
