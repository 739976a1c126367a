"""What every trial may ask for: the village in the store of the session, homes of their own, and a place for figures."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.village import Village, settle
from trials.homes import Home, folder

FIGURES: list[str] = []


@pytest.fixture
def figure() -> Callable[[str], None]:
    """Say a figure that was seen; all of them stand at the end of the report."""
    return FIGURES.append


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What was measured on the way."""
    for line in FIGURES:
        terminalreporter.write_line(f"figure: {line}")


@pytest.fixture(scope="module")
def village(django_db_blocker: DjangoDbBlocker) -> Iterator[Village]:
    """A village that everybody sees: settled and committed, in the store of the session."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            settled = settle(f"village-{uuid4().hex[:8]}")
        yield settled


@pytest.fixture(scope="session")
def seed() -> Iterator[tuple[Home, dict[str, Any]]]:
    """A home at rest with the village in it, and where things are in it: what trials copy."""
    ground = folder()
    home = Home(ground / "seed")
    assert home.bailiwick("migrate").returncode == 0
    facts = home.inside("settle_village")
    facts["sessions"] = home.inside("sign_in")
    assert not home.quiet(), "the home of the seed does not come to rest"
    yield home, facts
    home.clear()
    shutil.rmtree(ground, ignore_errors=True)


@pytest.fixture
def home(seed: tuple[Home, dict[str, Any]]) -> Iterator[Home]:
    """A home of its own with the village in it; nothing of it is left when the trial ends."""
    ground = folder()
    made = seed[0].copy_to(ground / "home")
    yield made
    made.clear()
    shutil.rmtree(ground, ignore_errors=True)


@pytest.fixture
def facts(seed: tuple[Home, dict[str, Any]]) -> dict[str, Any]:
    """Ids and session keys of the village in every home of a trial."""
    return seed[1]


@pytest.fixture
def ground() -> Iterator[Path]:
    """An empty folder for homes that a trial makes itself."""
    made = folder()
    yield made
    for place in made.iterdir():
        if place.is_dir():
            Home(place).clear()
    shutil.rmtree(made, ignore_errors=True)
