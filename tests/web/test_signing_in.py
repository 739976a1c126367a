"""Signing in: attempts that are counted for everybody together, second factors, sessions that their owner ends."""

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client, RequestFactory, override_settings

from bailiwick.network.models import Login, Session
from bailiwick.notices.models import Message
from bailiwick.tenancy.within import set_network
from bailiwick.web.sessions import device_of
from bailiwick.web.signin.adapters import Adapter, Factors
from tests.village import PASSWORD, Village

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
Commit = Callable[[], AbstractContextManager[Any]]
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def code_of(secret: str, shift: int = 0) -> str:
    """The code of RFC 6238 for now, worked out here."""
    told = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30 + shift), hashlib.sha1).digest()
    at = told[-1] & 15
    return f"{(struct.unpack('>I', told[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def attempt(client: Client, email: str, password: str = "wrong", **headers: str) -> Any:
    return client.post("/sign-in/", {"login": email, "password": password}, **headers)


def signed_out_with_password(village: Village, name: str) -> tuple[Client, Login]:
    login = village.login(name)
    login.set_password(PASSWORD)
    login.save()
    return Client(), login


def with_app(village: Village, name: str, commit: Commit = nullcontext) -> tuple[Client, Login, str]:
    """Somebody who set up an app; its secret."""
    client, login = signed_out_with_password(village, name)
    assert attempt(client, login.email, PASSWORD).status_code == 302
    asked = client.get("/second-factor/app/", follow=True)
    assert asked.redirect_chain[-1][0].startswith("/sign-in/again/")
    client.post("/sign-in/again/?next=/second-factor/app/", {"password": PASSWORD})
    page = client.get("/second-factor/app/").content.decode()
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert found
    secret = found[1].replace(" ", "")
    with commit():
        assert client.post("/second-factor/app/", {"code": code_of(secret)})["Location"] == "/second-factor/codes/"
    return client, login, secret


def codes_of(client: Client) -> list[str]:
    return re.findall(r"<code>(\d{8})</code>", client.get("/second-factor/codes/").content.decode())


def in_by_password(village: Village, login: Login) -> Client:
    """A new browser that stands before the second factor."""
    client = Client()
    assert attempt(client, login.email, PASSWORD)["Location"] == "/sign-in/second-factor/"
    return client


def is_in(client: Client) -> bool:
    return client.get("/settings").status_code == 200


# --- attempts


def test_six_wrong_passwords_close_the_login_for_a_while_whoever_asks_from_wherever(village: Village) -> None:
    _, login = signed_out_with_password(village, "noor")
    for n in range(5):
        assert attempt(Client(), login.email, REMOTE_ADDR=f"198.51.100.{n}").status_code == 200
    answer = attempt(Client(), login.email, PASSWORD, REMOTE_ADDR="198.51.100.99")
    assert answer.status_code == 200
    assert "too many" in answer.content.decode().lower()
    other = signed_out_with_password(village, "ben")[1]
    assert attempt(Client(), other.email, PASSWORD, REMOTE_ADDR="198.51.100.99").status_code == 302


def test_one_place_that_tries_many_logins_is_stopped_and_told_when_to_come_again(village: Village) -> None:
    answers = [attempt(Client(), f"nobody{n}@nowhere.example", REMOTE_ADDR="203.0.113.7") for n in range(40)]
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0
    assert attempt(Client(), "nobody@nowhere.example", REMOTE_ADDR="203.0.113.8").status_code == 200


def test_attempts_are_counted_in_the_store_and_no_address_is_kept(village: Village) -> None:
    attempt(Client(), "noor.somebody@village.example", REMOTE_ADDR="203.0.113.7")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), string_agg(cache_key || value, ' ') FROM network_attempt")
        count, text = cursor.fetchone()
    assert count > 0
    assert "203.0.113" not in text
    assert "noor" not in text


@pytest.mark.parametrize(
    ("proxies", "forwarded", "meant"),
    [
        (0, "1.2.3.4", "192.0.2.1"),
        (0, "", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "1.2.3.4", "1.2.3.4"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.2", "1.2.3.4"),
        (2, "6.6.6.6", "192.0.2.1"),
    ],
)
def test_whose_attempts_they_are_cannot_be_claimed(proxies: int, forwarded: str, meant: str) -> None:
    """The last address was written by our own proxy; what stands before it the request says of itself."""
    more = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=proxies):
        assert Adapter().get_client_ip(RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", **more)) == meant


# --- second factors


def test_with_an_app_the_password_alone_opens_nothing(village: Village) -> None:
    _, login, secret = with_app(village, "noor")
    client = in_by_password(village, login)
    assert not is_in(client)
    assert client.post("/sign-in/second-factor/", {"code": "000000"}).status_code == 200
    assert not is_in(client)
    client.post("/sign-in/second-factor/", {"code": code_of(secret)})
    assert is_in(client)


def test_a_code_opens_once_also_for_whoever_read_it_over_the_shoulder(village: Village) -> None:
    _, login, secret = with_app(village, "noor")
    code = code_of(secret)
    first, second = in_by_password(village, login), in_by_password(village, login)
    first.post("/sign-in/second-factor/", {"code": code})
    second.post("/sign-in/second-factor/", {"code": code})
    assert is_in(first)
    assert not is_in(second)


def test_wrong_codes_close_the_second_factor_for_a_while(village: Village) -> None:
    _, login, secret = with_app(village, "noor")
    for n in range(5):
        in_by_password(village, login).post("/sign-in/second-factor/", {"code": f"00000{n}"})
    client = in_by_password(village, login)
    client.post("/sign-in/second-factor/", {"code": code_of(secret)})
    assert not is_in(client)


def test_a_recovery_code_opens_once_and_new_ones_close_the_old(village: Village) -> None:
    client, login, _ = with_app(village, "noor")
    codes = codes_of(client)
    assert len(set(codes)) == 10
    stranger = in_by_password(village, login)
    stranger.post("/sign-in/second-factor/", {"code": codes[0]})
    assert is_in(stranger)
    again = in_by_password(village, login)
    again.post("/sign-in/second-factor/", {"code": codes[0]})
    assert not is_in(again)
    assert codes[0] not in codes_of(client)
    client.post("/second-factor/codes/new/")
    assert not set(codes) & set(codes_of(client))
    again.post("/sign-in/second-factor/", {"code": codes[1]})
    assert not is_in(again)


def test_whoever_finds_an_open_browser_changes_nothing_about_signing_in(village: Village) -> None:
    """Only the session is there: everything about factors asks first who one is."""
    _, login, _ = with_app(village, "noor")
    found = Client()
    found.force_login(login, backend="allauth.account.auth_backends.AuthenticationBackend")
    for path in ("app/off/", "codes/", "codes/new/", "codes/file/"):
        for answer in (found.get(f"/second-factor/{path}"), found.post(f"/second-factor/{path}")):
            assert answer.status_code == 302 or answer.status_code == 405, path
            assert answer.status_code == 405 or answer["Location"].startswith("/sign-in/again/")
    assert Authenticator.objects.filter(user=login, type="totp").exists()
    assert found.post("/passkeys/new/", {"name": "x", "credential": "{}"})["Location"].startswith("/sign-in/again/")


@pytest.mark.parametrize(
    "credential",
    ["", "x", "{}", "[]", "null", '{"id": 1}', '{"response": {"userHandle": "AAAA"}}', '{"a":' * 900, '{"a":' * 90_000],
)
def test_a_passkey_that_is_none_signs_nobody_in(village: Village, credential: str) -> None:
    client = Client()
    client.get("/sign-in/passkey/", headers={"X-Requested-With": "XMLHttpRequest"})
    assert client.post("/sign-in/passkey/", {"credential": credential}).status_code in (302, 200)
    assert not is_in(client)


def test_secrets_of_factors_are_encrypted_and_with_another_secret_no_code_fits(village: Village) -> None:
    client, login, secret = with_app(village, "noor")
    stored = Authenticator.objects.get(user=login, type="totp").data["secret"]
    assert secret not in str(stored)
    assert Factors().decrypt(stored) == secret
    with override_settings(SECRET_KEY="another " * 5):
        assert Factors().decrypt(stored) != secret
        assert Factors().decrypt(stored) != Factors().decrypt(stored)
    assert not any(code in str(Authenticator.objects.get(user=login, type="recovery_codes").data) for code in codes_of(client))


def test_the_person_is_told_of_each_change_in_their_language(
    village: Village, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    client, login, _ = with_app(village, "noor", lambda: django_capture_on_commit_callbacks(execute=True))
    client.post("/second-factor/app/off/")
    client.post(
        "/password/change/", {"oldpassword": PASSWORD, "password1": "a much longer word", "password2": "a much longer word"}
    )
    set_network(village.by.network)
    told = Message.objects.in_network(village.by).filter(person=village.people["noor"].pk, kind="signing_in").order_by("made")
    assert [one.subject for one in told] == [
        "An app that makes codes was set up for signing in.",
        "The app that makes codes was taken off signing in.",
        "Your password was changed; other devices are signed out.",
    ]
    assert all("If that was not you" in one.body for one in told)
    assert not Authenticator.objects.filter(user=login).exists(), "recovery codes go with the last factor"


# --- sessions


def test_a_session_says_on_what_it_is_and_its_owner_ends_it(village: Village) -> None:
    here, login = signed_out_with_password(village, "noor")
    attempt(here, login.email, PASSWORD)
    there = Client(headers={"User-Agent": FIREFOX})
    attempt(there, login.email, PASSWORD)
    page = here.get("/settings/sign-in").content.decode()
    assert "Firefox, Linux" in page
    which = re.findall(r'name="session" value="([0-9a-f]{64})"', page)
    assert len(which) == 1
    here.post("/settings/sign-in", {"session": which[0]})
    assert is_in(here)
    assert not is_in(there)


def test_all_others_end_at_once_and_a_new_password_does_the_same(village: Village) -> None:
    here, login = signed_out_with_password(village, "noor")
    attempt(here, login.email, PASSWORD)
    for act in ("others", "password"):
        others = [Client() for _ in range(2)]
        for one in others:
            attempt(one, login.email, PASSWORD)
            assert is_in(one)
        if act == "others":
            here.post("/settings/sign-in", {"session": "others"})
        else:
            new = "a much longer word"
            here.post("/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
        assert is_in(here)
        assert not any(is_in(one) for one in others)
        assert Session.objects.filter(login=login).count() == 1


def test_nobody_ends_the_session_of_somebody_else(village: Village, signed_in: SignIn) -> None:
    there = signed_in("ben")
    which = hashlib.sha256(str(there.session.session_key).encode()).hexdigest()
    for name in ("noor", "aylin", "dora"):
        client = signed_in(name)
        assert client.post("/settings/sign-in", {"session": which}).status_code == 404
        assert client.post("/settings/sign-in", {"session": "0" * 64}).status_code == 404
    assert is_in(there)


def test_the_page_shows_no_key_of_a_session(village: Village, signed_in: SignIn) -> None:
    client = signed_in("noor")
    signed_in("noor")
    keys = Session.objects.filter(login=village.login("noor")).values_list("session_key", flat=True)
    page = client.get("/settings/sign-in").content.decode()
    assert len(keys) == 2
    assert not any(key in page for key in keys)


def test_the_day_of_use_is_written_once_a_day(village: Village, signed_in: SignIn) -> None:
    client = signed_in("noor")
    session = client.session
    session["seen"] = "2026-01-02"
    session.save()
    assert str(Session.objects.get(pk=session.session_key).seen) == "2026-01-02"
    client.get("/settings")
    row = Session.objects.get(pk=session.session_key)
    assert row.begun is not None
    assert row.seen == row.begun.date()
    with connection.execute_wrapper(lambda execute, sql, *rest: _none_of(execute, sql, rest)):
        client.get("/settings")


def _none_of(execute: Callable[..., Any], sql: str, rest: tuple[Any, ...]) -> Any:
    assert not sql.startswith('UPDATE "network_session"')
    return execute(sql, *rest)


@pytest.mark.parametrize(
    ("said", "called"),
    [
        (FIREFOX, "Firefox, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36 Edg/131.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.0 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36", "Chrome, Android"),
        ("curl/8.5", ""),
        ("<script>", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_device_is_called_as_its_owner_would_call_it(said: str, called: str) -> None:
    assert device_of(said) == called
