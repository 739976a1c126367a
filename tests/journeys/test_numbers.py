"""From what is off course to the rows behind a number, and a target that is set, restated and withdrawn."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import Visits

pytestmark = pytest.mark.journey


def test_a_director_goes_from_the_overview_to_a_project_and_to_the_rows_of_a_number(visit: Visits) -> None:
    dora = visit.by("dora")
    dora.goto("/my-day")
    dora.keyboard.press("g")
    dora.keyboard.press("o")
    expect(dora).to_have_url(f"{visit.address}/overview")
    dora.get_by_role("link", name="Cobalt Payments").first.press("Enter")
    expect(dora.get_by_text("Aylin Sahin").first).to_be_visible()
    dora.goto("/measures/pipeline_count?by=seller")
    line = dora.get_by_role("row").filter(has_text="Noor Haddad").first
    count = int(line.get_by_role("link").inner_text())
    line.get_by_role("link").click()
    shown = dora.locator("#rows tbody tr")
    expect(shown).to_have_count(count)
    with dora.expect_download() as started:
        dora.get_by_role("link", name="All of them as CSV").click()
    text = Path(started.value.path()).read_text(encoding="utf-8-sig")
    told = list(csv.DictReader(io.StringIO(text)))
    assert len(told) == count
    assert {row["Seller"] for row in told} == {"Noor Haddad"}


def test_a_target_is_set_restated_and_withdrawn(visit: Visits) -> None:
    visit.expected += ["422"]
    dora = visit.by("dora")
    dora.goto("/targets")
    dora.get_by_role("link", name="Set a target").first.click()
    dora.get_by_label("Whose").select_option(label="Delta Fasteners")
    dora.get_by_label("Target").fill("a lot")
    dora.get_by_role("button", name="Set").click()
    expect(dora.get_by_text("A number looks like").first).to_be_visible()
    expect(dora.get_by_label("Target")).to_have_value("a lot")
    expect(dora.get_by_label("Whose").locator("option:checked")).to_have_text("Delta Fasteners")
    dora.get_by_label("Target").fill("250.000,50")
    dora.get_by_role("button", name="Set").click()
    line = dora.get_by_role("row").filter(has_text="Delta Fasteners")
    expect(line).to_contain_text("250,000")
    line.get_by_role("link", name="Delta Fasteners").click()
    dora.get_by_label("Target").fill("300000")
    dora.get_by_role("button", name="Restate").click()
    expect(line).to_contain_text("300,000")
    line.get_by_role("link", name="Delta Fasteners").click()
    dora.get_by_role("button", name="Withdraw this target").click()
    expect(dora.get_by_role("status").first).to_contain_text("withdrawn")
    expect(line).to_have_count(0)


def test_a_manager_sees_the_own_project_and_no_neighbour(visit: Visits) -> None:
    aylin = visit.by("aylin", viewport={"width": 390, "height": 844})
    aylin.goto("/overview")
    expect(aylin.get_by_role("heading", level=1)).to_be_visible()
    assert "Delta" not in aylin.locator("main").inner_text()
    aylin.get_by_role("link", name="Cobalt Payments").first.click()
    expect(aylin.get_by_role("heading", name="Team")).to_be_visible()
    aylin.get_by_text("As a table").first.click()
    expect(aylin.locator("figure table").first).to_be_visible()
