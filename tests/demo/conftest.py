"""One small demonstration network for all tests of this folder, removed at the end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from bailiwick.demo import build
from bailiwick.demo.building import SMALL
from bailiwick.demo.days import Days
from bailiwick.demo.removal import remove
from bailiwick.tenancy.models import Network
from bailiwick.tenancy.within import set_network, within
from tests.village import Village

NOW = datetime.now(UTC)
TODAY = Days.seen_from(NOW).today


@dataclass(frozen=True)
class Built:
    """The demonstration network of these tests, as it stands now."""

    slug: str = "demo-test"

    @property
    def network(self) -> Network:
        return Network.objects.get(slug=self.slug)

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchall()

    def counts(self) -> list[list[tuple[Any, ...]]]:
        """What the same seed must give again."""
        with within(self.network.pk):
            return [self.ask(question) for question in COUNTS]


COUNTS = (
    "SELECT outcome, count(*), sum(value), min(decided), max(expected) FROM pipeline_opportunity GROUP BY 1 ORDER BY 1",
    "SELECT kind, count(*), count(done), min(day), max(due) FROM pipeline_activity GROUP BY 1 ORDER BY 1",
    "SELECT kind, count(*), min(happened), max(recorded) FROM ledger_entry GROUP BY 1 ORDER BY 1",
    "SELECT name, city, last_contact FROM territories_account ORDER BY 1",
    "SELECT sum(amount) FROM territories_potential",
)


@pytest.fixture(scope="package")
def committed(django_db_blocker: DjangoDbBlocker, settled_village: Village) -> Iterator[Built]:
    """The small network, as committed."""
    built = Built()
    with django_db_blocker.unblock():
        assert build(size=SMALL, now=NOW, slug=built.slug)
        yield built
        remove(built.network)


@pytest.fixture
def demo(committed: Built, db: None) -> Built:
    set_network(committed.network.pk)
    return committed
