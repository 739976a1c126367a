"""`people`: who sees which units and people, and who may enter, appoint and end."""

from collections.abc import Callable

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from bailiwick.kit import Role
from bailiwick.ledger.models import AccessRecord
from bailiwick.network.models import Access, Membership, Organization, Person, Unit
from tests.village import NOW, Village

SignIn = Callable[[str], Client]
# What everybody gets who may not act on people of Cobalt: in sight and not theirs, out of sight, not their page, no access.
OTHERS = {
    "noor": 403, "ben": 403, "jonas": 404, "sven": 404, "paula": 404, "piet": 404, "astrid": 404, "arvid": 404,
    "clara": 403, "conny": 403, "luis": 403, "stefan": 403, "ines": 403, "rita": 302,
}  # fmt: skip


def body(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def sentence(answer: object) -> str:
    return body(answer).partition("<main")[2]


def entered(village: Village, name: str) -> Person | None:
    return Person.objects.in_network(village.by).filter(name=name).first()


def roles(village: Village, person: Person) -> QuerySet[Membership]:
    return Membership.objects.in_network(village.by).filter(person=person, until=None)


def test_the_director_sees_every_unit_with_its_one_manager(signed_in: SignIn, village: Village) -> None:
    page = body(signed_in("dora").get("/people"))
    for unit, manager in (("Cobalt Payments", "Aylin Sahin"), ("Delta Fasteners", "Jonas Prinz"), ("Nordpart", "Astrid Holm")):
        assert unit in page
        assert manager in page
    assert "Every unit has its manager" in page


def test_a_manager_sees_the_own_unit_and_those_below_and_no_neighbour(signed_in: SignIn, village: Village) -> None:
    page = body(signed_in("aylin").get("/people"))
    assert "Callwerk" in page
    assert "Delta" not in page
    assert "Nordpart" not in page


@pytest.mark.parametrize(("name", "own"), [("noor", "cobalt"), ("piet", "callwerk"), ("paula", "callwerk")])
def test_whoever_sees_one_unit_goes_straight_to_it(signed_in: SignIn, village: Village, name: str, own: str) -> None:
    client = signed_in(name)
    answer = client.get("/people", follow=True)
    assert answer.redirect_chain[-1][0] == reverse("unit", args=[village.units[own].pk])
    assert answer.status_code == 200
    for other in {"cobalt", "delta", "nordpart", "callwerk"} - {own}:
        assert client.get(reverse("unit", args=[village.units[other].pk])).status_code == 404


@pytest.mark.parametrize("name", ["clara", "conny", "luis", "stefan", "ines"])
def test_people_is_not_for_every_role(signed_in: SignIn, village: Village, name: str) -> None:
    assert signed_in(name).get("/people").status_code == 403


def test_a_revoked_person_goes_to_the_sign_in_page(signed_in: SignIn, village: Village) -> None:
    answer = signed_in("rita").get("/people")
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_a_manager_enters_a_seller_who_then_works_in_the_unit(signed_in: SignIn, village: Village) -> None:
    url = reverse("unit_people", args=[village.units["cobalt"].pk])
    answer = signed_in("aylin").post(url, {"name": "Nele Neu", "email": "nele@village.example", "phone": "", "role": "seller"})
    assert answer.status_code == 302, body(answer)
    nele = entered(village, "Nele Neu")
    assert nele is not None
    assert roles(village, nele).get().unit_id == village.units["cobalt"].pk


def test_what_was_typed_stays_and_each_field_says_what_is_wrong(signed_in: SignIn, village: Village) -> None:
    url = reverse("unit_people", args=[village.units["cobalt"].pk])
    answer = signed_in("aylin").post(url, {"name": "", "email": "nele at home", "phone": "+49 40", "role": "director"})
    assert answer.status_code == 422
    page = body(answer)
    assert 'value="nele at home"' in page
    assert 'id="field-name-problem"' in page
    assert 'id="field-email-problem"' in page


def test_an_address_that_somebody_has_is_refused_beside_the_form(signed_in: SignIn, village: Village) -> None:
    url = reverse("unit_people", args=[village.units["cobalt"].pk])
    answer = signed_in("aylin").post(url, {"name": "Second Ben", "email": "BEN@village.example", "role": "seller"})
    assert answer.status_code == 422
    assert "has that e-mail address already" in body(answer)
    assert entered(village, "Second Ben") is None


@pytest.mark.parametrize("role", ["director", "coach", "steward", "manager", "client", "partner_admin", "nonsense", ""])
def test_a_manager_gives_no_role_that_is_not_theirs_to_give(signed_in: SignIn, village: Village, role: str) -> None:
    url = reverse("unit_people", args=[village.units["cobalt"].pk])
    answer = signed_in("aylin").post(url, {"name": "Nele Neu", "role": role})
    assert answer.status_code == 422
    assert entered(village, "Nele Neu") is None


@pytest.mark.parametrize(("name", "status"), OTHERS.items())
def test_nobody_else_enters_people_or_appoints(signed_in: SignIn, village: Village, name: str, status: int) -> None:
    client, unit = signed_in(name), village.units["cobalt"].pk
    for route, sent in (
        ("unit_people", {"name": "Nele Neu", "role": "seller"}),
        ("unit_manager", {"person": str(village.people["ben"].pk)}),
    ):
        assert client.post(reverse(route, args=[unit]), sent).status_code == status
        assert client.get(reverse(route, args=[unit])).status_code == status
    assert entered(village, "Nele Neu") is None
    assert manager(village, "cobalt") == village.people["aylin"].pk


def manager(village: Village, unit: str) -> object:
    rows = Membership.objects.in_network(village.by).filter(unit=village.units[unit], role=Role.MANAGER, until=None)
    return rows.get().person_id


def test_a_partners_admin_enters_own_people_only(signed_in: SignIn, village: Village) -> None:
    client = signed_in("paula")
    url = reverse("unit_people", args=[village.units["callwerk"].pk])
    assert client.post(url, {"name": "Nele Neu", "role": "partner_seller"}).status_code == 302
    nele = entered(village, "Nele Neu")
    assert nele is not None
    assert nele.organization_id == village.organizations["callwerk"]


def test_a_client_is_entered_under_the_clients_own_organization(signed_in: SignIn, village: Village) -> None:
    url = reverse("unit_people", args=[village.units["cobalt"].pk])
    assert signed_in("dora").post(url, {"name": "Carl Kunde", "role": "client"}).status_code == 302
    carl = entered(village, "Carl Kunde")
    assert carl is not None
    assert carl.organization_id == village.organizations["cobalt client"]


def test_the_director_appoints_and_the_one_before_no_longer_manages(signed_in: SignIn, village: Village) -> None:
    url = reverse("unit_manager", args=[village.units["cobalt"].pk])
    seen = str(village.people["aylin"].pk)
    answer = signed_in("dora").post(url, {"person": str(village.people["ben"].pk), "terms": "acting", "version": seen})
    assert answer.status_code == 302, body(answer)
    assert manager(village, "cobalt") == village.people["ben"].pk
    assert "Cobalt Payments has an acting manager" in body(signed_in("dora").get("/people"))


def test_an_appointment_over_another_one_that_was_not_seen_is_refused(signed_in: SignIn, village: Village) -> None:
    url, dora = reverse("unit_manager", args=[village.units["cobalt"].pk]), signed_in("dora")
    seen = str(village.people["aylin"].pk)
    dora.post(url, {"person": str(village.people["ben"].pk), "version": seen})
    answer = dora.post(url, {"person": str(village.people["noor"].pk), "version": seen})
    assert answer.status_code == 422
    assert "Somebody else was appointed meanwhile" in body(answer)
    assert manager(village, "cobalt") == village.people["ben"].pk


@pytest.mark.parametrize("who", ["jonas", "clara", "rita", "nobody"])
def test_only_somebody_who_works_in_sight_is_appointed(signed_in: SignIn, village: Village, who: str) -> None:
    """Aylin appoints in the partner's unit below hers, from people in her sight."""
    unit = village.units["callwerk"].pk
    person = village.people[who].pk if who in village.people else unit
    if who == "rita":
        Person.objects.in_network(village.by).filter(pk=person).update(left=NOW)
    answer = signed_in("aylin").post(reverse("unit_manager", args=[unit]), {"person": str(person)})
    assert answer.status_code == 422
    assert manager(village, "callwerk") == village.people["paula"].pk


def test_a_role_ends_at_once(signed_in: SignIn, village: Village) -> None:
    ben, row = village.people["ben"], roles(village, village.people["ben"]).get()
    assert signed_in("noor").post(reverse("role_end", args=[ben.pk, row.pk])).status_code == 403
    assert signed_in("jonas").post(reverse("role_end", args=[ben.pk, row.pk])).status_code == 404
    assert signed_in("ben").get("/my-day").status_code == 200
    assert signed_in("aylin").post(reverse("role_end", args=[ben.pk, row.pk])).status_code == 302
    assert signed_in("ben").get("/my-day").status_code == 403


def test_a_unit_keeps_its_manager_and_a_network_its_director(signed_in: SignIn, village: Village) -> None:
    dora = village.people["dora"]
    for row in roles(village, dora):
        assert signed_in("dora").post(reverse("role_end", args=[dora.pk, row.pk])).status_code == 422
    assert roles(village, dora).count() == 2


def test_a_look_at_somebody_elses_card_is_recorded_and_at_the_own_is_not(signed_in: SignIn, village: Village) -> None:
    url = reverse("person", args=[village.people["noor"].pk])
    signed_in("noor").get(url)
    answer = signed_in("aylin").get(url)
    assert "Noor Haddad" in body(answer)
    looks = AccessRecord.objects.in_network(village.by).filter(person=village.people["noor"].pk)
    assert [(look.viewer, look.page, look.count) for look in looks] == [(village.people["aylin"].pk, "person", 1)]


@pytest.mark.parametrize("name", ["jonas", "sven", "paula", "piet", "arvid"])
def test_a_card_out_of_sight_answers_like_one_that_is_not_there(signed_in: SignIn, village: Village, name: str) -> None:
    client = signed_in(name)
    there = client.get(reverse("person", args=[village.people["noor"].pk]))
    absent = client.get(reverse("person", args=[village.by.network]))
    assert there.status_code == absent.status_code == 404
    assert sentence(there) == sentence(absent)


def test_somebody_in_no_unit_gets_a_role_from_the_director(signed_in: SignIn, village: Village) -> None:
    ines, sent = village.people["ines"], {"unit": str(village.units["cobalt"].pk), "role": "seller"}
    url = reverse("person_roles", args=[ines.pk])
    assert signed_in("aylin").post(url, sent).status_code == 404
    assert signed_in("ines").get("/my-day").status_code == 403
    assert signed_in("dora").post(url, sent).status_code == 302
    assert signed_in("ines").get("/my-day").status_code == 200


def test_a_partners_role_is_not_given_to_somebody_of_the_firm(signed_in: SignIn, village: Village) -> None:
    """It would open every row of the firm to them."""
    sent = {"unit": str(village.units["callwerk"].pk), "role": "partner_admin"}
    answer = signed_in("aylin").post(reverse("person_roles", args=[village.people["noor"].pk]), sent)
    assert answer.status_code == 422
    assert "people of the partner itself" in body(answer)


def test_somebody_entered_can_sign_in_once_that_is_opened(signed_in: SignIn, village: Village) -> None:
    aylin = signed_in("aylin")
    sent = {"name": "Nele Neu", "email": "nele@village.example", "role": "seller"}
    aylin.post(reverse("unit_people", args=[village.units["cobalt"].pk]), sent)
    nele = entered(village, "Nele Neu")
    assert nele is not None
    assert "Let them sign in" in body(aylin.get(reverse("person", args=[nele.pk])))
    for stranger, status in (("noor", 403), ("jonas", 404)):
        assert signed_in(stranger).post(reverse("person_access", args=[nele.pk])).status_code == status
    assert not Access.objects.filter(person=nele.pk).exists()
    assert aylin.post(reverse("person_access", args=[nele.pk])).status_code == 302
    assert aylin.post(reverse("person_access", args=[nele.pk])).status_code == 422
    assert signed_in("nele").get("/my-day").status_code == 200


def test_a_manager_opens_no_access_for_somebody_with_a_role_elsewhere(signed_in: SignIn, village: Village) -> None:
    """Otherwise the manager of one unit could make a login for the director."""
    Access.objects.filter(person=village.people["aylin"].pk).delete()
    assert signed_in("noor").post(reverse("person_access", args=[village.people["aylin"].pk])).status_code == 403


def test_the_director_adds_a_unit_with_its_manager(signed_in: SignIn, village: Village) -> None:
    sent = {
        "name": "Evergreen", "kind": "project", "company": "Evergreen AG", "goal": "",
        "parent": str(village.units["firm"].pk), "manager": str(village.people["ben"].pk),
    }  # fmt: skip
    assert signed_in("aylin").post("/units", sent).status_code == 403
    assert signed_in("dora").post("/units", sent).status_code == 302
    unit = Unit.objects.in_network(village.by).get(name="Evergreen")
    assert unit.client is not None
    assert (unit.client.name, unit.client.kind) == ("Evergreen AG", Organization.Kind.CLIENT)
    assert Membership.objects.in_network(village.by).get(unit=unit).person_id == village.people["ben"].pk


def test_a_project_without_client_and_manager_is_refused_and_nothing_stays(signed_in: SignIn, village: Village) -> None:
    sent = {"name": "Evergreen", "kind": "project", "parent": str(village.units["firm"].pk)}
    answer = signed_in("dora").post("/units", sent)
    assert answer.status_code == 422
    assert 'value="Evergreen"' in body(answer)
    assert not Unit.objects.in_network(village.by).filter(name="Evergreen").exists()


def test_forms_are_shown_before_they_are_sent(signed_in: SignIn, village: Village) -> None:
    dora, unit, noor = signed_in("dora"), village.units["cobalt"].pk, village.people["noor"].pk
    for route, part in (("unit_people", unit), ("unit_manager", unit), ("person_roles", noor), ("unit", unit), ("person", noor)):
        assert dora.get(reverse(route, args=[part])).status_code == 200
    assert dora.get("/units").status_code == 200
