"""Hooks by the API: from the declaration to a replay, and nobody else's."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from django.http import HttpResponse
from standardwebhooks import Webhook

from bailiwick.cli.sender import send_hooks
from bailiwick.tenancy.models import Network
from bailiwick.tenancy.within import set_network
from tests.hooks.hooked import a_delivery, a_hook
from tests.hooks.listening import listening
from tests.village import FOUNDED, TODAY, Village
from tests.walls.speaking import caller

NEW = {"label": "Ledger of ours", "url": "https://receiver.example/in", "kinds": "pipeline.* network.person_left"}


def read(answer: HttpResponse) -> Any:
    return json.loads(answer.content)


def send(village: Village) -> int:
    with ThreadPoolExecutor(8) as pool:
        left = send_hooks(Network.objects.get(pk=village.by.network), pool, partial(datetime.now, UTC))
    set_network(village.by.network)
    return left


def test_a_hook_is_declared_listed_and_removed(village: Village) -> None:
    ask = caller(village, "noor")
    made = ask("POST", "/hooks", NEW)
    assert made.status_code == 201
    hook = read(made)
    assert hook["secret"].startswith("whsec_")
    assert hook["kinds"] == ["pipeline.*", "network.person_left"]
    listed = read(ask("GET", "/hooks"))["items"]
    assert [one["id"] for one in listed] == [hook["id"]]
    assert "secret" not in listed[0]
    assert read(ask("GET", f"/hooks/{hook['id']}")) == listed[0]
    assert ask("DELETE", f"/hooks/{hook['id']}").status_code == 204
    assert ask("GET", f"/hooks/{hook['id']}").status_code == 404
    assert read(ask("GET", "/hooks"))["items"] == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("url", "http://receiver.example/in"),
        ("url", "https://169.254.169.254/latest/meta-data"),
        ("url", "https://[::ffff:10.0.0.1]/"),
        ("url", "https://user:word@receiver.example/"),
        ("kinds", "everything"),
        ("label", ""),
    ],
)
def test_a_hook_that_could_not_work_is_a_problem_of_its_field(village: Village, field: str, value: str) -> None:
    answer = caller(village, "noor")("POST", "/hooks", NEW | {field: value})
    assert answer.status_code == 422
    assert field in answer.content.decode()


def test_from_the_declaration_to_a_replay(village: Village, settings: Any) -> None:
    settings.HOOKS_INSIDE = "127.0.0.1"
    ask = caller(village, "noor")
    with listening() as there:
        hook = read(ask("POST", "/hooks", NEW | {"url": there.url}))
        where = f"/hooks/{hook['id']}"
        test = read(ask("POST", f"{where}/test"))
        assert (test["kind"], test["event"], test["attempts"]) == ("hooks.test", None, 0)
        assert send(village) == 1
        again = read(ask("POST", f"{where}/replay", {"since": FOUNDED.date().isoformat()}))
        assert again["events"] > 3
        assert send(village) == again["events"]
        told = read(ask("GET", f"{where}/deliveries?limit=2"))
        assert len(told["items"]) == 2
        rest = read(ask("GET", f"{where}/deliveries?limit=200&cursor={told['next']}"))
        assert len(told["items"] + rest["items"]) == again["events"] + 1
        assert {(one["status"], one["due"]) for one in told["items"] + rest["items"]} == {(204, None)}
        one = told["items"][0]
        assert read(ask("POST", f"{where}/deliveries/{one['id']}/replay"))["attempts"] == 0
        assert send(village) == 1
        assert there.headers()["webhook-id"] == one["message"]
        new = read(ask("POST", f"{where}/secret"))["secret"]
        ask("POST", f"{where}/test")
        assert send(village) == 1
        assert Webhook(new).verify(there.body(), there.headers()) == Webhook(hook["secret"]).verify(there.body(), there.headers())
        assert ask("POST", f"{where}/pause").status_code == 204
        assert read(ask("GET", where))["why_off"] == "person"
        assert ask("POST", f"{where}/test").status_code == 422
        assert ask("DELETE", f"{where}/pause").status_code == 204
        assert read(ask("GET", where))["off"] is None
    assert read(ask("POST", f"{where}/replay", {"since": "2199-01-01"}))["events"] == 0


def test_a_repeated_key_makes_one_hook_and_gives_its_secret_once(village: Village) -> None:
    ask = caller(village, "noor")
    first, again = (read(ask("POST", "/hooks", NEW, **{"Idempotency-Key": "k"})) for _ in range(2))
    assert first["id"] == again["id"]
    assert first["secret"]
    assert again["secret"] == ""
    assert len(read(ask("GET", "/hooks"))["items"]) == 1
    turned = [read(ask("POST", f"/hooks/{first['id']}/secret", **{"Idempotency-Key": "s"})) for _ in range(2)]
    assert [bool(one["secret"]) for one in turned] == [True, False]


@pytest.mark.parametrize("name", ["ben", "dora", "paula"])
def test_a_hook_of_somebody_else_and_none_are_answered_alike(village: Village, name: str) -> None:
    hook = a_hook(village, "noor")
    delivery = a_delivery(village, hook)
    ask, absent = caller(village, name), "018f0000-0000-7000-8000-000000000000"
    body = {"since": TODAY.isoformat()}
    doors = [
        ("GET", "", None), ("DELETE", "", None), ("POST", "/secret", None), ("POST", "/pause", None), ("DELETE", "/pause", None),
        ("POST", "/test", None), ("POST", "/replay", body), ("GET", "/deliveries", None), ("POST", f"/deliveries/{delivery.pk}/replay", None),
    ]  # fmt: skip
    for method, path, sent in doors:
        theirs, none = (ask(method, f"/hooks/{which}{path}", sent) for which in (hook.pk, absent))
        assert theirs.status_code == none.status_code == 404, path
        assert theirs.content.replace(str(hook.pk).encode(), b"") == none.content.replace(absent.encode(), b"")
    own = a_hook(village, name)
    assert ask("POST", f"/hooks/{own.pk}/deliveries/{delivery.pk}/replay").status_code == 404


@pytest.mark.parametrize("name", ["clara", "conny", "luis", "stefan"])
def test_who_works_with_no_deals_is_refused(village: Village, name: str) -> None:
    assert caller(village, name)("POST", "/hooks", NEW).status_code == 403
    assert caller(village, name)("GET", "/hooks").status_code == 403
