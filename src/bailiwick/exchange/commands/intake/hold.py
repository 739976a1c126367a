"""What one import knows while it runs: who acts, which rows stand for which records, and what it has made."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from bailiwick.exchange.matching import PLURAL, content_digest, key_digest
from bailiwick.exchange.models import Import, Taken
from bailiwick.exchange.rules.records import Record
from bailiwick.kit import Actor
from bailiwick.network.models import Unit
from bailiwick.offer.models import SalesLine
from bailiwick.tenancy.adding import add_values
from bailiwick.tenancy.models import new_id
from bailiwick.territories.commands import Whose

Progress = Callable[[int], None]


NOTE = ("id", "network_id", "of_id", "kind", "key", "row", "content", "version", "made", "before")


def is_past(record: Record) -> bool:
    """Whether an opportunity, lead or activity is over and done with."""
    if record.kind == "opportunity":
        return bool(record.values["outcome"] != "open")
    return bool(record.values["day" if record.kind == "activity" else "closed"])


@dataclass
class Hold:
    """One import under way. `ids` gives the row of each record by kind and key, `sides` the side of each person by key,
    `former` where those stood who have no role here any more.

    `places` gives for each step of the source its place in the process in force; `changing` what waits to be changed, by
    kind; `masters` who is master of which field, `moved` the day on which a deal moved that stands elsewhere than in the export
    before; `kept` where rows stand in the source that people worked on here since; `since` is when the source begins.
    """

    by: Actor
    now: datetime
    of: Import
    root: Unit
    as_of: date
    since: datetime
    currency: str
    progress: Progress
    places: Mapping[int, int] = field(default_factory=dict)
    step_names: Sequence[str] = ()
    masters: Mapping[str, str] = field(default_factory=dict)
    moved: date | None = None
    lines: Sequence[SalesLine] = ()
    contested: int = 0
    opened_on: bool = False
    ids: dict[str, dict[str, UUID]] = field(default_factory=dict)
    sides: dict[str, Whose] = field(default_factory=dict)
    former: dict[str, Whose] = field(default_factory=dict)
    notes: list[tuple[Any, ...]] = field(default_factory=list)
    created: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    unchanged: dict[str, int] = field(default_factory=dict)
    here_already: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    changing: dict[str, list[tuple[Record, Taken]]] = field(default_factory=dict)
    kept: list[tuple[str, int]] = field(default_factory=list)

    def row(self, kind: str, key: str | None) -> UUID | None:
        """The row that stands for a record, None for no reference."""
        return self.ids.get(kind, {}).get(key) if key else None

    def side(self, person: str | None, past: bool = False) -> Whose:
        """The side of a person by key, of nobody where there is none. Those who left keep what is past, and get nothing new."""
        key = person or ""
        return self.sides.get(key) or (self.former.get(key) if past else None) or self.sides.get("") or self.home

    def belongs(self, record: Record) -> bool:
        """Whether the owner of an opportunity, lead or activity is somebody who can have it."""
        owner = record.values["owner"]
        return bool(owner) and (owner in self.sides or (is_past(record) and owner in self.former))

    @property
    def home(self) -> Whose:
        """The firm's own side, of no person."""
        return Whose(unit=self.root.pk, person=None, organization=self.root.organization_id, zone=self.root.zone)

    def made(self, kind: str, records: Sequence[Record], rows: Iterable[Any]) -> None:
        """These rows stand for these records from now on, made by this import."""
        pairs = list(zip(records, rows, strict=True))
        self.ids.setdefault(kind, {}).update((record.key, row.pk) for record, row in pairs)
        self.notes += [self._note(record, row.pk, row.version, made=True) for record, row in pairs]
        if pairs:
            self.created[PLURAL[kind]] = self.created.get(PLURAL[kind], 0) + len(pairs)

    def also_made(self, kind: str, rows: Iterable[Any]) -> None:
        """Rows that no record stands for and that go with the import when it is undone: units, price lists."""
        for row in rows:
            key = hashlib.sha256(str(row.pk).encode()).hexdigest()
            self.notes.append((new_id(), self.by.network, self.of.pk, kind, key, row.pk, "", 1, True, None))

    def met(self, record: Record, row: UUID) -> None:
        """A row that was here already stands for the record; what it says is the people's who entered it."""
        self.ids.setdefault(record.kind, {})[record.key] = row
        self.notes.append(self._note(record, row, 0, made=False))
        self.more(self.here_already, [record], 1)

    def altered(self, record: Record, row: UUID, version: int, before: Mapping[str, Any]) -> None:
        """The row reads as the record says now; `before` is what it read until then."""
        written = json.loads(json.dumps(before, default=str))
        self.notes.append(self._note(record, row, version, made=False, before=written))
        self.changed[PLURAL[record.kind]] = self.changed.get(PLURAL[record.kind], 0) + 1

    def more(self, counts: dict[str, int], records: Sequence[Record], count: int) -> None:
        """So many of these records go into a count of the report."""
        if count:
            name = PLURAL[records[0].kind]
            counts[name] = counts.get(name, 0) + count

    def _note(self, record: Record, row: UUID, version: int, *, made: bool, before: Any = None) -> tuple[Any, ...]:
        digests = key_digest(record), content_digest(record)
        return (new_id(), self.by.network, self.of.pk, record.kind, digests[0], row, digests[1], version, made, before)

    def write_notes(self) -> None:
        """What stands for what is kept for the next import and for undoing this one."""
        add_values(Taken, NOTE, self.notes)
