"""The records of one kind while they come together, and how a text finds the one it means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bailiwick.exchange.rules.folding import folded
from bailiwick.exchange.rules.ids import LONG, SHORT, short_id
from bailiwick.exchange.rules.rehearsing.keys import cleaned, domain, is_email, looks_like_id, loose, shapes_of
from bailiwick.exchange.rules.rehearsing.sheets import Sheet

# What each kind of record says, with what stands there while nothing is known.
BLANK: dict[str, dict[str, Any]] = {
    "person": {"name": "", "email": "", "phone": "", "manager": None, "office": "", "sells": None},
    "account": {"name": "", "website": "", "phone": "", "registration": "", "city": "", "country": "", "sector": ""}
    | {"owner": None, "parent": None},
    "contact": {"name": "", "position": "", "email": "", "phone": "", "account": None},
    "product": {"name": "", "code": "", "family": "", "list_price": None, "cost": None},
    "lead": {"name": "", "company": "", "email": "", "phone": "", "origin": "", "entered": None, "owner": None}
    | {"closed": False, "reason": ""},
    "opportunity": {"title": "", "account": None, "contact": None, "owner": None, "developer": None, "lead": None}
    | {"value": None, "currency": "", "entered": None, "decided": None, "expected": None, "outcome": "open", "step": 1}
    | {"reason": "", "origin": "", "stated_discount": None, "lines": (), "stays": ()},
    "activity": {"kind": "note", "text": "", "owner": None, "account": None, "contact": None, "opportunity": None}
    | {"day": None, "due": None},
}
NAMES = {"opportunity": "title"}
# Kinds of which two rows of one name are one record where nothing else tells them apart.
BY_NAME = frozenset(("person", "account", "product"))


@dataclass(slots=True)
class Draft:
    """A record in the making. `line` 0 means that other rows imply it; then `text` is how they named it."""

    kind: str
    key: str
    table: str
    line: int
    values: dict[str, Any]
    text: str = ""
    at: int = 0
    rows: list[tuple[Sheet, int]] = field(default_factory=list)

    @property
    def listed(self) -> bool:
        return self.line > 0


@dataclass(frozen=True, slots=True)
class Found:
    """The record that a text means, and how it was found: "" letter by letter, "spelling" or "ambiguous_name"."""

    key: str
    how: str = ""


class Book:
    """All records of a kind by key, in the order in which they appear.

    `also` are further keys of a record (two rows of one product); `same` the spellings that somebody settled.
    """

    def __init__(self, kind: str, same: Mapping[str, str], sheets: Iterable[Sheet]) -> None:
        self.kind, self.same = kind, same
        self.drafts: dict[str, Draft] = {}
        self.also: dict[str, str] = {}
        self.loose: dict[str, str] = {}
        self._sheets = [sheet for sheet in sheets if sheet.has(f"{kind}.key")]
        self._names: dict[str, dict[str, None]] = {}
        self._folded: dict[str, dict[str, None]] = {}
        self._marks: dict[str, str] = {}
        self._shapes: set[str] | None = None
        self._short: dict[str, str] = {}

    def add(self, draft: Draft) -> Draft:
        """One more record, which its key finds from now on."""
        self.drafts[draft.key] = draft
        if short := short_id(draft.key):
            self._short.setdefault(short, draft.key)
        return draft

    def index(self, draft: Draft) -> None:
        """Names and marks of the record find it too; to be called again when they change."""
        for name in {draft.values[NAMES.get(self.kind, "name")], draft.text} - {""}:
            self._names.setdefault(name, {})[draft.key] = None
            self._folded.setdefault(folded(name), {})[draft.key] = None
            if self.kind in BY_NAME:
                self.loose.setdefault(loose(name), draft.key)
        for mark in self._marks_of(draft):
            self._marks.setdefault(mark, draft.key)

    def _marks_of(self, draft: Draft) -> list[str]:
        values = draft.values
        if self.kind == "account":
            return [mark] if (mark := domain(values["website"])) else []
        if self.kind == "product":
            return [values["code"]] if values["code"] else []
        return [values["email"].casefold()] if values.get("email") else []

    def find(self, text: str) -> Found | None:
        """The record that is meant: its key, its name, a settled spelling, a folded name, an e-mail address or a domain."""
        if found := self._exact(text):
            return found
        if text in self.same and (found := self._exact(self.same[text])):
            return Found(found.key, "spelling")
        if len(alike := self.alike(text)) == 1:
            return Found(alike[0], "spelling")
        mark = domain(text) if self.kind == "account" else text if self.kind == "product" else text.casefold()
        return Found(self._marks[mark]) if mark in self._marks else None

    def _exact(self, text: str) -> Found | None:
        if text in self.drafts:
            return Found(text)
        if text in self.also:
            return Found(self.also[text])
        if len(text) in (SHORT, LONG) and (key := self._short.get(short_id(text))):
            return Found(key)
        keys = self._names.get(text)
        return Found(next(iter(keys)), "ambiguous_name" if len(keys) > 1 else "") if keys else None

    def named(self, name: str) -> list[str]:
        """The keys of all records of exactly this name."""
        return list(self._names.get(name, ()))

    def alike(self, text: str) -> list[str]:
        """The keys of all records whose name differs in case, accents, blanks or punctuation only; ids are like nothing."""
        bare = "" if looks_like_id(text) or is_email(text) else folded(text)
        return list(self._folded.get(bare, ())) if bare else []

    def is_missing_id(self, text: str) -> bool:
        """Whether a text that finds nothing is built like the ids of a table that is there: a record that is gone."""
        if self._shapes is None:
            told = (text for sheet in self._sheets for text in sheet.table.column(sheet.columns[f"{self.kind}.key"].column))
            self._shapes = {shape for cell in told for shape in _shapes(cleaned(cell))}
        return not self._shapes.isdisjoint(_shapes(text))


def _shapes(text: str) -> tuple[str, ...]:
    return shapes_of(short_id(text) or text)
