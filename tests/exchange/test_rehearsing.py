"""Rows that tell of deals: outcome, step, days, value, and which of them are taken."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bailiwick.exchange.rules.mapping import Mapping, TableMapping
from bailiwick.exchange.rules.rehearsing import rehearse
from bailiwick.exchange.rules.rehearsing.book import BLANK
from bailiwick.exchange.rules.rehearsing.outcomes import Signs, outcome_of
from bailiwick.exchange.rules.tables import Spoilt, Table
from bailiwick.kit import say
from tests.exchange.rehearsed import READING, TODAY, by_key, finding, kinds, only, reasons, rehearsed, table


def test_every_key_is_there_whatever_is_mapped() -> None:
    found = rehearsed(opportunity="key\n1", person="name\nAnna", activity="text|day\nHello|2026-01-01", lead="name\nJo")
    for kind, records in found.records.items():
        assert all(list(record.values) == list(BLANK[kind]) for record in records)


def test_an_open_deal_stands_in_its_step_and_expects_its_close() -> None:
    deal = only(rehearsed(opportunity="key|stage|value|entered|close\n1|Offer|900.50|2026-01-05|2026-12-24"), "opportunity")
    assert (deal["outcome"], deal["step"], deal["value"]) == ("open", 2, Decimal("900.50"))
    assert (deal["entered"], deal["expected"], deal["decided"]) == (date(2026, 1, 5), date(2026, 12, 24), None)


def test_a_decided_deal_was_decided_on_its_close_and_stood_in_the_last_step() -> None:
    deal = only(rehearsed(opportunity="key|stage|close\n1|Won|2026-02-01"), "opportunity")
    assert (deal["outcome"], deal["step"], deal["decided"], deal["expected"]) == ("won", 2, date(2026, 2, 1), None)


def test_days_of_their_own_go_before_the_close() -> None:
    text = "key|stage|close|decided|expected\n1|Won|2026-02-01|2026-01-31|\n2|New|2026-12-01||2027-01-01"
    deals = by_key(rehearsed(opportunity=text), "opportunity")
    assert deals["1"].values["decided"] == date(2026, 1, 31)
    assert deals["2"].values["expected"] == date(2027, 1, 1)


def test_without_stages_and_steps_rows_are_orders_in_the_only_step() -> None:
    deal = only(rehearsed(opportunity="key|decided\n1|2026-02-01", reading=Mapping("orders")), "opportunity")
    assert (deal["outcome"], deal["step"]) == ("won", 1)


@pytest.mark.parametrize(
    ("signs", "outcome"),
    [
        (Signs(), "won"),
        (Signs(staged=True), "open"),
        (Signs("Won", staged=True), "won"),
        (Signs("Dropped", staged=True), "withdrawn"),
        (Signs("Offer", staged=True), "open"),
        (Signs("Odd", staged=True), ""),
        (Signs("Odd", won=True, closed=True, staged=True), "won"),
        (Signs("Odd", won=False, closed=True, staged=True), "lost"),
        (Signs("Dropped", won=False, closed=True, staged=True), "withdrawn"),
        (Signs("Won", won=False, closed=False, staged=True), "open"),
        (Signs("Odd", closed=True, staged=True), ""),
        (Signs("Lost", closed=True, staged=True), "lost"),
        (Signs(closed=True), "won"),
        (Signs(closed=False), "open"),
        (Signs(won=False, day=True), "lost"),
        (Signs(won=False), "open"),
        (Signs("Dropped", won=False, staged=True), "withdrawn"),
    ],
)
def test_checks_go_before_the_stage(signs: Signs, outcome: str) -> None:
    assert outcome_of(signs, READING) == outcome


def test_a_stage_of_which_nobody_knows_the_outcome_is_refused() -> None:
    assert reasons(rehearsed(opportunity="key|stage\n1|Odd")) == {2: "stage: nothing says whether Odd is won, lost or open."}


def test_a_decided_deal_without_a_day_takes_that_of_its_last_change_or_entry_and_is_told() -> None:
    text = "key|stage|modified|entered\n1|Won|2026-03-01|2026-01-01\n2|Lost||2026-01-02\n3|Won||"
    found = rehearsed(opportunity=text)
    deals = by_key(found, "opportunity")
    assert [deals[key].values["decided"] for key in "12"] == [date(2026, 3, 1), date(2026, 1, 2)]
    assert finding(found, "decided_without_day").rows == 2
    assert reasons(found) == {4: "It is decided, but no day says when."}


def test_what_has_not_happened_yet_is_not_decided_but_clocks_may_be_a_day_ahead() -> None:
    found = rehearsed(opportunity="key|stage|close\n1|Won|2026-11-23\n2|Won|2026-11-24")
    assert list(by_key(found, "opportunity")) == ["1"]
    assert reasons(found) == {3: "Decided on 2026-11-24: what has not happened yet is not decided."}
    assert found.as_of is None  # nothing happened until today


def test_a_loss_of_nothing_is_a_loss_of_unknown_value_and_a_win_of_nothing_is_free() -> None:
    found = rehearsed(
        opportunity="key|stage|value|close\n1|Lost|0|2026-01-01\n2|Dropped||2026-01-01\n3|Won|0|2026-01-01\n4|New|0|"
    )
    values = [deal.values["value"] for deal in found.records["opportunity"]]
    assert values == [None, None, Decimal(0), Decimal(0)]
    assert finding(found, "lost_without_value").rows == 2


def test_a_negative_value_is_refused() -> None:
    assert reasons(rehearsed(opportunity="key|value\n1|-5")) == {2: "value: -5 is below zero."}


def test_days_in_the_wrong_order_are_kept_and_told() -> None:
    text = "key|stage|entered|close|modified\n1|Won|2026-03-01|2026-02-01|2026-02-15"
    found = rehearsed(opportunity=text)
    assert only(found, "opportunity")["decided"] < only(found, "opportunity")["entered"]
    assert {"closed_before_entered", "modified_before_entered"} <= set(kinds(found))


def test_a_deal_is_titled_after_its_title_its_product_its_company_or_its_key() -> None:
    text = "key|title|product|account\n1|Big one|Hoist|Acme\n2||Hoist|Acme\n3|||Acme\nD-4|||"
    titles = [deal.values["title"] for deal in rehearsed(opportunity=text).records["opportunity"]]
    assert titles == ["Big one", "Hoist", "Acme", "D-4"]


def test_a_product_makes_one_line_with_the_value_shared_over_the_quantity() -> None:
    text = "key|product|quantity|value\n1|Hoist|3|100\n2|Hoist||50\n3|Hoist|2|\n4||2|50\n5|Hoist|0|7"
    lines = [deal.values["lines"] for deal in rehearsed(opportunity=text).records["opportunity"]]
    assert lines == [
        [("Hoist", Decimal(3), Decimal("33.3333"))],
        [("Hoist", Decimal(1), Decimal(50))],
        [("Hoist", Decimal(2), None)],
        [],
        [("Hoist", Decimal(1), Decimal(7))],
    ]


def test_a_stated_discount_stands_only_where_no_list_price_says_it() -> None:
    deals = rehearsed(
        product="name|list_price\nHoist|1000\nCrane|", opportunity="key|product|discount\n1|Hoist|12.5%\n2|Crane|12.5%\n3||12.5%"
    ).records["opportunity"]
    assert [deal.values["stated_discount"] for deal in deals] == [None, Decimal("0.125"), Decimal("0.125")]


def test_the_currency_of_the_column_goes_before_that_of_the_source() -> None:
    deals = rehearsed(opportunity="key|currency\n1|usd\n2|\n3|€\n4|a lot")
    assert [deal.values["currency"] for deal in deals.records["opportunity"]] == ["USD", "EUR", "EUR"]
    assert reasons(deals) == {5: "currency: a lot is no currency such as EUR."}


def test_a_row_deleted_in_the_source_is_refused() -> None:
    assert reasons(rehearsed(opportunity="key|deleted\n1|1\n2|0")) == {2: "Deleted in the source."}


def test_a_row_said_twice_is_a_duplicate_and_one_id_with_two_contents_is_refused() -> None:
    found = rehearsed(opportunity="key|value\n1|5\n1|5\n1|6\nA|1\na|1")
    assert (found.rows, found.accepted, found.duplicates) == (5, 3, 1)
    assert reasons(found) == {4: "Line 2 has the same id with other content."}
    assert list(by_key(found, "opportunity")) == ["1", "A", "a"]


def test_a_repetition_in_another_table_is_one_too() -> None:
    july, august = table("opportunity", "key|value\n1|5", "july"), table("opportunity", "key|value\n1|5\n2|6\n1|7", "august")
    found = rehearsed(july, august)
    assert (found.accepted, found.duplicates) == (2, 1)
    assert reasons(found) == {4: "Line 2 of july has the same id with other content."}


def test_rows_equal_but_their_id_are_taken_and_told() -> None:
    found = rehearsed(opportunity="key|account|value\n1|Acme|5\n2|Acme|5\n3|Acme|5\n4|Acme|6")
    assert len(found.records["opportunity"]) == 4
    assert (finding(found, "rows_equal_but_id").rows, finding(found, "rows_equal_but_id").examples) == (
        2,
        (("deals", 3), ("deals", 4)),
    )


def test_without_ids_two_equal_rows_are_two_deals_with_the_same_keys_in_every_import() -> None:
    first = rehearsed(opportunity="account|value\nAcme|5\nAcme|5\nBorg|5")
    later = rehearsed(opportunity="value|account\n9|New Co\n5|Acme\n5|Borg\n5|Acme")
    assert len(first.records["opportunity"]) == 3
    assert set(by_key(first, "opportunity")) < set(by_key(later, "opportunity"))


def test_an_empty_row_tells_of_no_deal() -> None:
    assert reasons(rehearsed(opportunity="account|value|stage\nAcme|5|New\n-|NULL|")) == {
        3: "Nothing here says whom or what the row is about."
    }


def test_spoilt_rows_are_refused_with_their_reason_and_all_rows_are_accounted_for() -> None:
    made, mapped = table("opportunity", "key|value\n1|5\n2|x")
    spoilt = Spoilt(9, ("2", "5", "6"), say("There are more cells than columns."))
    found = rehearsed((replace(made, spoilt=(spoilt,)), mapped))
    assert (found.rows, found.accepted) == (3, 1)
    assert reasons(found) == {3: "value: x is no number.", 9: "There are more cells than columns."}
    assert found.refused[1].cells == ("2", "5", "6")


def test_only_wins_make_a_win_rate_meaningless() -> None:
    assert "no_losses" in kinds(rehearsed(opportunity="key|stage|close\n1|Won|2026-01-01"))
    assert "no_losses" not in kinds(rehearsed(opportunity="key|stage|close\n1|Won|2026-01-01\n2|Lost|2026-01-01"))
    assert "no_losses" not in kinds(rehearsed(opportunity="key|stage\n1|New"))


def test_it_spans_from_the_oldest_day_to_the_newest_that_is_not_ahead() -> None:
    found = rehearsed(
        opportunity="key|stage|entered|close\n1|Won|2025-01-01|2026-02-01\n2|New|2026-12-31|2027-01-01",
        activity="text|day\nCalled|2026-03-01",
        lead="name|entered\nJo|2024-12-24",
    )
    assert (found.since, found.as_of) == (date(2024, 12, 24), date(2026, 3, 1))


def test_a_table_left_aside_is_told_with_its_reason_and_its_rows_do_not_count() -> None:
    aside = Table("quotas", ("a",), [("1",)], [2])
    unknown = Table("odd", ("a",), [("1",)], [2])
    mapping = Mapping("test", tables=(TableMapping("quotas", "", aside=say("It holds plans, no deals.")),))
    found = rehearse([aside, unknown], mapping, today=TODAY)
    assert (found.rows, [str(one.sentence) for one in found.findings]) == (
        0,
        ["quotas is left aside: It holds plans, no deals.", "odd is left aside: nothing is known of it."],
    )


def test_the_same_tables_come_out_the_same() -> None:
    texts = {"person": "name|manager\nAnna|Rita", "opportunity": "account|owner|value\nAcme|Anna|5\nBorg|Bert|5\nacme|Bert|7"}
    assert rehearsed(**texts) == rehearsed(**texts)
