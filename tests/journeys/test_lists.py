"""Lists by keyboard and on a phone: a value in its place, several rows at once and back, a view."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import Visits

pytestmark = pytest.mark.journey


def test_a_value_is_changed_in_its_place_by_keyboard_alone(visit: Visits, facts: dict[str, Any]) -> None:
    visit.expected.append("422")
    page = visit.by("ben")
    page.goto("/pipeline?standing=undecided&columns=title,origin")
    row = page.get_by_role("row").filter(has_text="Brauhaus Mitte terminals")
    row.get_by_role("link", name="Change Where it came from").focus()
    page.keyboard.press("Enter")
    expect(row.get_by_role("textbox")).to_be_focused()
    page.keyboard.type("trade fair")
    page.keyboard.press("Enter")
    expect(row).to_contain_text("trade fair")
    row.get_by_role("link", name="Change Where it came from").focus()
    page.keyboard.press("Enter")
    expect(row.get_by_role("textbox")).to_have_value("trade fair")
    page.keyboard.type("something else")
    page.keyboard.press("Escape")
    expect(row.get_by_role("textbox")).to_have_count(0)
    expect(row).to_contain_text("trade fair")


def test_several_rows_get_a_day_on_a_phone_and_the_old_ones_again(visit: Visits, facts: dict[str, Any]) -> None:
    page = visit.by("ben", viewport={"width": 390, "height": 800})
    page.goto("/pipeline?standing=undecided")
    page.get_by_role("checkbox", name="Tick Brauhaus Mitte terminals").check()
    page.get_by_role("checkbox", name="Tick Blech und Bau KG terminals").check()
    page.get_by_label("Change of the ticked rows").select_option(label="Expected close")
    page.get_by_role("button", name="Go on (2)").click()
    page.get_by_label("Expected close").fill("2031-05-06")
    page.get_by_role("button", name="Look what would change").click()
    expect(page.get_by_role("heading", name="2 rows would change")).to_be_visible()
    page.get_by_role("button", name="Change all 2").click()
    expect(page.get_by_text("6 May 2031")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="Undo all of it").click()
    expect(page.get_by_text("2 rows say again what they said before.")).to_be_visible()
    expect(page.get_by_text("6 May 2031")).to_have_count(0)


def test_a_question_is_kept_as_a_view_and_asked_again(visit: Visits) -> None:
    page = visit.by("noor")
    page.goto("/accounts?q=Arno")
    page.get_by_text("Keep as a view").click()
    page.get_by_label("Name of the view").fill("Paper")
    page.get_by_role("button", name="Keep", exact=True).click()
    page.goto("/accounts")
    page.get_by_role("link", name="Paper").click()
    expect(page.get_by_role("table")).to_contain_text("Arno Papier AG")
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("button", name="Drop Paper").click()
    expect(page.get_by_role("link", name="Paper")).to_have_count(0)


def test_a_card_is_dragged_to_the_next_step_and_sent_back_by_keyboard(visit: Visits) -> None:
    page = visit.by("sven")
    page.goto("/pipeline/board?standing=undecided")
    card = page.locator("[data-card]").filter(has_text="Stahlhof Süd terminals")
    card.drag_to(page.get_by_role("region", name="Proposal"))
    there = page.get_by_role("region", name="Proposal")
    expect(there).to_contain_text("Stahlhof Süd terminals")
    there.get_by_label("Move Stahlhof Süd terminals to").select_option(label="Prospect")
    there.get_by_role("button", name="Move Stahlhof Süd terminals").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Prospect")).to_contain_text("Stahlhof Süd terminals")
