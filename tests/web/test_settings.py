"""`settings`: own language, look and hours, tokens shown once, and the networks of a login."""

import re
from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bailiwick.network.commands import give_token
from bailiwick.network.commands.access import digest_of
from bailiwick.network.models import Access, ApiToken, Person
from bailiwick.tenancy.models import Network, new_id
from bailiwick.tenancy.within import set_network
from tests.village import NOW, Village
from tests.web.test_people import body

SignIn = Callable[[str], Client]
SENT = {"language": "en", "theme": "dark", "digest": "on", "remind_tasks": "on", "quiet_from": "20:00", "quiet_until": "07:00"}


def stored(village: Village, name: str) -> Person:
    return Person.objects.in_network(village.by).get(pk=village.people[name].pk)


@pytest.mark.parametrize("name", ["dora", "aylin", "noor", "paula", "piet", "clara", "conny", "luis", "stefan"])
def test_everybody_with_a_role_keeps_own_settings(signed_in: SignIn, village: Village, name: str) -> None:
    client = signed_in(name)
    assert client.get("/settings").status_code == 200
    assert client.post("/settings", SENT).status_code == 302
    row = stored(village, name)
    assert (row.theme, row.quiet_from, row.quiet_until, row.digest) == ("dark", time(20), time(7), True)
    assert 'data-theme="dark"' in body(client.get("/settings"))
    assert stored(village, "ben").theme == ""


def test_as_the_device_and_no_quiet_hours_are_settings_too(signed_in: SignIn, village: Village) -> None:
    noor = signed_in("noor")
    noor.post("/settings", SENT)
    noor.post("/settings", {"language": "de", "theme": "auto", "quiet_from": "", "quiet_until": ""})
    row = stored(village, "noor")
    assert (row.language, row.theme, row.quiet_from, row.digest) == ("de", "", None, False)
    assert 'lang="de"' in body(noor.get("/settings"))


@pytest.mark.parametrize("wrong", [{"language": "xx"}, {"theme": "pink"}, {"quiet_from": "25:00"}, {"quiet_until": ""}])
def test_what_cannot_be_taken_changes_nothing(signed_in: SignIn, village: Village, wrong: dict[str, str]) -> None:
    answer = signed_in("noor").post("/settings", SENT | wrong)
    assert answer.status_code == 422
    assert "-problem" in body(answer)
    assert stored(village, "noor").theme == ""


def test_a_token_is_shown_once_and_kept_as_a_hash(signed_in: SignIn, village: Village) -> None:
    noor = signed_in("noor")
    answer = noor.post(reverse("tokens"), {"label": "calendar", "scope": "read", "days": "90"})
    found = re.search(r"bw_[\w-]+", body(answer))
    assert found is not None
    assert answer["Cache-Control"] == "no-store"
    token = ApiToken.objects.get(label="calendar")
    assert token.digest == digest_of(found[0])
    assert token.until is not None
    assert "bw_" not in body(noor.get("/settings"))
    assert "bw_" not in str(answer.cookies)


def test_a_token_without_a_name_is_refused_and_none_is_made(signed_in: SignIn, village: Village) -> None:
    answer = signed_in("noor").post(reverse("tokens"), {"label": " ", "scope": "admin", "days": "1"})
    assert answer.status_code == 422
    assert not ApiToken.objects.filter(access__person=village.people["noor"].pk).exists()


def test_only_the_own_token_is_revoked(signed_in: SignIn, village: Village) -> None:
    token, _ = give_token(label="syncing script", scope="read", by=village.actor("noor"), now=NOW)
    url = reverse("token_revoke", args=[token.pk])
    for stranger in ("ben", "aylin", "dora", "piet"):
        assert signed_in(stranger).post(url).status_code == 404
        assert "syncing script" not in body(signed_in(stranger).get("/settings"))
    noor = signed_in("noor")
    assert "syncing script" in body(noor.get("/settings"))
    assert noor.post(url).status_code == 302
    assert "syncing script" not in body(noor.get("/settings"))


@pytest.fixture
def second(village: Village) -> Network:
    """A second network in which Noor's login is somebody too, as director."""
    from bailiwick.kit import Role
    from bailiwick.network.commands import add_members, add_people, found_network, open_access
    from bailiwick.network.commands.people import NewMember

    by, root = found_network(slug="second", name="Second House", now=NOW - timedelta(days=2))
    person = add_people([{"name": "Noor H."}], organization=root.organization_id, unit=root.pk, by=by, now=NOW)[0]
    add_members([NewMember(person=person.pk, unit=root.pk, role=Role.DIRECTOR, since=NOW - timedelta(days=2))], by=by, now=NOW)
    open_access(person=person.pk, email="noor@village.example", password=None, by=by, now=NOW)
    set_network(village.by.network)
    return Network.objects.get(pk=by.network)


def test_a_login_of_two_networks_works_in_the_one_chosen(signed_in: SignIn, village: Village, second: Network) -> None:
    noor = signed_in("noor")
    assert "Second House" in body(noor.get("/settings"))
    assert "Second House" not in body(signed_in("ben").get("/settings"))
    assert noor.post(reverse("network"), {"network": str(second.pk)}).status_code == 302
    assert "Noor H." in body(noor.get("/settings"))


def test_no_network_is_chosen_that_the_login_may_not_open(signed_in: SignIn, village: Village, second: Network) -> None:
    ben = signed_in("ben")
    for network in (str(second.pk), str(new_id()), ""):
        assert ben.post(reverse("network"), {"network": network}).status_code == 404
    Access.objects.filter(network=second, login__email="noor@village.example").update(until=NOW - timedelta(days=1))
    assert signed_in("noor").post(reverse("network"), {"network": str(second.pk)}).status_code == 404
    assert ben.get("/settings").status_code == 200


@pytest.mark.parametrize(("name", "status"), [("ines", 403), ("rita", 302)])
def test_without_role_or_access_nothing_is_changed(signed_in: SignIn, village: Village, name: str, status: int) -> None:
    client = signed_in(name)
    for url, sent in (("/settings", SENT), (reverse("tokens"), {"label": "x", "scope": "read", "days": "0"})):
        assert client.get(url).status_code == status
        assert client.post(url, sent).status_code == status
    assert not ApiToken.objects.filter(access__person=village.people[name].pk).exists()
