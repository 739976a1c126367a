"""In a long language and in a mirrored one: nothing stays English, nothing is cut off, and right is where left was."""

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from babel import Locale
from playwright.sync_api import APIRequestContext, Page, expect

import bailiwick.config.urls  # noqa: F401 - every kind of event is known from here on
from bailiwick.kit.event import KINDS
from tests.journeys.browsing import Visits
from tests.journeys.everywhere import ASKED, OPENED_BY, address, doors, viewers_of, walks
from tests.journeys.invented import LONG, MIRRORED, OPEN, SHUT
from tests.journeys.test_accessible import REFUSED, SIGNED_OUT
from tests.journeys.test_ways import PHONE, WIDTH
from tests.village import PEOPLE
from tests.walls.doors import Door
from trials.served import Served

pytestmark = pytest.mark.journey
WIDE = {"width": 1280, "height": 900}
# A command that is shown to be copied is the same in every language.
TEXTS = """
() => {
  const found = [], walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) if (!walk.currentNode.parentElement.closest('script, style, noscript, pre')) found.push(walk.currentNode.data);
  for (const one of document.querySelectorAll('*'))
    for (const name of ['placeholder', 'aria-label', 'title', 'alt', 'data-label', 'data-waiting', 'data-refused', 'data-unclear'])
      if (one.hasAttribute(name)) found.push(one.getAttribute(name));
  return found.map(text => text.trim()).filter(Boolean);
}
"""
# Words that are wider than their place, and words that lie on others.
CROWDED = """
() => {
  const found = [], boxes = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode.data.trim(), one = walk.currentNode.parentElement;
    if (!text || one.closest('svg, .hide, .skip:not(:focus), script, style, template') || !one.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const style = getComputedStyle(one);
    if (style.clipPath !== 'none') continue;
    if (style.display !== 'inline' && !['auto', 'scroll'].includes(style.overflowX) && one.clientWidth && one.scrollWidth > one.clientWidth + 1)
      found.push(`cut off: ${one.tagName}.${one.className} "${text.slice(0, 40)}"`);
    const holder = one.closest('th:not(.sorts), .nav');
    if (holder && (holder.matches('.nav') || getComputedStyle(holder).clipPath !== 'none')) continue;
    const range = document.createRange();
    range.selectNodeContents(walk.currentNode);
    for (const box of range.getClientRects()) if (box.width > 2 && box.height > 2) boxes.push([box, text, one]);
  }
  for (let a = 0; a < boxes.length; a++)
    for (let b = a + 1; b < boxes.length; b++) {
      const [one, other] = [boxes[a][0], boxes[b][0]];
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (wide > 3 && high > 6 && boxes[a][2] !== boxes[b][2]) found.push(`on each other: "${boxes[a][1].slice(0, 30)}" and "${boxes[b][1].slice(0, 30)}"`);
    }
  return found.slice(0, 6);
}
"""
# What people typed, as the store has it: every column of text. A lower-case word alone is one of our own codes.
COLUMNS = """
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = 'public' AND data_type IN ('text', 'character varying') AND table_name NOT LIKE 'django_%%'
"""
MESSAGE = "msg_[0-9a-f]{32}"  # the id by which a receiver of webhooks knows a message
PLACE = r"https?://[^\s\"]+|[a-z]+/[a-z0-9-]+/"  # an address for a program, a folder below the inbox
CODE = re.compile(r"[a-z_.]+|.?")
# Names of things, in every language: formats of files, what programs read, and what Django calls English.
FORMATS = "CSV XLSX JSON API PDF EUR Deutsch English Angla CET UTC Europe/Berlin deals.csv Deal"
NAMES = {*FORMATS.split(), *KINDS, LONG, ASKED["search"].removeprefix("?q=")}
# How English writes days (3 Dec), amounts (€84,000), shares (15%) and parts (0.5). What is typed into a field is no text.
MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
DAYS = "Mon|Tue|Wed|Thu|Fri|Sat|Sun"
ENGLISH = re.compile(
    rf"\b(?:{DAYS})\b|\b(?:{DAYS})\w*day\b|\b\d\d? (?:{MONTHS})\b|\d,\d{{3}}\b|[€$£]\s?\d|\d\.\d\d?\b(?![.\d])|\d%|\b[AP]M\b|\d/\d+/\d"
)


@pytest.fixture(scope="module")
def typed(world_and_site: tuple[dict[str, Any], Served]) -> re.Pattern[str]:
    """Everything that somebody typed, the longest first."""
    home = world_and_site[1].home
    tables = home.ask(COLUMNS)
    union = " UNION ".join(f'SELECT "{column}"::text FROM "{table}"' for table, column in tables)
    stored = {line for (value,) in home.ask(union) if value for line in (str(value), *str(value).splitlines())}
    values = {value for value in stored if value and not CODE.fullmatch(value)}
    names = {word for value in values if len(value) < 40 for word in value.split() if word[0].isupper()}
    locale = Locale.parse(LONG)
    forms = [table["format"][width] for table in (locale.months, locale.days) for width in ("wide", "abbreviated")]
    days = {str(name) for form in forms for name in form.values()}
    people = [*(name for name, _, _ in PEOPLE.values()), *(name for (name,) in home.ask("SELECT name FROM network_person"))]
    initials = {f"{name.split()[0][0]}{name.split()[-1][0]}".upper() for name in people if name}
    known = sorted(values | names | days | initials | NAMES, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{MESSAGE}|{PLACE}|{'|'.join(map(re.escape, known))})(?!\w)")


@pytest.fixture(scope="module")
def speaking(world_and_site: tuple[dict[str, Any], Served]) -> Iterator[None]:
    """Everybody reads the long language while this module runs."""
    home = world_and_site[1].home
    home.inside("speak", LONG)
    yield
    home.inside("speak", "")


def untranslated(texts: list[str], typed: re.Pattern[str]) -> list[str]:
    """What is neither in the brackets of a translation nor typed by somebody."""
    outside, depth = [], 0
    for part in re.split(f"([{OPEN}{SHUT}\n])", "\n".join(texts)):
        depth += {OPEN: 1, SHUT: -1}.get(part, 0)
        outside += [part] if depth == 0 else []
    assert depth == 0, "a translation was taken apart"
    left = "".join(outside)
    left = typed.sub(" ", left)
    return sorted({line.strip() for line in left.split("\n") if re.search(r"[^\W\d_]{2,}", line)})


def sideways(page: Page) -> dict[str, Any]:
    """Where words do not find room, wide and on a phone, from left and from right."""
    found: dict[str, Any] = {}
    for size, way in ((WIDE, "wide"), (PHONE, "phone")):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        for direction in ("ltr", "rtl"):
            page.evaluate("to => { document.documentElement.dir = to }", direction)
            crowded = page.evaluate(CROWDED)
            if page.evaluate(WIDTH) > size["width"]:
                crowded.append("scrolls sideways")
            if crowded:
                found[f"{way} {direction}"] = crowded
    return found


@pytest.mark.usefixtures("speaking")
@pytest.mark.parametrize(("door", "name", "way"), walks(["long"]))
def test_a_page_in_a_long_language_is_translated_and_has_room(
    world_visit: Visits, world_facts: dict[str, Any], typed: re.Pattern[str], door: Door, name: str, way: str
) -> None:
    world_visit.expected += REFUSED
    page = world_visit.by(name, viewport=WIDE)
    page.goto(address(door, world_facts, name))
    expect(page.locator("html")).to_have_attribute("lang", LONG)
    english = untranslated(page.evaluate(TEXTS), typed)
    assert [*english, *sideways(page).items()] == []


def test_whoever_is_not_signed_in_is_spoken_to_in_the_language_of_the_browser(
    world_visit: Visits, typed: re.Pattern[str]
) -> None:
    world_visit.expected += REFUSED
    page, found = world_visit.by("", viewport=WIDE, locale=LONG), {}
    for path in (*SIGNED_OUT, "/welcome/nothing", "/offline"):
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("lang", LONG)
        found[path] = [*untranslated(page.evaluate(TEXTS), typed), *sideways(page).items()]
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_a_language_from_right_to_left_mirrors_the_page(
    world_and_site: tuple[dict[str, Any], Served], world_visit: Visits
) -> None:
    home = world_and_site[1].home
    home.inside("speak", MIRRORED)
    try:
        page = world_visit.by("noor", viewport=WIDE)
        for path in ("/my-day", "/pipeline", "/accounts", "/settings", "/measures"):
            page.goto(path)
            expect(page.locator("html")).to_have_attribute("dir", "rtl")
            nav, main = page.locator(".frame > .nav").bounding_box(), page.locator("#main").bounding_box()
            assert nav
            assert main
            assert nav["x"] > main["x"] + main["width"] / 2, path
            heading = page.locator("h1").evaluate("e => getComputedStyle(e).direction + ' ' + getComputedStyle(e).textAlign")
            assert heading == "rtl start"
            assert page.evaluate(CROWDED) == [], path
            page.set_viewport_size(PHONE)  # type: ignore[arg-type]
            assert page.evaluate(WIDTH) <= PHONE["width"], path
            page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    finally:
        home.inside("speak", "")


def forms_of_english(visits: Visits, facts: dict[str, Any]) -> dict[str, list[str]]:
    """Numbers, amounts and days on every page as they are written in English, by page."""
    found: dict[str, list[str]] = {}
    readers: dict[str, APIRequestContext] = {}
    for door in doors():
        name = OPENED_BY.get(door.name) or viewers_of(door)[0]
        if name not in readers:
            readers[name] = visits.by(name).request
        answer = readers[name].get(address(door, facts, name))
        assert answer.status == 200, door.name
        said = html.unescape(re.sub(r"<[^>]+>", "\n", answer.text()))
        hits = [hit.group() for hit in ENGLISH.finditer(re.sub(PLACE, "", said))]
        found |= {door.name: hits} if hits else {}
    return found


def test_a_german_reader_meets_numbers_amounts_and_days_as_germans_write_them(
    world_and_site: tuple[dict[str, Any], Served], world_visit: Visits
) -> None:
    facts, site = world_and_site
    assert len(forms_of_english(world_visit, facts)) > 10
    site.home.inside("speak", "de")
    try:
        assert forms_of_english(world_visit, facts) == {}
    finally:
        site.home.inside("speak", "")
