"""What every test may ask for: the village, and a client of the pages signed in as one of its people."""

import copy
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from bailiwick.tenancy.within import set_network
from tests import examples  # noqa: F401 - how many of them
from tests.village import Village, settle

# Every new client of a test would list all files of the look once more.
settings.WHITENOISE_AUTOREFRESH = True
# Tests ask more than any program would; how often one may ask is tried in tests/api/test_pace.py.
settings.API_PACE = 1_000_000


@pytest.fixture(scope="session")
def settled_village(django_db_blocker: DjangoDbBlocker) -> Village:
    """The cast, settled once; each test works on it in a transaction that is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        return settle()


@pytest.fixture(scope="session")
def django_db_setup(settled_village: Village) -> None:
    """The tables are there already (`tests.cluster`); the village is settled before the first test."""


@pytest.fixture
def village(settled_village: Village, db: None) -> Village:
    """The cast of `tests/village.py`; the running transaction is inside its network."""
    set_network(settled_village.by.network)
    return copy.deepcopy(settled_village)


@pytest.fixture
def signed_in(village: Village) -> Callable[[str], Client]:
    """A client of the pages, signed in as the named person of the village."""

    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(village.login(name), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in
