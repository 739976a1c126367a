"""The kept exports of other systems, read whole."""

import pytest

from bailiwick.exchange import reading
from bailiwick.exchange.rules.tables import Table
from tests.exchange.given import DATA, needs_data

pytestmark = needs_data


def only(path: str) -> Table:
    (table,) = reading.read([DATA / path])
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert len(table.rows) == len(table.lines)
    assert not table.spoilt
    return table


@pytest.mark.parametrize(
    ("path", "columns", "rows", "headed"),
    [
        ("crm_sales_opportunities/sales_pipeline.csv", 8, 8_800, True),
        ("crm_sales_opportunities/sales_teams.csv", 3, 35, True),
        ("crm_sales_opportunities/accounts.csv", 7, 85, True),
        ("crm_sales_opportunities/products.csv", 3, 7, True),
        ("crm_sales_opportunities/variants/sales_pipeline_dmy2.csv", 10, 8_800, True),
        ("crm_sales_opportunities/variants/sales_pipeline_mdy_mixed.csv", 8, 8_800, True),
        ("olist_funnel/olist_marketing_qualified_leads_dataset.csv", 4, 8_000, True),
        ("olist_funnel/olist_closed_deals_dataset.csv", 14, 842, True),
        ("adventureworks_resellers/FactResellerSales.parquet", 27, 60_855, True),
        ("adventureworks_resellers/DimEmployee.csv", 30, 296, True),
        ("adventureworks_resellers/FactSalesQuota.csv", 7, 163, True),
        ("adventureworks_resellers/oltp_SalesPerson.tsv", 9, 17, False),
        ("adventureworks_resellers/oltp_SalesTerritory.tsv", 10, 10, False),
        ("adventureworks_resellers/oltp_SalesTerritoryHistory.tsv", 7, 17, False),
        ("adventureworks_resellers/oltp_Employee.tsv", 16, 290, False),
        ("salesforce_data_export/Opportunity.csv", 40, 31, True),
        ("salesforce_data_export/Event.csv", 39, 0, True),
        ("hubspot_style_dummy/hubspot_deals.csv", 12, 500, True),
        ("hubspot_style_dummy/hubspot_activities.csv", 11, 2_000, True),
        ("odd_csv/ResellerSalesTargets_utf16.csv", 14, 81, True),
        ("odd_csv/FactSales_bom_dmy.csv", 27, 1_000, True),
        ("odd_csv/SalesOrderHeader_multichar_delimiter.csv", 22, 32, False),
        ("organisations_with_true_ids/csv_example_input_with_true_ids.csv", 29, 3_337, True),
        ("febrl/dataset1.csv", 11, 1_000, True),
        ("legal_forms/legal_names.csv", 2, 455, True),
        ("event_log_escalations/BPI_Challenge_2013_closed_problems.csv", 12, 6_660, True),
    ],
)
def test_every_row_of_a_kept_export_is_read(path: str, columns: int, rows: int, headed: bool) -> None:
    table = only(path)
    assert (len(table.columns), len(table.rows), table.headed) == (columns, rows, headed)


@pytest.mark.parametrize(
    "folder", ["crm_sales_opportunities", "olist_funnel", "salesforce_data_export", "hubspot_style_dummy", "odd_csv"]
)
def test_a_folder_is_read_file_by_file(folder: str) -> None:
    names = sorted(path.name for path in (DATA / folder).iterdir() if path.suffix == ".csv")
    assert [table.name for table in reading.read([DATA / folder])] == names


def test_line_breaks_inside_cells_count_as_lines_of_the_file() -> None:
    path = "organisations_with_true_ids/csv_example_input_with_true_ids.csv"
    table = only(path)
    assert any("\n" in cell for row in table.rows for cell in row)
    lines = (DATA / path).read_bytes().decode().split("\n")
    for at in (0, 500, 1_500, -1):
        assert lines[table.lines[at] - 1].startswith(table.rows[at][0] + ",")


def test_days_and_amounts_of_the_parquet_file_are_plain() -> None:
    table = only("adventureworks_resellers/FactResellerSales.parquet")
    assert table.column("OrderDate")[0] == "2010-12-29 00:00:00"
    assert table.column("SalesAmount")[0] == "2024.9940"
