"""Refused rows as a file: the source's own columns, the line and the reason, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path
from typing import TextIO

from bailiwick.exchange.rules.records import RefusedRow
from bailiwick.exchange.rules.tables import Table

LONGEST_NAME = 80  # bytes: file systems take 255 for all of it
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_refused(tables: Sequence[Table], rows: Sequence[RefusedRow], file: Path) -> list[Path]:
    """One file for each table with refused rows; with several the table's name is in the file's. Returns what was written."""
    columns = {table.name: table.columns for table in tables}
    by_table: dict[str, list[RefusedRow]] = {}
    for row in rows:
        by_table.setdefault(row.table, []).append(row)
    paths = _paths(list(by_table), file)
    for path, (name, refused) in zip(paths, by_table.items(), strict=True):
        with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as out:
            write_rows(out, columns.get(name, ()), ((row.line, str(row.reason), row.cells) for row in refused))
    return paths


def _paths(tables: Sequence[str], file: Path) -> list[Path]:
    if len(tables) < 2:
        return [file for _ in tables]
    found: list[Path] = []
    for name in tables:
        stem = f"{file.stem}.{file_name(Path(name).stem)}"
        paths = (file.with_name(f"{stem}{f' {n}' if n > 1 else ''}{file.suffix or '.csv'}") for n in count(1))
        found.append(next(path for path in paths if path not in found))
    return found


def file_name(name: str) -> str:
    """A name that stands in a folder, whatever it is made of.

    >>> file_name("a/b: c?"), file_name(".."), file_name("Übersicht 2026")
    ('a_b_ c_', '_', 'Übersicht 2026')
    """
    kept = "".join(letter if letter.isalnum() or letter in " -_.()" else "_" for letter in name).strip(" .")
    return kept.encode("utf-8", "replace")[:LONGEST_NAME].decode("utf-8", "ignore") or "_"


def write_rows(out: TextIO, columns: Sequence[str], rows: Iterable[tuple[int, str, Sequence[str]]]) -> None:
    """A header and the rows of (line, reason, cells); the import knows both columns and leaves them out."""
    writer = csv.writer(out)
    writer.writerow([*map(harmless, columns), "refused_line", "refused_because"])
    for line, reason, cells in rows:
        writer.writerow([*map(harmless, cells), line, harmless(reason)])


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; the import takes the mark away again."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
