"""Single cells: what is read, what refuses its row, and what of contact data is kept. And nothing breaks it."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bailiwick.exchange.rules.mapping import Column, Mapping, TableMapping
from bailiwick.exchange.rules.rehearsing import rehearse
from bailiwick.exchange.rules.tables import Table
from bailiwick.exchange.rules.targets import KINDS, TARGETS
from tests.examples import examples
from tests.exchange.rehearsed import TODAY, finding, kinds, only, reasons, rehearsed


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("close", "soon", "close: soon is no day."),
        ("close", "1066-10-14", "close: 1066-10-14: the year is hardly meant."),
        ("value", "a lot", "value: a lot is no number."),
        ("value", "99999999999999", "value: 99999999999999 is too large to be meant."),
        ("won", "perhaps", "won: perhaps is neither yes nor no."),
        ("discount", "2000000%", "discount: 2000000%: A discount is between -1000% and 100%."),
        ("title", "x" * 201, f"title: {'x' * 60}…: At most 200 characters; this is 201."),
        ("stage", "New\x00", "stage: the cell holds characters that cannot be kept (a null byte, for instance)."),
        ("account", "A\x1bB", "account: the cell holds characters that cannot be kept (a null byte, for instance)."),
        ("key", "A\ud800", "key: the cell holds characters that cannot be kept (a null byte, for instance)."),
    ],
)
def test_what_cannot_be_read_refuses_its_row_and_names_column_and_cell(column: str, cell: str, reason: str) -> None:
    found = rehearsed(opportunity=f"origin|{column}\nWeb|{cell}")
    assert reasons(found) == {2: reason}
    assert found.refused[0].cells[:2] == ("Web", cell)


def test_the_first_unreadable_cell_gives_the_reason() -> None:
    assert reasons(rehearsed(opportunity="key|close|value\n1|soon|much")) == {2: "close: soon is no day."}


def test_days_and_amounts_are_read_as_the_mapping_says() -> None:
    deals = Table("deals", ("id", "end", "sum"), [("1", "03-01-17", "1.234,50")], [2])
    columns = (
        Column("opportunity.key", "id"),
        Column("opportunity.decided", "end", {"-2": "mdy"}),
        Column("opportunity.value", "sum", decimal=","),
    )
    found = rehearse([deals], Mapping("x", tables=(TableMapping("deals", "opportunity", columns),)), today=TODAY)
    assert (only(found, "opportunity")["decided"], str(only(found, "opportunity")["value"])) == (date(2017, 3, 1), "1234.50")


def test_texts_are_on_one_line_except_those_that_have_several() -> None:
    found = rehearsed(activity="kind|day|text\nCall|2026-01-01|a  b", opportunity="key|title\n1|Big   one")
    assert (only(found, "activity")["text"], only(found, "opportunity")["title"]) == ("a  b", "Big one")


@pytest.mark.parametrize(
    ("column", "cell", "kept", "told"),
    [
        ("email", "jo@acme.com", "jo@acme.com", False),
        ("email", "mailto:jo@acme.com", "jo@acme.com", False),
        ("email", "Jo Berg <jo@acme.com>", "jo@acme.com", False),
        ("email", "jo@acme.com; eva@acme.com", "jo@acme.com", True),
        ("email", "jo at acme", "", True),
        ("email", f"{'x' * 200}@acme.com", "", True),
        ("phone", "(512) 757-6000", "(512) 757-6000", False),
        ("phone", "831.605.2433x72946", "831.605.2433", True),
        ("phone", "ask Jo", "", True),
        ("phone", "0" * 61, "", True),
    ],
)
def test_of_contact_data_what_is_readable_is_kept(column: str, cell: str, kept: str, told: bool) -> None:
    found = rehearsed(contact=f"name|account|{column}\nJo|Acme|{cell}")
    assert only(found, "contact")[column] == kept
    assert ("unreadable_contact_data" in kinds(found)) == told


def test_of_a_website_too_long_to_keep_the_domain_stays() -> None:
    found = rehearsed(account=f"name|website\nAcme|https://www.acme.com/{'x' * 300}")
    assert (only(found, "account")["website"], finding(found, "unreadable_contact_data").rows) == ("acme.com", 1)


def test_a_column_that_is_mapped_but_not_there_says_nothing() -> None:
    deals = Table("deals", ("id", "end"), [("1", "2026-01-01")], [2])
    columns = (Column("opportunity.key", "id"), Column("opportunity.decided", "end"), Column("opportunity.value", "gone"))
    found = rehearse([deals], Mapping("x", tables=(TableMapping("deals", "opportunity", columns),)), today=TODAY)
    assert only(found, "opportunity")["value"] is None
    assert finding(found, "column_missing").rows == 1


CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "1",
            "2",
            "Anna",
            "anna",
            "Acme",
            "acme.com",
            "jo@acme.com",
            "2026-01-01",
            "2027-01-01",
            "Won",
            "New",
            "-",
            "0",
            "yes",
            "x\x00",
        ]
    ),
    st.text(max_size=8),
)


@st.composite
def anything(draw: st.DrawFn) -> tuple[list[Table], Mapping]:
    """Tables of any kinds with any columns and cells."""
    tables, mapped = [], []
    for kind in draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=4)):
        names = draw(st.lists(st.sampled_from(sorted(TARGETS)), min_size=1, max_size=5, unique=True))
        names = list(
            dict.fromkeys([*names, *draw(st.lists(st.sampled_from([t for t in TARGETS if t.startswith(kind)]), max_size=5))])
        )
        rows = draw(st.lists(st.tuples(*[CELLS] * len(names)), max_size=5))
        name = f"{kind} {len(tables)}"
        tables.append(Table(name, tuple(names), rows, range(2, len(rows) + 2)))
        mapped.append(TableMapping(name, kind, tuple(Column(one, one) for one in names)))
    return tables, Mapping("x", tables=tuple(mapped), outcomes={"Won": "won", "New": "open"}, steps=("New",))


@settings(max_examples=examples(150), deadline=None)
@given(anything())
def test_whatever_the_cells_hold_every_row_is_accounted_for_and_every_reference_leads_somewhere(
    given: tuple[list[Table], Mapping],
) -> None:
    tables, mapping = given
    found = rehearse(tables, mapping, today=TODAY)
    assert found.rows == found.accepted + found.duplicates + len(found.refused) == sum(len(one.rows) for one in tables)
    assert found.accepted >= 0
    assert found == rehearse(tables, mapping, today=TODAY)
    keys = {kind: {record.key for record in records} for kind, records in found.records.items()}
    for kind, records in found.records.items():
        assert len(keys[kind]) == len(records)
        for record in records:
            assert 0 < len(record.key) <= 200
            assert record.values.get("name", record.values.get("title", "x"))
            for short, value in record.values.items():
                target = TARGETS.get(f"{kind}.{short}")
                if target and target.refers and value is not None and short != "product":
                    assert value in keys[target.refers]
            for product, quantity, price in record.values.get("lines", ()):
                assert product in keys["product"]
                assert quantity > 0
                assert price is None or price >= 0
