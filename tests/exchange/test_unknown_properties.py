"""What must not matter: the order of rows and columns, names of columns, a table given twice, empty columns, other tables."""

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bailiwick.exchange.rules.detecting import detect
from bailiwick.exchange.rules.rehearsing import rehearse
from bailiwick.exchange.rules.tables import Table
from tests.examples import examples
from tests.exchange.exports import german, shuffled, table
from tests.exchange.unknown import TODAY

FOLDER_COLUMNS = {
    "people": ("Rep", "Team leader", "Region"),
    "firms": ("Company", "Branche", "City"),
    "deals": ("Deal No", "Rep", "Customer", "Stage", "Status", "Opened", "Closed", "Deal size"),
}


def folder() -> list[Table]:
    """Two teams, nine firms and deals with a stage and a status of their own."""
    people = [(f"{name} Hill", ("Olga Ray", "Ivo Lee")[n % 2], "North") for n, name in enumerate(("Ann", "Bob", "Cid", "Dot"))]
    firms = [(f"Firm {letter} Ltd", "steel", "Bonn") for letter in "ABCDEFGHI"]
    deals = []
    for n in range(80):
        status = ("won", "lost", "open", "open")[n % 4]
        ended = "" if status == "open" else f"2025-{n % 11 + 1:02}-07"
        stage = ("Discovery", "Demo", "Proposal", "Negotiation")[n * 7 % 4]
        opened = f"2024-{n % 12 + 1:02}-05"
        deals.append(
            (f"D{n:04}", people[n % 4][0], firms[n % 9][0], stage, status, opened, ended, str(900 + 37 * n))
        )  # fmt: skip
    rows: dict[str, list[tuple[str, ...]]] = {"people": [*people], "firms": [*firms], "deals": [*deals]}
    return [table(f"{name}.csv", FOLDER_COLUMNS[name], rows[name]) for name in FOLDER_COLUMNS]


def said(tables: list[Table]) -> dict[str, Any]:
    """All records as what they say, whatever the tables and their order."""
    found = rehearse(tables, detect(tables), today=TODAY)
    assert found.rows == found.accepted + found.duplicates + len(found.refused)
    return {
        kind: sorted(str(sorted(one.values.items(), key=str)) + one.key for one in records)
        for kind, records in found.records.items()
    }


EXPORTS: tuple[Callable[[], list[Table]], ...] = (lambda: [german()], folder)


@pytest.mark.parametrize("export", EXPORTS)
@settings(max_examples=examples(8), deadline=None)
@given(seed=st.integers(0, 10_000))
def test_rows_columns_and_tables_in_another_order(export: Callable[[], list[Table]], seed: int) -> None:
    tables = [shuffled(one, seed) for one in export()]
    random.Random(seed).shuffle(tables)
    assert said(tables) == said(export())


@pytest.mark.parametrize("export", EXPORTS)
def test_columns_with_names_that_say_nothing(export: Callable[[], list[Table]]) -> None:
    tables = [replace(one, columns=tuple(f"x{place}" for place in range(len(one.columns)))) for one in export()]
    plain = said(export())
    found = said(tables)
    assert found["opportunity"] == plain["opportunity"]
    assert len(found["person"]) == len(plain["person"])


@pytest.mark.parametrize("export", EXPORTS)
@pytest.mark.parametrize("name", ["copy of export.csv", "deals (1).csv", "backup.csv"])
def test_a_table_given_twice_is_taken_once(export: Callable[[], list[Table]], name: str) -> None:
    tables = export()
    again = replace(tables[-1], name=name)
    assert said([*tables, again]) == said(tables)
    found = rehearse([*tables, again], detect([*tables, again]), today=TODAY)
    assert found.duplicates == len(again.rows)


def test_a_table_without_ids_given_twice_is_taken_once_too() -> None:
    plain = german()
    bare = Table("a.csv", plain.columns[1:], [row[1:] for row in plain.rows], plain.lines)
    found = rehearse([bare, replace(bare, name="b.csv")], detect([bare, replace(bare, name="b.csv")]), today=TODAY)
    assert len(found.records["opportunity"]) == len(plain.rows)
    assert found.duplicates == len(plain.rows)


@pytest.mark.parametrize("export", EXPORTS)
@settings(max_examples=examples(8), deadline=None)
@given(seed=st.integers(0, 10_000))
def test_empty_columns_change_nothing(export: Callable[[], list[Table]], seed: int) -> None:
    dice = random.Random(seed)
    tables = []
    for one in export():
        place = dice.randint(0, len(one.columns))
        names = [
            *one.columns[:place],
            dice.choice(("Notes", "Branch office", "Amount 2", "Status Reason", "x")),
            *one.columns[place:],
        ]
        rows = [(*row[:place], dice.choice(("", " ", "-")), *row[place:]) for row in one.rows]
        tables.append(replace(one, columns=tuple(names), rows=rows))
    assert said(tables) == said(export())


@pytest.mark.parametrize("export", EXPORTS)
@pytest.mark.parametrize(
    "beside",
    [
        table("weather.csv", ("Day", "Rain", "Wind"), [(f"2025-01-{n + 1:02}", str(n), str(n * 2)) for n in range(20)]),
        table("rooms.csv", ("Room", "Floor"), [(f"R{n}", str(n % 4)) for n in range(12)]),
        table("campaigns.csv", ("Id", "Name", "Status"), [(f"C{n}", f"Mail {n}", "Completed") for n in range(9)]),
        table("survey.csv", ("Q1", "Q2", "Q3", "Q4"), [tuple(str((n + q) % 5 + 1) for q in range(4)) for n in range(30)]),
    ],
    ids=lambda one: one.name,
)
def test_a_table_of_something_else_changes_nothing(export: Callable[[], list[Table]], beside: Table) -> None:
    assert said([beside, *export()]) == said(export())


@settings(max_examples=examples(8), deadline=None)
@given(cut=st.integers(1, 119))
def test_a_table_in_two_files_is_the_same_as_in_one(cut: int) -> None:
    plain = german()
    first = replace(plain, name="teil 1.csv", rows=plain.rows[:cut], lines=plain.lines[:cut])
    second = replace(plain, name="teil 2.csv", rows=plain.rows[cut:], lines=plain.lines[cut:])
    assert said([first, second]) == said([plain])
