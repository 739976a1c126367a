"""Signing in by a company's provider: whoever it knows and is here already; nobody newly, nobody by an address it did not verify."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponse
from django.test import Client, override_settings

from bailiwick.network.commands import end_access
from bailiwick.network.models import Login
from bailiwick.tenancy.within import set_network
from tests.village import NOW, Village
from tests.web.identity import CLIENT, SECRET, Provider, provider

pytestmark = pytest.mark.django_db


@pytest.fixture
def known() -> Iterator[Provider]:
    with provider(sub="owner-1", email="noor@village.example", email_verified=True, name="Noor H.") as one:
        app = {
            "provider_id": "company",
            "name": "Hafen ID",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {"server_url": one.url},
        }
        told = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        with override_settings(OIDC_URL=one.url, OIDC_NAME="Hafen ID", SOCIALACCOUNT_PROVIDERS=told):
            yield one


def there_and_back(client: Client) -> Any:
    """By the provider, as a browser goes; the answer that the browser comes back to."""
    out = client.get("/sign-in/with/company/")
    assert out.status_code == 302, out.content
    back = requests.get(out["Location"], allow_redirects=False, timeout=5).headers["Location"]
    assert back.startswith("http://testserver/sign-in/with/company/back/")
    return client.get(back.removeprefix("http://testserver"))


def is_in(client: Client) -> bool:
    return client.get("/settings").status_code == 200


def address(village: Village, name: str) -> str:
    return str(village.login(name).email)


def test_without_a_provider_there_is_no_such_door(village: Village) -> None:
    assert Client().get("/sign-in/with/company/").status_code == 404
    assert Client().get("/sign-in/with/company/back/").status_code == 404
    assert "/sign-in/with/company/" not in Client().get("/sign-in/").content.decode()


def test_whoever_the_provider_knows_and_is_here_comes_in(village: Village, known: Provider) -> None:
    known.claims["email"] = address(village, "noor").upper()
    client = Client()
    assert "Sign in by Hafen ID" in client.get("/sign-in/").content.decode()
    assert there_and_back(client)["Location"] == "/"
    assert is_in(client)
    assert address(village, "noor") in client.get("/settings/sign-in").content.decode()


def test_from_then_on_the_providers_name_leads_there_and_no_address(village: Village, known: Provider) -> None:
    known.claims["email"] = address(village, "noor")
    there_and_back(Client())
    known.claims["email"] = address(village, "dora")
    client = Client()
    there_and_back(client)
    assert address(village, "noor") in client.get("/settings/sign-in").content.decode()


@pytest.mark.parametrize("verified", [False, None, "false", "", 0, "no"])
def test_an_address_that_is_not_verified_leads_nowhere(village: Village, known: Provider, verified: object) -> None:
    known.claims |= {"email": address(village, "noor"), "email_verified": verified}
    client = Client()
    answer = there_and_back(client)
    assert answer.status_code == 403
    assert not is_in(client)
    assert not SocialAccount.objects.exists()
    with override_settings(OIDC_VERIFIED=True):
        there_and_back(client)
    assert is_in(client)


def test_an_address_that_somebody_claimed_and_never_proved_leads_nowhere(village: Village, known: Provider) -> None:
    """Else whoever made a login with the address of another would be let in beside its owner."""
    login = village.login("noor")
    Login.objects.filter(pk=login.pk).update(claimed=NOW - timedelta(days=1))
    known.claims["email"] = login.email
    client = Client()
    assert there_and_back(client).status_code == 403
    assert not is_in(client)


@pytest.mark.parametrize("claims", [{"email": "stranger@elsewhere.example"}, {"email": ""}, {}])
def test_nobody_comes_in_newly(village: Village, known: Provider, claims: dict[str, str]) -> None:
    del known.claims["email"]
    known.claims |= claims
    before = Login.objects.count()
    client = Client()
    answer = there_and_back(client)
    assert answer.status_code == 403
    assert "Nobody signs in here with that address yet." in answer.content.decode()
    assert Login.objects.count() == before


def test_whoever_has_left_comes_in_nowhere(village: Village, known: Provider) -> None:
    known.claims["email"] = address(village, "noor")
    there_and_back(Client())
    set_network(village.by.network)
    end_access(village.people["noor"].pk, by=village.by, now=NOW)
    client = Client()
    there_and_back(client)
    assert not is_in(client)


def test_a_refusal_of_the_provider_and_a_made_up_answer_are_told_in_words(village: Village, known: Provider) -> None:
    client = Client()
    known.refuses = "access_denied"
    assert_refused(there_and_back(client))
    for query in ("", "?code=x", "?code=x&state=y", "?error=<script>alert(1)</script>&state=y", "?state[]=1"):
        answer = client.get(f"/sign-in/with/company/back/{query}")
        assert_refused(answer)
        assert "<script>alert" not in answer.content.decode()
    assert not is_in(client)


def assert_refused(answer: HttpResponse) -> None:
    assert answer.status_code in (403, 302)
    if answer.status_code == 302:
        assert answer["Location"].startswith("/sign-in/")


def test_a_code_of_another_browser_signs_nobody_in(village: Village, known: Provider) -> None:
    """The state belongs to the browser that asked; else a link would sign its opener in as somebody else."""
    known.claims["email"] = address(village, "noor")
    out = Client().get("/sign-in/with/company/")
    back = requests.get(out["Location"], allow_redirects=False, timeout=5).headers["Location"]
    other = Client()
    assert_refused(other.get(back.removeprefix("http://testserver")))
    assert not is_in(other)


def test_one_place_does_not_have_the_provider_asked_without_end(village: Village, known: Provider) -> None:
    answers = [Client().get("/sign-in/with/company/", REMOTE_ADDR="203.0.113.9").status_code for _ in range(31)]
    assert answers == [302] * 30 + [429]
    assert Client().get("/sign-in/with/company/", REMOTE_ADDR="203.0.113.10").status_code == 302


def test_a_provider_that_is_away_is_told_in_words(village: Village, known: Provider) -> None:
    with override_settings(SOCIALACCOUNT_PROVIDERS=away()):
        answer = Client().get("/sign-in/with/company/")
    assert answer.status_code == 503
    assert "does not answer" in answer.content.decode()


def away() -> dict[str, Any]:
    app = {
        "provider_id": "company",
        "name": "x",
        "client_id": "x",
        "secret": "x",
        "settings": {"server_url": "http://127.0.0.1:9"},
    }
    return {"openid_connect": {"APPS": [app]}}


def test_nothing_that_the_provider_says_is_kept_but_its_name_for_somebody(village: Village, known: Provider) -> None:
    known.claims |= {"email": address(village, "noor"), "phone_number": "+49 40 1"}
    there_and_back(Client())
    there_and_back(Client())
    row = SocialAccount.objects.get()
    assert (row.uid, row.extra_data) == ("owner-1", {})
