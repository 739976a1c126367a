"""Delimited text as rows of cells, each with the line on which it begins. Knows quotation marks, and no headers."""

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator

from bailiwick.exchange.reading import kinds, limits, refusals
from bailiwick.exchange.reading.delimiters import STAND_INS, Layout, layout_of
from bailiwick.exchange.reading.encodings import Encoding, encoding_of
from bailiwick.exchange.reading.quotes import opening_of
from bailiwick.exchange.reading.shaping import Grid
from bailiwick.exchange.rules.tables import Spoilt
from bailiwick.kit import Refused, say

MISFIT = say("The quotation marks of this row do not fit: one opens or closes in the middle of a cell.")


class Lines:
    """The lines of a text, remembered until the row that they make up is finished, so that they can be read again."""

    def __init__(self, name: str, stream: Iterator[str], delimiter: str, stand_in: str) -> None:
        self.name, self.stream, self.delimiter, self.stand_in = name, stream, delimiter, stand_in
        self.mark = stand_in or delimiter
        self.recent: list[str] = []
        self.again: deque[str] = deque()
        self.size, self.line = 0, 1

    def feed(self) -> Iterator[str]:
        """Line after line, for as long as a row may be."""
        while line := self.again.popleft() if self.again else next(self.stream, ""):
            if self.stand_in:
                line = line.replace(self.delimiter, self.stand_in)
            self.recent.append(line)
            self.size += len(line)
            if self.size > limits.ROW or len(self.recent) > limits.ROW_LINES:
                raise self.endless()
            yield line

    def begin(self) -> int:
        """The row is finished: the line on which it began."""
        line = self.line
        self.line += len(self.recent)
        self.recent.clear()
        self.size = 0
        return line

    def spoil(self) -> tuple[int, str]:
        """The row cannot be read: its first line is given up, the others are read again."""
        first, self.again = self.recent[0], deque([*self.recent[1:], *self.again])
        del self.recent[1:]
        return self.begin(), first

    def endless(self) -> Refused:
        """Why the row does not end: more cells than a table may have, or a cell that is never closed."""
        lines, cells = opening_of("".join(self.recent), self.mark)
        if cells > limits.COLUMNS:
            return refusals.too_many(self.name, refusals.COLUMNS, limits.COLUMNS)
        return refusals.long_cell(self.name, self.line + lines)


def grid_of(name: str, data: bytes) -> Grid:
    """The rows of a text file. Raises Refused where it is no table, has no end in a cell, or is beyond the limits."""
    encoding = encoding_of(name, data)
    prefix = _prefix(data, encoding)
    kinds.check_text(name, prefix)
    if max(data.count(b"\n"), data.count(b"\r")) > limits.LINES:
        raise refusals.too_many(name, refusals.LINES, limits.LINES)
    layout = layout_of(prefix, cut=len(data) > limits.PREFIX)
    if layout is None:
        raise refusals.no_table(name)
    lines = _lines(name, data, encoding, layout)
    grid = Grid(name, damaged=encoding.damaged)
    while _read(lines, layout, grid):
        if len(grid.spoilt) > limits.BROKEN:
            raise refusals.misquoted(name, grid.spoilt[0].line)
    if lines.stand_in:
        grid.rows = [tuple([cell.replace(lines.stand_in, layout.delimiter) for cell in row]) for row in grid.rows]
    return grid


def _prefix(data: bytes, encoding: Encoding) -> str:
    """The beginning as text; a letter that is cut in two at its end is left out."""
    return codecs.getincrementaldecoder(encoding.codec)("replace").decode(data[: limits.PREFIX])


def _lines(name: str, data: bytes, encoding: Encoding, layout: Layout) -> Lines:
    errors = "replace" if encoding.damaged else "strict"
    stream = io.TextIOWrapper(io.BytesIO(data), encoding.codec, errors=errors, newline="")
    stand_in = ""
    if len(layout.delimiter) > 1:
        plain = encoding.codec.removesuffix("-sig")
        stand_in = next((mark for mark in STAND_INS if mark.encode(plain, "replace") not in data), STAND_INS[0])
    lines = Lines(name, stream, layout.delimiter, stand_in)
    if layout.skip:
        lines.recent.append(next(stream))
        lines.begin()
    return lines


def _read(lines: Lines, layout: Layout, grid: Grid) -> bool:
    """Reads on until the end (False) or a row whose quotation marks do not fit (True), which is mended or put aside."""
    csv.field_size_limit(limits.CELL)
    try:
        for row in _reader(lines.feed(), lines.mark, layout):
            grid.add(lines.begin(), row)
    except csv.Error as error:
        if "expected after" not in str(error):
            raise lines.endless() from error
        line, text = lines.spoil()
        mended = _mended(text, lines.mark, layout)
        if mended:
            grid.add(line, mended)
        else:
            cells = text.rstrip("\r\n").replace(lines.mark, layout.delimiter).split(layout.delimiter)
            grid.spoilt.append(Spoilt(line, tuple(cells), MISFIT))
        return True
    return False


def _reader(lines: Iterable[str], mark: str, layout: Layout) -> Iterator[list[str]]:
    # A blank before a quotation mark is skipped, as it would be stripped anyway.
    escape = "\\" if layout.escape else None
    return csv.reader(lines, delimiter=mark, escapechar=escape, skipinitialspace=mark != " ", strict=True)


def _mended(text: str, mark: str, layout: Layout) -> list[str]:
    """The row of a line where nothing is wrong but blanks behind closing quotation marks; [] where more is."""
    tight = re.sub(rf'"[ \t]+(?={re.escape(mark)}|[\r\n]|\Z)', '"', text)
    try:
        return next(_reader([tight], mark, layout), []) if tight != text else []
    except csv.Error:
        return []
