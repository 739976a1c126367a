"""Mails and invitations by the API: a file as the body, to its own person, with a token that may write."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from bailiwick.pipeline.models import Activity, Arrival
from tests.api.conftest import Caller
from tests.pipeline.mails import an_arrival, invitation, mail
from tests.village import Village

Calling = Callable[..., Caller]


def give(caller: Caller, raw: bytes, media: str = "message/rfc822", **headers: str) -> HttpResponse:
    sent = {"Authorization": f"Bearer {caller.token}"} | headers
    return Client(raise_request_exception=False).generic("POST", "/api/v1/arrivals", raw, content_type=media, headers=sent)


def test_a_mail_and_an_invitation_are_proposed(village: Village, noor: Caller) -> None:
    answer = give(noor, mail())
    assert answer.status_code == 201, answer.content
    (shown,) = answer.json()["proposed"]
    assert (shown["kind"], shown["who"], shown["day"]) == ("mail", "Anna Weiss <anna@kranbau.example>", "2026-11-03")
    answer = give(noor, invitation(), "text/calendar; charset=utf-8")
    assert [one["kind"] for one in answer.json()["proposed"]] == ["meeting"]
    assert len(noor.get("/arrivals")["items"]) == 2


def test_the_same_again_is_known(village: Village, noor: Caller) -> None:
    raw = mail(key="same")
    give(noor, raw)
    assert give(noor, raw).json() == {"proposed": [], "known": 1, "withdrawn": 0}


def test_a_key_makes_it_one(village: Village, noor: Caller) -> None:
    raw, key = mail(), {"Idempotency-Key": "one"}
    assert give(noor, raw, **key).json() == give(noor, raw, **key).json()
    assert give(noor, mail(), **key).json()["type"] == "/problems/key_used"


@pytest.mark.parametrize("scope", ["read"])
def test_a_token_that_may_only_read_gives_nothing(village: Village, calling: Calling, scope: str) -> None:
    assert give(calling("noor", scope), mail()).status_code == 403


@pytest.mark.parametrize("media", ["application/json", "text/plain", "application/zip", ""])
def test_any_other_kind_of_body_is_refused(village: Village, noor: Caller, media: str) -> None:
    assert give(noor, mail(), media).status_code == 415


def test_no_other_endpoint_takes_a_mail(village: Village, noor: Caller) -> None:
    sent = {"Authorization": f"Bearer {noor.token}"}
    answer = Client().generic("POST", "/api/v1/activities", mail(), content_type="message/rfc822", headers=sent)
    assert answer.status_code == 415


@pytest.mark.parametrize(
    ("raw", "code"), [(b"hello", "unreadable_mail"), (mail("x" * 10_000_001), "too_large_mail"), (b"", "unreadable_mail")]
)
def test_what_cannot_be_read_is_a_problem_document(village: Village, noor: Caller, raw: bytes, code: str) -> None:
    answer = give(noor, raw)
    assert answer.status_code == 422
    assert answer.json()["type"] == f"/problems/{code}"


def test_kept_as_proposed_or_otherwise(village: Village, noor: Caller) -> None:
    one, two = (an_arrival(village, "noor", subject) for subject in ("one", "two"))
    deal = village.deals["Hafen Logistik GmbH terminals"]
    assert noor.post(f"/arrivals/{one.pk}/keep", {})["kind"] == "mail"
    kept = noor.post(f"/arrivals/{two.pk}/keep", {"kind": "call", "opportunity": deal.pk})
    assert (kept["kind"], kept["opportunity"], kept["account"]) == ("call", str(deal.pk), str(deal.account_id))
    noor.post(f"/arrivals/{two.pk}/keep", {}, status=404)
    assert Activity.objects.in_network(village.by).filter(source="arrival").count() == 2


def test_thrown_away_it_is_gone(village: Village, noor: Caller) -> None:
    row = an_arrival(village, "noor")
    noor.send("DELETE", f"/arrivals/{row.pk}", status=204)
    noor.send("DELETE", f"/arrivals/{row.pk}", status=404)
    assert not Arrival.objects.in_network(village.by).exists()


@pytest.mark.parametrize("who", ["aylin", "dora", "ben", "paula", "jonas"])
def test_nobody_else_sees_keeps_or_throws_it(village: Village, calling: Calling, who: str) -> None:
    row, other = an_arrival(village, "noor"), calling(who)
    assert other.get("/arrivals")["items"] == []
    other.post(f"/arrivals/{row.pk}/keep", {}, status=404)
    other.send("DELETE", f"/arrivals/{row.pk}", status=404)


def test_a_larger_body_than_json_may_have_is_taken(village: Village, noor: Caller) -> None:
    answer = give(noor, mail("x" * 3_000_000))
    assert answer.status_code == 201
