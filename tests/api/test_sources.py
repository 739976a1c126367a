"""Standing sources by the API: a token that delivers files of one source opens nothing else."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client

from bailiwick.api.contract import declared
from bailiwick.exchange.commands.standing import end_key, give_key, make_standing
from bailiwick.exchange.commands.unpacking import TOGETHER
from bailiwick.exchange.models import Incoming
from tests.api.conftest import Caller
from tests.exchange.standing import FIRST, Stood, stands
from tests.exports import an_import
from tests.village import NOW, Village


@pytest.fixture
def stood(village: Village, tmp_path: Path) -> Stood:
    return stands(village, tmp_path)


@pytest.fixture
def token(stood: Stood) -> str:
    return give_key(stood.which.pk, by=stood.village.actor("dora"), now=NOW)[1]


def send(token: str, which: object, content: bytes = FIRST, name: str = "deals.csv", **more: str) -> HttpResponse:
    headers = {"Authorization": f"Bearer {token}"} | more
    where = f"/api/v1/sources/{which}/files?name={name}"
    return Client(raise_request_exception=False).generic(
        "POST", where, content, content_type="application/octet-stream", headers=headers
    )


def test_a_delivered_file_is_accepted_and_the_same_again_is_the_same(stood: Stood, token: str) -> None:
    content = FIRST * 3  # which is no export any more, but that is the importer's to say
    first, again = send(token, stood.which.pk, content), send(token, stood.which.pk, content, "other.csv")
    assert (first.status_code, again.status_code) == (202, 202), first.content
    assert json.loads(first.content) == json.loads(again.content)
    assert json.loads(first.content)["state"] == "waiting"
    row = Incoming.objects.in_network(stood.village.by).get()
    assert (bytes(row.content or b""), row.name) == (content, "deals.csv")


def test_more_than_what_a_form_may_hold_is_taken_and_more_than_a_page_takes_is_not(stood: Stood, token: str) -> None:
    assert send(token, stood.which.pk, b"x" * 5_000_000).status_code == 202
    refused = send(token, stood.which.pk, b"x" * (TOGETHER + 1))
    assert (refused.status_code, json.loads(refused.content)["type"]) == (422, "/problems/too_large")
    assert json.loads(send(token, stood.which.pk, b"").content)["type"] == "/problems/empty_file"


def test_a_token_to_deliver_opens_nothing_else(stood: Stood, token: str, village: Village) -> None:
    other = make_standing(an_import(village, "taken", "other").pk, by=village.actor("dora"), now=NOW)
    assert send(token, other.pk).status_code == 404
    for one in declared():
        if one.name != "source_deliver":
            path = re.sub(r"\{uuid:\w+\}", str(UUID(int=1)), re.sub(r"\{(slug:)?name\}", "win_rate", one.path))
            assert Caller(token).ask(one.method, path).status_code == 401, one.name
    assert Client().get(f"/dates/{token}.ics").status_code == 404


def test_a_revoked_token_of_a_source_delivers_nothing(stood: Stood, token: str) -> None:
    end_key(stood.which.pk, by=stood.village.actor("dora"), now=NOW)
    assert send(token, stood.which.pk).status_code == 401
    assert not Incoming.objects.in_network(stood.village.by).exists()


def test_a_new_token_closes_the_one_before(stood: Stood, token: str) -> None:
    give_key(stood.which.pk, by=stood.village.actor("dora"), now=NOW)
    assert send(token, stood.which.pk).status_code == 401


def test_tokens_to_write_deliver_for_the_director_and_nobody_else(stood: Stood, calling: Callable[..., Caller]) -> None:
    assert send(calling("dora").token, stood.which.pk).status_code == 202
    assert send(calling("dora", "read").token, stood.which.pk).status_code == 403
    assert send(calling("noor").token, stood.which.pk).status_code == 404


def test_the_director_lists_standing_sources_without_their_tokens(
    stood: Stood, token: str, calling: Callable[..., Caller]
) -> None:
    send(token, stood.which.pk)
    (told,) = calling("dora").get("/sources")["items"]
    assert (told["source"], told["folder"], told["waiting"], told["delivers"], told["trouble"]) == ("crm", "crm", 1, True, "")
    assert token not in json.dumps(told)
    assert calling("noor").get("/sources")["items"] == []
