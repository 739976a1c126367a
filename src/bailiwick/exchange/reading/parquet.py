"""Parquet files, read by DuckDB from memory; DuckDB is only loaded when such a file comes."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bailiwick.exchange.reading import limits, refusals
from bailiwick.exchange.reading.plain import plain
from bailiwick.exchange.reading.shaping import Grid, shaped
from bailiwick.exchange.rules.tables import Table

if TYPE_CHECKING:
    import duckdb

# How many cells are fetched at a time.
BATCH = 200_000
# Types whose text is short, whatever stands in them.
SHORT = frozenset(
    "BOOLEAN TINYINT SMALLINT INTEGER BIGINT HUGEINT UTINYINT USMALLINT UINTEGER UBIGINT FLOAT DOUBLE DECIMAL DATE TIME UUID"
    " TIMESTAMP TIMESTAMP_S TIMESTAMP_MS TIMESTAMP_NS".split()
)
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "1GB",
    "threads": 2,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def table_in(name: str, data: bytes) -> Table:
    """The table of a Parquet file; its columns are named, so that there is no header to find and row 1 is line 1.

    Raises Refused where DuckDB is missing, the file does not open, or it has more or larger cells than a table may have.
    """
    try:
        import duckdb
    except ImportError as error:
        raise refusals.no_duckdb(name) from error
    grid = Grid(name)
    try:
        with duckdb.connect(":memory:", config=SETTINGS) as connection, _placed(data) as place:
            columns = _columns(name, connection, place)
            _check_texts(name, connection, place, list(columns.values()))
            _fill(grid, connection, place, list(columns.values()))
    except (duckdb.Error, UnicodeDecodeError, OverflowError, ValueError) as error:
        raise refusals.damaged(name) from error
    return shaped(grid, list(columns))


def _columns(name: str, connection: "duckdb.DuckDBPyConnection", place: str) -> dict[str, str]:
    """The columns with their types, once there are known to be no more of them, and of rows, than a table may have."""
    count = connection.execute("SELECT sum(num_rows) FROM parquet_file_metadata($place)", {"place": place}).fetchone()
    rows = int(count[0] or 0) if count else 0
    told = connection.execute("DESCRIBE SELECT * FROM read_parquet($place)", {"place": place}).fetchall()
    if rows > limits.ROWS:
        raise refusals.too_many(name, refusals.ROWS, limits.ROWS)
    if len(told) > limits.COLUMNS:
        raise refusals.too_many(name, refusals.COLUMNS, limits.COLUMNS)
    if rows * len(told) > limits.CELLS:
        raise refusals.too_many(name, refusals.CELLS, limits.CELLS)
    return {str(column[0]): str(column[1]) for column in told}


def _check_texts(name: str, connection: "duckdb.DuckDBPyConnection", place: str, types: list[str]) -> None:
    """Raises Refused for texts too long: a file may name one text once and repeat it a million times by its number."""
    texts = [at for at, kind in enumerate(types, start=1) if kind.split("(")[0] not in SHORT]
    if not texts:
        return
    sizes = ", ".join(f"max(strlen(#{at}::VARCHAR)), sum(strlen(#{at}::VARCHAR))" for at in texts)
    found = connection.execute(f"SELECT {sizes} FROM read_parquet($place)", {"place": place}).fetchone()  # noqa: S608 - numbers
    longest, total = max(size or 0 for size in (found or (0,))[0::2]), sum(size or 0 for size in (found or (0, 0))[1::2])
    if longest > limits.CELL:
        raise refusals.too_many(name, refusals.IN_ONE_CELL, limits.CELL)
    if total > limits.CHARACTERS:
        raise refusals.too_many(name, refusals.CHARACTERS, limits.CHARACTERS)


def _fill(grid: Grid, connection: "duckdb.DuckDBPyConnection", place: str, types: list[str]) -> None:
    """All rows as text. DuckDB writes it, but for fractions, which it would give an exponent."""
    fractions = [at for at, kind in enumerate(types) if kind in ("DOUBLE", "FLOAT")]
    cells = ", ".join(_cell(at, kind) for at, kind in enumerate(types, start=1))
    # Columns go by their numbers: no name from the file becomes part of the question.
    result = connection.execute(f"SELECT {cells} FROM read_parquet($place)", {"place": place})  # noqa: S608
    line = 1
    while batch := result.fetchmany(max(1, BATCH // len(types))):
        for row in batch:
            texts = list(row)
            for at in fractions:
                texts[at] = plain(texts[at])
            grid.add(line, texts)
            line += 1


def _cell(at: int, kind: str) -> str:
    if kind in ("DOUBLE", "FLOAT"):
        return f"#{at}"
    return f"coalesce(#{at}::INT::VARCHAR, '')" if kind == "BOOLEAN" else f"coalesce(#{at}::VARCHAR, '')"


@contextmanager
def _placed(data: bytes) -> Iterator[str]:
    """A name of ours under which DuckDB finds the bytes: a given name might be a pattern of many files to it."""
    if hasattr(os, "memfd_create"):
        number = os.memfd_create("parquet")
        with os.fdopen(number, "wb") as file:
            file.write(data)
            file.flush()
            yield f"/proc/self/fd/{number}"
    else:
        with tempfile.TemporaryDirectory() as folder:
            place = os.path.join(folder, "table.parquet")
            with open(place, "wb") as file:
                file.write(data)
            yield place
