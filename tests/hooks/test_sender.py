"""The sender beside the clock, with real receivers; and two senders at once."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, connections
from pytest_django import DjangoDbBlocker
from standardwebhooks import Webhook

from bailiwick.cli.sender import send_hooks
from bailiwick.hooks.commands import add_hook, claim, compose, replay, replay_since, send_test, settle, turn_secret
from bailiwick.hooks.models import Delivery, Hook
from bailiwick.hooks.posting import Answer
from bailiwick.notices.models import Message
from bailiwick.tenancy.models import Network
from bailiwick.tenancy.within import set_network, within
from tests.hooks.hooked import deliveries
from tests.hooks.listening import listening
from tests.village import FOUNDED, Village


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as made:
        yield made


@pytest.fixture(autouse=True)
def _inside(settings: Any) -> None:
    settings.HOOKS_INSIDE = "127.0.0.1"


def network_of(village: Village) -> Network:
    return Network.objects.get(pk=village.by.network)


def added(village: Village, name: str, url: str, kinds: str = "*") -> tuple[Hook, str]:
    return add_hook(label=f"{name} system", url=url, kinds=kinds, by=village.actor(name, now()), now=now())


def test_what_is_received_is_taken_by_the_library_of_standard_webhooks(village: Village, pool: ThreadPoolExecutor) -> None:
    with listening() as there:
        hook, secret = added(village, "noor", there.url, "pipeline.*")
        count = replay_since(hook.pk, FOUNDED - timedelta(days=1), by=village.actor("noor"), now=now())
        assert send_hooks(network_of(village), pool, now) == count > 0
        _, new = turn_secret(hook.pk, by=village.actor("noor"), now=now())
        send_test(hook.pk, by=village.actor("noor"), now=now())
        assert send_hooks(network_of(village), pool, now) == 1
    types = [Webhook(secret).verify(there.body(n), there.headers(n))["type"] for n in range(count + 1)]
    assert types[-1] == "hooks.test"
    assert {one.partition(".")[0] for one in types[:-1]} == {"pipeline"}
    assert Webhook(new).verify(there.body(), there.headers())
    assert {row.status for row in deliveries(village, hook)} == {204}


def test_a_receiver_that_is_gone_is_told_nothing_more_and_its_person_is_told(village: Village, pool: ThreadPoolExecutor) -> None:
    with listening(b"HTTP/1.1 410 Gone\r\n\r\n") as there:
        hook, _ = added(village, "noor", there.url)
        send_test(hook.pk, by=village.actor("noor"), now=now())
        send_hooks(network_of(village), pool, now)
        send_hooks(network_of(village), pool, now)
    assert len(there.sent) == 1
    set_network(village.by.network)
    message = Message.objects.in_network(village.by).get(kind="hook")
    assert message.person == village.people["noor"].pk
    assert "noor system" in message.subject
    assert "410" in message.body


def test_one_slow_receiver_does_not_hold_up_the_others(village: Village, pool: ThreadPoolExecutor) -> None:
    held = threading.Event()
    with listening(lambda line: held.wait(1) and None) as slow, listening() as quick:
        for name, there in (("noor", slow), ("ben", quick)):
            hook, _ = added(village, name, there.url)
            send_test(hook.pk, by=village.actor(name), now=now())
        send_hooks(network_of(village), pool, now)
    assert len(quick.sent) == 1


def test_without_the_setting_nothing_inside_is_called(village: Village, pool: ThreadPoolExecutor, settings: Any) -> None:
    with listening() as there:
        hook, _ = added(village, "noor", there.url)
        settings.HOOKS_INSIDE = ""
        send_test(hook.pk, by=village.actor("noor"), now=now())
        send_hooks(network_of(village), pool, now)
    assert there.connected == 0
    assert deliveries(village, hook)[0].trouble == "no_address"


@pytest.fixture
def committed(settled_village: Village, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[Village, Hook]]:
    """A hook with forty tests due that every connection sees; taken away again afterwards."""
    village = settled_village
    with django_db_blocker.unblock():
        with within(village.by.network):
            hook, _ = added(village, "noor", "http://127.0.0.1:1/")
            rows = [
                Delivery(network_id=village.by.network, hook=hook, kind="hooks.test", made=now(), due=now()) for _ in range(40)
            ]
            Delivery.objects.in_network(village.by).bulk_create(rows)
        yield village, hook
        with within(village.by.network):
            Hook.objects.in_network(village.by).filter(pk=hook.pk).delete()
        connection.close()


def test_of_four_senders_at_once_none_gets_what_another_has(committed: tuple[Village, Hook]) -> None:
    village, _ = committed
    together, at = threading.Barrier(4), now() + timedelta(seconds=1)

    def one_sender() -> list[Any]:
        found = []
        together.wait()
        try:
            for _ in range(20):
                with within(village.by.network):
                    found += [one.delivery for one in claim(by=village.by, now=at)]
        finally:
            connections.close_all()
        return found

    with ThreadPoolExecutor(4) as senders:
        claims = [one for made in [senders.submit(one_sender) for _ in range(4)] for one in made.result()]
    assert len(claims) == len(set(claims)) == 40


def test_of_four_composers_at_once_each_event_is_put_on_its_way_once(committed: tuple[Village, Hook]) -> None:
    village, hook = committed
    with within(village.by.network):
        Hook.objects.in_network(village.by).filter(pk=hook.pk).update(moment=-1, seq=-1)
    together = threading.Barrier(4)

    def one_composer() -> int:
        together.wait()
        try:
            with within(village.by.network):
                return compose(by=village.by, now=now())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as composers:
        made = sum(one.result() for one in [composers.submit(one_composer) for _ in range(4)])
    with within(village.by.network):
        entries = list(
            Delivery.objects.in_network(village.by).filter(hook=hook, entry__isnull=False).values_list("entry", flat=True)
        )
    assert len(entries) == len(set(entries)) == made > 0


def test_whoever_sends_and_whoever_tells_again_do_not_wait_for_each_other_for_ever(committed: tuple[Village, Hook]) -> None:
    village, hook = committed
    with within(village.by.network):
        by = village.actor("noor", now())
        rows = list(Delivery.objects.in_network(village.by).filter(hook=hook).values_list("pk", flat=True))
    together = threading.Barrier(4)

    def sender() -> int:
        together.wait()
        left = 0
        try:
            for _ in range(15):
                with within(village.by.network):
                    outgoing = claim(by=village.by, now=now())
                with within(village.by.network):
                    for one in sorted(outgoing, key=lambda one: (one.hook, one.delivery)):
                        settle(one, Answer(status=204), by=village.by, now=now())
                left += len(outgoing)
        finally:
            connections.close_all()
        return left

    def again() -> int:
        together.wait()
        try:
            for row in rows:
                with within(village.by.network):
                    replay(hook.pk, row, by=by, now=now())
        finally:
            connections.close_all()
        return 0

    with ThreadPoolExecutor(4) as acting:
        left = sum(one.result(60) for one in [acting.submit(act) for act in (sender, again, sender, again)])
    assert left >= len(rows)
