"""How workbooks and Parquet files become tables, and which of them are refused."""

import io
import os
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from bailiwick.exchange import reading
from bailiwick.exchange.reading import limits
from bailiwick.kit import Refused


def book(path: Path, fill: Callable[[xlsxwriter.Workbook], object]) -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        fill(workbook)
    return path


def deals(workbook: xlsxwriter.Workbook) -> None:
    sheet = workbook.add_worksheet("Deals")
    day, moment = workbook.add_format({"num_format": "yyyy-mm-dd"}), workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet.write_row(0, 0, ["Name", "Day", "When", "Amount", "Count", "Ok", "Wrong", "Hour"])
    for row in (1, 2):
        sheet.write(row, 0, " Frame ")
        sheet.write_datetime(row, 1, date(2016, 10, 20), day)
        sheet.write_datetime(row, 2, datetime(2016, 10, 20, 13), moment)
        sheet.write(row, 3, 0.1 + 0.2)
        sheet.write(row, 4, 7)
        sheet.write(row, 5, True)
        sheet.write_formula(row, 6, "=1/0", None, "#DIV/0!")
        sheet.write_datetime(row, 7, time(3, 4), workbook.add_format({"num_format": "hh:mm"}))


def two_rows(workbook: xlsxwriter.Workbook, name: str) -> None:
    sheet = workbook.add_worksheet(name)
    for at, row in enumerate((["name", "n"], ["A", 1], ["B", 2.5])):
        sheet.write_row(at + 2, 0, row)


def changed(path: Path, member: str, change: Callable[[bytes], bytes]) -> Path:
    new = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in old.namelist():
            archive.writestr(name, change(old.read(name)) if name == member else old.read(name))
    path.write_bytes(new.getvalue())
    return path


def code_of(path: Path) -> str:
    with pytest.raises(Refused) as refusal:
        reading.read([path])
    assert refusal.value.sentence
    assert refusal.value.remedy
    return refusal.value.code


def test_cells_of_a_workbook_are_written_plainly(tmp_path: Path) -> None:
    (table,) = reading.read([book(tmp_path / "book.xlsx", deals)])
    assert table.name == "book.xlsx"
    assert table.rows[0] == ("Frame", "2016-10-20", "2016-10-20 13:00:00", "0.3", "7", "1", "#DIV/0!", "03:04:00")


def test_each_sheet_is_a_table_and_rows_are_numbered_as_in_the_sheet(tmp_path: Path) -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        two_rows(workbook, "Deals")
        workbook.add_worksheet("Empty")
        two_rows(workbook, "Täg & more")

    tables = reading.read([book(tmp_path / "book.xlsx", fill)])
    assert [table.name for table in tables if not table.unread] == ["book.xlsx: Deals", "book.xlsx: Täg & more"]
    assert [str(table.unread) for table in tables if table.unread] == ["It is an empty sheet."]
    assert (tables[0].rows, list(tables[0].lines)) == ([("A", "1"), ("B", "2.5")], [4, 5])


def test_a_workbook_is_known_by_its_content(tmp_path: Path) -> None:
    path = book(tmp_path / "book.xlsx", deals).rename(tmp_path / "deals.csv")
    assert len(reading.read([path])[0].rows) == 2


def test_a_sheet_with_a_cell_in_the_last_corner_is_refused(tmp_path: Path) -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        workbook.add_worksheet().write(1_048_575, 1_000, "far")

    assert code_of(book(tmp_path / "book.xlsx", fill)) == "far_cell"


def test_a_long_text_repeated_by_its_number_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CHARACTERS", 1_000_000)

    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        for row in range(100):
            sheet.write_string(row, 0, "x" * 30_000)

    assert code_of(book(tmp_path / "book.xlsx", fill)) == "archive_bomb"


def test_a_workbook_made_to_burst_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "book.xlsx", deals)
    assert code_of(changed(path, "xl/worksheets/sheet1.xml", lambda sheet: sheet + b" " * 50_000_000)) == "archive_bomb"


@pytest.mark.parametrize("member", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_a_damaged_workbook_is_refused(member: str, tmp_path: Path) -> None:
    path = changed(book(tmp_path / "book.xlsx", deals), member, lambda content: content[: len(content) // 2])
    assert code_of(path) in ("damaged_file", "empty_file")


def test_a_workbook_without_cells_is_refused(tmp_path: Path) -> None:
    assert code_of(book(tmp_path / "book.xlsx", lambda workbook: workbook.add_worksheet())) == "empty_file"


def parquet(path: Path, query: str) -> Path:
    duckdb.connect().execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    return path


def test_cells_of_a_parquet_file_are_written_plainly(tmp_path: Path) -> None:
    query = """SELECT 1 AS whole, 'x' AS text, NULL AS nothing, 1.5::DOUBLE AS fraction, 1e20::DOUBLE AS large, true AS ok,
        TIMESTAMP '2016-10-20 13:00:00' AS moment, DATE '2016-10-20' AS day, 12.50::DECIMAL(9, 2) AS money"""
    (table,) = reading.read([parquet(tmp_path / "deals.parquet", query)])
    assert table.columns == ("whole", "text", "nothing", "fraction", "large", "ok", "moment", "day", "money")
    assert table.rows == [
        ("1", "x", "", "1.5", "100000000000000000000", "1", "2016-10-20 13:00:00", "2016-10-20", "12.50"),
    ]
    assert list(table.lines) == [1]


def test_the_name_of_a_parquet_file_is_no_pattern_and_no_question(tmp_path: Path) -> None:
    parquet(tmp_path / "other.parquet", "SELECT 2 AS n")
    odd = parquet(tmp_path / "odd.parquet", "SELECT 1 AS n").rename(tmp_path / "*'); DROP TABLE x;--.parquet")
    assert reading.read([odd])[0].rows == [("1",)]


def test_names_of_columns_never_become_part_of_a_question(tmp_path: Path) -> None:
    query = """SELECT 1 AS "a"";DROP", 'x' AS "#2" """
    (table,) = reading.read([parquet(tmp_path / "deals.parquet", query)])
    assert (table.columns, table.rows) == (('a";DROP', "#2"), [("1", "x")])


def test_parquet_files_beyond_the_limits_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = parquet(tmp_path / "deals.parquet", "SELECT repeat('x', 1000) AS text, n FROM range(1000) rows(n)")
    for limit, most in (("ROWS", 10), ("COLUMNS", 1), ("CELLS", 100), ("CELL", 100), ("CHARACTERS", 10_000)):
        with monkeypatch.context() as patch:
            patch.setattr(limits, limit, most)
            assert code_of(path) == "too_many"


def test_a_damaged_parquet_file_is_refused(tmp_path: Path) -> None:
    whole = parquet(tmp_path / "deals.parquet", "SELECT 1 AS n").read_bytes()
    for damage in (whole[:60], b"PAR1" + os.urandom(200) + b"PAR1"):
        (tmp_path / "damaged.parquet").write_bytes(damage)
        assert code_of(tmp_path / "damaged.parquet") == "damaged_file"


def test_without_duckdb_a_parquet_file_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = parquet(tmp_path / "deals.parquet", "SELECT 1 AS n")
    monkeypatch.setitem(sys.modules, "duckdb", None)
    assert code_of(path) == "no_duckdb"
