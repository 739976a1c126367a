"""A message that comes by push: shown by the device itself, once however often it comes, and a tap opens what was told."""

import json
import re
import time
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.journeys.browsing import Visits
from tests.journeys.test_ways import PHONE
from tests.village import PASSWORD

pytestmark = pytest.mark.journey
SHOWN = (
    "async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(one => [one.tag, one.title, one.data.url])"
)


def ready(visit: Visits) -> tuple[Page, CDPSession, str]:
    """Somebody whose browser may show messages, and the wire by which the browser is given one as its maker's service would."""
    page = visit.by("", viewport=PHONE)  # a session of its own, which it ends
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill("noor@village.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/my-day")
    page.context.grant_permissions(["notifications"], origin=visit.address)
    page.goto("/settings")
    page.evaluate("async () => { await navigator.serviceWorker.ready }")
    wire = page.context.new_cdp_session(page)
    found: list[Any] = []
    wire.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(told["registrations"]))
    wire.send("ServiceWorker.enable")
    for _ in range(50):
        if found:
            break
        page.wait_for_timeout(100)
    return page, wire, found[0]["registrationId"]


def come(visit: Visits, wire: CDPSession, worker: str, which: str, title: str) -> None:
    said = json.dumps({"id": which, "title": title, "url": "/messages"})
    wire.send("ServiceWorker.deliverPushMessage", {"origin": visit.address, "registrationId": worker, "data": said})


def until_shown(page: Page, expected: list[list[str]]) -> None:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        if sorted(page.evaluate(SHOWN)) == sorted(expected):
            return
        page.wait_for_timeout(100)
    assert sorted(page.evaluate(SHOWN)) == sorted(expected)


def test_a_pushed_message_is_shown_once_and_is_gone_with_the_sign_out(visit: Visits) -> None:
    page, wire, worker = ready(visit)
    for title in ("Call Hafen Logistik", "Call Hafen Logistik"):
        come(visit, wire, worker, "one", title)
    come(visit, wire, worker, "two", "A promise is due tomorrow")
    until_shown(page, [["one", "Call Hafen Logistik", "/messages"], ["two", "A promise is due tomorrow", "/messages"]])
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/sign-in/"))
    until_shown(page, [])


def test_a_browser_that_can_is_offered_it_and_one_that_cannot_is_told(visit: Visits) -> None:
    page = visit.by("noor", viewport=PHONE)
    page.goto("/settings")
    expect(page.get_by_role("button", name="Show messages here")).to_be_visible()
    expect(page.locator("[data-push-unable]")).to_be_hidden()
    old = visit.by("noor", viewport=PHONE)
    old.add_init_script("delete window.PushManager")
    old.goto("/settings")
    expect(old.locator("[data-push-unable]")).to_be_visible()
    expect(old.get_by_role("button", name="Show messages here")).to_be_hidden()
