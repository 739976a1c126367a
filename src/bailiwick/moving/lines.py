"""Rows as lines of text, and lines as rows: both ways the store itself does it, so that what it holds is said exactly.

A line is one row as an object of JSON, as PostgreSQL writes it: its columns in the order of `tables`, days and instants by
ISO 8601 (instants in UTC), decimals as texts with all their places. Rows come in the order of their ids.
"""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db import connection

from bailiwick.moving.tables import Table

LONGEST = 32 * 1024 * 1024  # bytes in one line
AT_ONCE = 4 * 1024 * 1024  # bytes that go into the store by one statement


def lines_of(table: Table, network: UUID) -> Iterator[bytes]:
    """The rows of `network` in a table, one line each with its end. Nothing but the current row is held."""
    columns = ", ".join(column.written for column in table.columns)
    statement = (
        f'COPY (SELECT row_to_json(told) FROM (SELECT {columns} FROM "{table.name}" '  # noqa: S608 - names of our own
        f"WHERE \"{table.network}\" = '{network}' ORDER BY id) told) TO STDOUT"
    )
    with connection.cursor() as cursor, cursor.copy(statement) as rows:
        for row in rows:
            # Of all that COPY marks with a backslash, JSON holds only backslashes: it writes line ends and the like itself.
            yield bytes(row).replace(b"\\\\", b"\\")


def take_lines(table: Table, lines: Iterable[bytes], **more: str) -> None:
    """The rows of these lines are stored; columns named in `more` have that value.

    Whether they are what they should be is not judged here: what does not fit the table raises what the driver raises,
    and whoever calls reads the rows again.
    """
    names = [column.name for column in table.columns]
    told = ", ".join(f'told."{name}"' for name in names)
    columns = ", ".join(f'"{name}"' for name in (*names, *more))
    statement = (
        f'INSERT INTO "{table.name}" ({columns}) SELECT {told}{", %s" * len(more)} '  # noqa: S608 - names of our own
        f"FROM string_to_table(%s, E'\\n') AS line, json_populate_record(NULL::\"{table.name}\", line::json) AS told"
    )
    with connection.cursor() as cursor:
        for column in table.leads_to_itself:  # a row may come before the one that it leads to
            cursor.execute(f'SET CONSTRAINTS "{table.name}_{column}_in_network" DEFERRED')
        for text in _batches(lines):
            cursor.execute(statement, [*more.values(), text])


def check_keys() -> None:
    """Every row that a row leads to is there: the keys whose check was put off are checked now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _batches(lines: Iterable[bytes]) -> Iterator[str]:
    held: list[bytes] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= AT_ONCE:
            yield _text(held)
            held, size = [], 0
    if held:
        yield _text(held)


def _text(held: list[Any]) -> str:
    return b"".join(held).decode().removesuffix("\n")
