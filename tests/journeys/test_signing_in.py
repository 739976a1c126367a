"""A passkey in a real browser with a device that it believes in: set up, sign out, sign in without a password, take it off."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import Visits

pytestmark = pytest.mark.journey
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
    "automaticPresenceSimulation": True,
}  # fmt: skip


def with_device(visit: Visits, name: str, verified: bool = True) -> Page:
    """Passkeys want a name and no address: the same site as localhost."""
    address = visit.address.replace("127.0.0.1", "localhost")
    context = visit.browser.new_context(base_url=address, locale="en-GB")
    context.set_default_timeout(15_000)
    context.add_cookies([{"name": "sessionid", "value": visit.sessions[name], "url": address}])
    visit.contexts.append(context)
    page = visit.tab(context)
    talk = context.new_cdp_session(page)
    talk.send("WebAuthn.enable")
    talk.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE | {"isUserVerified": verified}})
    return page


def test_a_passkey_signs_in_without_a_password(visit: Visits) -> None:
    page = with_device(visit, "arvid")
    page.goto("/settings/sign-in")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill("Laptop")
    page.get_by_role("button", name="Ask the device").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    expect(page.locator(".codes code")).to_have_count(10)
    page.get_by_role("link", name="Done").click()
    expect(page.get_by_text("Passkey: Laptop")).to_be_visible()
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in by passkey").click()
    expect(page.get_by_role("navigation", name="Pages")).to_be_visible()
    page.goto("/settings/sign-in")
    page.get_by_role("link", name=re.compile("Remove.*Laptop")).click()
    page.get_by_role("link", name="By passkey").click()
    page.get_by_role("button", name="By passkey").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("Passkey: Laptop")).to_have_count(0)


def test_a_device_that_does_not_confirm_says_so_and_nobody_is_signed_in(visit: Visits) -> None:
    page = with_device(visit, "arvid", verified=False)
    page.context.clear_cookies()
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in by passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("The device did not confirm it.", timeout=70_000)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
