"""Lines of orders and stage history: many rows that tell of one deal."""

from datetime import date
from decimal import Decimal

from tests.exchange.rehearsed import by_key, finding, kinds, only, reasons, rehearsed

ORDERS = """opportunity|opportunity.account|opportunity.owner|opportunity.decided|product|quantity|amount
S1|Acme|Anna|2026-01-05|Hoist|3|100.005
S1|Acme|Anna|2026-01-05|Crane|1|50
S2|Borg|Bert|2026-01-06|Hoist|2|70
S1|Acme|Anna|2026-01-05|Hoist|3|100.005"""


def test_the_rows_of_one_order_are_one_won_deal_over_their_exact_sum() -> None:
    found = rehearsed(line=ORDERS)
    deal = by_key(found, "opportunity")["S1"]
    assert (deal.table, deal.line, deal.values["outcome"], deal.values["decided"]) == ("orders", 2, "won", date(2026, 1, 5))
    assert deal.values["value"] == Decimal("250.01")  # 250.010 in all; each line rounded first would be 250.02
    assert deal.values["lines"] == [
        ("Hoist", Decimal(3), Decimal("33.3350")),
        ("Crane", Decimal(1), Decimal("50.0000")),
        ("Hoist", Decimal(3), Decimal("33.3350")),
    ]
    assert (deal.values["account"], deal.values["owner"]) == ("Acme", "Anna")
    assert (found.rows, found.accepted, found.duplicates) == (4, 4, 0)


def test_without_amounts_quantity_and_price_give_the_value_and_a_missing_price_leaves_it_unknown() -> None:
    found = rehearsed(
        line="opportunity|opportunity.decided|product|quantity|price\n1|2026-01-01|Hoist|3|9.5\n2|2026-01-01|Hoist|3|"
    )
    deals = by_key(found, "opportunity")
    assert (deals["1"].values["value"], deals["2"].values["value"]) == (Decimal("28.50"), None)
    assert deals["2"].values["lines"] == [("Hoist", Decimal(3), None)]


def test_rows_that_contradict_the_first_of_their_order_are_told() -> None:
    text = "opportunity|opportunity.decided|opportunity.owner|amount\n1|2026-01-01|Anna|5\n1|2026-01-02|Anna|5"
    found = rehearsed(line=text)
    assert only(found, "opportunity")["decided"] == date(2026, 1, 1)
    assert finding(found, "contradicting_rows").rows == 1


def test_an_order_that_cannot_be_taken_refuses_all_its_rows() -> None:
    found = rehearsed(line="opportunity|opportunity.decided|amount\n1||5\n1||6\n2|2026-01-01|7\n|2026-01-01|7")
    assert list(by_key(found, "opportunity")) == ["2"]
    assert set(reasons(found)) == {2, 3, 5}


def test_lines_of_listed_deals_stand_in_them_and_a_value_of_their_own_holds() -> None:
    found = rehearsed(
        opportunity="key|value|product\n1|999|Crane\n2||\n3|5|Crane",
        line="opportunity|product|quantity|amount\n1|Hoist|2|100\n2|Hoist|2|100\n9|Hoist|2|100",
    )
    deals = by_key(found, "opportunity")
    assert [deals[key].values["value"] for key in "123"] == [Decimal(999), Decimal("100.00"), Decimal(5)]
    assert [deals[key].values["lines"][0][0] for key in "123"] == ["Hoist", "Hoist", "Crane"]
    assert reasons(found) == {4: "There is no deal 9."}


def test_lines_sold_below_their_cost_are_told() -> None:
    whole = rehearsed(line="opportunity|opportunity.decided|quantity|amount|cost\n1|2026-01-01|2|100|101\n1|2026-01-01|2|100|99")
    assert finding(whole, "sold_below_cost").examples == (("orders", 2),)


def test_a_quantity_of_nothing_is_refused() -> None:
    found = rehearsed(line="opportunity|opportunity.decided|quantity|amount\n1|2026-01-01|-2|100")
    assert reasons(found) == {2: "quantity: -2: A quantity is between 0.001 and ten million."}


def test_a_line_that_comes_to_more_than_can_be_meant_is_refused() -> None:
    text = "opportunity|opportunity.decided|quantity|price\n1|2026-01-01|9000000|9000000000\n2|2026-01-01|2|5"
    found = rehearsed(line=text)
    assert reasons(found) == {2: "The line comes to more than can be meant."}
    assert list(by_key(found, "opportunity")) == ["2"]


def test_a_price_for_next_to_nothing_of_a_thing_is_unknown() -> None:
    text = "opportunity|opportunity.decided|product|quantity|amount\n1|2026-01-01|Hoist|0.001|9000000000000"
    deal = only(rehearsed(line=text), "opportunity")
    assert (deal["value"], deal["lines"]) == (Decimal(9000000000000), [("Hoist", Decimal("0.001"), None)])


DEALS = "key|stage|close\n1|Offer|\n2|Won|2026-03-01\n3|Lost|2026-03-01"


def test_history_gives_the_stays_in_their_order_and_the_last_step_of_what_is_decided() -> None:
    found = rehearsed(
        opportunity=DEALS,
        stage="""opportunity|step|entered
1|Offer|2026-02-01
1|New|2026-01-01
1|Offer|2026-02-03
2|New|2026-01-01
2|Won|2026-03-01
9|New|2026-01-01
3|Odd|2026-01-01""",
    )
    deals = by_key(found, "opportunity")
    assert deals["1"].values["stays"] == [(1, date(2026, 1, 1)), (2, date(2026, 2, 1))]
    assert (deals["2"].values["stays"], deals["2"].values["step"], deals["3"].values["step"]) == ([(1, date(2026, 1, 1))], 1, 2)
    assert reasons(found) == {7: "There is no deal 9.", 8: "step: Odd is no known step."}


def test_times_of_one_day_order_the_steps_and_without_them_the_rows_do() -> None:
    timed = "opportunity|step|entered\n1|Offer|2026-02-01 10:00:00\n1|New|2026-02-01 09:00:00"
    assert [step for step, _ in by_key(rehearsed(opportunity=DEALS, stage=timed), "opportunity")["1"].values["stays"]] == [1, 2]
    newest_first = "opportunity|step|entered\n2|New|2026-03-01\n1|Offer|2026-02-01\n1|New|2026-02-01\n2|New|2026-01-01"
    found = rehearsed(opportunity=DEALS, stage=newest_first)
    assert [step for step, _ in by_key(found, "opportunity")["1"].values["stays"]] == [1, 2]


def test_a_history_made_in_one_instant_tells_no_times() -> None:
    text = "opportunity|step|entered\n1|New|2026-02-01 10:00:00\n1|Offer|2026-02-01 10:00:00\n2|New|2026-02-01 10:00:00"
    found = rehearsed(opportunity=DEALS, stage=text)
    deals = by_key(found, "opportunity")
    assert (deals["1"].values["stays"], deals["2"].values["stays"]) == ([(2, None)], [(1, None)])
    assert finding(found, "history_without_timing").rows == 3


def test_a_single_deal_whose_entries_share_an_instant_tells_none_either() -> None:
    text = "opportunity|step|entered\n1|New|2026-02-01 10:00\n1|Offer|2026-02-01 10:00\n2|New|2026-01-01 10:00"
    found = rehearsed(opportunity=DEALS, stage=text)
    deals = by_key(found, "opportunity")
    assert (deals["1"].values["stays"], deals["2"].values["stays"]) == ([(2, None)], [(1, date(2026, 1, 1))])
    assert "history_without_timing" in kinds(found)
