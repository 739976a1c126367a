"""The kept files of other systems come out as what they are."""

from pathlib import Path

import pytest

from bailiwick.exchange.reading import read
from bailiwick.exchange.rules.detecting import detect
from bailiwick.exchange.rules.mapping import Mapping
from bailiwick.exchange.rules.values.days import day_of
from bailiwick.kit import Refused
from tests.exchange.given import DATA, needs_data

pytestmark = needs_data

CRM = DATA / "crm_sales_opportunities"
PIPELINE = {
    "opportunity.key": "opportunity_id",
    "opportunity.account": "account",
    "opportunity.owner": "sales_agent",
    "opportunity.product": "product",
    "opportunity.stage": "deal_stage",
    "opportunity.value": "close_value",
    "opportunity.entered": "engage_date",
    "opportunity.close": "close_date",
}


def detected(*paths: Path) -> Mapping:
    return detect(read(list(paths)), source="test")


def files(folder: str) -> list[Path]:
    return sorted(path for path in (DATA / folder).iterdir() if path.suffix in (".csv", ".tsv", ".parquet"))


def columns(mapping: Mapping, name: str) -> dict[str, str]:
    table = next(table for table in mapping.tables if table.table.endswith(name))
    return {column.target: column.column for column in table.columns}


def kinds(mapping: Mapping) -> dict[str, str]:
    return {table.table.split("/")[-1]: table.kind for table in mapping.tables}


def test_a_folder_with_pipeline_accounts_products_and_teams() -> None:
    mapping = detected(*sorted(CRM.glob("*.csv")))
    assert kinds(mapping) == {
        "accounts.csv": "account",
        "data_dictionary.csv": "",
        "products.csv": "product",
        "sales_pipeline.csv": "opportunity",
        "sales_teams.csv": "person",
    }
    assert columns(mapping, "sales_pipeline.csv") == PIPELINE
    assert columns(mapping, "accounts.csv") == {
        "account.name": "account",
        "account.country": "office_location",
        "account.sector": "sector",
        "account.parent": "subsidiary_of",
    }
    assert columns(mapping, "products.csv") == {
        "product.name": "product",
        "product.family": "series",
        "product.list_price": "sales_price",
    }
    assert columns(mapping, "sales_teams.csv") == {
        "person.name": "sales_agent",
        "person.manager": "manager",
        "person.office": "regional_office",
    }
    assert mapping.outcomes == {"Won": "won", "Lost": "lost", "Engaging": "open", "Prospecting": "open"}
    assert mapping.steps == ("Prospecting", "Engaging")
    assert mapping.same == {"product": {"GTXPro": "GTX Pro"}}
    assert mapping.questions == ()


def test_days_with_years_of_two_digits_settle_themselves_where_the_data_tell() -> None:
    mapping = detected(CRM / "variants" / "sales_pipeline_dmy2.csv")
    assert columns(mapping, "sales_pipeline_dmy2.csv") == PIPELINE
    assert not mapping.questions
    for target in ("opportunity.entered", "opportunity.close"):
        assert mapping.tables[0].of(target).days == {"-2": "dmy"}  # type: ignore[union-attr]


@pytest.mark.parametrize("beside", [(), ("accounts.csv", "products.csv", "sales_teams.csv")])
def test_the_order_of_events_tells_layouts_apart_that_were_mixed_in_one_column(beside: tuple[str, ...]) -> None:
    """The export wrote 01-10-17 with the day first in one column and with the month first in the next: one reading fits."""
    mapping = detected(CRM / "variants" / "sales_pipeline_mdy_mixed.csv", *(CRM / name for name in beside))
    assert columns(mapping, "mdy_mixed.csv") == PIPELINE
    table = next(one for one in mapping.tables if one.kind == "opportunity")
    assert not mapping.open_questions
    assert table.of("opportunity.close").days == {"/4": "mdy", "-2": "mdy"}  # type: ignore[union-attr]
    assert table.of("opportunity.entered").days == {"/4": "mdy", "-2": "dmy"}  # type: ignore[union-attr]


def test_all_layouts_of_the_pipeline_are_read_as_the_same_days() -> None:
    days = []
    for file in ("sales_pipeline.csv", "variants/sales_pipeline_dmy2.csv", "variants/sales_pipeline_mdy_mixed.csv"):
        (table,) = read([CRM / file])
        mapping = detect([table])
        both = [mapping.tables[0].of(f"opportunity.{one}") for one in ("entered", "close")]
        keys = table.column("opportunity_id")
        cells = [[day_of(cell, one.days) for cell in table.column(one.column)] for one in both if one]
        days.append(dict(zip(keys, zip(*cells, strict=True), strict=True)))
    assert days[0] == days[1] == days[2]


def test_a_funnel_of_leads_and_closed_deals() -> None:
    mapping = detected(*files("olist_funnel"))
    assert columns(mapping, "leads_dataset.csv") == {
        "lead.key": "mql_id",
        "lead.origin": "origin",
        "lead.entered": "first_contact_date",
    }
    deals = columns(mapping, "deals_dataset.csv")
    assert deals.pop("account.sector") == "business_segment"
    assert deals == {
        "opportunity.account": "seller_id",
        "opportunity.owner": "sr_id",
        "opportunity.developer": "sdr_id",
        "opportunity.lead": "mql_id",
        "opportunity.decided": "won_date",
    }
    assert not mapping.questions


def test_a_warehouse_of_order_lines() -> None:
    mapping = detected(*files("adventureworks_resellers"))
    assert {name: kind for name, kind in kinds(mapping).items() if kind} == {
        "FactResellerSales.parquet": "line",
        "DimEmployee.csv": "person",
        "DimProduct.csv": "product",
        "DimReseller.csv": "account",
    }
    assert columns(mapping, "FactResellerSales.parquet") == {
        "line.opportunity": "SalesOrderNumber",
        "line.product": "ProductKey",
        "line.quantity": "OrderQuantity",
        "line.price": "UnitPrice",
        "line.amount": "SalesAmount",
        "line.cost": "TotalProductCost",
        "opportunity.account": "ResellerKey",
        "opportunity.owner": "EmployeeKey",
        "opportunity.decided": "OrderDate",
    }
    people = columns(mapping, "DimEmployee.csv")
    assert people["person.key"] == "EmployeeKey"
    assert (people["person.first_name"], people["person.last_name"]) == ("FirstName", "LastName")
    assert people["person.manager"] == "ParentEmployeeKey"
    assert people["person.sells"] == "SalesPersonFlag"
    assert "person.name" not in people
    assert columns(mapping, "DimReseller.csv")["account.name"] == "ResellerName"
    assert columns(mapping, "DimProduct.csv")["product.list_price"] == "ListPrice"
    assert all(table.aside for table in mapping.tables if not table.kind)
    assert "targets" in str(next(table.aside for table in mapping.tables if table.table.endswith("FactSalesQuota.csv")))
    assert not mapping.questions


def test_a_data_export_of_one_file_per_object() -> None:
    mapping = detected(*files("salesforce_data_export"))
    assert mapping.dialect == "salesforce"
    assert kinds(mapping) == {
        "Account.csv": "account",
        "Campaign.csv": "",
        "Event.csv": "",
        "Lead.csv": "lead",
        "Opportunity.csv": "opportunity",
        "OpportunityHistory.csv": "stage",
    }
    deals = columns(mapping, "Opportunity.csv")
    assert deals["opportunity.account"] == "AccountId"
    assert deals["opportunity.owner"] == "OwnerId"
    assert deals["opportunity.place"] == "StageSortOrder"
    assert deals["opportunity.won"] == "IsWon"
    assert deals["opportunity.value"] == "Amount"
    assert deals["opportunity.close"] == "CloseDate"
    assert columns(mapping, "OpportunityHistory.csv") == {
        "stage.opportunity": "OpportunityId",
        "stage.step": "StageName",
        "stage.entered": "CreatedDate",
    }
    assert mapping.steps[0] == "Prospecting"
    assert mapping.steps[-1] == "Negotiation/Review"
    assert not mapping.questions


def test_deals_that_name_companies_by_their_domain() -> None:
    mapping = detected(*files("hubspot_style_dummy"))
    deals = columns(mapping, "hubspot_deals.csv")
    assert deals["opportunity.account"] == "Associated Company Domain"
    assert deals["opportunity.contact"] == "Associated Contact Email"
    assert deals["opportunity.pipeline"] == "Pipeline"
    assert columns(mapping, "hubspot_companies.csv")["account.website"] == "Company Domain Name"
    assert columns(mapping, "hubspot_activities.csv")["activity.kind"] == "Activity Type"
    assert mapping.outcomes["Contract Sent"] == "open"
    assert mapping.steps[:2] == ("Appointment Scheduled", "Qualified to Buy")


def test_files_written_oddly() -> None:
    mapping = detected(*files("odd_csv"))
    assert kinds(mapping)["FactSales_bom_dmy.csv"] == "line"
    lines = next(table for table in mapping.tables if table.kind)
    assert lines.of("opportunity.decided").days == {"/4": "dmy"}  # type: ignore[union-attr]
    assert all(table.aside for table in mapping.tables if not table.kind)


@pytest.mark.parametrize(
    "folder",
    [
        "event_log_escalations",
        "febrl",
        "geography",
        "legal_forms",
        "nps_survey",
        "organisations_with_true_ids",
        "people_analytics",
        "survey_customer_satisfaction",
        "survey_leadership_items",
    ],
)
def test_what_is_no_sales_export_is_refused(folder: str) -> None:
    with pytest.raises(Refused) as refused:
        detected(*files(folder))
    assert refused.value.code == "no_sales_export"
    assert str(refused.value.sentence)
