"""Service accounts on the pages: added in a unit, given tokens, handed on, ended."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from bailiwick.network.commands import give_program_token
from bailiwick.network.models import ApiToken, Person
from tests.network.programs import a_program
from tests.village import NOW, Village
from tests.web.test_leaving import to
from tests.web.test_people import OTHERS, body

SignIn = Callable[[str], Client]


def adding(village: Village, place: str = "cobalt") -> str:
    return reverse("unit_program", args=[village.units[place].pk])


def form(village: Village, **other: str) -> dict[str, str]:
    return {"name": "ERP sync", "purpose": "Orders", "role": "seller", "answerable": str(village.people["noor"].pk)} | other


def test_a_manager_adds_one_and_gives_it_a_token_that_is_shown_once(signed_in: SignIn, village: Village) -> None:
    client = signed_in("aylin")
    assert "Add a service account" in body(client.get(reverse("unit", args=[village.units["cobalt"].pk])))
    asked = body(client.get(adding(village)))
    assert re.search(r'<option value="[^"]+" selected>Aylin Sahin', asked)
    assert "Paula" not in asked  # people of the unit's organization only
    answer = client.post(adding(village), form(village))
    made = Person.objects.in_network(village.by).get(program=True)
    page = reverse("person", args=[made.pk])
    assert answer.url == page  # type: ignore[attr-defined]
    card = body(client.get(page))
    for said in ("service account", "Orders", "Noor Haddad", "Without one it can do nothing"):
        assert said in card
    given = client.post(reverse("program_tokens", args=[made.pk]), {"label": "sync", "scope": "write", "days": "365"})
    text = re.search(r"bw_[\w-]+", body(given))
    assert text
    assert given["Cache-Control"] == "no-store"
    assert "bw_" not in body(client.get(page))
    called = {"Authorization": f"Bearer {text[0]}"}
    assert Client().get("/api/v1/me", headers=called).json()["name"] == "ERP sync"
    token = ApiToken.objects.get(access__person=made.pk)
    client.post(reverse("program_token_revoke", args=[made.pk, token.pk]))
    assert Client().get("/api/v1/me", headers=called).status_code == 401


@pytest.mark.parametrize("wrong", [{"name": ""}, {"purpose": ""}, {"role": "manager"}, {"role": "client"}, {"answerable": ""}])
def test_what_is_missing_is_said_and_nothing_is_made(signed_in: SignIn, village: Village, wrong: dict[str, str]) -> None:
    assert signed_in("aylin").post(adding(village), form(village, **wrong)).status_code == 422
    assert not Person.objects.in_network(village.by).filter(program=True).exists()


@pytest.mark.parametrize(("name", "status"), OTHERS.items())
def test_nobody_else_adds_one_or_gives_it_a_token(signed_in: SignIn, village: Village, name: str, status: int) -> None:
    made, client = a_program(village), signed_in(name)
    assert client.post(adding(village), form(village)).status_code == status
    assert (
        client.post(reverse("program_tokens", args=[made.pk]), {"label": "x", "scope": "read", "days": "0"}).status_code == status
    )
    assert Person.objects.in_network(village.by).filter(program=True).count() == 1
    assert not ApiToken.objects.filter(access__person=made.pk).exists()


def test_a_colleague_sees_it_and_not_its_tokens(signed_in: SignIn, village: Village) -> None:
    made = a_program(village)
    give_program_token(made.pk, label="secret label", scope="read", by=village.actor("dora"), now=NOW)
    card = body(signed_in("noor").get(reverse("person", args=[made.pk])))
    assert "Writes orders back" in card
    assert "secret label" not in card
    assert "Give a token" not in card
    assert "secret label" in body(signed_in("aylin").get(reverse("person", args=[made.pk])))


def test_personal_tokens_stay_private(signed_in: SignIn, village: Village) -> None:
    assert signed_in("dora").post(reverse("program_tokens", args=[village.people["noor"].pk]), {}).status_code == 404
    assert "Give a token" not in body(signed_in("dora").get(reverse("person", args=[village.people["noor"].pk])))


def test_a_token_without_a_label_is_refused_beside_the_form(signed_in: SignIn, village: Village) -> None:
    made = a_program(village)
    answer = signed_in("aylin").post(reverse("program_tokens", args=[made.pk]), {"label": "", "scope": "read", "days": "90"})
    assert answer.status_code == 422
    assert not ApiToken.objects.filter(access__person=made.pk).exists()


def test_the_list_of_people_says_which_is_one_and_is_narrowed_by_it(signed_in: SignIn, village: Village) -> None:
    a_program(village)
    client = signed_in("dora")
    assert "ERP sync" in body(client.get("/people/list"))
    only = body(client.get("/people/list?kind=program")).partition("<tbody")[2]
    people = body(client.get("/people/list?kind=person")).partition("<tbody")[2]
    assert "ERP sync" in only
    assert "service account" in only
    assert "Noor Haddad" not in only
    assert "Noor Haddad" in people
    assert "ERP sync" not in people


def test_it_is_counted_nowhere_as_a_person_and_appointed_nowhere(signed_in: SignIn, village: Village) -> None:
    client = signed_in("dora")
    before = body(client.get("/people")).partition("<main")[2]
    a_program(village)
    assert body(client.get("/people")).partition("<main")[2] == before
    assert "ERP sync" not in body(client.get(reverse("unit_manager", args=[village.units["cobalt"].pk])))
    assert "ERP sync" not in body(client.get(reverse("leaving", args=[village.people["noor"].pk])))
    assert "ERP sync" not in body(client.get("/targets"))
    assert "ERP sync" in body(client.get(reverse("unit", args=[village.units["cobalt"].pk])))


def test_it_is_found_by_its_name_by_whoever_sees_it(signed_in: SignIn, village: Village) -> None:
    a_program(village)
    for name, finds in (("dora", True), ("noor", True), ("sven", False), ("piet", False)):
        assert ("Writes orders back" in body(signed_in(name).get("/search?q=erp"))) is finds


def test_the_preview_of_a_leaving_names_it_and_the_receiver_answers_for_it(signed_in: SignIn, village: Village) -> None:
    made, client, noor = a_program(village, answers="noor"), signed_in("aylin"), village.people["noor"].pk
    assert "One service account to" in body(client.get(reverse("leaving", args=[noor])))
    answer = client.post(reverse("leaving_preview", args=[noor]), to(village, "ben"))
    assert answer.status_code == 422
    assert "Nobody was chosen for one service account" in body(answer)
    chosen = to(village, "ben") | {"all-program": str(village.people["ben"].pk)}
    assert "answers for the service account ERP sync" in body(client.post(reverse("leaving_preview", args=[noor]), chosen))
    client.post(reverse("leaving", args=[noor]), chosen)
    assert Person.objects.in_network(village.by).get(pk=made.pk).answerable_id == village.people["ben"].pk


def test_it_is_ended_by_the_same_flow_and_never_erased(signed_in: SignIn, village: Village) -> None:
    made, client = a_program(village), signed_in("dora")
    client.post(reverse("leaving", args=[made.pk]))
    assert Person.objects.in_network(village.by).get(pk=made.pk).left
    assert "Erase" not in body(client.get(reverse("person", args=[made.pk]))).partition("<main")[2]
    assert client.get(reverse("person_erasure", args=[made.pk])).status_code == 422
    assert client.post(reverse("person_erasure", args=[made.pk]), {"sure": "on"}).status_code == 422
