"""What was given, as tables: each file by its kind, all together within the limits, no two under one name."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bailiwick.exchange.reading import kinds, limits, refusals
from bailiwick.exchange.reading.delimited import grid_of
from bailiwick.exchange.reading.shaping import table_of
from bailiwick.exchange.reading.sources import Source, sources
from bailiwick.exchange.rules.tables import Table
from bailiwick.kit import Refused, say


def read(paths: Sequence[Path]) -> list[Table]:
    """The tables in files, folders (not what lies deeper) and archives, in the order given and then by name.

    Raises Refused, naming the file, for one that is no table, is damaged or would do harm, and where nothing is left.
    """
    tables: list[Table] = []
    names: set[str] = set()
    cells = 0
    for source in sources(paths):
        for table in _tables(source):
            cells += len(table.rows) * len(table.columns)
            if cells > limits.CELLS:
                raise refusals.too_many(source.name, refusals.CELLS, limits.CELLS)
            tables.append(_renamed(table, names))
    if not tables:
        raise refusals.nothing(", ".join(path.name for path in paths) or str(say("what was given")))
    return tables


def _tables(source: Source) -> Iterator[Table]:
    try:
        kind = kinds.kind_of(source.name, source.data)
        if kind == "workbook":
            from bailiwick.exchange.reading.workbooks import tables_of

            yield from tables_of(source.name, source.data)
        elif kind == "parquet":
            from bailiwick.exchange.reading.parquet import table_in

            yield table_in(source.name, source.data)
        else:
            yield _text(source)
    except Refused as refusal:
        # A note to the reader that lies beside the tables is no reason to refuse them.
        if not (source.perhaps and refusal.code in ("no_table", "not_a_table_file", "empty_file")):
            raise


def _text(source: Source) -> Table:
    grid = grid_of(source.name, source.data)
    table = table_of(grid)
    if table is None:
        raise refusals.no_table(source.name) if grid.spoilt else refusals.empty(source.name)
    # One column is a list if it has rows; of a file that may just be a note, it is a note.
    if len(table.columns) == 1 and (source.perhaps or not table.rows):
        raise refusals.no_table(source.name)
    return table


def _renamed(table: Table, names: set[str]) -> Table:
    """The table under a name that no other has: two folders may hold a file of the same name."""
    name, n = table.name, 2
    while name in names:
        name, n = f"{table.name} ({n})", n + 1
    names.add(name)
    return table if name == table.name else replace(table, name=name)
