"""An act with an Idempotency-Key happens once."""

import json
from collections.abc import Iterator
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from bailiwick.kit import Actor, Door, Role
from bailiwick.ledger.models import Kept
from bailiwick.network.commands import add_members, add_people, found_network, open_access
from bailiwick.network.commands.people import NewMember
from bailiwick.network.queries import scope_of
from bailiwick.pipeline.models import Lead
from bailiwick.tenancy.within import within
from tests.api.conftest import Caller, caller_for
from tests.village import FOUNDED, NOW, Village


def test_the_same_key_and_body_get_the_same_answer_and_one_effect(village: Village, noor: Caller) -> None:
    first = noor.ask("POST", "/leads", {"name": "Ole"}, Idempotency_Key="one")
    again = noor.ask("POST", "/leads", {"name": "Ole"}, Idempotency_Key="one")
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert first.status_code == 201
    assert len(noor.get("/leads")["items"]) == 1
    noor.ask("POST", "/leads", {"name": "Ole"}, Idempotency_Key="two")
    assert len(noor.get("/leads")["items"]) == 2


def test_the_same_key_with_another_body_or_act_is_refused(village: Village, noor: Caller) -> None:
    noor.post("/leads", {"name": "Ole"}, 201, Idempotency_Key="one")
    for path, body in (("/leads", {"name": "Kim"}), ("/accounts", {"name": "Ole"})):
        refused = noor.post(path, body, 422, Idempotency_Key="one")
        assert (refused["type"], refused["remedy"]) == ("/problems/key_used", "Use a new key for a new act.")


def test_a_key_is_its_persons_own(village: Village, noor: Caller, calling) -> None:  # type: ignore[no-untyped-def]
    mine = noor.post("/leads", {"name": "Ole"}, 201, Idempotency_Key="one")
    assert calling("ben").post("/leads", {"name": "Ole"}, 201, Idempotency_Key="one")["id"] != mine["id"]


def test_a_refused_act_may_be_sent_again_with_its_key(village: Village, noor: Caller) -> None:
    noor.post("/leads", {"name": "Ole", "email": "no"}, 422, Idempotency_Key="one")
    noor.post("/leads", {"name": "Ole"}, 201, Idempotency_Key="one")


def test_an_answer_without_a_body_is_repeated_too(village: Village, noor: Caller) -> None:
    line = village.line.pk  # type: ignore[union-attr]
    path = f"/accounts/{village.accounts['Lindhall AB'].pk}/holding?line={line}"
    for _ in range(2):
        answer = noor.ask("DELETE", path, Idempotency_Key="one")
        assert (answer.status_code, answer.content) == (204, b"")
    assert noor.ask("DELETE", path, Idempotency_Key="two").status_code == 404


@pytest.mark.parametrize("key", ["", "x" * 101, "two words", "\u00fc"])
def test_a_key_has_1_to_100_printable_characters(village: Village, noor: Caller, key: str) -> None:
    assert noor.post("/leads", {"name": "Ole"}, 422, Idempotency_Key=key)["problems"][0]["field"] == "Idempotency-Key"


def test_the_text_of_a_token_is_kept_nowhere(village: Village, noor: Caller) -> None:
    given = noor.post("/tokens", {"label": "x", "scope": "read", "days": "90"}, 201, Idempotency_Key="one")
    again = noor.post("/tokens", {"label": "x", "scope": "read", "days": "90"}, 201, Idempotency_Key="one")
    assert again == given | {"text": ""}
    assert given["text"] not in Kept.objects.in_network(village.by).get(key="one").answer


@pytest.fixture
def racer(settled_village: Village, django_db_blocker: DjangoDbBlocker) -> Iterator[Actor]:
    """A seller in a committed network of its own: threads have connections of their own. Events stay, so its rows do."""
    slug = f"racing-{uuid4().hex[:12]}"
    with django_db_blocker.unblock():
        with transaction.atomic():
            by, root = found_network(slug=slug, name="Racing", now=FOUNDED)
            card = [{"name": "Rosa Racer"}]
            rosa = add_people(card, organization=root.organization_id, unit=root.pk, by=by, now=FOUNDED)[0].pk
            add_members([NewMember(person=rosa, unit=root.pk, role=Role.SELLER)], by=by, now=FOUNDED)
            open_access(person=rosa, email=f"rosa@{slug}.example", password=None, by=by, now=FOUNDED)
            actor = Actor(scope_of(by.network, rosa, NOW), Door.API)
        yield actor
        connection.close()


def test_simultaneous_requests_with_one_key_have_one_effect(racer: Actor) -> None:
    with within(racer.network):
        rosa = caller_for(racer)
    start, answers = Barrier(4), []

    def send() -> None:
        start.wait()
        answers.append(rosa.ask("POST", "/leads", {"name": "Ole"}, Idempotency_Key="race"))
        connection.close()

    threads = [Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {(answer.status_code, answer.content) for answer in answers} == {(201, answers[0].content)}
    with within(racer.network):
        assert [str(lead.pk) for lead in Lead.objects.in_network(racer)] == [json.loads(answers[0].content)["id"]]
