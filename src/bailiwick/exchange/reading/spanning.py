"""Cells that stand for several rows although they are written once: merged ones, and the group of a report."""

import re
from collections.abc import Iterable, MutableSequence, Sequence
from typing import Any

from bailiwick.exchange.reading import refusals

Place = tuple[int, int]
Row = tuple[str, ...]
# Reports of Salesforce mark the columns by which they are grouped; the group stands in its first row alone.
GROUPED = re.compile(r".*\S\s*[↑↓]\Z")


def spread(name: str, rows: Sequence[MutableSequence[Any]], merged: Iterable[tuple[Place, Place]]) -> None:
    """What a merged cell says stands in all rows that it covers. A number is left where it is: for each of the rows it would
    count again.

    Raises Refused where merged cells cover each other, which no program writes.
    """
    left = sum(map(len, rows))
    for (top, column), (bottom, last) in merged:
        if column != last or top >= len(rows) or column >= len(rows[top]):
            continue
        value, below = rows[top][column], rows[top + 1 : bottom + 1]
        left -= len(below)
        if left < 0:
            raise refusals.damaged(name)
        if not isinstance(value, int | float):
            for row in below:
                row[column] = row[column] or value


def grouped(header: Sequence[str], rows: Sequence[Row]) -> list[Row]:
    """The rows with the group that they belong to, where a column of groups names it in the first of them only."""
    columns = [place for place, name in enumerate(header) if GROUPED.match(name)]
    if not columns:
        return list(rows)
    above = [""] * len(columns)
    filled = []
    for row in rows:
        cells = list(row)
        for at, place in enumerate(columns):
            # A new outer group begins its inner ones anew.
            if cells[place]:
                above[at:] = [cells[place], *[""] * (len(columns) - at - 1)]
            cells[place] = above[at]
        filled.append(tuple(cells))
    return filled
