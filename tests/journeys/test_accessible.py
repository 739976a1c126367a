"""WCAG 2.2 AA, as far as a machine can check it (axe): every page, wide in the light and on a phone in the dark."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.browsing import Visits
from tests.journeys.everywhere import address, walks
from tests.journeys.test_ways import PHONE
from tests.walls.doors import Door

pytestmark = pytest.mark.journey
WAYS: dict[str, Any] = {
    "wide": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "phone": {"viewport": PHONE, "color_scheme": "dark"},
}
AXE = Axe()
# Without `preload` axe does not write sheets of its own into the page, which the content policy forbids.
RULES = {"preload": False, "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
SIGNED_OUT = (
    "/sign-in/",
    "/password/reset/",
    "/password/reset/done/",
    "/password/reset/key/1-set-password/",
    "/nowhere",
    "/sign-up/",
)
REFUSED = ["403", "404", "422"]  # pages too
AXE = Axe()
# Without `preload` axe does not write sheets of its own into the page, which the content policy forbids.
RULES = {"preload": False, "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
SIGNED_OUT = (
    "/sign-in/",
    "/password/reset/",
    "/password/reset/done/",
    "/password/reset/key/1-set-password/",
    "/nowhere",
    "/sign-up/",
)


def violations(page: Page) -> list[str]:
    """What axe finds: the rule, where, and why."""
    size = page.viewport_size or {"width": 0, "height": 0}
    # At its whole length, or what lies below the fold counts as covered by what sticks to the edge of the screen.
    whole = page.evaluate("Math.max(innerHeight, document.scrollingElement.scrollHeight + 200)")
    page.set_viewport_size({"width": size["width"], "height": whole})
    found = AXE.run(page, options=RULES).response["violations"]
    page.set_viewport_size(size)
    return [f"{one['id']}: {node['html'][:150]} ({node['failureSummary'][:200]})" for one in found for node in one["nodes"][:3]]


@pytest.mark.parametrize(("door", "name", "way"), walks(WAYS))
def test_a_page_has_no_violation(
    world_visit: Visits, world_facts: dict[str, Any], request: pytest.FixtureRequest, door: Door, name: str, way: str
) -> None:
    page = world_visit.by(name, **WAYS[way])
    answer = page.goto(address(door, world_facts, name))
    assert answer
    if request.node.get_closest_marker("whole"):
        world_visit.expected += REFUSED
    else:
        assert answer.status == 200, answer.status
    assert violations(page) == []


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("state", ["waiting", "asked", "undone"])
def test_an_import_in_every_state_has_no_violation(
    world_visit: Visits, world_facts: dict[str, Any], state: str, way: str
) -> None:
    page = world_visit.by("dora", **WAYS[way])
    page.goto(f"/imports/{world_facts['ids']['import'][state]}")
    assert violations(page) == []


@pytest.mark.parametrize("way", WAYS)
def test_no_page_of_those_who_are_not_signed_in_has_a_violation(visit: Visits, facts: dict[str, Any], way: str) -> None:
    visit.expected += REFUSED
    page, found = visit.by("", **WAYS[way]), {}
    for path in (*SIGNED_OUT, f"/welcome/{facts['invitation']}", "/welcome/nothing"):
        page.goto(path)
        found[path] = violations(page)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("way", WAYS)
def test_what_opens_on_a_page_has_no_violation(world_visit: Visits, way: str) -> None:
    """What was found while typing, the list of keys, the rest of the navigation, and a form with something to put right."""
    world_visit.expected += REFUSED
    page, found = world_visit.by("noor", **WAYS[way]), {}
    page.goto("/my-day")
    if way == "phone":
        page.get_by_text("More", exact=True).click()
        found["more"] = violations(page)
        page.get_by_text("More", exact=True).click()
    page.get_by_role("searchbox", name="Search everything").fill("hafen")
    expect(page.locator("#seek-found a").first).to_be_visible()
    found["search"] = violations(page)
    page.locator("#main").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    found["keys"] = violations(page)
    page.keyboard.press("Escape")
    page.get_by_label("What happened?").fill("called Hafen Logistik, proposal 84k by Friday")
    expect(page.locator("#understood .chip").first).to_be_visible()
    found["line"] = violations(page)
    page.goto("/accounts/new")
    page.get_by_role("main").locator("form button[type=submit], form button:not([type])").first.click()
    found["form"] = violations(page)
    page.goto("/pipeline")
    for summary in page.locator("main summary").all():
        summary.click()
    found["list"] = violations(page)
    assert {what: wrong for what, wrong in found.items() if wrong} == {}
