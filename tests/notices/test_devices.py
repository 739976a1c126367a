"""A browser that was asked to is told of each message once, for as long as somebody is signed in there."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from bailiwick.cli.pusher import push
from bailiwick.network.commands import end_access
from bailiwick.network.commands.access import end_other_sessions
from bailiwick.network.models import PushDevice
from bailiwick.notices.commands import NewMessage, tell
from bailiwick.tenancy.models import Network
from bailiwick.tenancy.within import set_network
from tests.hooks.listening import Listener, listening
from tests.notices.browser import Browser
from tests.village import Village

SignIn = Callable[[str], Client]
GONE = b"HTTP/1.1 410 Gone\r\n\r\n"
FULL = b"HTTP/1.1 500 Oops\r\n\r\n"


@pytest.fixture(autouse=True)
def _inside(settings: Any) -> None:
    settings.HOOKS_INSIDE = "127.0.0.1"


@pytest.fixture
def service() -> Iterator[Listener]:
    """The service of the browser's maker."""
    with listening() as there:
        yield there


def now() -> datetime:
    return datetime.now(UTC)


def shown(client: Client, browser: Browser, address: str, **other: str) -> int:
    told = {"address": address, "key": browser.key, "auth": browser.auth_text, **other}
    return client.post("/settings/device", told).status_code


def message(village: Village, name: str, about: str, due: datetime | None = None) -> None:
    set_network(village.by.network)
    one = NewMessage(
        person=village.people[name].pk,
        kind="reminder",
        about=about,
        subject=f"Subject {about} ü",
        body="The body",
        not_before=due or now(),
    )
    tell([one], by=village.by, now=now())


def pushed(village: Village) -> int:
    return push(Network.objects.get(pk=village.by.network), now())


def test_each_message_is_shown_once_and_says_its_subject_only(village: Village, signed_in: SignIn, service: Listener) -> None:
    browser = Browser()
    assert shown(signed_in("noor"), browser, service.url) == 302
    message(village, "noor", "one")
    message(village, "ben", "of somebody else")
    assert (pushed(village), pushed(village)) == (1, 0)
    told = json.loads(browser.opens(service.body()))
    assert (told["title"], told["url"]) == ("Subject one ü", "/messages")
    assert b"body" not in browser.opens(service.body())
    assert service.headers()["content-encoding"] == "aes128gcm"
    assert len(service.sent) == 1


def test_what_waits_for_the_end_of_quiet_hours_wakes_no_device(village: Village, signed_in: SignIn, service: Listener) -> None:
    shown(signed_in("noor"), Browser(), service.url)
    message(village, "noor", "later", now() + timedelta(hours=5))
    message(village, "noor", "of last night", now() - timedelta(hours=2))
    assert pushed(village) == 0
    assert service.sent == []


def test_an_address_that_is_no_more_is_forgotten_and_one_in_trouble_is_not(village: Village, signed_in: SignIn) -> None:
    for answer, left in ((FULL, 1), (GONE, 0)):
        with listening(answer) as there:
            shown(signed_in("noor"), Browser(), there.url)
            message(village, "noor", str(left))
            assert pushed(village) == 0
            assert PushDevice.objects.filter(address=there.url).count() == left
            PushDevice.objects.all().delete()


def test_whoever_signs_out_is_told_nothing_more(village: Village, signed_in: SignIn, service: Listener) -> None:
    client = signed_in("noor")
    shown(client, Browser(), service.url)
    client.post("/sign-out/")
    message(village, "noor", "after")
    assert pushed(village) == 0


def test_a_device_that_is_signed_out_from_elsewhere_is_told_nothing_more(
    village: Village, signed_in: SignIn, service: Listener
) -> None:
    shown(signed_in("noor"), Browser(), service.url)
    here = signed_in("noor")
    end_other_sessions(village.login("noor"), but=here.session.session_key or "")
    message(village, "noor", "after")
    assert pushed(village) == 0
    assert not PushDevice.objects.exists()


def test_whoever_left_is_told_nothing_more(village: Village, signed_in: SignIn, service: Listener) -> None:
    shown(signed_in("noor"), Browser(), service.url)
    message(village, "noor", "before")
    end_access(village.people["noor"].pk, by=village.by, now=now())
    assert pushed(village) == 0


def test_one_browser_is_somebodys_at_a_time(village: Village, signed_in: SignIn, service: Listener) -> None:
    browser = Browser()
    shown(signed_in("noor"), browser, service.url)
    shown(signed_in("ben"), browser, service.url)
    message(village, "noor", "hers")
    assert pushed(village) == 0
    message(village, "ben", "his")
    assert pushed(village) == 1


def test_it_is_switched_off_where_it_was_switched_on(village: Village, signed_in: SignIn, service: Listener) -> None:
    client = signed_in("noor")
    shown(client, Browser(), service.url)
    assert "Show nothing here" in client.get("/settings").content.decode()
    client.post("/settings/device", {})
    assert "Show messages here" in client.get("/settings").content.decode()
    message(village, "noor", "after")
    assert pushed(village) == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": "javascript:alert(1)"},
        {"address": "https://user@push.example/"},
        {"address": "https://push.example/" + "a" * 1000},
        {"key": "no key"},
        {"auth": ""},
    ],
)
def test_what_no_browser_gives_is_refused_and_nothing_kept(village: Village, signed_in: SignIn, wrong: dict[str, str]) -> None:
    assert shown(signed_in("noor"), Browser(), **({"address": "https://push.example/x"} | wrong)) == 422
    assert not PushDevice.objects.exists()


def test_an_address_of_the_inside_is_never_called(village: Village, signed_in: SignIn, service: Listener, settings: Any) -> None:
    settings.HOOKS_INSIDE = ""
    shown(signed_in("noor"), Browser(), service.url)
    message(village, "noor", "one")
    assert pushed(village) == 0
    assert service.connected == 0
