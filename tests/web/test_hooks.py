"""The pages of hooks: the secret once, how each delivery stands, and what can be done about it."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from bailiwick.hooks.models import Delivery, Hook
from tests.hooks.hooked import a_delivery, a_hook
from tests.village import FOUNDED, NOW, Village

FORM = {"label": "Our warehouse", "url": "https://receiver.example/in", "kinds": "pipeline.*"}
SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]{40,}")
SignedIn = Callable[[str], Client]


def text(answer: Any) -> str:
    return answer.content.decode()


def test_a_hook_is_declared_and_its_secret_is_on_that_one_page(village: Village, signed_in: SignedIn) -> None:
    client = signed_in("noor")
    answer = client.post("/settings/hooks", FORM)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert len(set(SECRET.findall(text(answer)))) == 1
    hook = Hook.objects.in_network(village.by).get()
    for path in ("/settings/hooks", f"/settings/hooks/{hook.pk}", "/settings", "/kept-about-me", "/kept-about-me.json"):
        later = text(client.get(path))
        assert not SECRET.search(later)
        assert hook.salt not in later
    assert "Our warehouse" in text(client.get("/settings/hooks"))
    assert "Our warehouse" in text(client.get("/kept-about-me"))


def test_a_refused_form_keeps_what_was_typed_and_says_what_to_put_right(village: Village, signed_in: SignedIn) -> None:
    answer = signed_in("noor").post("/settings/hooks", FORM | {"url": "https://10.0.0.1/in"})
    assert answer.status_code == 422
    assert 'value="https://10.0.0.1/in"' in text(answer)
    assert "not one of the internet" in text(answer)
    assert not Hook.objects.in_network(village.by).exists()


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({"due": NOW}, ["waits"]),
        ({"due": NOW + timedelta(hours=2), "attempts": 3, "status": 500}, ["tried again at", "answered 500", "3 attempts"]),
        ({"delivered": NOW, "attempts": 1, "status": 204}, ["delivered", "one attempt"]),
        ({"attempts": 10, "trouble": "silent"}, ["given up", "no answer in time"]),
        ({"trouble": "unseen"}, ["not told", "out of your sight"]),
    ],
)
def test_each_delivery_says_how_it_stands(village: Village, signed_in: SignedIn, state: dict[str, Any], said: list[str]) -> None:
    hook = a_hook(village, "noor")
    Delivery.objects.in_network(village.by).create(
        network_id=village.by.network, hook=hook, kind="pipeline.won", made=NOW, **state
    )
    page = text(signed_in("noor").get(f"/settings/hooks/{hook.pk}"))
    assert [one for one in (*said, "pipeline.won") if one not in page] == []


def test_every_button_of_a_hook_does_what_it_says(village: Village, signed_in: SignedIn) -> None:
    client, hook = signed_in("noor"), a_hook(village, "noor", kinds="pipeline.*")
    here = f"/settings/hooks/{hook.pk}"
    delivery = a_delivery(village, hook)

    def stored() -> Hook:
        return Hook.objects.in_network(village.by).get(pk=hook.pk)

    for path, form in (
        ("test", {}),
        ("replay", {"since": FOUNDED.date().isoformat()}),
        (f"deliveries/{delivery.pk}/replay", {}),
        ("pause", {}),
    ):
        assert client.post(f"{here}/{path}", form)["Location"] == here, path
    assert stored().why_off == "person"
    assert Delivery.objects.in_network(village.by).filter(hook=hook, due__isnull=False).count() > 3
    assert "Send a test" not in text(client.get(here))
    assert client.post(f"{here}/resume")["Location"] == here
    assert stored().off is None
    answer = client.post(f"{here}/secret")
    assert SECRET.search(text(answer))
    assert answer["Cache-Control"] == "no-store"
    assert stored().salt_before == hook.salt
    assert client.post(f"{here}/replay", {"since": ""}).status_code == 422
    assert client.post(f"{here}/remove")["Location"] == "/settings/hooks"
    assert not Hook.objects.in_network(village.by).exists()


def test_deliveries_are_read_page_by_page(village: Village, signed_in: SignedIn) -> None:
    client, hook = signed_in("noor"), a_hook(village, "noor")
    for _ in range(60):
        a_delivery(village, hook)
    first = text(client.get(f"/settings/hooks/{hook.pk}"))
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    assert text(client.get(following[1].replace("&amp;", "&"))).count("Tell again<") >= 10


@pytest.mark.parametrize("name", ["clara", "conny"])
def test_who_works_with_no_deals_is_not_led_to_hooks(village: Village, signed_in: SignedIn, name: str) -> None:
    client = signed_in(name)
    assert "/settings/hooks" not in text(client.get("/settings"))
    assert client.get("/settings/hooks").status_code == 403
