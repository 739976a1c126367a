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


@dataclass
class Hold:
    """One import under way. `ids` gives the row of each record by kind and key, `sides` the side of each person by key.

    `places` gives for each step of the source its place in the process in force; `changing` what waits to be changed, by
    kind; `kept` where rows stand in the source that people worked on here since; `since` is when the source begins.
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
    lines: Sequence[SalesLine] = ()
    contested: int = 0
    ids: dict[str, dict[str, UUID]] = field(default_factory=dict)
    sides: dict[str, Whose] = field(default_factory=dict)
    notes: list[tuple[Any, ...]] = field(default_factory=list)
    created: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    unchanged: dict[str, int] = field(default_factory=dict)
    changing: dict[str, list[tuple[Record, Taken]]] = field(default_factory=dict)
    kept: list[tuple[str, int]] = field(default_factory=list)

    def row(self, kind: str, key: str | None) -> UUID | None:
        """The row that stands for a record, None for no reference."""
        return self.ids.get(kind, {}).get(key) if key else None

    def side(self, person: str | None) -> Whose:
        """The side of a person by key; rows of nobody stand with the firm's first unit."""
        return self.sides.get(person or "") or self.home

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

    def met(self, record: Record, row: UUID, version: int) -> None:
        """A row that was here already stands for the record."""
        self.ids.setdefault(record.kind, {})[record.key] = row
        self.notes.append(self._note(record, row, version, made=False))

    def altered(self, record: Record, row: UUID, version: int, before: Mapping[str, Any]) -> None:
        """The row reads as the record says now; `before` is what it read until then."""
        written = json.loads(json.dumps(before, default=str))
        self.notes.append(self._note(record, row, version, made=False, before=written))
        self.changed[PLURAL[record.kind]] = self.changed.get(PLURAL[record.kind], 0) + 1

    def unchanged_more(self, records: Sequence[Record], count: int) -> None:
        """So many of these records say what they said before."""
        if count:
            name = PLURAL[records[0].kind]
            self.unchanged[name] = self.unchanged.get(name, 0) + count

    def _note(self, record: Record, row: UUID, version: int, *, made: bool, before: Any = None) -> tuple[Any, ...]:
        digests = key_digest(record), content_digest(record)
        return (new_id(), self.by.network, self.of.pk, record.kind, digests[0], row, digests[1], version, made, before)

    def write_notes(self) -> None:
        """What stands for what is kept for the next import and for undoing this one."""
        add_values(Taken, NOTE, self.notes)
