"""One served home for all journeys; every journey ends with what the browser complained about."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.browsing import MISSING, QUIET, Visits, chromium
from trials.homes import Home, folder
from trials.served import Served


@pytest.fixture(scope="package")
def facts_and_site() -> Iterator[tuple[dict[str, Any], Served]]:
    """The village in a home of its own, served as anybody would serve it."""
    if chromium() is None:
        pytest.skip(MISSING)
    ground = folder()
    home = Home(ground / "home")
    try:
        told = home.bailiwick("migrate")
        assert told.returncode == 0, told.stderr
        facts = home.inside("settle_village")
        site = Served(home, facts["sessions"]["noor"])
        yield facts, site
        site.stop()
    finally:
        home.clear()
        shutil.rmtree(ground, ignore_errors=True)


# Closed after the journeys: while it is open Django takes this thread for an asynchronous one and refuses to work.
@pytest.fixture(scope="package")
def browser(facts_and_site: object) -> Iterator[Browser]:
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium(), args=list(QUIET))
        yield started
        started.close()


@pytest.fixture
def facts(facts_and_site: tuple[dict[str, Any], Served]) -> dict[str, Any]:
    """Where things are in the village."""
    return facts_and_site[0]


@pytest.fixture
def visit(browser: Browser, facts_and_site: tuple[dict[str, Any], Served]) -> Iterator[Visits]:
    """People who visit; no console error, no script error, no violation of the content policy on any page."""
    facts, site = facts_and_site
    visits = Visits(browser, site, facts["sessions"])
    yield visits
    for context in visits.contexts:
        context.close()
    assert visits.unexpected() == []
