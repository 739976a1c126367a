"""What comes of tables under a mapping: records, and everything that has to be told about the rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bailiwick.kit import Sentence


@dataclass(frozen=True, slots=True)
class Record:
    """One thing to take in. `key` tells it from others of its kind in the same source, and stays the same next time.

    `values` are typed (str, date, Decimal, bool) under the short names of the targets; a reference holds the key of the
    record it refers to, which is there too. `table` and `line` say where it was read first; line 0 is a record that other
    rows imply (the company that a deal names and no table lists).
    """

    kind: str
    key: str
    table: str
    line: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that is not taken in, with the reason and its cells as they stood in the source."""

    table: str
    line: int
    reason: Sentence
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should know about the data. `kind` is a stable name in snake case; `examples` are (table, line)."""

    kind: str
    sentence: Sentence
    rows: int
    examples: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What would come of an import. Of the rows of the tables that are used: accepted + refused + duplicates = rows.

    `records` hold each kind after those it refers to. A duplicate is a row that says again what a row before it said.
    `as_of` is the newest day on which something happened, never after the day it is asked on; `since` the oldest.
    """

    rows: int
    accepted: int
    duplicates: int
    records: Mapping[str, Sequence[Record]]
    refused: tuple[RefusedRow, ...] = ()
    findings: tuple[Finding, ...] = ()
    as_of: date | None = None
    since: date | None = None
