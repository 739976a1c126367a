"""What is asked of a list: columns, conditions that combine, order, and nothing that the viewer may not see."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

import pytest

from bailiwick.desk.lists import LISTS
from bailiwick.kit import Invalid
from bailiwick.lists import Seen, choose, page_of, rows_of
from bailiwick.pipeline.commands import NewOpportunity, open_opportunities
from tests.village import NOW, TODAY, Village

DEALS = LISTS["pipeline"]


def titles(village: Village, who: str, **asked: str) -> list[str]:
    """The titles of the deals that somebody is shown, in order, over all pages of two."""
    viewer = village.actor(who).scope
    seen, found, at = Seen(viewer, TODAY), [], ""
    while True:
        part = page_of(choose(DEALS, asked, viewer), seen, cursor=at, size=2)
        found += [row.title for row in part.rows]
        if not part.next:
            return found
        at = part.next


def dealt(village: Village, who: str, values: Sequence[str | None]) -> list[str]:
    """Deals of these values, expected one day after the other from tomorrow on."""
    new = [
        NewOpportunity(
            title=f"{who} {place}",
            value=Decimal(value) if value else None,
            currency="EUR" if value else "",
            expected=TODAY + timedelta(days=place + 1),
            origin="fair" if place % 2 else "",
        )
        for place, value in enumerate(values)
    ]
    return [row.title for row in open_opportunities(new, by=village.actor(who), now=NOW)]


def test_conditions_combine(village: Village) -> None:
    dealt(village, "noor", ["100", "250", None, "900"])
    assert titles(village, "noor", q="noor", value_from="200") == ["noor 1", "noor 3"]
    assert titles(village, "noor", q="noor", value_from="200", value_to="250,00") == ["noor 1"]
    assert titles(village, "noor", q="noor", origin="FAI", expected_to=(TODAY + timedelta(days=2)).isoformat()) == ["noor 1"]
    assert titles(village, "noor", q="noor", value_from="901") == []


@pytest.mark.parametrize("order", ["value", "-value", "title", "-title", "expected", "-expected", "entered", "-decided"])
def test_every_order_shows_each_row_once_over_all_its_pages(village: Village, order: str) -> None:
    names = dealt(village, "noor", ["100", "250", None, "900", "250", None])
    found = titles(village, "noor", q="noor", order=order)
    assert sorted(found) == sorted(names)
    worth = {"noor 0": 100, "noor 1": 250, "noor 2": 0, "noor 3": 900, "noor 4": 250, "noor 5": 0}
    if order.endswith("value"):
        values = [worth[title] for title in found]
        assert values == sorted(values, reverse=order.startswith("-"))
    if order.endswith(("title", "expected")):
        assert found == sorted(names, reverse=order.startswith("-"))


def test_a_unit_includes_everything_below_it(village: Village) -> None:
    dealt(village, "noor", ["1"])
    dealt(village, "piet", ["2"])  # of a partner, whose unit lies below the project
    dealt(village, "sven", ["3"])
    cobalt, callwerk = str(village.units["cobalt"].pk), str(village.units["callwerk"].pk)
    mine = {"noor 0", "piet 0", "sven 0"}
    assert mine & set(titles(village, "dora", unit=cobalt)) == {"noor 0", "piet 0"}
    assert mine & set(titles(village, "aylin", unit=callwerk)) == {"piet 0"}
    assert titles(village, "noor", unit=str(village.units["delta"].pk)) == []
    assert mine & set(titles(village, "dora", unit=str(village.units["firm"].pk))) == mine


def test_a_seller_narrowed_to_somebody_else_sees_nothing(village: Village) -> None:
    dealt(village, "ben", ["5"])
    assert titles(village, "noor", person=str(village.people["ben"].pk)) == []
    assert "ben 0" in titles(village, "aylin", person=str(village.people["ben"].pk))
    assert titles(village, "ben", person="me", q="ben") == ["ben 0"]


def test_whoever_sees_no_money_can_neither_show_nor_filter_nor_order_by_it(village: Village) -> None:
    viewer = village.actor("conny").scope
    for asked in ({"columns": "title,value"}, {"order": "-value"}):
        with pytest.raises(Invalid):
            choose(DEALS, asked, viewer)
    assert "value" not in {one.name for one in choose(DEALS, {}, viewer).columns}
    assert choose(DEALS, {"value_from": "100000"}, viewer).values == choose(DEALS, {}, viewer).values


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("columns", "title,password"),
        ("order", "person__email"),
        ("order", "-stated_margin"),
        ("standing", "all' OR 1=1"),
        ("unit", "x"),
        ("value_from", "NaN"),
        ("value_from", "1e400"),
        ("value_to", "viel"),
        ("expected_from", "tomorrow"),
        ("step", "No such step"),
        ("q", "x" * 500),
    ],
)
def test_what_cannot_be_meant_is_said_and_where(village: Village, name: str, text: str) -> None:
    with pytest.raises(Invalid) as no:
        choose(DEALS, {name: text}, village.actor("noor").scope)
    assert [problem.field for problem in no.value.problems] == [name]


def test_the_question_of_an_address_reads_back_as_the_same_question(village: Village) -> None:
    from urllib.parse import parse_qsl

    viewer = village.actor("aylin").scope
    unit = str(village.units["cobalt"].pk)
    for asked in (
        {},
        {"standing": ""},
        {"order": "-value", "columns": "value,title", "unit": unit},
        {"standing": "won", "person": "me", "order": "decided"},
    ):
        chosen = choose(DEALS, asked, viewer)
        again = choose(DEALS, dict(parse_qsl(chosen.query(), keep_blank_values=True)), viewer)
        assert (again.columns, again.order, again.falling, again.values) == (
            chosen.columns,
            chosen.order,
            chosen.falling,
            chosen.values,
        )


def test_no_list_asks_the_store_once_for_each_row(village: Village, django_assert_max_num_queries: object) -> None:
    viewer = village.actor("dora").scope
    for listing in LISTS.values():
        chosen = choose(listing, {"columns": ",".join(one.name for one in listing.columns)}, viewer)
        with django_assert_max_num_queries(8):  # type: ignore[operator]
            found = page_of(chosen, Seen(viewer, TODAY))
            for row in found.rows:
                for column in chosen.columns:
                    column.value(row, Seen(viewer, TODAY))
        assert found.rows, listing.name


def test_every_list_shows_what_its_table_lets_the_viewer_see_and_no_more(village: Village) -> None:
    for listing in LISTS.values():
        for who in ("noor", "paula", "conny", "clara"):
            viewer = village.actor(who).scope
            there = set(listing.model.objects.seen_by(viewer).values_list("pk", flat=True))
            shown = set(rows_of(choose(listing, {"standing": ""}, viewer), Seen(viewer, TODAY)).values_list("pk", flat=True))
            assert shown <= there
