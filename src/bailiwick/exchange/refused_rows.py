"""Refused rows as a file: the source's own columns, the line and the reason, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from bailiwick.exchange.rules.records import RefusedRow
from bailiwick.exchange.rules.tables import Table

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_refused(tables: Sequence[Table], rows: Sequence[RefusedRow], file: Path) -> list[Path]:
    """One file for each table with refused rows; with several the table's name is in the file's. Returns what was written."""
    columns = {table.name: table.columns for table in tables}
    by_table = {name: [row for row in rows if row.table == name] for name in dict.fromkeys(row.table for row in rows)}
    written = []
    for name, refused in by_table.items():
        path = file if len(by_table) == 1 else file.with_name(f"{file.stem}.{Path(name).stem}{file.suffix or '.csv'}")
        with path.open("w", encoding="utf-8-sig", newline="") as out:
            write_rows(out, columns.get(name, ()), ((row.line, str(row.reason), row.cells) for row in refused))
        written.append(path)
    return written


def write_rows(out: TextIO, columns: Sequence[str], rows: Iterable[tuple[int, str, Sequence[str]]]) -> None:
    """A header and the rows of (line, reason, cells); the import knows both columns and leaves them out."""
    writer = csv.writer(out)
    writer.writerow([*map(harmless, columns), "refused_line", "refused_because"])
    for line, reason, cells in rows:
        writer.writerow([*map(harmless, cells), line, reason])


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; the import takes the mark away again."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
