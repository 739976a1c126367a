"""How long somebody stays signed in, and what ends with signing out."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from bailiwick.network.models import Session
from tests.village import PASSWORD, Village
from tests.web.test_signing_in import attempt, is_in, signed_out_with_password

pytestmark = pytest.mark.django_db


def session_of(client: Client) -> Session:
    return Session.objects.get(pk=client.session.session_key)


def test_a_session_that_is_not_used_for_14_days_is_over(village: Village) -> None:
    client, login = signed_out_with_password(village, "noor")
    client.post("/sign-in/", {"login": login.email, "password": PASSWORD, "remember": "on"})
    left = session_of(client).expire_date - datetime.now(UTC)
    assert timedelta(days=13, hours=23) < left <= timedelta(days=14)
    Session.objects.update(expire_date=datetime.now(UTC) - timedelta(seconds=1))
    assert not is_in(client)


def test_no_use_carries_a_session_beyond_30_days(village: Village) -> None:
    client, login = signed_out_with_password(village, "noor")
    attempt(client, login.email, PASSWORD)
    for days, left in ((20, 10), (29, 1)):
        session = client.session
        session["begun"] = (datetime.now(UTC) - timedelta(days=days)).isoformat()
        session["seen"] = "2026-01-02"  # so that today's use is written
        session.save()
        assert is_in(client)
        assert timedelta(0) < session_of(client).expire_date - datetime.now(UTC) <= timedelta(days=left)
    session["begun"] = (datetime.now(UTC) - timedelta(days=30, seconds=1)).isoformat()
    session.save()
    assert not is_in(client)


def test_who_shows_once_more_who_they_are_gets_another_key(village: Village) -> None:
    client, login = signed_out_with_password(village, "noor")
    attempt(client, login.email, PASSWORD)
    before = str(client.session.session_key)
    client.post("/sign-in/again/?next=/second-factor/app/", {"password": "wrong"})
    assert client.session.session_key == before
    client.post("/sign-in/again/?next=/second-factor/app/", {"password": PASSWORD})
    assert client.session.session_key != before
    assert client.get("/second-factor/app/").status_code == 200
    assert is_in(client)
    old = Client()
    old.cookies["sessionid"] = before
    assert not is_in(old)


def test_every_page_of_somebody_signed_in_offers_to_sign_out(village: Village) -> None:
    client, login = signed_out_with_password(village, "noor")
    assert 'action="/sign-out/"' not in client.get("/sign-in/").content.decode()
    attempt(client, login.email, PASSWORD)
    for path in ("/my-day", "/settings/sign-in", "/password/change/", "/sign-in/again/", "/second-factor/app/"):
        page = client.get(path, follow=True)
        assert page.status_code == 200, path
        assert 'action="/sign-out/"' in page.content.decode(), path


def test_who_signs_in_gets_another_session_and_who_signs_out_ends_it(village: Village) -> None:
    client, login = signed_out_with_password(village, "noor")
    attempt(client, login.email, PASSWORD)
    first = client.session.session_key
    attempt(client, login.email, PASSWORD)
    client.post("/sign-out/")
    second = Client()
    second.cookies["sessionid"] = str(first)
    assert not is_in(second)
    assert not Session.objects.filter(pk=first).exists()
    planted = Client()
    planted.cookies["sessionid"] = "a" * 32
    attempt(planted, login.email, PASSWORD)
    assert planted.session.session_key not in ("a" * 32, first, None)
    assert is_in(planted)
