"""Which day a text says, and what a column of days leaves open."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bailiwick.exchange import reading
from bailiwick.exchange.rules.values.days import day_of, orders_of, shape_of
from tests.exchange.given import DATA, needs_data

DAYS = st.dates(date(1970, 1, 1), date(2069, 12, 31))
TIMES = st.sampled_from(
    ["", " 3:04 PM", " 13:00", " 00:02:00", "T13:00:00.000Z", " 13:00:00+01:00", "T13:00:00+0200", " 13:00 UTC"]
)
GERMAN = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
NAMED = [
    "{0.day} {0:%b}, {0.year}",
    "{0:%b} {0.day}, {0.year}",
    "{0:%B} {0.day}, {0.year}",
    "{0:%d}-{0:%b}-{0:%y}",
    "{0.day}. {1} {0.year}",
]


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("2016-10-20", "iso"),
        ("2016-10-20 13:00:00", "iso"),
        ("2016-10-20T13:00:00.000Z", "iso"),
        ("2006-01-11 15:49:42+01:00", "iso"),
        ("20161020", "iso"),
        ("2016/10/20", "iso"),
        ("10/20/2016", "/4"),
        ("10/20/2016 3:04 PM", "/4"),
        ("10/20/2016, 3:04\u202fPM", "/4"),
        ("20-10-2016", "-4"),
        ("20.10.2016", ".4"),
        ("20. 10. 2016", ".4"),
        ("1/2/17", "/2"),
        ("20-10-16", "-2"),
        ("20.10.16", ".2"),
        ("15 Apr, 2021 00:02:00", "name"),
        ("Apr 15, 2021", "name"),
        ("15-Apr-21", "name"),
        ("15. April 2021", "name"),
        ("1. MÄRZ 2021", "name"),
        ("Thursday, April 15th, 2021", "name"),
        ("Thu Apr 15 13:00:00 UTC 2021", "name"),
        ("42663", "serial"),
        ("42663.541666", "serial"),
    ],
)
def test_layouts_are_told_apart(text: str, shape: str) -> None:
    assert shape_of(text) == shape
    assert orders_of([text])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "Acme",
        "2016",
        "10",
        "12345",
        "99999",
        "31/31/2016",
        "2016-02-30",
        "2016-13-01",
        "12345678",
        "1.5",
        "10:20",
        "May",
        "x" * 99,
    ],
)
def test_what_is_no_day_has_no_shape(text: str) -> None:
    assert shape_of(text) == ""


@given(DAYS, TIMES)
def test_days_with_the_year_in_front_come_back(day: date, moment: str) -> None:
    assert day_of(f"{day}{moment}", {}) == day
    assert day_of(f"{day:%Y%m%d}", {}) == day


@given(DAYS, st.sampled_from("/-."), st.booleans(), st.booleans(), st.booleans(), TIMES)
def test_days_in_numbers_come_back_under_their_order(
    day: date, sep: str, short: bool, month_first: bool, padded: bool, moment: str
) -> None:
    numbers = [day.month, day.day] if month_first else [day.day, day.month]
    year = f"{day:%y}" if short else str(day.year)
    text = sep.join([*(f"{number:02}" if padded else str(number) for number in numbers), year]) + moment
    order, shape = "mdy" if month_first else "dmy", f"{sep}{2 if short else 4}"
    assert shape_of(text) == shape
    assert order in orders_of([text])[shape]
    assert day_of(text, {shape: order}) == day


@given(DAYS, st.sampled_from(NAMED))
def test_days_with_a_named_month_come_back(day: date, layout: str) -> None:
    assert day_of(layout.format(day, GERMAN[day.month - 1]), {}) == day


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)), st.sampled_from(["", ".0", ".5416"]))
def test_day_numbers_of_spreadsheets_come_back(day: date, part: str) -> None:
    assert day_of(f"{(day - date(1899, 12, 30)).days}{part}", {}) == day


def test_one_day_beyond_the_twelfth_decides_a_whole_column() -> None:
    assert orders_of(["01/02/2016", "03/04/2016"]) == {"/4": ("dmy", "mdy")}
    assert orders_of(["01/02/2016", "10/20/2016", "NULL", ""]) == {"/4": ("mdy",)}


def test_each_layout_of_a_mixed_column_is_judged_by_itself() -> None:
    assert orders_of(["10/20/2016", "03-01-17", "2017-01-01"]) == {"/4": ("mdy",), "-2": ("dmy", "mdy"), "iso": ("ymd",)}


def test_a_short_year_in_front_is_only_thought_of_where_nothing_else_fits() -> None:
    assert orders_of(["16-10-20"]) == {"-2": ("dmy",)}
    assert orders_of(["16-10-20", "99-12-31"]) == {"-2": ("ymd",)}


@pytest.mark.parametrize("cells", [[], ["", "-"], ["2016-10-20", "soon"], ["20/10/2016", "10/20/2016"], ["42663", "7"]])
def test_a_column_that_is_not_of_days_has_no_orders(cells: list[str]) -> None:
    assert orders_of(cells) == {}


@pytest.mark.parametrize("text", ["", " ", "-", "NULL", "n/a", "None", "0000-00-00", "0000-00-00 00:00:00"])
def test_placeholders_are_no_day_and_no_mistake(text: str) -> None:
    assert day_of(text, {}) is None


@pytest.mark.parametrize(
    ("text", "orders"), [("soon", {}), ("01/02/2016", {}), ("20/10/2016", {"/4": "mdy"}), ("2016-02-30", {})]
)
def test_what_cannot_be_read_raises(text: str, orders: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=text):
        day_of(text, orders)


def test_short_years_turn_at_seventy() -> None:
    assert [day_of(f"01.02.{year}", {".2": "dmy"}) for year in ("69", "70")] == [date(2069, 2, 1), date(1970, 2, 1)]


@needs_data
def test_the_three_editions_of_the_pipeline_agree_on_every_close() -> None:
    days = []
    for name in ("sales_pipeline.csv", "variants/sales_pipeline_dmy2.csv", "variants/sales_pipeline_mdy_mixed.csv"):
        (table,) = reading.read([DATA / "crm_sales_opportunities" / name])
        cells = table.column("close_date")
        left = orders_of(cells)
        # In the mixed edition no day of the short layout is beyond the twelfth; the long layout beside it knows its order.
        known = {orders[0] for orders in left.values() if len(orders) == 1}.pop()
        days.append([day_of(cell, dict.fromkeys(left, known)) for cell in cells])
    assert days[0] == days[1] == days[2]
