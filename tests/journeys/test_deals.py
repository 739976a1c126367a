"""Deals are lost and come back; two tabs that change one deal show each other."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import Visits
from tests.village import PASSWORD

pytestmark = pytest.mark.journey


def test_a_seller_signs_in_with_a_password_and_out_again(visit: Visits) -> None:
    page = visit.by("")
    page.goto("/pipeline")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.get_by_label("E-mail").fill("noor@village.example")
    page.get_by_label("Password").fill("not this one")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("table")).to_contain_text("Hafen Logistik GmbH terminals")
    page.locator("summary").filter(has_text="More").evaluate("summary => { summary.parentElement.open = true }")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/pipeline")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_deal_is_lost_with_a_reason_and_opened_again(visit: Visits, facts: dict[str, Any]) -> None:
    seller = visit.by("noor")
    seller.goto(f"/opportunities/{facts['deals']['Arno Papier AG terminals']}")
    seller.get_by_role("link", name="Lost").click()
    seller.get_by_role("textbox").fill("bought elsewhere")
    seller.get_by_role("button", name="Lost").click()
    expect(seller.get_by_text("bought elsewhere")).to_be_visible()
    expect(seller.get_by_role("link", name="Lost")).to_have_count(0)
    seller.get_by_role("button", name="Reopen").click()
    expect(seller.get_by_role("link", name="Lost")).to_be_visible()
    expect(seller.get_by_text("bought elsewhere")).to_have_count(0)


def test_a_stale_edit_shows_what_is_stored_beside_what_was_typed(visit: Visits, facts: dict[str, Any]) -> None:
    visit.expected.append("409")
    first = visit.by("noor")
    second = visit.tab(first.context)
    for tab in (first, second):
        tab.goto(f"/opportunities/{facts['deals']['Lindhall AB terminals']}/change")
    retitle(first, "Lindhall, twelve terminals")
    expect(first.get_by_role("heading", name="Lindhall, twelve terminals")).to_be_visible()
    retitle(second, "Lindhall, twenty terminals")
    conflict = second.locator(".conflict")
    expect(conflict).to_contain_text("Lindhall, twelve terminals")
    expect(conflict).to_contain_text("Lindhall, twenty terminals")
    second.get_by_role("button", name="Save").click()
    expect(second.get_by_role("heading", name="Lindhall, twenty terminals")).to_be_visible()


def retitle(page: Page, title: str) -> None:
    page.locator("[name=title]").fill(title)
    page.get_by_role("button", name="Save").click()
