"""`leaving`: everything goes to somebody, access ends that minute, and nobody leaves by a stranger's hand."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from bailiwick.kit import NotAllowed, NotSeen, Refused
from bailiwick.ledger.asking import holdings
from bailiwick.ledger.models import AccessRecord
from bailiwick.network.commands import leave
from bailiwick.network.models import Person
from tests.village import NOW, Village
from tests.web.test_people import OTHERS, body, manager

SignIn = Callable[[str], Client]
KINDS = ("account", "opportunity", "task", "promise", "lead")


def to(village: Village, name: str) -> dict[str, str]:
    return {f"all-{kind}": str(village.people[name].pk) for kind in KINDS}


def held(village: Village, name: str) -> set[UUID]:
    return {thing.id for thing in holdings(village.people[name].pk, village.by) if thing.kind != "unit"}


def left(village: Village, name: str) -> bool:
    return Person.objects.in_network(village.by).get(pk=village.people[name].pk).left is not None


def leaving(village: Village, name: str) -> str:
    return reverse("leaving", args=[village.people[name].pk])


def test_the_page_shows_everything_that_is_held_and_opening_it_is_a_look(signed_in: SignIn, village: Village) -> None:
    page = body(signed_in("aylin").get(leaving(village, "noor")))
    for thing in holdings(village.people["noor"].pk, village.by):
        assert thing.label in page
    assert AccessRecord.objects.in_network(village.by).filter(person=village.people["noor"].pk, page="leaving").exists()


def test_a_preview_says_what_would_happen_and_changes_nothing(signed_in: SignIn, village: Village) -> None:
    before = held(village, "noor")
    answer = signed_in("aylin").post(reverse("leaving_preview", args=[village.people["noor"].pk]), to(village, "ben"))
    assert answer.status_code == 200
    assert "Ben Okafor" in body(answer)
    assert "4 accounts" in body(answer).lower()
    assert held(village, "noor") == before
    assert not left(village, "noor")


def test_what_has_nobody_is_asked_for_and_choices_stay(signed_in: SignIn, village: Village) -> None:
    url = reverse("leaving_preview", args=[village.people["noor"].pk])
    answer = signed_in("aylin").post(url, {"all-account": str(village.people["ben"].pk)})
    assert answer.status_code == 422
    page = body(answer)
    assert "Nobody was chosen for 4 open opportunities" in page
    assert f'value="{village.people["ben"].pk}" selected' in page


def test_the_act_hands_over_and_access_ends_that_minute(signed_in: SignIn, village: Village) -> None:
    noor, before = signed_in("noor"), held(village, "noor")
    assert noor.get("/my-day").status_code == 200
    answer = signed_in("aylin").post(leaving(village, "noor"), to(village, "ben"))
    assert answer.status_code == 302, body(answer)
    assert left(village, "noor")
    assert held(village, "noor") == set()
    assert len(held(village, "ben")) == len(before) + 5
    answer = noor.get("/my-day")
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_a_single_thing_goes_to_somebody_else_than_its_kind(signed_in: SignIn, village: Village) -> None:
    deal = village.deals["Hafen Logistik GmbH terminals"]
    sent = to(village, "ben") | {f"to-{deal.pk}": str(village.people["aylin"].pk)}
    assert signed_in("aylin").post(leaving(village, "noor"), sent).status_code == 302
    deal.refresh_from_db()
    assert deal.person_id == village.people["aylin"].pk


def test_one_choice_for_everything_is_enough(signed_in: SignIn, village: Village) -> None:
    aylin, sent = signed_in("aylin"), {"all": str(village.people["ben"].pk)}
    preview = aylin.post(reverse("leaving_preview", args=[village.people["noor"].pk]), sent)
    assert "4 accounts" in body(preview)
    again = aylin.post(reverse("leaving_preview", args=[village.people["noor"].pk]), sent | {"change": "1"})
    assert f'value="{village.people["ben"].pk}" selected' in body(again)
    assert aylin.post(leaving(village, "noor"), sent).status_code == 302
    assert left(village, "noor")


def test_a_managed_unit_goes_to_the_manager_above_acting(signed_in: SignIn, village: Village) -> None:
    dora = signed_in("dora")
    preview = dora.post(reverse("leaving_preview", args=[village.people["aylin"].pk]), {})
    assert "manages Cobalt Payments, acting" in body(preview)
    assert dora.post(leaving(village, "aylin"), {}).status_code == 302
    assert manager(village, "cobalt") == village.people["dora"].pk


def test_what_came_meanwhile_has_to_be_shared_out_too(signed_in: SignIn, village: Village) -> None:
    """The preview was for less than what is held now: the act is refused and asks for the rest."""
    sent = to(village, "ben")
    del sent["all-task"]
    answer = signed_in("aylin").post(leaving(village, "noor"), sent)
    assert answer.status_code == 422
    assert "Nobody has these yet" in body(answer)
    assert not left(village, "noor")


@pytest.mark.parametrize(("name", "status"), OTHERS.items())
def test_nobody_else_records_a_leaving_or_sees_what_is_held(signed_in: SignIn, village: Village, name: str, status: int) -> None:
    client, url = signed_in(name), leaving(village, "noor")
    assert client.get(url).status_code == status
    assert client.post(url, to(village, "ben")).status_code == status
    assert client.post(f"{url}/preview", to(village, "ben")).status_code == status
    assert not left(village, "noor")


def test_nobody_records_the_own_leaving(signed_in: SignIn, village: Village) -> None:
    assert signed_in("aylin").post(leaving(village, "aylin"), {}).status_code == 403
    assert signed_in("dora").get(leaving(village, "dora")).status_code == 403


@pytest.mark.parametrize("name", ["sven", "clara", "rita", "noor"])
def test_nothing_goes_to_somebody_who_may_not_have_it(signed_in: SignIn, village: Village, name: str) -> None:
    """Neither by the page nor by any other door: a neighbour, a client, somebody who left, the leaver."""
    aylin, person = village.actor("aylin"), village.people["noor"].pk
    if name == "rita":
        Person.objects.in_network(village.by).filter(pk=village.people["rita"].pk).update(left=NOW)
    shares = dict.fromkeys(held(village, "noor"), village.people[name].pk)
    with pytest.raises(Refused, match="no_receiver"):
        leave(person=person, shares=shares, by=aylin, now=NOW)
    assert signed_in("aylin").post(leaving(village, "noor"), to(village, name)).status_code == 422
    assert not left(village, "noor")


@pytest.mark.parametrize(("name", "no"), [("aylin", NotSeen), ("noor", NotSeen), ("stefan", NotSeen)])
def test_somebody_in_no_unit_is_the_directors(village: Village, name: str, no: type[Refused]) -> None:
    with pytest.raises(no):
        leave(person=village.people["ines"].pk, shares={}, by=village.actor(name), now=NOW)
    leave(person=village.people["ines"].pk, shares={}, by=village.actor("dora"), now=NOW)
    assert left(village, "ines")


def test_a_partners_admin_lets_own_people_go_and_no_others(signed_in: SignIn, village: Village) -> None:
    paula = signed_in("paula")
    assert paula.post(leaving(village, "arvid"), {}).status_code == 404
    assert paula.post(leaving(village, "piet"), to(village, "paula")).status_code == 302
    assert left(village, "piet")
    with pytest.raises((NotAllowed, NotSeen)):
        leave(person=village.people["aylin"].pk, shares={}, by=village.actor("paula"), now=NOW)


def test_somebody_who_left_is_erased_by_the_director_after_a_second_look(signed_in: SignIn, village: Village) -> None:
    dora = signed_in("dora")
    url = reverse("person_erasure", args=[village.people["noor"].pk])
    assert dora.get(url).status_code == 422
    dora.post(leaving(village, "noor"), to(village, "ben"))
    assert dora.get(url).status_code == 200
    assert signed_in("aylin").get(url).status_code == 403
    assert dora.post(url, {}).status_code == 422
    assert dora.post(url, {"sure": "on"}).status_code == 302
    for page in (
        "/people",
        reverse("person", args=[village.people["noor"].pk]),
        reverse("unit", args=[village.units["cobalt"].pk]),
    ):
        assert "Noor Haddad" not in body(dora.get(page))
