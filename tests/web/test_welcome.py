"""`welcome`: the page of an invitation, and the button that makes one."""

import logging
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from bailiwick.kit import Role
from bailiwick.ledger.models import AccessRecord
from bailiwick.network.commands import add_members, add_people, found_network, invite
from bailiwick.network.commands.people import NewMember
from bailiwick.network.models import Access, Invitation, Login, Person
from bailiwick.tenancy.models import Network
from bailiwick.tenancy.within import set_network
from tests.house.test_doors import nothing_written
from tests.village import FOUNDED, PASSWORD, Village
from tests.web.test_people import body, entered

SignIn = Callable[[str], Client]
TYPED = {"name": "Nele Neu", "email": "nele@new.example", "password": PASSWORD}
OPEN = re.compile(r"http://testserver(/welcome/[\w-]{43})\"")


@pytest.fixture(autouse=True)
def _fresh_counts(settings: Any, db: None) -> Iterator[None]:
    """Every test counts its own attempts, and hashes quickly."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    yield
    cache.clear()


def now() -> datetime:
    return datetime.now(UTC)


def link(village: Village, unit: str = "cobalt", role: Role = Role.SELLER, person: Person | None = None) -> str:
    who = person.pk if person else None
    token = invite(unit=village.units[unit].pk, role=role, person=who, by=village.by, now=now())
    return reverse("welcome", args=[token])


def invitation(village: Village) -> Invitation:
    """The only one of the village."""
    return Invitation.objects.get(network=village.by.network)


@pytest.fixture
def mira(village: Village) -> Person:
    """Somebody as an import enters them: a seller without a login."""
    unit = village.units["cobalt"]
    card = {"name": "Mira Muster", "email": "mira@village.example"}
    person = add_people([card], organization=unit.organization_id, unit=unit.pk, by=village.by, now=FOUNDED)[0]
    add_members([NewMember(person=person.pk, unit=unit.pk, role=Role.SELLER)], by=village.by, now=FOUNDED)
    return person


def test_the_page_says_where_it_leads_as_what_and_why_each_thing_is_asked(village: Village) -> None:
    answer = Client().get(link(village))
    page = body(answer)
    assert answer.status_code == 200
    for words in (
        "Welcome to Hafen Vertrieb",
        "seller in Cobalt Payments",
        "How colleagues find you",
        "You sign in with it",
        "ten char",
    ):
        assert words in page
    assert re.findall(r'<input type="(\w+)"[^>]*name="(name|email|password)"', re.sub(r' value="[^"]*"', "", page)) == [
        ("text", "name"), ("email", "email"), ("password", "password"),
    ]  # fmt: skip


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing_however_often_a_scanner_does(village: Village, method: str) -> None:
    where = link(village)
    with nothing_written() as wrote:
        for _ in range(3):
            assert getattr(Client(), method)(where).status_code == 200
    assert not wrote
    assert invitation(village).used is None


def test_whoever_fills_it_in_is_signed_in_and_at_home(village: Village) -> None:
    client = Client()
    answer = client.post(link(village), TYPED)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    page = body(client.get("/", follow=True))
    assert "Nele Neu" in page
    assert client.get("/my-day").status_code == 200
    assert client.get("/people/" + str(village.people["sven"].pk)).status_code == 404
    again = Client().post("/sign-in/", {"login": "nele@new.example", "password": PASSWORD})
    assert again.status_code == 302


def test_the_first_director_of_a_new_network_comes_in(village: Village) -> None:
    by, root = found_network(slug="new-house", name="New House", now=now() - timedelta(seconds=1))
    where = reverse("welcome", args=[invite(unit=root.pk, role=Role.DIRECTOR, by=by, now=now())])
    set_network(village.by.network)
    client = Client()
    assert "Welcome to New House" in body(client.get(where))
    assert client.post(where, TYPED).status_code == 302
    assert "New House" in body(client.get("/people", follow=True))


def test_a_director_goes_on_to_import_or_to_what_an_import_could_not_know(village: Village) -> None:
    assert Client().post(link(village), TYPED | {"email": "other@new.example"})["Location"] == "/"
    assert Client().post(link(village, "firm", Role.DIRECTOR), TYPED)["Location"] == "/imports"
    Network.objects.filter(pk=village.by.network).update(as_of=date(2025, 12, 31))
    assert Client().post(link(village, "firm", Role.DIRECTOR), TYPED | {"email": "third@new.example"})["Location"] == "/setup"


def test_what_was_typed_stays_but_the_password(village: Village) -> None:
    where = link(village)
    wrong: list[tuple[dict[str, str], str]] = [
        ({"email": "nele at new"}, "looks like name@company.com"),
        ({"name": " "}, "is needed here"),
        ({"password": "tiny"}, "at least ten characters"),
        ({"password": "password123"}, "Too many people use this one"),
        ({"email": "noor@village.example"}, "sign in with it first"),
    ]
    for change, said in wrong:
        sent = TYPED | change
        answer = Client().post(where, sent)
        page = body(answer)
        assert answer.status_code == 422
        assert said in page, change
        assert sent["password"] not in page
        assert sent["email"] in page
    assert invitation(village).used is None
    assert Client().post(where, TYPED).status_code == 302


@pytest.mark.parametrize("value", ["a\x00b", "x" * 20_000, "\x07", "", "' OR 1=1 --", "%s%(x)s", "<script>alert(1)</script>"])
@pytest.mark.parametrize("name", ["name", "email", "password"])
def test_whatever_is_typed_the_answer_is_an_answer(village: Village, name: str, value: str) -> None:
    answer = Client(raise_request_exception=False).post(link(village), TYPED | {name: value})
    assert answer.status_code in (302, 422)
    assert "<script>alert" not in body(answer)


@pytest.mark.parametrize("closed", ["used", "expired", "unknown", "garbage"])
def test_a_link_that_opens_nothing_says_so_in_one_sentence(village: Village, closed: str) -> None:
    where = link(village)
    if closed == "used":
        Client().post(where, TYPED)
    if closed == "expired":
        Invitation.objects.filter(network=village.by.network).update(until=now() - timedelta(seconds=1))
    if closed in ("unknown", "garbage"):
        where = reverse("welcome", args=["x" * 43 if closed == "unknown" else "%00ö' --"])
    for answer in (Client().get(where), Client().post(where, TYPED | {"email": "other@new.example"})):
        assert answer.status_code == 404
        assert "This link opens nothing, or nothing any more." in body(answer)
        assert "Cobalt" not in body(answer)
    assert not Login.objects.filter(email="other@new.example").exists()


def test_the_address_of_the_page_is_told_to_nobody(village: Village, caplog: pytest.LogCaptureFixture) -> None:
    where = link(village)
    answers = [
        Client().get(where),
        Client().post(where, {}),
        Client().put(where),
        Client().post(where, TYPED),
        Client().get(where),
    ]
    assert [answer.status_code for answer in answers] == [200, 422, 405, 302, 404]
    for answer in answers:
        assert answer["Referrer-Policy"] == "strict-origin"
        assert "no-store" in answer["Cache-Control"]
    assert not re.search(r'(src|href)="(https?:)?//', body(answers[0]))
    discreet = [one for one in logging.getLogger().handlers if any(type(each).__name__ == "Discreet" for each in one.filters)]
    assert discreet
    spoken = []
    for record in caplog.records:
        assert all(each.filter(record) for each in discreet[0].filters)  # type: ignore[union-attr]
        spoken.append(discreet[0].format(record))
    assert any("/welcome/..." in line for line in spoken)
    assert not [line for line in spoken if where in line]


def test_a_form_of_another_site_opens_nothing(village: Village) -> None:
    where = link(village)
    client = Client(enforce_csrf_checks=True)
    assert client.post(where, TYPED).status_code == 403
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', body(client.get(where)))
    assert token
    sent = TYPED | {"csrfmiddlewaretoken": token[1]}
    assert client.post(where, sent, headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.post(where, sent, headers={"Origin": "http://testserver"}).status_code == 302


def test_attempts_are_counted_like_those_of_signing_in(village: Village) -> None:
    where, client = link(village), Client()
    statuses = [client.post(where, {}).status_code for _ in range(31)]
    assert statuses == [422] * 30 + [429]
    assert client.get(where).status_code == 200
    assert Client().post("/sign-in/", {"login": "noor@village.example", "password": "wrong"}).status_code == 429


def test_somebody_who_was_entered_is_greeted_and_asked_for_no_name(village: Village, mira: Person) -> None:
    where, client = link(village, person=mira), Client()
    page = body(client.get(where))
    assert "This link is for Mira Muster, as seller in Cobalt Payments" in page
    assert 'value="mira@village.example"' in page
    assert 'name="name"' not in page
    assert client.post(where, {"email": "mira@home.example", "password": PASSWORD}).status_code == 302
    assert "Mira Muster" in body(client.get("/", follow=True))
    assert Access.objects.get(person=mira.pk).login.email == "mira@home.example"


def test_whoever_is_signed_in_comes_in_with_that_login_and_works_there(signed_in: SignIn, village: Village) -> None:
    by, root = found_network(slug="other", name="Other House", now=now() - timedelta(seconds=1))
    where = reverse("welcome", args=[invite(unit=root.pk, role=Role.SELLER, by=by, now=now())])
    set_network(village.by.network)
    noor = signed_in("noor")
    page = body(noor.get(where))
    assert "You are signed in as noor@village.example" in page
    assert 'name="password"' not in page
    before = village.login("noor").password
    assert noor.post(where, {"name": "Noor H.", "email": "evil@new.example", "password": "another long word"}).status_code == 302
    assert "Other House" in body(noor.get("/my-day"))
    assert village.login("noor").password == before
    assert not Login.objects.filter(email="evil@new.example").exists()


def test_somebody_of_the_network_does_not_use_up_the_link_of_another(signed_in: SignIn, village: Village, mira: Person) -> None:
    where = link(village, person=mira)
    answer = signed_in("dora").post(where, {})
    assert answer.status_code == 422
    assert "That login is somebody in this network already" in body(answer)
    assert "Sign out" in body(answer)
    answer = signed_in("dora").post(link(village), {"name": "Dora again"})
    assert answer.status_code == 422
    assert "has that e-mail address already" in body(answer)
    assert Client().post(where, TYPED).status_code == 302


def test_it_speaks_german(village: Village) -> None:
    page = body(Client().get(link(village), headers={"Accept-Language": "de"}))
    assert "Willkommen bei Hafen Vertrieb" in page
    assert "Verkäufer in Cobalt Payments" in page


def test_the_director_makes_a_link_that_is_shown_once(signed_in: SignIn, village: Village, mira: Person) -> None:
    dora, card = signed_in("dora"), reverse("person", args=[mira.pk])
    where = reverse("person_invitation", args=[mira.pk])
    assert where in body(dora.get(card))
    answer = dora.post(where)
    found = OPEN.search(body(answer))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert found
    token = found[1].rpartition("/")[2]
    assert token not in str(answer.cookies)
    for later in (card, "/settings", "/kept-about-me", "/kept-about-me.json"):
        assert token not in body(dora.get(later))
    assert (dora.get(where).status_code, dora.get(where)["Location"]) == (302, card)
    assert AccessRecord.objects.in_network(village.by).filter(person=mira.pk, page="person_invitation").exists()
    newer = OPEN.search(body(dora.post(where)))
    assert newer
    assert Client().get(found[1]).status_code == 404
    assert Client().post(newer[1], {"email": "mira@home.example", "password": PASSWORD}).status_code == 302
    assert "can sign in" in body(dora.get(card))
    assert where not in body(dora.get(card))


def test_only_the_director_is_offered_it_and_only_for_somebody_without_login(
    signed_in: SignIn, village: Village, mira: Person
) -> None:
    where = reverse("person_invitation", args=[mira.pk])
    for name in ("aylin", "noor", "paula", "conny"):
        assert signed_in(name).post(where).status_code == 403
    assert where not in body(signed_in("aylin").get(reverse("person", args=[mira.pk])))
    dora = signed_in("dora")
    assert dora.post(reverse("person_invitation", args=[village.people["noor"].pk])).status_code == 422
    unit = village.units["cobalt"]
    add_people([{"name": "No Role"}], organization=unit.organization_id, unit=unit.pk, by=village.by, now=FOUNDED)
    nobody = entered(village, "No Role")
    assert nobody
    assert "Give them a role first" in body(dora.post(reverse("person_invitation", args=[nobody.pk])))
    assert not Invitation.objects.filter(network=village.by.network).exists()


def test_a_new_password_by_mail_proves_the_address(village: Village) -> None:
    Client().post(link(village), TYPED)
    login = Login.objects.get(email="nele@new.example")
    assert login.claimed
    key = default_token_generator.make_token(login)
    client = Client()
    form = client.get(reverse("account_reset_password_from_key", args=[user_pk_to_url_str(login), key]), follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": "another long word", "password2": "another long word"})
    login.refresh_from_db()
    assert login.check_password("another long word")
    assert login.claimed is None
