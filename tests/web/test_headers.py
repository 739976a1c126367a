"""What every answer tells a browser: pages, refusals, files, endpoints, and answers to nobody."""

from collections.abc import Callable
from contextlib import closing

import pytest
from django.test import Client

from bailiwick.network.commands import give_token
from tests.village import NOW, Village

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
PAGES = (
    "/accounts",
    "/pipeline",
    "/settings",
    "/kept-about-me.json",
    "/lists/pipeline/file/csv",
    "/nothing-here",
    "/people/none",
    "/imports",
)


@pytest.mark.parametrize("path", PAGES)
def test_no_answer_to_somebody_signed_in_is_kept_by_a_browser(village: Village, signed_in: SignIn, path: str) -> None:
    assert "no-store" in signed_in("noor").get(path)["Cache-Control"]


def test_only_my_day_may_be_kept_and_only_for_its_reader(village: Village, signed_in: SignIn) -> None:
    """So that it can be read in a tunnel; who else may read it on that device is tried in tests/journeys/test_offline.py."""
    answer = signed_in("noor").get("/my-day")
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Kept-For"] == str(village.people["noor"].pk)


def test_answers_of_the_api_and_of_signing_in_are_not_kept_either(village: Village) -> None:
    _, text = give_token(label="x", scope="read", by=village.actor("noor"), now=NOW)
    for path in ("/api/v1/me", "/api/v1/nothing", "/sign-in/", "/password/reset/", "/welcome/x", "/dates/x.ics"):
        assert "no-store" in Client().get(path, headers={"Authorization": f"Bearer {text}"})["Cache-Control"], path


def test_files_of_the_look_are_kept(village: Village) -> None:
    with closing(Client().get("/static/bailiwick/css/bailiwick.css")) as kept:
        assert "max-age" in kept["Cache-Control"]
        assert "no-store" not in kept["Cache-Control"]
        assert kept["Content-Type"].startswith("text/css")


@pytest.mark.parametrize("path", [*PAGES, "/sign-in/", "/api/v1/me", "/static/bailiwick/js/keys.js", "/static/nothing.js"])
def test_every_answer_is_closed_to_other_sites(village: Village, signed_in: SignIn, path: str) -> None:
    with closing(signed_in("noor").get(path)) as answer:
        told = answer.headers
    policy = told["Content-Security-Policy"]
    for part in ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"):
        assert part in policy
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Referrer-Policy"] == "same-origin"
    assert told["Cross-Origin-Opener-Policy"] == "same-origin"
    assert told["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in told["Permissions-Policy"]
    assert "Access-Control-Allow-Origin" not in told
    assert told.get("Server") is None


def test_every_answer_with_a_body_says_what_it_is(village: Village, signed_in: SignIn) -> None:
    kinds = {
        "/my-day": "text/html; charset=utf-8",
        "/nothing-here": "text/html; charset=utf-8",
        "/lists/pipeline/file/csv": "text/csv; charset=utf-8",
        "/kept-about-me.json": "application/json",
        "/api/v1/me": "application/problem+json",
    }
    client = signed_in("noor")
    assert {path: client.get(path)["Content-Type"] for path in kinds} == kinds


def test_no_folder_is_listed_and_no_request_is_echoed(village: Village, signed_in: SignIn) -> None:
    client = signed_in("noor")
    for path in ("/static/", "/static/bailiwick/", "/static/bailiwick/js", "/.git/config", "/static/../config/settings.py"):
        assert client.get(path).status_code == 404, path
    for path in ("/", "/my-day", "/sign-in/", "/api/v1/me", "/healthz"):
        answer = (Client() if path == "/sign-in/" else client).trace(path, headers={"X-Echo": "echo"})
        assert answer.status_code in (401, 405), path
        assert b"echo" not in answer.content
