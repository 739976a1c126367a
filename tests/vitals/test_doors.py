"""What an operator's programs ask is answered without signing in, writes nothing, and says no more than it must."""

import os
import re
import socket
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings
from pytest_django import DjangoAssertNumQueries

from bailiwick.exchange.models import Import
from bailiwick.hooks.models import Hook
from bailiwick.store.note import note
from bailiwick.vitals import metrics as counted
from bailiwick.vitals.beat import beat
from bailiwick.vitals.waiting import waiting
from tests.cli.test_doctor import closed_port, outgoing
from tests.hooks.hooked import a_delivery, a_hook
from tests.house.source import ROOT, SOURCE
from tests.house.test_doors import nothing_written
from tests.village import Village

DOORS = ("/healthz", "/readyz", "/metrics")
TOKEN = "a long enough token"
BEARING = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of a store that takes a connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"postgresql://app:hidden@127.0.0.1:{server.getsockname()[1]}/x"


def metrics(**more: str) -> str:
    with override_settings(METRICS_TOKEN=TOKEN):
        answer = Client().get("/metrics", headers=BEARING | more)
    assert answer.status_code == 200
    return answer.content.decode()


def value(text: str, name: str) -> float:
    """The one sample that begins so."""
    (found,) = [line for line in text.splitlines() if line.startswith(name + " ")]
    return float(found.rpartition(" ")[2])


def test_a_process_that_answers_says_so_without_asking_the_store(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        answer = Client().get("/healthz")
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"ok", "text/plain; charset=utf-8")


def test_a_process_whose_store_answers_with_the_tables_of_this_release_is_ready() -> None:
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"store": True, "tables": True})


def test_a_store_without_our_tables_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", re.sub(r"/bailiwick\?", "/postgres?", os.environ["DATABASE_OWNER_URL"]))
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"store": True, "tables": False})


def test_a_store_that_refuses_is_503_and_nothing_secret_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://app:hidden@127.0.0.1:{closed_port()}/x")
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"store": False, "tables": False})
    assert answer["Retry-After"] == "5"


def test_a_store_that_never_says_a_word_holds_the_answer_for_two_seconds_only(
    silent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", silent)
    begun = time.monotonic()
    assert Client().get("/readyz").status_code == 503
    assert time.monotonic() - begun < 4
    assert Client().get("/healthz").status_code == 200


def test_pages_wait_no_longer_than_that_unless_the_address_says_so() -> None:
    from bailiwick.config.settings import database

    told = database("postgresql://app@db/x")["OPTIONS"]
    assert (told["connect_timeout"], told["tcp_user_timeout"]) == ("2", "5000")
    assert database("postgresql://app@db/x?connect_timeout=9")["OPTIONS"]["connect_timeout"] == "9"


@pytest.mark.parametrize("door", DOORS)
def test_a_balancer_asks_by_address_and_in_the_clear(door: str, db: None) -> None:
    with override_settings(SECURE_SSL_REDIRECT=True, METRICS_TOKEN=TOKEN):
        answer = Client().get(door, headers=BEARING | {"Host": "10.0.0.7:8000"})
        assert Client().get("/sign-in/").status_code == 301
    assert answer.status_code == 200


@pytest.mark.parametrize("door", DOORS)
def test_nothing_is_written_and_no_cookie_given(door: str, village: Village, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("noor")
    with override_settings(METRICS_TOKEN=TOKEN), nothing_written() as wrote:
        answer = client.get(door, headers=BEARING)
    assert answer.status_code == 200
    assert not answer.cookies
    assert "Vary" not in answer
    assert answer["Cache-Control"] == "no-store"
    assert not wrote


@pytest.mark.parametrize("door", DOORS)
def test_they_are_only_asked(door: str) -> None:
    assert Client().post(door, {}).status_code == 405
    assert Client().delete(door).status_code == 405
    assert Client().get(door + "/x").status_code == 404


@pytest.mark.parametrize("bearing", ["", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", TOKEN, "Bearer täuschend"])
def test_without_the_token_there_are_no_metrics(bearing: str) -> None:
    with override_settings(METRICS_TOKEN=TOKEN):
        assert Client().get("/metrics", headers={"Authorization": bearing}).status_code == 404


@pytest.mark.parametrize("bearing", ["", "Bearer ", "Bearer None"])
def test_where_no_token_is_set_nothing_opens_the_metrics(bearing: str) -> None:
    assert settings.METRICS_TOKEN == ""
    assert Client().get("/metrics", headers={"Authorization": bearing}).status_code == 404


def test_requests_are_counted_by_their_route_and_never_by_what_they_name(
    village: Village, signed_in: Callable[[str], Client]
) -> None:
    client, account = signed_in("noor"), village.accounts["Hafen Logistik GmbH"].pk
    route = 'bailiwick_requests_total{method="GET",route="/accounts/<uuid:which>",status="2xx"}'
    timed = 'bailiwick_request_seconds_count{route="/accounts/<uuid:which>"}'
    assert client.get(f"/accounts/{account}").status_code == 200
    before = metrics()
    assert client.get(f"/accounts/{account}?q=geheimnis").status_code == 200
    client.get("/nowhere/geheimnis")
    text = metrics()
    assert [value(text, name) - value(before, name) for name in (route, timed)] == [1, 1]
    assert 'route="none",status="4xx"' in text
    assert value(text, "bailiwick_requests_under_way") == 0
    assert str(account) not in text
    assert "geheimnis" not in text


def test_refusals_are_counted_by_their_rule(village: Village, signed_in: Callable[[str], Client]) -> None:
    name = 'bailiwick_refusals_total{code="not_found"}'
    signed_in("noor").get("/nowhere")
    was = value(metrics(), name)
    signed_in("noor").get("/nowhere")
    assert value(metrics(), name) == was + 1


def test_what_waits_in_the_store_is_told_without_a_name(village: Village, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    outgoing(village, due=timedelta(hours=2), trouble="{'ann.berg@cobalt.example': 'no'}")
    Import.objects.in_network(village.by).create(
        network_id=village.by.network, source="crm", by=village.by.person, state=Import.State.ASKED,
        created=now - timedelta(minutes=20),
    )  # fmt: skip
    for name, hours in (("noor", 1), ("ben", 3)):
        hook = a_hook(village, name)
        row = a_delivery(village, hook)
        row.due, row.delivered = now - timedelta(hours=hours), None
        row.save()
    Hook.objects.in_network(village.by).filter(pk=hook.pk).update(failing=now)
    found = waiting(now)
    (tmp_path / "one.bw").write_bytes(b"x")
    note(tmp_path, tmp_path / "one.bw", now - timedelta(days=1))
    beat(tmp_path, "clock")
    with override_settings(HOME=tmp_path):
        text = metrics()
    assert value(text, "bailiwick_store_up") == 1
    assert value(text, "bailiwick_outbox_waiting") == found.messages >= 1
    assert value(text, "bailiwick_outbox_late_seconds") >= 7200
    assert value(text, "bailiwick_hooks_waiting") == found.deliveries == 2
    assert 3600 <= value(text, "bailiwick_hooks_late_seconds") < 7200, "what fails is not late: its receiver is"
    assert value(text, "bailiwick_imports_waiting") == found.imports >= 1
    assert value(text, "bailiwick_imports_late_seconds") >= 1200
    assert value(text, "bailiwick_ledger_unsealed_seconds") > 1800, "the village was recorded long ago and never sealed"
    assert 86_400 <= value(text, "bailiwick_backup_age_seconds") < 86_460
    assert value(text, 'bailiwick_round_age_seconds{of="clock"}') < 60
    assert 'of="importer"' not in text, "it never did a round in this home"
    assert not re.search(r"ann|berg|cobalt|village", text)


def test_every_metric_is_explained() -> None:
    told = set(re.findall(r"bailiwick_\w+", (ROOT / "docs" / "how-to" / "operate.md").read_text()))
    names = {"bailiwick_" + name for name in re.findall(r'_gauge\("(\w+)"', (SOURCE / "vitals" / "metrics.py").read_text())}
    assert len(names) >= 8
    names |= {f"{one._name}{'_total' if one._type == 'counter' else ''}" for one in counted.OWN._collector_to_names}
    assert not names - told
