"""Workbooks of several sheets, as people keep them: what is not read says why, and the rest is read as ever."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bailiwick.desk.imports import prepared
from bailiwick.exchange.commands.giving import give
from bailiwick.exchange.commands.unpacking import Given
from bailiwick.kit import Refused
from bailiwick.pipeline.models import Opportunity
from tests.exchange.books import book
from tests.exchange.small import a_network, taken
from tests.exchange.unknown import Seen, given
from tests.village import NOW, Village

HEADER: list[object] = ["Deal", "Company", "Owner", "Stage", "Value", "Close date"]
ROWS: list[list[object]] = [
    ["Kiosk", "Park Cafe", "Amy Fox", "Won", 4000, date(2026, 1, 20)],
    ["Oven", "Park Cafe", "Bo Lind", "Lost", 2500, date(2026, 2, 20)],
    ["Terrace", "Inn on Hill", "Amy Fox", "Offer", 1500, date(2026, 12, 20)],
]
COVER: list[list[object]] = [
    ["Northern Sales"],
    ["Everything the team sells"],
    [],
    ["Prepared by", "Iris Webb"],
    ["As of", date(2026, 11, 20)],
    ["Please do not pass on."],
]
NOTE: list[list[object]] = [["Read me"], ["The deals stand on the third sheet."], ["Ask Iris about the rest."]]
SHEETS: dict[str, list[list[object]]] = {
    "Cover": COVER,
    "Read me": NOTE,
    "Deals": [HEADER, *ROWS],
    "Empty": [],
    "Next year": [HEADER],
    "Last year": [HEADER, *[[f"{row[0]} before", *row[1:]] for row in ROWS]],
    "Lists": [["Won"], ["Lost"], ["Offer"]],
}
WHY = {
    "Cover": "It holds lines of text and no table.",
    "Read me": "It holds lines of text and no table.",
    "Empty": "It is an empty sheet.",
    "Next year": "It has a header and no rows below it.",
    "Last year": "It is a hidden sheet; show it in Excel and save the workbook if it belongs to the export.",
    "Lists": "It is a hidden sheet; show it in Excel and save the workbook if it belongs to the export.",
}
DEALS = {"Kiosk": ("won", Decimal(4000)), "Oven": ("lost", Decimal(2500)), "Terrace": ("open", Decimal(1500))}


def told(seen: Seen) -> list[str]:
    return [str(one.sentence) for one in seen.found.findings if one.kind == "table_left_aside"]


def test_each_sheet_that_is_not_read_says_why(tmp_path: Path) -> None:
    seen = given(tmp_path, {"book.xlsx": book(SHEETS, hidden=["Last year"], very_hidden=["Lists"])})
    assert {name: kind for name, kind in seen.kinds().items() if kind} == {"book.xlsx: Deals": "opportunity"}
    assert told(seen) == [f"book.xlsx: {name} is left aside: {why}" for name, why in WHY.items()]
    assert seen.titled("outcome", "value") == DEALS


def test_a_hidden_copy_is_read_once_it_is_shown(tmp_path: Path) -> None:
    seen = given(tmp_path, {"book.xlsx": book(SHEETS, hidden=["Lists"])})
    assert set(seen.titled("value")) == {*DEALS, *(f"{name} before" for name in DEALS)}


def test_the_one_sheet_that_is_read_has_the_name_of_the_file_whatever_stands_beside_it(tmp_path: Path) -> None:
    seen = given(tmp_path, {"book.xlsx": book({"Deals": SHEETS["Deals"], "Empty": [], "Old": [HEADER]}, hidden=["Old"])})
    assert seen.kinds() == {"book.xlsx": "opportunity", "book.xlsx: Empty": "", "book.xlsx: Old": ""}


def test_a_title_page_with_many_lines_does_not_hold_up_the_other_sheets(tmp_path: Path) -> None:
    ragged: list[list[object]] = [["word"] * (n % 5 + 1) for n in range(60)]
    seen = given(tmp_path, {"book.xlsx": book({"About": ragged, "Deals": SHEETS["Deals"]})})
    assert seen.titled("outcome", "value") == DEALS
    assert len(told(seen)) == 1


def test_a_workbook_that_shows_nothing_says_so(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        given(tmp_path, {"book.xlsx": book({"Front": [], "Deals": SHEETS["Deals"]}, hidden=["Deals"])})
    assert refusal.value.code == "nothing_shown"
    assert str(refusal.value.sentence) == "No sheet that book.xlsx shows holds anything, and hidden sheets are not read."


@pytest.mark.django_db
def test_only_what_is_shown_is_taken_in_and_the_report_tells_the_rest(village: Village, tmp_path: Path) -> None:
    seen, by = given(tmp_path, {"book.xlsx": book(SHEETS, hidden=["Last year"], very_hidden=["Lists"])}), a_network()
    of = taken(seen.found, by, seen.mapping)
    assert {deal.title: (deal.outcome, deal.value) for deal in Opportunity.objects.in_network(by)} == DEALS
    assert [one["sentence"] for one in of.report["findings"] if one["kind"] == "table_left_aside"] == told(seen)


@pytest.mark.django_db
def test_the_page_of_a_given_workbook_shows_each_sheet_with_its_reason(village: Village) -> None:
    by = a_network()
    content = book(SHEETS, hidden=["Last year"], very_hidden=["Lists"])
    of = give([Given("book.xlsx", content)], "", "", by=by, now=NOW)
    shown = {table.name: (table.rows, str(table.read.aside or "")) for table in prepared(of).tables}
    assert shown.pop("book.xlsx: Deals") == (3, "")
    assert {name: why for name, (_, why) in shown.items()} == {f"book.xlsx: {name}": why for name, why in WHY.items()}
    assert prepared(of).ready
