"""Without a mouse: Tab comes to everything that can be pressed or filled in, shows where it is, and comes out again."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.journeys.browsing import Visits
from tests.journeys.everywhere import address, walks
from tests.journeys.test_accessible import REFUSED, WAYS
from tests.walls.doors import Door

pytestmark = pytest.mark.journey
MANY = 400
# Everything in reach of Tab gets a number. Of radio buttons that go together one is reached, the others by arrows.
NUMBERED = """
() => {
  const groups = new Set();
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter(one => {
    if (one.disabled || one.tabIndex < 0 || one.type === 'hidden' || !one.checkVisibility({ visibilityProperty: true })) return false;
    if (one.type !== 'radio') return true;
    const group = [...document.querySelectorAll(`input[type=radio][name="${CSS.escape(one.name)}"]`)];
    const reached = group.find(other => other.checked) || group[0];
    return one === reached;
  });
  all.forEach((one, place) => { one.dataset.place = place; });
  return all.length;
}
"""
# Where the focus is: its number, and what is wrong with how it shows.
FOCUSED = """
() => {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return null;
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  // The middle of what of it lies on the screen.
  const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth - 1)) / 2, y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight - 1)) / 2;
  const top = document.elementFromPoint(x, y);
  const covered = !(top && (one.contains(top) || top.contains(one) || (one.labels && [...one.labels].some(label => label.contains(top)))));
  const away = box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth;
  const ringless = style.outlineStyle === 'none' || parseFloat(style.outlineWidth) === 0;
  return { place: one.dataset.place === undefined ? -1 : Number(one.dataset.place), html: one.outerHTML.slice(0, 100), covered, away, ringless };
}
"""


def walked_by_tab(page: Page) -> list[str]:
    """What is wrong on the way of Tab through the whole page."""
    there, wrong, seen, last = page.evaluate(NUMBERED), [], set(), None
    for _ in range(MANY):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        place = focused and focused["place"]
        if place is not None and place == last:
            continue  # a day is typed in three parts
        if place is None or place in seen:
            break
        last = place
        seen.add(place)
        wrong += [f"{what}: {focused['html']}" for what in ("covered", "away", "ringless") if focused[what]]
    else:
        wrong.append("no end")
    missed = set(range(there)) - seen
    if missed:
        wrong.append(
            "never reached: "
            + page.evaluate("at => document.querySelector(`[data-place='${at}']`).outerHTML.slice(0, 100)", min(missed))
        )
    return wrong[:5]


@pytest.mark.parametrize(("door", "name", "way"), walks(WAYS))
def test_tab_comes_to_everything_and_shows_where_it_is(
    world_visit: Visits, world_facts: dict[str, Any], door: Door, name: str, way: str
) -> None:
    world_visit.expected += REFUSED
    page = world_visit.by(name, **WAYS[way])
    page.goto(address(door, world_facts, name))
    assert walked_by_tab(page) == []
