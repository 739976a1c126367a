"""A few wrong cells cost their own rows, not the column of all the others."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bailiwick.exchange.rules.detecting.profile import look
from tests.exchange.exports import table
from tests.exchange.unknown import given

HEADER = "Deal;Firma;Betreuer;Phase;Wert;Angelegt am;Abschlussdatum\n"


def rows(*, value: str = "3.000,50", close: str = "31.03.2026", count: int = 3) -> str:
    """Deals of which the first is as said."""
    first = f"Deal 1;Kern GmbH;Ina Kohl;Gewonnen;{value};13.01.2026;{close}\n"
    return HEADER + first + "".join(
        f"Deal {n};Voss AG;Max Behr;{('Gewonnen', 'Verloren')[n % 2]};{n}.500,50;1{n}.01.2026;2{n}.02.2026\n"
        for n in range(2, count + 1)
    )  # fmt: skip


@pytest.mark.parametrize("count", [3, 8])
def test_a_day_that_is_none_leaves_the_other_days_as_they_are(count: int, tmp_path: Path) -> None:
    seen = given(tmp_path, {"deals.csv": rows(close="bald", count=count)})
    assert not seen.asked()
    assert {row.line: str(row.reason) for row in seen.found.refused} == {2: "Abschlussdatum: bald is no day."}
    assert {title: values[0] for title, values in seen.titled("decided").items()} == {
        f"Deal {n}": date(2026, 2, 20 + n) for n in range(2, count + 1)
    }


@pytest.mark.parametrize("count", [3, 8])
def test_an_amount_that_is_none_leaves_the_other_amounts_and_their_decimals(count: int, tmp_path: Path) -> None:
    seen = given(tmp_path, {"deals.csv": rows(value="offen", count=count)})
    assert not seen.asked()
    assert {row.line: str(row.reason) for row in seen.found.refused} == {2: "Wert: offen is no number."}
    assert {title: values[0] for title, values in seen.titled("value").items()} == {
        f"Deal {n}": Decimal(f"{n}500.50") for n in range(2, count + 1)
    }


def test_half_of_the_cells_must_be_what_the_header_says() -> None:
    words = table("a.csv", ("Closing date", "Amount"), [("soon", "much"), ("later", "little"), ("2026-01-02", "5")])
    assert [one.shape for one in look(words)] == ["text", "text"]
    days = table("a.csv", ("Closing date", "Amount"), [("soon", "much"), ("2026-01-03", "4"), ("2026-01-02", "5")])
    assert [one.shape for one in look(days)] == ["day", "number"]


def test_a_header_that_says_nothing_of_days_leaves_it_to_the_cells() -> None:
    mixed = table("a.csv", ("Remark",), [("soon",), ("2026-01-03",), ("2026-01-02",)])
    assert [one.shape for one in look(mixed)] != ["day"]


def test_day_numbers_are_days_where_the_header_speaks_of_days_alone() -> None:
    numbers = [("44562", "44562", "44562", "44562"), ("44563.25", "44563", "44563", "44563")]
    dated = table("a.csv", ("Deal created", "Won", "Expected revenue", "Created by id"), numbers)
    assert [one.shape for one in look(dated)] == ["day", "number", "number", "number"]
    spoilt = table("a.csv", ("Won time",), [*((f"4456{n}",) for n in range(9)), ("44590.5",), ("unknown",)])
    assert [one.shape for one in look(spoilt)] == ["day"]
