"""As it is deployed, over https behind a proxy: what Django's own check says, and what a browser is told and given."""

import json
import os
import secrets
import subprocess
import sys
from functools import cache
from http.cookies import SimpleCookie
from typing import Any

from tests.cluster import NOWHERE
from tests.house.source import ROOT, SOURCE

# Two answers that need no store: a page that gives a cookie, and something said once.
ASKS = """
import json, django
django.setup()
from django.contrib import messages
from django.contrib.messages.middleware import MessageMiddleware
from django.http import HttpResponse
from django.test import Client, RequestFactory

def told(request):
    messages.info(request, "Kept.")
    return HttpResponse()

heard = MessageMiddleware(told)(RequestFactory().get("/"))
page = Client().get("/sign-in/", secure=True, headers={"Host": "sales.example.com"})
plain = Client().get("/sign-in/", headers={"Host": "sales.example.com"})
token = {"Host": "sales.example.com", "Authorization": "Bearer bw_seen"}
api = [Client().get("/api" + path, headers=token) for path in ("/v1/accounts", "/v1/openapi.json", "/v1/nothing", "/nothing")]
api.append(Client().get("/api/v1/accounts", secure=True, headers={"Host": "sales.example.com"}))
cookies = [str(one.OutputString()) for answer in (heard, page) for one in answer.cookies.values()]
from django.conf import settings
print(json.dumps({
    "status": page.status_code, "headers": dict(page.headers), "cookies": cookies, "session": settings.SESSION_COOKIE_NAME,
    "flags": [settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY, settings.SESSION_COOKIE_SAMESITE],
    "path": settings.SESSION_COOKIE_PATH, "domain": settings.SESSION_COOKIE_DOMAIN, "debug": settings.DEBUG, "api": [[one.status_code, one.headers.get("Location")] for one in api], "plain": [plain.status_code, plain.headers.get("Location")],
}))
"""


def deployed() -> dict[str, str]:
    return os.environ | NOWHERE | {
        "BAILIWICK_SECRET": secrets.token_urlsafe(50),
        "BAILIWICK_HTTPS": "1",
        "BAILIWICK_BEHIND_PROXY": "1",
        "BAILIWICK_HOSTS": "sales.example.com",
        "BAILIWICK_ORIGINS": "https://sales.example.com",
        "DJANGO_SETTINGS_MODULE": "bailiwick.config.settings",
        "PYTHONPATH": str(SOURCE.parent),
    }  # fmt: skip


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=deployed(), capture_output=True, text=True, check=False, timeout=120
    )


@cache
def answered() -> dict[str, Any]:
    done = run("-c", ASKS)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["status"] == 200
    return found


def test_the_check_of_a_deployment_finds_nothing() -> None:
    done = run("-m", "django", "check", "--deploy", "--fail-level", "DEBUG")
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


def test_every_cookie_is_of_this_host_alone_over_https_and_closed_to_scripts() -> None:
    cookies = [morsel for text in answered()["cookies"] for morsel in SimpleCookie(text).values()]
    assert {cookie.key for cookie in cookies} == {"__Host-messages", "__Host-csrftoken"}
    assert answered()["session"] == "__Host-sessionid"
    assert (answered()["flags"], answered()["path"], answered()["domain"]) == ([True, True, "Lax"], "/", None)
    for cookie in cookies:
        assert cookie["secure"], cookie.key
        assert cookie["httponly"], cookie.key
        assert cookie["path"] == "/", cookie.key
        assert cookie["domain"] == "", cookie.key
        assert cookie["samesite"] == "Lax", cookie.key


def test_a_browser_is_told_to_stay_with_https_and_whoever_comes_in_the_clear_is_sent_there() -> None:
    assert answered()["headers"]["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert answered()["plain"] == [301, "https://sales.example.com/sign-in/"]


def test_a_program_that_asks_in_the_clear_is_refused_and_not_sent_on() -> None:
    """Sent on, it would send its token in the clear again with every call, and nobody would notice."""
    *clear, over_https = answered()["api"]
    assert clear == [[403, None]] * 4
    assert over_https == [401, None]


def test_nothing_is_debugged_in_a_deployment() -> None:
    assert answered()["debug"] is False
