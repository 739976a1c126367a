"""An export of another system, from the file to the report and back, by a process that takes it in beside the pages."""

import os
import re
import signal

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.exports import DEALS
from tests.journeys.browsing import Visits
from trials.homes import eventually

pytestmark = pytest.mark.journey
FILE: FilePayload = {"name": "deals.csv", "mimeType": "text/csv", "buffer": DEALS.encode()}
PATIENCE = 30_000


def tab_to(page: Page, there: Locator) -> None:
    """Press Tab until the control has the focus."""
    for _ in range(60):
        if there.evaluate("e => e === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no Tab leads to {there}")


def press(page: Page, there: Locator, key: str = "Enter") -> None:
    tab_to(page, there)
    page.keyboard.press(key)


def heading(page: Page, words: str) -> Locator:
    return page.get_by_role("heading", level=1, name=re.compile(words))


def test_an_export_is_taken_in_and_undone_by_keyboard_alone(visit: Visits) -> None:
    director = visit.by("dora")
    director.on("filechooser", lambda _: None)  # heard from the first moment on: the browser must not open a window of its own
    director.goto("/imports")
    tab_to(director, director.get_by_label("Files of the export"))
    with director.expect_file_chooser() as chooser:
        director.keyboard.press("Enter")
    chooser.value.set_files(FILE)
    press(director, director.get_by_role("button", name="Read it"))
    expect(heading(director, "One thing has to be answered about “deals”")).to_be_visible()
    press(director, director.get_by_role("radio").first, "ArrowDown")
    expect(director.get_by_role("radio").nth(1)).to_be_checked()
    press(director, director.get_by_role("button", name="Go on with these answers"))
    expect(heading(director, "would make 2 people, 4 companies and 24 deals")).to_be_visible()
    press(director, director.get_by_role("button", name="Take it in"))
    expect(heading(director, "“deals” made 2 people, 4 companies and 24 deals")).to_be_visible(timeout=PATIENCE)
    with director.expect_download() as download:
        press(director, director.get_by_role("link", name="Download as CSV"))
    assert "'=1+1" in download.value.path().read_text("utf-8-sig")
    press(director, director.get_by_role("link", name="Undo"))
    expect(director.get_by_text("2 people, 4 companies and 24 deals")).to_be_visible()
    press(director, director.get_by_role("button", name="Undo it"))
    expect(heading(director, "“deals” was undone")).to_be_visible()


def test_without_javascript_the_page_looks_again_by_itself(visit: Visits) -> None:
    director = visit.by("dora", java_script_enabled=False)
    director.goto("/imports")
    director.get_by_label("Files of the export").set_input_files(FILE)
    director.get_by_label("Name of the source").fill("without a script")
    director.get_by_role("button", name="Read it").click()
    if director.get_by_role("button", name="Go on with these answers").count():
        director.get_by_role("button", name="Go on with these answers").click()
    director.get_by_role("button", name="Take it in").click()
    expect(heading(director, "“without a script” made")).to_be_visible(timeout=PATIENCE)


@pytest.mark.whole
def test_killed_in_the_middle_nothing_was_taken_in_and_it_is_taken_in_afterwards(visit: Visits) -> None:
    def deals() -> int:
        return int(visit.site.home.ask("SELECT count(*) FROM pipeline_opportunity WHERE title LIKE 'Derrick%'")[0][0])

    def state() -> tuple[str, int]:
        return tuple(visit.site.home.ask("SELECT state, done FROM exchange_import WHERE source = 'many'")[0])  # type: ignore[return-value]

    rows = [
        f"{n},Derrick {n},Derrick {n % 500} GmbH,Seller {n % 9},Won,{1000 + n},2026-01-10,2026-02-{1 + n % 28:02}"
        for n in range(4000)
    ]
    director = visit.by("dora")
    director.goto("/imports")
    text = "\n".join([DEALS.splitlines()[0], *rows])
    director.get_by_label("Files of the export").set_input_files({**FILE, "name": "many.csv", "buffer": text.encode()})
    director.get_by_role("button", name="Read it").click()
    director.get_by_role("button", name="Take it in").click()
    assert eventually(lambda: state() > ("asked", 0), 30)
    os.kill(visit.site.children_named("bailiwick.cli.importer")[0], signal.SIGKILL)
    assert state()[0] == "asked"
    assert deals() == 0
    expect(heading(director, "“many” made")).to_be_visible(timeout=2 * PATIENCE)
    assert deals() == 4000
