"""Whatever goes wrong is a problem document in the person's language, and tells nobody what is out of sight."""

import json
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError
from django.test import Client

from bailiwick.api.contract import address_of, declared
from tests.api.conftest import Caller
from tests.exports import a_standing_source
from tests.network.programs import a_program
from tests.performance.aimed import of_svens
from tests.village import Village

NONE = str(UUID(int=1))
BODIES: dict[str, Any] = {
    "account_change": {"version": 1},
    "contact_new": {"name": "x"},
    "target_restate": {"version": 1, "amount": "5"},
    "opportunity_change": {"version": 1},
    "lines": {"version": 1, "lines": []},
    "hook_replay": {"since": "2026-11-01"},
    "service_token_new": {"label": "x", "scope": "read", "days": "90"},
}


def _foreign(village: Village) -> dict[str, str]:
    """Things of Sven's and of partners, which Noor does not see."""
    return {
        "account": str(village.accounts["Schrauben Sander"].pk),
        "opportunity": str(village.deals["Schrauben Sander terminals"].pk),
        "unit": str(village.units["delta"].pk),
        "person": str(village.people["piet"].pk),
    }


@pytest.mark.parametrize("one", [one for one in declared() if "{uuid:" in one.path], ids=lambda one: one.name)
def test_a_foreign_id_and_an_absent_id_answer_alike_byte_by_byte(village: Village, noor: Caller, one: Any) -> None:
    name = one.path.split("{uuid:")[1].split("}")[0]
    if name not in (foreign := _foreign(village)):
        foreign = _things_of(village, name)
    body = BODIES.get(one.name, _body(village, one.name))
    noor.media = next(iter(one.media), noor.media)
    answers = [
        noor.ask(one.method, _at(one, name, which) + _query(village, one.name), body, X_Request_Id="one")
        for which in (foreign[name], str(uuid4()))
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert answers[0].content == answers[1].content
    assert dict(answers[0].headers) == dict(answers[1].headers)


def _at(one: Any, name: str, which: str) -> str:
    return (
        address_of(one).removeprefix("/api/v1").replace(f"{{{name}}}", which).replace("{delivery}", NONE).replace("{token}", NONE)
    )


def _query(village: Village, name: str) -> str:
    return {"release": f"?line={village.line.pk}", "target_withdraw": "?version=1", "source_deliver": "?name=deals.csv"}.get(
        name, ""
    )  # type: ignore[union-attr]


def _body(village: Village, name: str) -> dict[str, Any]:
    match name:
        case "hold":
            return {"line": village.line.pk}  # type: ignore[union-attr]
        case "step":
            return {"step": village.deals["Hafen Logistik GmbH terminals"].step_id}
    return {}


def _things_of(village: Village, name: str) -> dict[str, str]:
    """Things that Sven makes for this."""
    from tests.api.conftest import caller_for

    sven = caller_for(village.actor("sven"))
    match name:
        case "target":
            return {name: str(of_svens(village).pk)}
        case "hook":
            new = {"label": "x", "url": "https://receiver.example/in", "kinds": "*"}
            return {name: sven.post("/hooks", new, 201)["id"]}
        case "service":
            return {name: str(a_program(village, "delta", "jonas").pk)}
        case "source":
            return {name: str(a_standing_source(village).pk)}
        case "lead":
            return {name: sven.post("/leads", {"name": "x"}, 201)["id"]}
        case "promise":
            return {name: sven.post("/promises", {"text": "x", "due": "2030-01-01"}, 201)["id"]}
        case "activity":
            return {name: sven.post("/activities", {"activities": [{"kind": "task"}]}, 201)["items"][0]["id"]}
    return {name: sven.post("/tokens", {"label": "x", "scope": "read", "days": "90"}, 201)["id"]}


@pytest.mark.parametrize("name", ["account", "opportunity"])
def test_ids_in_a_body_tell_no_more_than_ids_in_an_address(village: Village, noor: Caller, name: str) -> None:
    answers = [
        noor.ask("POST", "/promises", {"text": "x", "due": "2030-01-01", name: which})
        for which in (_foreign(village)[name], str(uuid4()))
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


@pytest.mark.parametrize(
    "path", ["/accounts?nothing=1", "/accounts?limit=1&limit=2", "/me?x", "/accounts?limit=0", "/accounts?limit=201"]
)
def test_undeclared_and_unbounded_parameters_are_refused(village: Village, noor: Caller, path: str) -> None:
    assert noor.get(path, 422)["problems"][0]["field"] in ("nothing", "limit", "x")


@pytest.mark.parametrize("limit", ["-1", "1" + "0" * 20, "5.0", "1_0", "x", "%00", ""])
def test_a_limit_is_a_whole_number_from_1_to_200(village: Village, noor: Caller, limit: str) -> None:
    noor.get(f"/accounts?limit={limit}", 422)


@pytest.mark.parametrize("cursor", ["x", "bm9uc2Vuc2U=", "WyJuIiwgIlx1ZDgwMCIsICJ4Il0="])
def test_a_cursor_that_no_list_gave_is_refused(village: Village, noor: Caller, cursor: str) -> None:
    assert noor.get(f"/opportunities?cursor={cursor}", 422)["type"] == "/problems/bad_cursor"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "a\x00b"}, "name"),
        ({"name": "a\ud800b"}, "name"),
        ({"name": ""}, "name"),
        ({"name": "   "}, "name"),
        ({"name": 3}, "name"),
        ({}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": "x", "nmae": "y"}, "nmae"),
        ({"name": "x", "phone": "call me"}, "phone"),
        ([], ""),
        ("null", ""),
    ],
)
def test_what_cannot_be_taken_is_named_field_by_field(village: Village, noor: Caller, body: Any, field: str) -> None:
    problem = noor.post("/accounts", body, 422)
    assert (problem["type"], problem["status"]) == ("/problems/invalid", 422)
    assert [one["field"] for one in problem["problems"]] == [field]
    assert problem["problems"][0]["sentence"]


def test_numbers_that_cannot_be_kept_are_refused_and_break_nothing(village: Village, noor: Caller) -> None:
    deal, product = village.deals["Hafen Logistik GmbH terminals"], village.products[0].pk
    for quantity, price in ((9e12, 9e12), (1, "9e12"), (0, 1), ("0.0001", 1), (True, 1), ("NaN", 1)):
        lines = {"version": 1, "lines": [{"product": product, "quantity": quantity, "price": price}]}
        assert noor.ask("PUT", f"/opportunities/{deal.pk}/lines", lines).status_code == 422, quantity
    noor.post("/opportunities", {"title": "x", "stated_discount": 11}, 422)


@pytest.mark.parametrize("text", ["{", "", "\xff", "[" * 100_000, "1" * 5000, '{"name": NaN}', '{"name":"x"} x'])
def test_a_body_that_is_no_json_is_refused(village: Village, noor: Caller, text: str) -> None:
    answer = noor.ask("POST", "/accounts", text.encode("latin-1"))
    assert answer.status_code in (400, 422)
    assert answer["Content-Type"] == "application/problem+json"


def test_what_does_not_exist_below_api_is_json_for_everybody(village: Village, noor: Caller) -> None:
    for path in ("/api", "/api/", "/api/v1/", "/api/v2/me", "/api/v1/nothing", "/api/v1/accounts/x", "/api/v1/me/"):
        for method in ("get", "post"):
            answer = getattr(Client(enforce_csrf_checks=True), method)(path)
            assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json"), path


def test_a_wrong_method_is_405_and_says_which_are_right(village: Village, noor: Caller) -> None:
    answer = noor.ask("PUT", "/accounts", {})
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")
    assert set(answer["Allow"].split(", ")) == {"GET", "POST"}
    assert Client(enforce_csrf_checks=True).post("/api/v1/openapi.json").status_code == 405


def test_another_media_type_is_415_and_too_much_is_413(village: Village, noor: Caller) -> None:
    form = Client().post("/api/v1/leads", {"name": "x"}, headers={"Authorization": f"Bearer {noor.token}"})
    assert (form.status_code, json.loads(form.content)["type"]) == (415, "/problems/not_json")
    assert noor.ask("POST", "/leads", "x" * 3_000_000).status_code == 413


def test_a_bug_is_a_500_with_a_reference_and_no_more(village: Village, noor: Caller) -> None:
    with patch("bailiwick.api.endpoints.people.queries.units", side_effect=RuntimeError("secret")):
        problem = noor.get("/units", 500)
    assert problem["instance"].startswith("urn:bailiwick:")
    assert "secret" not in json.dumps(problem)


def test_a_store_that_is_away_is_503_with_retry_after(village: Village, noor: Caller) -> None:
    for place in ("people.queries.units", "people.page"):
        with patch(f"bailiwick.api.endpoints.{place}", side_effect=OperationalError):
            answer = noor.ask("GET", "/units")
        assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    with patch("bailiwick.api.bearer.ApiToken.objects.filter", side_effect=OperationalError):
        assert noor.ask("GET", "/units").status_code == 503


def test_a_full_disk_is_507(village: Village, noor: Caller) -> None:
    class Full(Exception):
        sqlstate = "53100"

    why = OperationalError()
    why.__cause__ = Full()
    with patch("bailiwick.api.endpoints.leads.commands.enter_leads", side_effect=why):
        assert noor.post("/leads", {"name": "x"}, 507)["type"] == "/problems/disk_full"


def test_the_language_is_that_of_the_header_or_of_the_person(village: Village, noor: Caller) -> None:
    person = village.people["noor"]
    type(person).objects.in_network(village.by).filter(pk=person.pk).update(language="de")
    assert noor.ask("GET", "/me")["Content-Language"] == "de"
    assert noor.ask("GET", "/me", Accept_Language="en-GB, de;q=0.5")["Content-Language"] == "en"
    assert noor.ask("GET", "/me", Accept_Language="tlh, *")["Content-Language"] == "de"
    assert noor.ask("POST", "/people", Accept_Language="de").status_code == 405
    assert noor.ask("GET", f"/accounts/{uuid4()}")["Content-Language"] == "de"


def test_who_looked_at_whose_rows_is_recorded_for_them(village: Village, calling) -> None:  # type: ignore[no-untyped-def]
    from bailiwick.ledger.queries import looks_at

    aylin = calling("aylin")
    for _ in range(2):
        aylin.get("/opportunities")
    looks = looks_at(village.actor("noor").scope, village.people["noor"].pk)
    assert [(look.page, look.count) for look in looks] == [("api:opportunities", 2)]
