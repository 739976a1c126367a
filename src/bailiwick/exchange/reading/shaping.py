"""Rows of cells as a table: its header, its width, and the rows that do not fit into it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bailiwick.exchange.reading import headers, limits, refusals
from bailiwick.exchange.reading.remarks import without_remarks
from bailiwick.exchange.reading.spanning import grouped
from bailiwick.exchange.rules.tables import Spoilt, Table
from bailiwick.kit import Sentence, say

# Lines with a title, a date, an empty cell above the header; more are no title any more.
LONGEST_PREAMBLE = 20
GUARDED = ("'=", "'+", "'-", "'@")
REPLACED = "\ufffd"
Row = tuple[str, ...]
# What is never meant at the ends of a cell: also how DOS ends a file, and the mark that stands where another file was put
# behind the first.
BLANK = " \t\x1a\ufeff"
# Signs that no screen shows and that turn round what stands behind them: a name with one reads as another.
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
# A table may have rows that do not fit; what has more of them than others is none.
FEW_SPOILT = 20
AGAIN = say("The header of the table comes again.")
UNREADABLE = say("Some letters of this row cannot be read: the file was damaged or put together from two encodings.")


@dataclass(slots=True)
class Grid:
    """Rows as they come out of a file, not yet of one width. `damaged` text may hold letters that could not be read."""

    name: str
    rows: list[Row] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    spoilt: list[Spoilt] = field(default_factory=list)
    damaged: bool = False
    cells: int = 0

    def add(self, line: int, row: Sequence[str]) -> None:
        """Takes in a row that is not blank. Raises Refused beyond the limits."""
        if len(row) > limits.COLUMNS:
            raise refusals.too_many(self.name, refusals.COLUMNS, limits.COLUMNS)
        # Tuples of text, which the collector of garbage need not look into again.
        stripped = tuple([cell.strip(BLANK) for cell in row])
        whole = "".join(stripped)
        if not whole:
            return
        if not whole.isascii() and TURNS.search(whole):
            stripped = tuple([TURNS.sub("", cell) for cell in stripped])
        self.cells += len(row)
        if self.cells > limits.CELLS:
            raise refusals.too_many(self.name, refusals.CELLS, limits.CELLS)
        if len(self.rows) >= limits.ROWS:
            raise refusals.too_many(self.name, refusals.ROWS, limits.ROWS)
        self.rows.append(stripped)
        self.lines.append(line)


def table_of(grid: Grid) -> Table | None:
    """The table in the rows, None where there is no row at all."""
    _preamble(grid)
    if not grid.rows:
        return None
    first = _unended(grid.rows[0])
    if not headers.is_header(first, grid.rows[1:]):
        return shaped(grid, [], headed=False)
    del grid.rows[0], grid.lines[0]
    return shaped(grid, first)


def shaped(grid: Grid, first: list[str], headed: bool = True) -> Table:
    """The table of rows below the names in `first`, or below none."""
    grid.rows, grid.lines, remarks = without_remarks(grid.rows, grid.lines, tuple(first))
    grid.spoilt += remarks
    width = _width(grid.rows, len(first), headed)
    rows, lines = _fitting(grid, tuple(first), width)
    rows = grouped(first, rows)
    kept = _kept(first, rows, width)
    names = headers.names_of(first, width)
    if len(kept) < width:
        rows = [tuple([row[at] for at in kept]) for row in rows]
    spoilt = tuple(sorted(grid.spoilt, key=lambda row: row.line))
    return Table(grid.name, tuple(names[at] for at in kept), rows, lines, headed, spoilt)


def _preamble(grid: Grid) -> None:
    """Puts aside the few lines with a title or a date that stand above a table."""
    usual = _usual(grid.rows[: headers.SAMPLE])
    if usual < headers.NARROWEST:
        return
    above = 0
    while above < min(LONGEST_PREAMBLE, len(grid.rows) - 1) and len(_filled(grid.rows[above])) * 2 < usual:
        above += 1
    reason = say("This line stands above the header of the table.")
    titles = zip(grid.lines[:above], grid.rows[:above], strict=True)
    grid.spoilt += [Spoilt(line, row, reason, beside=True) for line, row in titles]
    del grid.rows[:above], grid.lines[:above]


def _usual(rows: Sequence[Row]) -> int:
    """How wide most rows are; where most are remarks, how wide the header is that stands over a row of values."""
    widths = Counter(len(_unended(row)) for row in rows).most_common(1)
    if widths and widths[0][0] < headers.NARROWEST:
        place = next((at for at, row in enumerate(rows[:-1]) if len(_filled(row)) >= headers.NARROWEST), None)
        if place is not None and headers.stands_over(_unended(rows[place]), _unended(rows[place + 1])):
            return len(_unended(rows[place]))
    return widths[0][0] if widths else 0


def _width(rows: Sequence[Row], named: int, headed: bool) -> int:
    """As many columns as are named; more where most rows say so."""
    if not rows:
        return named
    usual = Counter(map(len, rows)).most_common(1)[0][0]
    return max(named, usual) if headed else usual


def _fitting(grid: Grid, first: Row, width: int) -> tuple[list[Row], list[int]]:
    """The rows that have, or can be given, the width; the others are put aside, each with the reason."""
    empty_from = _often_empty_from(grid.rows, width)
    rows: list[Row] = []
    lines: list[int] = []
    for line, cells in zip(grid.lines, grid.rows, strict=True):
        reason, row = None, cells
        if len(cells) != width:
            bare = _unended(cells)
            # One cell too many, where the last column is often empty: a mark inside a cell may have shifted the others.
            shifted = len(cells) > width > empty_from
            reason = _misfit(len(cells) if shifted else len(bare), width, empty_from)
            row = (*bare, *[""] * (width - len(bare)))
        if first and row[: len(first)] == first:
            reason = AGAIN
        elif grid.damaged and any(REPLACED in cell for cell in row):
            reason = UNREADABLE
        if reason:
            grid.spoilt.append(Spoilt(line, cells, reason, beside=reason is AGAIN))
        else:
            rows.append(row)
            lines.append(line)
    if len(grid.spoilt) > max(FEW_SPOILT, len(rows)):
        raise refusals.no_table(grid.name)
    return _unguarded(rows), lines


def _unguarded(rows: list[Row]) -> list[Row]:
    """Without the apostrophe that keeps a spreadsheet from taking a text for a formula: exports of ours have it."""
    guarded = [at for at, row in enumerate(rows) if "'" in "".join(row)]
    for at in guarded:
        rows[at] = tuple([cell[1:] if cell.startswith(GUARDED) else cell for cell in rows[at]])
    return rows


def _misfit(cells: int, width: int, empty_from: int) -> Sentence | None:
    """Why a row of so many cells is none of the table. Cells that are empty in many rows may simply not be written."""
    if empty_from <= cells <= width:
        return None
    return say("The table has %(width)s columns, but this row has cells for %(cells)s.", width=width, cells=cells)


def _often_empty_from(rows: Sequence[Row], width: int) -> int:
    """From which column on cells may be missing: those that are empty, or not written, in many rows; never half of them."""
    if not rows:
        return 0
    many = max(2, len(rows) // 10)
    at = width
    while at > width // 2 + 1 and sum(1 for row in rows if len(row) < at or not row[at - 1]) >= many:
        at -= 1
    return at


def _kept(first: Sequence[str], rows: Sequence[Row], width: int) -> list[int]:
    """The columns but those without a name and a value: a delimiter at the end of each line makes one."""
    last = next((at for at in range(width, 0, -1) if at <= len(first) or any(row[at - 1] for row in rows)), 0)
    return [at for at in range(last) if not first or (at < len(first) and first[at]) or any(row[at] for row in rows)]


def _unended(row: Sequence[str]) -> list[str]:
    """The row up to its last filled cell."""
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return list(row[:end])


def _filled(row: Sequence[str]) -> list[str]:
    return [cell for cell in row if cell]
