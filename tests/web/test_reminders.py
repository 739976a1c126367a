"""Reminders: each kind for whoever wants it, once."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bailiwick.cli.clerk import clerk
from bailiwick.cli.clock import Clock
from bailiwick.kit import Door
from bailiwick.network.models import Person
from bailiwick.notices.models import Message
from bailiwick.pipeline.commands import NewActivity, log_activities, promise
from bailiwick.tenancy.models import Network
from bailiwick.tenancy.within import set_network
from tests.village import NOW, TODAY, Village

pytestmark = pytest.mark.django_db
MORNING = datetime.combine(TODAY, time(8, 5), ZoneInfo("Europe/Berlin"))


def given(village: Village, name: str) -> None:
    """A task at eight today, and a promise for tomorrow."""
    by = village.actor(name)
    log_activities([NewActivity(kind="call", text=f"Call {name}", due=TODAY, due_time=time(8))], by=by, now=NOW)
    promise(text=f"A price of {name}", due=TODAY + timedelta(days=1), by=by, now=NOW)


def told(village: Village, name: str) -> list[str]:
    """Which kinds the person was told, besides the morning."""
    for _ in range(2):
        Clock().compose(Network.objects.get(pk=village.by.network), MORNING)
    set_network(village.by.network)
    rows = Message.objects.in_network(clerk(village.by.network, Door.CLOCK)).filter(person=village.people[name].pk)
    return sorted(rows.exclude(kind="digest").values_list("kind", flat=True))


def wants(village: Village, name: str, **what: bool) -> None:
    Person.objects.in_network(village.by).filter(pk=village.people[name].pk).update(**what)


@pytest.mark.parametrize(
    ("what", "kinds"),
    [
        ({}, ["promise", "task"]),
        ({"remind_tasks": False}, ["promise"]),
        ({"remind_promises": False}, ["task"]),
        ({"remind_tasks": False, "remind_promises": False}, []),
        ({"digest": False}, ["promise", "task"]),
    ],
)
def test_each_kind_comes_once_to_whoever_wants_it(village: Village, what: dict[str, bool], kinds: list[str]) -> None:
    given(village, "noor")
    given(village, "ben")
    wants(village, "noor", **what)
    assert told(village, "noor") == kinds
    assert told(village, "ben") == ["promise", "task"]
