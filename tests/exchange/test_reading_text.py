"""How delimited text becomes a table: delimiters, encodings, quotation marks, headers, and rows that do not fit."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bailiwick.exchange import reading
from bailiwick.exchange.reading.delimited import grid_of
from bailiwick.exchange.reading.shaping import table_of
from bailiwick.exchange.rules.tables import Table


def text(content: str, encoding: str = "utf-8") -> Table:
    table = table_of(grid_of("deals.csv", content.encode(encoding)))
    assert table is not None
    return table


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "|+|", "||", "~^~", "\x01"])
def test_the_delimiter_is_what_parts_all_lines_alike(delimiter: str) -> None:
    rows = [["Deal", "Amount", "Owner", "Note"], ["Frame", "12", "Ann", ""], ["Bolts", "7", "Bob", ""], ["", "3", "Ann", "x"]]
    table = text("\n".join(delimiter.join(row) for row in rows))
    assert table.columns == ("Deal", "Amount", "Owner", "Note")
    assert table.rows == [("Frame", "12", "Ann", ""), ("Bolts", "7", "Bob", ""), ("", "3", "Ann", "x")]


def test_decimal_commas_do_not_part_cells() -> None:
    assert text("deal;amount;share\nA;1,5;2,5\nB;2,5;3,5\n").rows == [("A", "1,5", "2,5"), ("B", "2,5", "3,5")]


def test_the_line_that_names_the_delimiter_is_no_row() -> None:
    table = text("sep=;\ndeal;amount\nA;1\n")
    assert (table.columns, table.rows, list(table.lines)) == (("deal", "amount"), [("A", "1")], [3])


def test_a_delimiter_of_several_characters_may_stand_inside_quotation_marks() -> None:
    assert text('deal||note\nA||"x||y"\nB||z\n').rows == [("A", "x||y"), ("B", "z")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_letters_and_line_ends_of_any_system(encoding: str, end: str) -> None:
    table = text(end.join(["Gebiet,Umsatz", "Köln,1", "Zürich,2", ""]), encoding)
    assert (table.columns, table.rows, list(table.lines)) == (("Gebiet", "Umsatz"), [("Köln", "1"), ("Zürich", "2")], [2, 3])


def test_a_row_with_a_wrong_byte_in_good_utf8_is_put_aside_and_the_others_keep_their_letters() -> None:
    table = table_of(grid_of("a.csv", "name,n\nKöln,1\nZürich,2\n".encode() + b"M\xfcnchen,3\nBern,4\n"))
    assert table is not None
    assert table.rows == [("Köln", "1"), ("Zürich", "2"), ("Bern", "4")]
    assert [row.line for row in table.spoilt] == [4]


def test_a_cell_in_quotation_marks_holds_anything_and_lines_are_those_of_the_file() -> None:
    table = text('deal,note\nA,"one, ""two""\nthree"\n\nB,plain\n')
    assert table.rows == [("A", 'one, "two"\nthree'), ("B", "plain")]
    assert list(table.lines) == [2, 5]


def test_quotation_marks_guarded_by_a_backslash() -> None:
    assert text('deal,note\n"a \\"b\\", c",2\n"d",3\n').rows == [('a "b", c', "2"), ("d", "3")]


def test_blanks_around_quotation_marks_and_cells_say_nothing() -> None:
    assert text('deal, note\n"a, b" , "c"\n d ,\te \n').rows == [("a, b", "c"), ("d", "e")]


def test_a_stray_quotation_mark_costs_its_own_row_only() -> None:
    table = text('a,b,c\n1,"x\n2,"y",3\n4,z,6\n')
    assert table.rows == [("2", "y", "3"), ("4", "z", "6")]
    assert [(row.line, row.cells) for row in table.spoilt] == [(2, ("1", '"x'))]


def test_our_own_guard_against_formulas_is_taken_off_again() -> None:
    assert text("a,b\n'=SUM(A1),'-5\n'@x,'tis\n").rows == [("=SUM(A1)", "-5"), ("@x", "'tis")]


def test_without_a_header_columns_are_numbered() -> None:
    table = text("Ann,Dora,East\nBob,Dora,East\nCyd,Dora,West\n")
    assert (table.headed, table.columns, list(table.lines)) == (False, ("column 1", "column 2", "column 3"), [1, 2, 3])


@pytest.mark.parametrize(
    ("content", "headed"),
    [
        ("name,code\nA,B\n", True),
        ("1,Frame,12.5\n2,Bolts,3\n", False),
        ("Region,2017,2018,2019\nEast,5,6,7\nWest,5,6,9\n", True),
        ("D-1,ann\nD-2,bob\nD-3,cyd\n", False),
        ("id,owner\nD-1,ann\nD-2,bob\n", True),
        ("2016-10-20,Frame\n2016-10-21,Bolts\n", False),
        ("ann@example.com,Frame\nbob@example.com,Bolts\n", False),
        ("Id,Name,Stage\n", True),
    ],
)
def test_a_first_row_is_a_header_where_it_is_unlike_what_stands_below(content: str, headed: bool) -> None:
    assert text(content).headed is headed


def test_names_of_columns_are_bare_and_unique() -> None:
    assert text(" Amount ,Amount,Owner\n1,2,x\n3,4,y\n").columns == ("Amount", "Amount (2)", "Owner")


def test_a_delimiter_at_the_end_of_lines_makes_no_column() -> None:
    assert text("a,b,\n1,2,\n3,4,\n").columns == text("a,b\n1,2,\n3,4,\n").columns == ("a", "b")


def test_a_column_without_a_name_but_with_values_is_numbered() -> None:
    table = text("a,b\n1,2,x\n3,4,y\n")
    assert (table.columns, table.rows) == (("a", "b", "column 3"), [("1", "2", "x"), ("3", "4", "y")])


def test_a_row_of_another_width_is_put_aside_with_the_reason() -> None:
    table = text("a,b,c\n1,2,3\n4,5\n6,7,8,9\n10,11,12,\n13,14,15\n16,17,18\n")
    assert table.rows == [("1", "2", "3"), ("10", "11", "12"), ("13", "14", "15"), ("16", "17", "18")]
    assert [(row.line, row.cells, str(row.reason)) for row in table.spoilt] == [
        (3, ("4", "5"), "The table has 3 columns, but this row has cells for 2."),
        (4, ("6", "7", "8", "9"), "The table has 3 columns, but this row has cells for 4."),
    ]


def test_a_row_whose_cells_may_have_shifted_is_put_aside_and_not_taken_for_another() -> None:
    """A separator inside a cell makes one cell more; where the last is often empty nobody sees it by the count of filled ones."""
    usual = "".join(f"{n};Deal {n};{n}00;{'x' if n % 2 else ''}\n" for n in range(1, 13))
    table = text(f"id;name;companies;note\n{usual}13;Deal 13;9002;9003;\n")
    assert [row.cells[0] for row in table.spoilt] == ["13"]
    assert len(table.rows) == 12


def test_cells_at_the_end_that_are_often_empty_need_not_be_written() -> None:
    table = text("a,b,c,note\n" + "1,2,3,\n" * 5 + "1,2,3\n" * 2 + "1\n")
    assert len(table.rows) == 7
    assert [row.line for row in table.spoilt] == [9]


def test_titles_above_and_remarks_below_a_table_are_put_aside() -> None:
    table = text("Deals\nas of today\n\nname,amount,day\nA,1,2020-01-01\nB,2,2020-01-02\nC,3,2020-01-03\nCopyright\n")
    assert (table.columns, len(table.rows), list(table.lines)) == (("name", "amount", "day"), 3, [5, 6, 7])
    assert [row.line for row in table.spoilt] == [1, 2, 8]


def test_a_report_with_more_remarks_than_rows_is_still_a_table() -> None:
    table = text(
        '"Owner","Amount","Closed"\n"Ann","1,200.00","1/2/2020"\n"Bob","3.00","1/3/2020"\n' + '"A remark"\n' * 4 + "\x1a"
    )
    assert (table.columns, len(table.rows), len(table.spoilt)) == (("Owner", "Amount", "Closed"), 2, 4)


def test_a_header_that_comes_again_is_no_row() -> None:
    table = text("name,amount\nA,1\nB,2\nname,amount\nC,3\n")
    assert ([row[0] for row in table.rows], [row.line for row in table.spoilt]) == (["A", "B", "C"], [4])


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff\ufffd'"), max_size=8)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=3, max_size=20), st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n"]))
def test_what_is_written_in_quotation_marks_is_read_as_it_was(rows: list[tuple[str, str]], delimiter: str, end: str) -> None:
    def written(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"'

    lines = [delimiter.join((str(n), written(a), written(b))) for n, (a, b) in enumerate(rows)]
    table = text(end.join([delimiter.join(["number", "one", "other"]), *lines]))
    assert table.rows == [(str(n), a.strip(" \t"), b.strip(" \t")) for n, (a, b) in enumerate(rows)]
    assert not table.spoilt


@pytest.mark.parametrize("rows", [10_000])
def test_ten_thousand_rows_take_a_moment(rows: int, tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text(
        "id,owner,product,account,stage,entered,closed,value\n" + "D1,Ann,Frame,Acme,Won,2016-10-20,2017-03-01,1054\n" * rows
    )
    took = []
    for _ in range(3):
        start = time.process_time()
        assert len(reading.read([path])[0].rows) == rows
        took.append(time.process_time() - start)
    assert min(took) < 0.3
