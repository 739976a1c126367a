"""The kept files of other systems, detected and rehearsed: the numbers are those of their catalogue, not of our output."""

import csv
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from bailiwick.exchange.reading import read
from bailiwick.exchange.rules.detecting import answered, detect
from bailiwick.exchange.rules.mapping import Column, Mapping, TableMapping
from bailiwick.exchange.rules.records import Rehearsal
from bailiwick.exchange.rules.rehearsing import rehearse
from tests.exchange.given import DATA, needs_data
from tests.exchange.rehearsed import TODAY, finding, kinds, reasons

pytestmark = needs_data

CRM = DATA / "crm_sales_opportunities"
TABLES = [CRM / f"{name}.csv" for name in ("accounts", "products", "sales_teams")]
CRM_READING = {
    "accounts.csv": ("account", "account.name=account account.sector=sector account.parent=subsidiary_of"),
    "products.csv": ("product", "product.name=product product.family=series product.list_price=sales_price"),
    "sales_teams.csv": ("person", "person.name=sales_agent person.manager=manager person.office=regional_office"),
    "sales_pipeline.csv": (
        "opportunity",
        """opportunity.key=opportunity_id opportunity.owner=sales_agent opportunity.product=product opportunity.account=account
        opportunity.stage=deal_stage opportunity.entered=engage_date opportunity.close=close_date opportunity.value=close_value""",
    ),
}


@cache
def detected(*paths: Path) -> Rehearsal:
    """The files under the mapping that they look like.

    One of the layouts leaves its short days open, and its two columns differ: 1-11-16 was entered in November, 03-01-17 was
    closed in March.
    """
    tables = read(list(paths))
    mapping = detect(tables, source="test")
    asked = [question.key for question in mapping.questions if question.key.startswith("days|")]
    mapping = answered(mapping, {key: "dmy" if "engage" in key else "mdy" for key in asked})
    found = rehearse(tables, mapping, today=TODAY)
    assert found.rows == found.accepted + found.duplicates + len(found.refused)
    return found


def outcomes(found: Rehearsal) -> Counter[str]:
    return Counter(deal.values["outcome"] for deal in found.records["opportunity"])


def won(found: Rehearsal) -> Decimal:
    deals = found.records["opportunity"]
    return sum((deal.values["value"] for deal in deals if deal.values["outcome"] == "won"), Decimal(0))


def numbers(found: Rehearsal) -> dict[str, int]:
    return {kind: len(records) for kind, records in found.records.items() if records}


def is_the_crm(found: Rehearsal) -> None:
    assert numbers(found) == {"person": 41, "account": 85, "product": 7, "opportunity": 8800}
    assert outcomes(found) == {"won": 4238, "lost": 2473, "open": 1589 + 500}
    assert won(found) == 10_005_534
    assert (found.rows, found.accepted, found.refused) == (8927, 8927, ())
    assert (found.since, found.as_of) == (date(2016, 10, 20), date(2017, 12, 31))
    assert finding(found, "without_account").rows == 1425
    assert finding(found, "several_holders").rows == 85
    assert finding(found, "lost_without_value").rows == 2473
    assert "GTXPro = GTX Pro" in str(finding(found, "spelling").sentence)


def test_the_crm_under_a_mapping_written_by_hand() -> None:
    tables = read([*TABLES, CRM / "sales_pipeline.csv"])
    pairs = {name: [one.split("=") for one in text.split()] for name, (_, text) in CRM_READING.items()}
    mapped = tuple(
        TableMapping(name, kind, tuple(Column(target, column, {"iso": "ymd"}) for target, column in pairs[name]))
        for name, (kind, _) in CRM_READING.items()
    )
    stages = {"Won": "won", "Lost": "lost", "Engaging": "open", "Prospecting": "open"}
    mapping = Mapping("crm", tables=mapped, outcomes=stages, steps=("Prospecting", "Engaging"))
    is_the_crm(rehearse(tables, mapping, today=TODAY))


@pytest.mark.parametrize(
    "pipeline", ["sales_pipeline.csv", "variants/sales_pipeline_dmy2.csv", "variants/sales_pipeline_mdy_mixed.csv"]
)
def test_the_crm_in_each_of_its_layouts_is_the_same(pipeline: str) -> None:
    found = detected(*TABLES, CRM / pipeline)
    is_the_crm(found)
    plain = detected(*TABLES, CRM / "sales_pipeline.csv")
    for kind, records in plain.records.items():
        assert [replace(record, table="") for record in found.records[kind]] == [replace(record, table="") for record in records]


def test_the_crm_has_its_managers_steps_and_rows_equal_but_their_id() -> None:
    found = detected(*TABLES, CRM / "sales_pipeline.csv")
    managers = {person.values["manager"] for person in found.records["person"]} - {None}
    assert len(managers) == 6
    assert all(person.line == 0 for person in found.records["person"] if person.key in managers)
    steps = Counter((deal.values["outcome"], deal.values["step"]) for deal in found.records["opportunity"])
    assert (steps["open", 1], steps["open", 2]) == (500, 1589)
    with (CRM / "sales_pipeline.csv").open(newline="") as file:
        rows = [tuple(row[1:]) for row in csv.reader(file)][1:]
    assert finding(found, "rows_equal_but_id").rows == len(rows) - len(set(rows))


def test_the_funnel_has_its_leads_its_wins_and_nothing_lost() -> None:
    found = detected(DATA / "olist_funnel")
    assert numbers(found) == {"person": 32 + 22 - 13, "account": 842, "lead": 8000, "opportunity": 842}
    assert outcomes(found) == {"won": 842}
    assert (found.since, found.as_of) == (date(2017, 6, 14), date(2018, 11, 14))
    assert finding(found, "won_before_first_contact").rows == 1
    assert {"no_losses", "implied"} <= set(kinds(found))
    assert all(deal.values["lead"] and deal.values["developer"] for deal in found.records["opportunity"])
    assert all(person.values["name"].startswith("Person ") for person in found.records["person"])


def test_the_resellers_have_their_orders_to_the_cent() -> None:
    """Each order is rounded to the cent once, half up, after its lines are summed exactly; 3,796 roundings differ by little."""
    found = detected(DATA / "adventureworks_resellers")
    assert numbers(found) == {"person": 19, "account": 701, "product": 504, "opportunity": 3796}
    assert outcomes(found) == {"won": 3796}
    assert abs(won(found) - Decimal("80450596.98")) < Decimal("0.10")
    assert sum(len(deal.values["lines"]) for deal in found.records["opportunity"]) == 60_855
    assert finding(found, "several_holders").rows == 210
    assert finding(found, "sold_below_cost").rows == 21_829
    assert (found.since, found.as_of) == (date(2010, 12, 29), date(2013, 11, 29))
    assert (found.duplicates, len(found.refused)) == (606 - 504, 296 - 19)
    assert set(reasons(found).values()) == {"Sells nothing and leads nobody who does."}
    assert sum(person.values["sells"] for person in found.records["person"]) == 17
    assert len({deal.values["account"] for deal in found.records["opportunity"]}) == 635


def test_the_salesforce_export_has_its_deals_and_a_history_without_timing() -> None:
    found = detected(DATA / "salesforce_data_export")
    assert numbers(found) == {"person": 1, "account": 12, "lead": 22, "opportunity": 31}
    assert outcomes(found) == {"won": 18, "open": 13}
    assert finding(found, "history_without_timing").rows == 62
    assert "no_losses" in kinds(found)
    deals = found.records["opportunity"]
    assert all(deal.values["account"] in {account.key for account in found.records["account"]} for deal in deals)
    assert {len(deal.values["stays"]) for deal in deals if deal.values["outcome"] == "open"} == {1}


def test_the_hubspot_export_has_its_deals_companies_and_activities() -> None:
    found = detected(DATA / "hubspot_style_dummy")
    assert outcomes(found) == {"won": 71, "lost": 69, "open": 360}
    assert (len(found.records["account"]), len(found.records["activity"])) == (200, 2000)
    assert Counter(Counter(deal.values["owner"] for deal in found.records["opportunity"]).values()) == {100: 5}
    assert found.as_of == date(2025, 5, 2)
    with (DATA / "hubspot_style_dummy" / "hubspot_deals.csv").open(newline="") as file:
        tied = {row["Associated Contact Email"] for row in csv.DictReader(file) if row["Associated Company Domain"]}
    with (DATA / "hubspot_style_dummy" / "hubspot_activities.csv").open(newline="") as file:
        met = Counter(row["Associated Contact Email"] in tied for row in csv.DictReader(file))
    assert Counter(bool(activity.values["contact"]) for activity in found.records["activity"]) == met
    assert {contact.key for contact in found.records["contact"]} == tied
