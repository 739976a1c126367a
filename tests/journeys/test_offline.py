"""On a phone without a network: the day stays readable, a line is sent once, and after signing out nothing is left."""

import os
import re
import signal
import time
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import OFFLINE, Visits
from tests.journeys.test_the_line import kept
from tests.journeys.test_ways import PHONE
from tests.village import PASSWORD
from trials.served import children

pytestmark = pytest.mark.journey
KEEPS = "async () => (await Promise.all((await caches.keys()).map(async name => (await (await caches.open(name)).keys()).map(r => [name, new URL(r.url).pathname])))).flat()"


def kept_pages(page: Page) -> list[str]:
    """What the worker has kept for people, by address."""
    return [place for name, place in page.evaluate(KEEPS) if name.startswith("bailiwick.pages.")]


def with_a_day(visit: Visits, name: str = "noor") -> Page:
    """Somebody has looked at their day once, and the worker has kept it."""
    visit.expected += OFFLINE
    page = visit.by(name, viewport=PHONE)
    page.goto("/my-day")
    page.evaluate("async () => { await navigator.serviceWorker.ready }")
    until_kept(page)
    return page


def until_kept(page: Page) -> None:
    for _ in range(100):
        if kept_pages(page) == ["/my-day"]:
            return
        page.wait_for_timeout(100)
    raise AssertionError(page.evaluate(KEEPS))


def test_my_day_is_readable_without_a_network_and_says_from_when_it_is(visit: Visits) -> None:
    seller = with_a_day(visit)
    expect(seller.locator("#as-of")).to_be_hidden()
    waiting = seller.locator(".todo li").all_inner_texts()
    seller.context.set_offline(True)
    for path in ("/my-day", "/"):
        seller.goto(path)
        expect(seller).to_have_url(f"{visit.address}/my-day")
        expect(seller.locator("#as-of")).to_have_text(re.compile(r"As of \d+ \w+ \d{4}, \d\d:\d\d, no network"))
        assert seller.locator(".todo li").all_inner_texts() == waiting
    assert seller.evaluate("getComputedStyle(document.querySelector('.frame')).display") == "grid"  # the sheets are there too
    for act in seller.locator("main form[method=post]:not([data-line]) button").all():
        expect(act).to_be_disabled()
    expect(seller.get_by_role("button", name="Keep")).to_be_enabled()


def test_a_network_that_does_not_answer_is_none_after_a_moment(visit: Visits) -> None:
    """As in a lift: connected, and nothing comes."""
    seller = with_a_day(visit)
    held = children(visit.site.granian)
    for pid in held:
        os.kill(pid, signal.SIGSTOP)
    try:
        begun = time.monotonic()
        seller.goto("/my-day")
        expect(seller.locator("#as-of")).to_be_visible()
        assert seller.evaluate("getComputedStyle(document.querySelector('.frame')).display") == "grid"
        assert time.monotonic() - begun < 10
    finally:
        for pid in held:
            os.kill(pid, signal.SIGCONT)
    seller.goto("/my-day")
    expect(seller.locator("#as-of")).to_be_hidden()


def test_another_page_says_that_there_is_no_network(visit: Visits) -> None:
    seller = with_a_day(visit)
    seller.context.set_offline(True)
    seller.goto("/pipeline")
    expect(seller.get_by_role("heading", level=1)).to_have_text("No network")
    seller.get_by_role("link", name="To the first page").click()
    expect(seller.locator("#as-of")).to_be_visible()
    seller.goto("/pipeline")
    seller.context.set_offline(False)
    seller.get_by_role("link", name="Try again").click()
    expect(seller.get_by_role("heading", level=1)).to_have_text("Pipeline")


def test_a_line_typed_on_a_kept_page_is_sent_once_when_the_network_is_back(visit: Visits) -> None:
    seller = with_a_day(visit)
    seller.context.set_offline(True)
    seller.goto("/my-day")
    seller.get_by_label("What happened?").fill("Called Lindhall AB from the train")
    seller.keyboard.press("Enter")
    unsent = seller.locator("[data-unsent] li")
    expect(unsent).to_contain_text("not sent yet")
    assert kept(visit, "from the train") == 0
    seller.context.set_offline(False)
    expect(unsent).to_have_count(0)
    again = visit.tab(seller.context)
    again.goto("/my-day")
    expect(again.locator("#as-of")).to_be_hidden()
    expect(again.locator("[data-unsent] li")).to_have_count(0)
    assert kept(visit, "from the train") == 1


def test_after_signing_out_nothing_is_readable_without_a_network(visit: Visits) -> None:
    visit.expected += OFFLINE
    seller = visit.by("", viewport=PHONE)
    seller.goto("/sign-in/")
    seller.locator("[name=login]").fill("noor@village.example")
    seller.locator("[name=password]").fill(PASSWORD)
    seller.locator("main button[type=submit], main form button").first.click()
    expect(seller).to_have_url(f"{visit.address}/my-day")
    until_kept(seller)
    words = seller.locator(".todo li").first.inner_text()
    assert words
    seller.get_by_text("More", exact=True).click()
    seller.get_by_role("button", name="Sign out").click()
    expect(seller.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert kept_pages(seller) == []
    seller.context.set_offline(True)
    for path in ("/my-day", "/"):
        seller.goto(path)
        expect(seller.get_by_role("heading", level=1)).to_have_text("No network")
    for _ in range(4):  # not in what the browser itself remembers either
        seller.go_back()
        assert words not in seller.content()


def test_what_one_person_kept_is_not_there_for_the_next(visit: Visits, facts: dict[str, Any]) -> None:
    seller = with_a_day(visit)
    mine = seller.evaluate("async () => (await caches.keys()).filter(name => name.startsWith('bailiwick.pages.'))")
    assert mine == [f"bailiwick.pages.{facts['people']['noor']}"]
    seller.context.clear_cookies()
    seller.context.add_cookies([{"name": "sessionid", "value": visit.sessions["aylin"], "url": visit.address}])
    seller.goto("/my-day")
    seller.wait_for_load_state("networkidle")
    theirs = seller.evaluate("async () => (await caches.keys()).filter(name => name.startsWith('bailiwick.pages.'))")
    assert theirs == [f"bailiwick.pages.{facts['people']['aylin']}"]


def test_neither_the_api_nor_other_pages_nor_secrets_are_kept(visit: Visits) -> None:
    seller = with_a_day(visit)
    for path in ("/pipeline", "/settings", "/kept-about-me"):
        seller.goto(path)
    seller.evaluate("async () => { await (await fetch('/api/v1/openapi.json')).text() }")
    seller.wait_for_load_state("networkidle")
    places = {place for _, place in seller.evaluate(KEEPS)}
    assert {place for place in places if not place.startswith("/static/")} == {"/my-day", "/offline"}


def test_a_browser_finds_nothing_that_keeps_it_from_installing(visit: Visits) -> None:
    seller = with_a_day(visit)
    asked = seller.context.new_cdp_session(seller)
    assert asked.send("Page.getAppManifest")["errors"] == []
    hindrances = {one["errorId"] for one in asked.send("Page.getInstallabilityErrors")["installabilityErrors"]}
    assert hindrances <= {"in-incognito"}  # every context of these journeys is
