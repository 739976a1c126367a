"""Service accounts at the API: made and given tokens by whoever staffs, working by them, and no more."""

from datetime import timedelta

import pytest

from bailiwick.network.commands import give_program_token, give_token, leave
from bailiwick.network.models import Person
from bailiwick.pipeline.models import Opportunity
from tests.api.conftest import Caller
from tests.network.programs import a_program
from tests.village import NOW, Village


def new(village: Village, **other: str) -> dict[str, str]:
    unit, aylin = str(village.units["cobalt"].pk), str(village.people["aylin"].pk)
    return {"name": "ERP sync", "purpose": "Orders", "role": "seller", "unit": unit, "person": aylin} | other


def working(village: Village, place: str = "cobalt", answers: str = "aylin") -> tuple[Person, Caller]:
    made = a_program(village, place, answers)
    return made, Caller(give_program_token(made.pk, label="x", scope="write", by=village.actor("dora"), now=NOW)[1])


def test_a_service_account_is_made_given_a_token_and_works(village: Village, calling) -> None:  # type: ignore[no-untyped-def]
    aylin = calling("aylin")
    made = aylin.post("/services", new(village), 201)
    assert made["answerable"] == {"id": str(village.people["aylin"].pk), "name": "Aylin Sahin"}
    given = aylin.post(f"/services/{made['id']}/tokens", {"label": "sync", "scope": "write", "days": "90"}, 201)
    it = Caller(given["text"])
    me = it.get("/me")
    assert (me["id"], me["service"], me["roles"], me["email"]) == (made["id"], True, ["seller"], "")
    deal = it.post("/opportunities", {"title": "Order 4711"}, 201)
    assert (
        Opportunity.objects.in_network(village.by).get(pk=deal["id"]).person_id
        == Person.objects.in_network(village.by).get(name="ERP sync").pk
    )
    assert [one["name"] for one in aylin.get("/services")["items"]] == ["ERP sync"]
    assert "ERP sync" not in [one["name"] for one in aylin.get("/people")["items"]]
    card = aylin.get(f"/people/{made['id']}")
    assert (card["service"], [one["role"] for one in card["roles"]]) == (True, ["seller"])
    assert calling("jonas").get("/services")["items"] == []
    calling("jonas").get(f"/people/{made['id']}", 404)


def test_the_text_of_its_token_is_told_once_also_where_the_key_is_repeated(village: Village, calling) -> None:  # type: ignore[no-untyped-def]
    aylin, made = calling("aylin"), a_program(village)
    where, asked = f"/services/{made.pk}/tokens", {"label": "sync", "scope": "read", "days": "90"}
    first = aylin.post(where, asked, 201, Idempotency_Key="one")
    again = aylin.post(where, asked, 201, Idempotency_Key="one")
    assert first["text"].startswith("bw_")
    assert again == first | {"text": ""}
    listed = aylin.get(where)["items"]
    assert [one["label"] for one in listed] == ["sync"]
    assert not any("text" in one or "digest" in one for one in listed)
    first_made = aylin.post("/services", new(village), 201, Idempotency_Key="two")
    assert aylin.post("/services", new(village), 201, Idempotency_Key="two") == first_made
    assert Person.objects.in_network(village.by).filter(program=True).count() == 2


def test_its_token_cannot_outlive_the_token_that_gives_it(village: Village, calling) -> None:  # type: ignore[no-untyped-def]
    made = a_program(village)
    until = NOW + timedelta(days=100)
    aylin = Caller(give_token(label="x", scope="write", until=until, by=village.actor("aylin"), now=NOW)[1])
    refused = aylin.post(f"/services/{made.pk}/tokens", {"label": "y", "scope": "read", "days": "0"}, 422)
    assert refused["type"] == "/problems/outlives"


def test_tokens_are_seen_and_given_by_whoever_staffs_its_unit_and_nobody_else(village: Village, calling) -> None:  # type: ignore[no-untyped-def]
    made = a_program(village)
    body = {"label": "x", "scope": "read", "days": "90"}
    for name, status in (("noor", 403), ("ben", 403), ("jonas", 404), ("paula", 404), ("sven", 404)):
        somebody = calling(name)
        somebody.get(f"/services/{made.pk}/tokens", status)
        somebody.post(f"/services/{made.pk}/tokens", body, status)
    dora = calling("dora")
    dora.get(f"/services/{village.people['noor'].pk}/tokens", 404)  # a person is none, and personal tokens stay private
    dora.post(f"/services/{village.people['noor'].pk}/tokens", body, 404)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/tokens", {"label": "x", "scope": "read", "days": "90"}),
        ("/hooks", {"label": "x", "url": "https://receiver.example/in", "kinds": "*"}),
        ("/services", {}),
    ],
)
def test_it_opens_no_door_of_its_own(village: Village, path: str, body: dict[str, str]) -> None:
    made, it = working(village)
    refused = it.post(path, body or new(village), 403)
    assert refused["detail"] == "Only a person does this, and a service account is none."
    it.post(f"/services/{made.pk}/tokens", {"label": "x", "scope": "write", "days": "0"}, 403)
    it.get(f"/services/{made.pk}/tokens", 403)


def test_it_claims_no_company(village: Village) -> None:
    _, it = working(village)
    account = it.post("/accounts", {"name": "Neu GmbH"}, 201)["id"]
    assert village.line is not None
    it.post(f"/accounts/{account}/holding", {"line": str(village.line.pk)}, 403)


def test_it_sees_what_its_role_sees_and_nothing_of_others(village: Village) -> None:
    _, it = working(village, "callwerk", "paula")
    assert it.get("/opportunities")["items"] == []
    it.get(f"/opportunities/{village.deals['Hafen Logistik GmbH terminals'].pk}", 404)
    assert {one["name"] for one in it.get("/units")["items"]} == {"Callwerk"}


def test_no_door_is_left_open_when_it_ends(village: Village) -> None:
    made, it = working(village)
    it.get("/me")
    leave(person=made.pk, shares={}, by=village.actor("aylin"), now=NOW)
    for path in ("/me", "/accounts", "/opportunities", "/services", "/me/kept"):
        it.get(path, 401)
