"""A world that a whole module works on: one transaction, every test in a savepoint of it, nothing stays."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from bailiwick.tenancy.within import set_network
from tests.walls.doors import SENT
from tests.walls.reading import digest
from tests.walls.world import World, built


@pytest.fixture(scope="module")
def settled_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        world = built("walls")
        world.digest = digest()
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(settled_world: World) -> Iterator[World]:
    """The world as it was built, whatever the test before did."""
    before = transaction.savepoint()
    set_network(settled_world.network)
    yield settled_world
    transaction.set_rollback(False)
    transaction.savepoint_rollback(before)
    set_network(settled_world.network)


@pytest.fixture(autouse=True)
def _counted(record_property: Callable[[str, object], None]) -> Iterator[None]:
    """The report says how many questions a test sent; docs/trials.md adds them up."""
    before = SENT.total()
    yield
    if sent := SENT.total() - before:
        record_property("sent", sent)


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """Signing in is tried often here; the slow hash of passwords is not what is tried."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
