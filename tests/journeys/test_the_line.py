"""The one line, from typing it to everybody who may read it."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import OFFLINE, Visits

pytestmark = pytest.mark.journey
LINE = "Called Kranbau Weiss about cranes, send offer by Friday"


def kept(visit: Visits, words: str) -> int:
    """How many activities hold these words."""
    return int(visit.site.home.ask("SELECT count(*) FROM pipeline_activity WHERE text LIKE %s", f"%{words}%")[0][0])


def test_a_typed_line_is_understood_kept_and_seen_by_those_who_may(visit: Visits, facts: dict[str, Any]) -> None:
    seller = visit.by("noor")
    seller.goto("/my-day")
    seller.get_by_label("What happened?").fill(LINE)
    chips = seller.locator("#understood .chip")
    expect(chips.filter(has_text="Kranbau Weiss GmbH")).to_be_visible()
    seller.keyboard.press("Enter")
    expect(seller.get_by_label("What happened?")).to_be_empty()
    expect(seller.locator("[data-unsent] li")).to_have_count(0)
    account = f"/accounts/{facts['accounts']['Kranbau Weiss GmbH']}"
    seller.goto(account)
    expect(seller.locator(".todo li").filter(has_text="offer")).to_be_visible()
    expect(seller.locator(".timeline").get_by_text("about cranes").first).to_be_visible()

    manager = visit.by("aylin")
    manager.goto(account)
    expect(manager.locator(".timeline").get_by_text("about cranes").first).to_be_visible()

    visit.expected.append("404")
    neighbour = visit.by("sven")
    answer = neighbour.goto(account)
    assert answer
    assert answer.status == 404
    expect(neighbour.get_by_role("heading", name="Nothing here")).to_be_visible()


def test_a_line_written_offline_stays_marked_and_is_sent_once(visit: Visits) -> None:
    visit.expected += OFFLINE
    seller = visit.by("noor")
    seller.goto("/my-day")
    seller.context.set_offline(True)
    seller.get_by_label("What happened?").fill("Called Lindhall AB from a tunnel")
    seller.keyboard.press("Enter")
    unsent = seller.locator("[data-unsent] li")
    expect(unsent).to_contain_text("not sent yet")
    expect(unsent).to_contain_text("from a tunnel")
    assert kept(visit, "from a tunnel") == 0
    seller.context.set_offline(False)
    expect(unsent).to_have_count(0)
    again = visit.tab(seller.context)  # the first loads itself anew just now
    again.goto("/my-day")
    expect(again.locator("[data-unsent] li")).to_have_count(0)
    assert kept(visit, "from a tunnel") == 1


def test_a_line_kept_offline_survives_a_closed_tab(visit: Visits) -> None:
    visit.expected += OFFLINE
    seller = visit.by("noor")
    seller.goto("/my-day")
    seller.context.set_offline(True)
    seller.get_by_label("What happened?").fill("Called Lindhall AB before the lid closed")
    seller.keyboard.press("Enter")
    expect(seller.locator("[data-unsent] li")).to_contain_text("not sent yet")
    context = seller.context
    seller.close()
    context.set_offline(False)
    again = visit.tab(context)
    again.goto("/my-day")
    expect(again.locator("[data-unsent] li")).to_have_count(0)
    again.wait_for_load_state("networkidle")
    assert kept(visit, "before the lid closed") == 1


def test_without_javascript_the_line_is_shown_as_understood_and_then_kept(visit: Visits) -> None:
    seller = visit.by("noor", java_script_enabled=False)
    seller.goto("/my-day")
    seller.get_by_label("What happened?").fill("Called Lindhall AB without a script")
    seller.get_by_role("button", name="Keep").click()
    expect(seller.get_by_role("heading", name="Understood as")).to_be_visible()
    expect(seller.locator(".chip").filter(has_text="Lindhall AB")).to_be_visible()
    assert kept(visit, "without a script") == 0
    seller.get_by_role("button", name="Keep").click()
    expect(seller.get_by_role("status")).to_contain_text("Kept")
    assert kept(visit, "without a script") == 1
