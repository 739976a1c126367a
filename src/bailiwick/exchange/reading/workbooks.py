"""Excel workbooks: every sheet is a table. Each member is read and checked here before the reader of workbooks sees it."""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import python_calamine

from bailiwick.exchange.reading import archives, limits, refusals
from bailiwick.exchange.reading.plain import plain
from bailiwick.exchange.reading.shaping import Grid, table_of
from bailiwick.exchange.reading.spanning import spread
from bailiwick.exchange.rules.tables import Table
from bailiwick.kit import Refused, Sentence, say

EMPTY = say("It is an empty sheet.")
HIDDEN = say("It is a hidden sheet; show it in Excel and save the workbook if it belongs to the export.")
NO_CELLS = say("It holds a chart or a program and no cells.")
NO_TABLE = say("Its lines do not part into the same cells.")
# A cell's place, wherever its tag says so.
PLACE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{1,9})(\d{1,9})[\"']")
# A cell with an error such as #N/A: told to be text, the reader hands on what stands in it.
ERROR = re.compile(rb"(<(?:\w+:)?c\s[^<>]*?\bt\s*=\s*[\"'])e([\"'])")
SHARED = re.compile(rb"<(?:\w+:)?si\b")
SHARED_CELL = re.compile(rb"\bt\s*=\s*[\"']s[\"'][^<>]*>\s*<(?:\w+:)?v[^<>]*>\s*(\d{1,9})\s*<")


def tables_of(name: str, data: bytes) -> Iterator[Table]:
    """The tables of a workbook's sheets, numbered by the rows of the sheet; a sheet that is not read says why.

    Raises Refused for a workbook that is damaged, would burst, shows no table, or has more or larger cells than a table may
    have.
    """
    workbook = _opened(name, _rebuilt(name, data))
    tables = [_table(f"{name}: {sheet.name}", workbook, sheet) for sheet in workbook.sheets_metadata]
    read = sum(1 for table in tables if not table.unread)
    if not read:
        raise refusals.nothing_shown(name) if any(table.unread is HIDDEN for table in tables) else refusals.empty(name)
    for table in tables:
        yield replace(table, name=name) if read == 1 and not table.unread else table


def _table(name: str, workbook: python_calamine.CalamineWorkbook, sheet: python_calamine.SheetMetadata) -> Table:
    """The table of a sheet, or why there is none."""
    if sheet.typ != python_calamine.SheetTypeEnum.WorkSheet:
        return _unread(name, NO_CELLS)
    # What somebody hid is an older state, a list of choices, a calculation: it would come in without being seen.
    if sheet.visible != python_calamine.SheetVisibleEnum.Visible:
        return _unread(name, HIDDEN)
    try:
        return table_of(_grid(name, workbook, sheet.name)) or _unread(name, EMPTY)
    except Refused as refusal:
        if refusal.code != "no_table":
            raise
        return _unread(name, NO_TABLE)


def _unread(name: str, why: Sentence) -> Table:
    return Table(name, (), [], [], unread=why)


def _rebuilt(name: str, data: bytes) -> bytes:
    """The workbook with only the parts that hold cells, unpacked: what is opened next is what was checked here."""
    kept = io.BytesIO()
    shared: list[int] = []
    sheets = []
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as archive:
        for member, content in archives.members(name, data, _holds_cells):
            if "/worksheets/" in member:
                _check_places(name, content)
                sheets.append(content)
                content = ERROR.sub(rb"\1str\2", content)  # noqa: PLW2901 - the sheet as it is handed on
            elif member.lower().endswith("sharedstrings.xml"):
                starts = [match.start() for match in SHARED.finditer(content)]
                shared = [end - start for start, end in zip(starts, [*starts[1:], len(content)], strict=True)]
            archive.writestr(member, content)
    _check_repeats(name, sheets, shared)
    return kept.getvalue()


def _holds_cells(member: str) -> bool:
    if not member.endswith((".xml", ".rels")):
        return False
    return member.startswith(("[Content_Types]", "_rels/", "xl/worksheets/", "xl/_rels/")) or member.count("/") == 1


def _check_places(name: str, sheet: bytes) -> None:
    """Raises Refused where a cell stands so far off that the empty ones between would fill the memory."""
    columns: set[bytes] = set()
    rows = cells = 0
    for match in PLACE.finditer(sheet):
        cells += 1
        columns.add(match[1])
        rows = max(rows, int(match[2]))
    width = max((_column(letters) for letters in columns), default=0)
    if width > limits.COLUMNS:
        raise refusals.too_many(name, refusals.COLUMNS, limits.COLUMNS)
    if rows > limits.ROWS:
        raise refusals.too_many(name, refusals.ROWS, limits.ROWS)
    if width * rows > limits.CELLS or width * rows > max(limits.SPARSE_CELLS, cells * limits.SPARSENESS):
        raise refusals.far_cell(name, rows)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _check_repeats(name: str, sheets: list[bytes], shared: list[int]) -> None:
    """Raises Refused where cells repeat long shared texts so often that they would fill the memory."""
    longest = max(shared, default=0)
    if sum(sheet.count(b"<") for sheet in sheets) * longest <= limits.CHARACTERS:
        return
    total = 0
    for sheet in sheets:
        for match in SHARED_CELL.finditer(sheet):
            at = int(match[1])
            total += shared[at] if at < len(shared) else 0
            if total > limits.CHARACTERS:
                raise refusals.bursting(name)


def _opened(name: str, data: bytes) -> python_calamine.CalamineWorkbook:
    with _told_as_damage(name):
        return python_calamine.load_workbook(io.BytesIO(data))


@contextmanager
def _told_as_damage(name: str) -> Iterator[None]:
    """Whatever the reader of workbooks stumbles over is damage; where it panics, that is no Exception to Python."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        raise refusals.damaged(name) from error


def _grid(name: str, workbook: python_calamine.CalamineWorkbook, sheet: str) -> Grid:
    grid = Grid(name)
    with _told_as_damage(name):
        opened = workbook.get_sheet_by_name(sheet)
        rows, merged = opened.to_python(skip_empty_area=False), opened.merged_cell_ranges or ()
    spread(name, rows, merged)
    for line, row in enumerate(rows, start=1):
        cells = [plain(value) for value in row]
        if any(len(cell) > limits.CELL for cell in cells):
            raise refusals.long_cell(name, line)
        grid.add(line, cells)
    return grid
