"""By keyboard alone, on a phone, in the dark: every page a seller can reach."""

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import Visits, pages_from

pytestmark = pytest.mark.journey
PHONE = {"width": 390, "height": 844}
WIDTH = "document.scrollingElement.scrollWidth"
WIDEST = """
    () => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
        .slice(0, 3).map(e => e.outerHTML.slice(0, 90))
"""


def test_keys_lead_to_pages_to_the_search_and_to_keep(visit: Visits) -> None:
    seller = visit.by("noor")
    seller.goto("/my-day")
    seller.keyboard.press("/")
    expect(seller.get_by_label("What happened?")).to_be_focused()
    seller.keyboard.press("Tab")
    expect(seller.get_by_role("button", name="Keep")).to_be_focused()
    seller.locator("#main").focus()
    seller.keyboard.press("g")
    seller.keyboard.press("p")
    expect(seller).to_have_url(f"{visit.address}/pipeline")
    seller.keyboard.press("/")
    expect(seller.locator("main input[type=search]")).to_be_focused()
    seller.keyboard.press("Tab")
    seller.locator("#main").focus()
    seller.keyboard.press("?")
    expect(seller.get_by_role("dialog")).to_be_visible()
    seller.keyboard.press("Escape")
    expect(seller.get_by_role("dialog")).to_be_hidden()


def test_the_search_box_is_reached_walked_and_left_by_keyboard(visit: Visits) -> None:
    seller = visit.by("noor")
    seller.goto("/my-day")
    seller.keyboard.press("Control+k")
    box = seller.get_by_role("searchbox", name="Search everything")
    expect(box).to_be_focused()
    seller.keyboard.type("hafen")
    first = seller.locator("#seek-found a").first
    expect(first).to_contain_text("Hafen")
    expect(seller.locator("[data-seek] [data-told]")).to_contain_text("found. Arrow down leads there.")
    seller.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    seller.keyboard.press("Escape")
    expect(box).to_be_focused()
    expect(first).to_be_hidden()
    seller.keyboard.press("Enter")
    expect(seller).to_have_url(f"{visit.address}/search?q=hafen")
    seller.get_by_role("main").get_by_role("link", name="Hafen Logistik GmbH").first.click()
    expect(seller.get_by_role("heading", level=1)).to_contain_text("Hafen Logistik GmbH")


def test_the_first_tab_skips_to_the_page(visit: Visits) -> None:
    seller = visit.by("noor")
    seller.goto("/pipeline")
    seller.keyboard.press("Tab")
    expect(seller.get_by_role("link", name="Skip to the page")).to_be_focused()
    seller.keyboard.press("Enter")
    expect(seller.locator("#main")).to_be_focused()


@pytest.mark.parametrize("name", ["noor", *(pytest.param(name, marks=pytest.mark.whole) for name in ("dora", "paula"))])
def test_no_page_scrolls_sideways_on_a_phone_in_light_or_dark(visit: Visits, name: str) -> None:
    page = visit.by(name, viewport=PHONE, color_scheme="light")
    reached, too_wide = [], {}
    for path in pages_from(page, "/"):
        reached.append(path)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            if page.evaluate(WIDTH) > PHONE["width"]:
                too_wide[f"{path} {scheme}"] = page.evaluate(WIDEST)
    assert too_wide == {}
    assert len(reached) >= 8, reached


def test_the_dark_is_dark(visit: Visits) -> None:
    page = visit.by("noor", color_scheme="dark")
    page.goto("/my-day")
    channels = page.evaluate(
        "() => { const c = document.createElement('canvas').getContext('2d');"
        " c.fillStyle = getComputedStyle(document.body).backgroundColor; c.fillRect(0, 0, 1, 1);"
        " return [...c.getImageData(0, 0, 1, 1).data].slice(0, 3) }"
    )
    assert max(channels) < 90
