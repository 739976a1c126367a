"""Secrets are shown once; the page of the demo opens nothing but a demo."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse

from bailiwick.hooks.models import Hook
from bailiwick.network.commands import give_token
from bailiwick.network.models import ApiToken
from bailiwick.tenancy.within import set_network
from tests.house.source import tenant_models
from tests.village import NOW, Village, settle
from tests.walls.reading import body
from tests.walls.speaking import caller
from tests.walls.world import browser


def test_the_text_of_a_token_is_in_one_answer_and_its_hash_in_none(village: Village) -> None:
    client = browser(village, "noor")
    shown = body(client.post("/settings/tokens", {"label": "mine", "scope": "read", "days": "90"}))
    text = re.findall(r"bw_[\w-]{30,}", shown)
    assert len(set(text)) == 1
    stored_hash = ApiToken.objects.get(label="mine").digest
    send = caller(village, "noor")
    later = [
        body(client.get(path)) for path in ("/settings", "/settings/tokens", "/kept-about-me", "/kept-about-me.json", "/messages")
    ]
    later += [send("GET", path).content.decode() for path in ("/tokens", "/me", "/me/kept")]
    assert not [one for one in later if text[0] in one or stored_hash in one or text[0][:12] in one]
    assert stored_hash not in shown


def test_a_repeated_key_gives_the_text_of_a_token_only_once_and_it_is_stored_nowhere(village: Village) -> None:
    send = caller(village, "noor")
    first, again = (
        json.loads(send("POST", "/tokens", {"label": "twice", "scope": "read", "days": "90"}, **{"Idempotency-Key": "k"}).content)
        for _ in range(2)
    )
    assert first.get("text", "").startswith("bw_")
    assert again["text"] == ""
    with connection.cursor() as cursor:
        for model in tenant_models():
            cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}" t WHERE t::text LIKE %s', [f"%{first['text']}%"])
            assert cursor.fetchone() == (0,), model


def test_the_secret_of_a_hook_is_in_one_answer_and_in_no_row(village: Village) -> None:
    """Not even what it is made of leaves: the salt without the installation's secret is worth nothing, and is not shown."""
    client, send = browser(village, "noor"), caller(village, "noor")
    form = {"label": "mine", "url": "https://receiver.example/in", "kinds": "*"}
    shown = [re.findall(r"whsec_[\w+/=]{30,}", body(client.post("/settings/hooks", form)))[0]]
    shown.append(json.loads(send("POST", "/hooks", form, **{"Idempotency-Key": "h"}).content)["secret"])
    hooks = list(Hook.objects.in_network(village.by))
    shown += [json.loads(send("POST", f"/hooks/{hook.pk}/secret").content)["secret"] for hook in hooks]
    assert len(set(shown)) == 4
    salts = [salt for hook in Hook.objects.in_network(village.by) for salt in (hook.salt, hook.salt_before)]
    later = [body(client.get(path)) for path in ("/settings", "/settings/hooks", "/kept-about-me", "/kept-about-me.json")]
    later += [body(client.get(f"/settings/hooks/{hook.pk}")) for hook in hooks]
    later += [send("GET", path).content.decode() for path in ("/hooks", f"/hooks/{hooks[0].pk}", "/me/kept")]
    later.append(send("POST", "/hooks", form, **{"Idempotency-Key": "h"}).content.decode())
    assert not [one for one in later if any(word[6:20] in one for word in (*shown, *salts))]
    with connection.cursor() as cursor:
        for model in tenant_models():
            cursor.execute(f"SELECT count(*) FROM \"{model._meta.db_table}\" t WHERE t::text ~ 'whsec_'")
            assert cursor.fetchone() == (0,), model


def test_no_page_shows_a_hash_of_a_password(village: Village) -> None:
    login = village.login("noor")
    login.set_password("a long enough word")
    login.save()
    client = browser(village, "noor")
    for path in ("/settings", "/kept-about-me", "/kept-about-me.json", f"/people/{village.people['noor'].pk}"):
        assert "md5$" not in body(client.get(path))
        assert login.password not in body(client.get(path))


def test_a_token_of_somebody_else_is_not_revoked(village: Village) -> None:
    token, text = give_token(label="mine", scope="read", by=village.actor("ben"), now=NOW)
    for name in ("noor", "aylin", "dora"):
        assert browser(village, name).post(f"/settings/tokens/{token.pk}/revoke").status_code == 404
        assert caller(village, name)("DELETE", f"/tokens/{token.pk}").status_code == 404
    assert Client().get("/api/v1/me", headers={"Authorization": f"Bearer {text}"}).status_code == 200


def test_a_sign_in_that_fails_does_not_say_whether_the_address_is_known(village: Village) -> None:
    answers = []
    for email in (village.login("noor").email, "nobody@village.example"):
        client = Client()
        answer = client.post("/sign-in/", {"login": email, "password": "wrong wrong wrong"})
        answers.append(body(answer).replace(email, ""))
    assert re.sub(r'value="[A-Za-z0-9]{64}"|"X-CSRFToken": "\w+"', "", answers[0]) == re.sub(
        r'value="[A-Za-z0-9]{64}"|"X-CSRFToken": "\w+"', "", answers[1]
    )


def test_outside_a_demo_there_is_no_page_of_the_cast(village: Village, settings: Any) -> None:
    assert settings.DEMO is False
    assert Client().get("/demo/").status_code == 404
    assert Client().post("/demo/", {"person": str(village.people["dora"].pk)}).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("cast")


@pytest.mark.parametrize("demo", [False, True])
def test_the_cast_opens_no_network_that_is_no_demo(village: Village, settings: Any, demo: bool) -> None:
    from django.http import Http404
    from django.test import RequestFactory

    from bailiwick.tenancy.models import Network
    from bailiwick.web.signin.cast import cast

    settings.DEMO = demo
    assert not Network.objects.filter(demo=True).exists()
    for request in (RequestFactory().get("/demo/"), RequestFactory().post("/demo/", {"person": str(village.people["dora"].pk)})):
        with pytest.raises(Http404):
            cast(request)


def test_the_cast_of_a_demo_signs_nobody_into_a_network_beside_it(village: Village, settings: Any) -> None:
    from django.http import Http404
    from django.test import RequestFactory

    from bailiwick.tenancy.models import Network
    from bailiwick.web.signin.cast import cast

    settle("show")
    Network.objects.filter(slug="show").update(demo=True)
    set_network(village.by.network)
    settings.DEMO = True
    with pytest.raises(Http404):
        cast(RequestFactory().post("/demo/", {"person": str(village.people["dora"].pk)}))
