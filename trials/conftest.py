"""What every trial may ask for: the village in the store of the session, homes of their own, and a place for figures."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.village import Village, settle
from trials.homes import Home, folder


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Say a figure that was seen; all of them stand at the end of the report and in docs/trials.md."""
    return lambda told: record_property("figure", told)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What was measured on the way."""
    for report in terminalreporter.getreports("passed"):
        for name, told in report.user_properties:
            if name == "figure" and report.when == "call":
                terminalreporter.write_line(f"figure: {told}")


@pytest.fixture(scope="module")
def village(django_db_blocker: DjangoDbBlocker) -> Iterator[Village]:
    """A village that everybody sees: settled and committed, in the store of the session."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            settled = settle(f"village-{uuid4().hex[:8]}")
        yield settled


@dataclass(frozen=True)
class Seed:
    """A home at rest with the village in it, and where things are in every copy of it."""

    home: Home
    facts: dict[str, Any]


@pytest.fixture(scope="session")
def seed() -> Iterator[Seed]:
    """Made once; trials copy it."""
    with _ground() as ground:
        home = Home(ground / "seed")
        assert home.bailiwick("migrate").returncode == 0
        facts = home.inside("settle_village")
        assert not home.quiet(), "the home of the seed does not come to rest"
        yield Seed(home, facts)


@pytest.fixture
def home(seed: Seed, ground: Path) -> Home:
    """A home of its own with the village in it."""
    return seed.home.copy_to(ground / "home")


@pytest.fixture
def facts(seed: Seed) -> dict[str, Any]:
    """Ids and session keys of the village in every copy of the seed."""
    return seed.facts


@pytest.fixture
def ground() -> Iterator[Path]:
    """An empty folder for homes; nothing of them is left when the trial ends."""
    with _ground() as made:
        yield made


@pytest.fixture(scope="module")
def ground_of_module() -> Iterator[Path]:
    """The same for a home that several trials share."""
    with _ground() as made:
        yield made


@contextmanager
def _ground() -> Iterator[Path]:
    made = folder()
    try:
        yield made
    finally:
        for place in made.iterdir():
            if place.is_dir():
                Home(place).clear()
        shutil.rmtree(made, ignore_errors=True)
