"""One served home for all journeys; every journey ends with what the browser complained about."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.house.test_languages import collected
from tests.journeys.browsing import MISSING, QUIET, Visits, chromium
from tests.journeys.invented import speak
from trials.homes import ROOT, Home, folder
from trials.served import Served


@contextmanager
def served_home(
    act: str, first: str, prepare: Callable[[Path], None] = lambda _: None, **more: str
) -> Iterator[tuple[dict[str, Any], Served]]:
    """A home of its own with what `act` of `trials.inside` settles in it, served as anybody would serve it."""
    if chromium() is None:
        pytest.skip(MISSING)
    ground = folder()
    home = Home(ground / "home", **more)
    try:
        told = home.bailiwick("migrate")
        assert told.returncode == 0, told.stderr
        prepare(home.place)
        facts = home.inside(act)
        site = Served(home, facts["sessions"][first])
        yield facts, site
        site.stop()
    finally:
        home.clear()
        shutil.rmtree(ground, ignore_errors=True)


@pytest.fixture(scope="package")
def facts_and_site() -> Iterator[tuple[dict[str, Any], Served]]:
    """The village."""
    with served_home("settle_village", "noor") as both:
        yield both


@pytest.fixture(scope="package")
def world_and_site() -> Iterator[tuple[dict[str, Any], Served]]:
    """A network with a row of every kind for everybody who sells, which speaks two invented languages too."""
    spoken = {"DJANGO_SETTINGS_MODULE": "tests.journeys.spoken", "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    with served_home("settle_world", "noor", lambda home: speak(collected(), home / "locale"), **spoken) as both:
        yield both


# Closed after the journeys: while it is open Django takes this thread for an asynchronous one and refuses to work.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium(), args=list(QUIET))
        yield started
        started.close()


@pytest.fixture
def facts(facts_and_site: tuple[dict[str, Any], Served]) -> dict[str, Any]:
    """Where things are in the village."""
    return facts_and_site[0]


@pytest.fixture
def world_facts(world_and_site: tuple[dict[str, Any], Served]) -> dict[str, Any]:
    """Where things are in the world."""
    return world_and_site[0]


@contextmanager
def visiting(browser: Browser, facts: dict[str, Any], site: Served) -> Iterator[Visits]:
    """People who visit; no console error, no script error, no violation of the content policy on any page."""
    visits = Visits(browser, site, facts["sessions"])
    yield visits
    for context in visits.contexts:
        context.close()
    assert visits.unexpected() == []


@pytest.fixture
def visit(browser: Browser, facts_and_site: tuple[dict[str, Any], Served]) -> Iterator[Visits]:
    """People of the village."""
    with visiting(browser, *facts_and_site) as visits:
        yield visits


@pytest.fixture
def world_visit(browser: Browser, world_and_site: tuple[dict[str, Any], Served]) -> Iterator[Visits]:
    """People of the world."""
    with visiting(browser, *world_and_site) as visits:
        yield visits
