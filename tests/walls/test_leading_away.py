"""Requests that come from elsewhere or lead elsewhere: addresses to go on to, hosts, methods, forms without their token."""

import re

import pytest
from django.test import Client

from bailiwick.config.urls import urlpatterns
from bailiwick.network.commands import give_token
from bailiwick.pipeline.models import Activity
from bailiwick.web.door import ROUTES
from tests.village import NOW, Village
from tests.walls.doors import Door, api_doors, page_doors
from tests.walls.reading import body
from tests.walls.world import ABSENT, browser

PAGES = page_doors()
SIGN_IN = ("/sign-in/", "/password/reset/")
EVIL = (
    "//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)", "/%0a/evil.example",
    "/\t/evil.example", "/\n/evil.example", "/\r/evil.example", "\t//evil.example", "///evil.example", "http:evil.example",
)  # fmt: skip


@pytest.mark.parametrize("evil", EVIL)
def test_an_act_goes_on_to_an_own_page_only(village: Village, evil: str) -> None:
    client = browser(village, "noor")
    task = Activity.objects.in_network(village.by).filter(person=village.people["noor"], done=None).first()
    assert task is not None
    place = client.post(f"/tasks/{task.pk}/done", {"next": evil}).headers["Location"]
    assert place.startswith("/")
    assert not re.match(r"^/[\s\\]*/", place)
    assert "\\" not in place


@pytest.mark.parametrize("evil", EVIL)
def test_a_link_of_a_page_leads_to_an_own_page_only(village: Village, evil: str) -> None:
    deal = village.deals["Hafen Logistik GmbH terminals"].pk
    text = body(browser(village, "noor").get(f"/opportunities/{deal}/lose", {"next": evil}))
    for place in re.findall(r'(?:href|action)="([^"]*evil[^"]*)"', text):
        as_read = re.sub(r"[\t\r\n]|&#(?:9|10|13);", "", place).replace("\\", "/")  # what a browser takes out of an address
        assert as_read.startswith("/"), place
        assert not as_read.startswith("//"), place


@pytest.mark.parametrize("evil", EVIL)
def test_signing_in_leads_to_an_own_page_only(village: Village, evil: str) -> None:
    login = village.login("noor")
    login.set_password("a long enough word")
    login.save()
    answer = Client().post("/sign-in/", {"login": login.email, "password": "a long enough word", "next": evil})
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/" or not re.match(r"^(/[\s\\]*/|[a-z]+:|\\)", answer.headers["Location"])


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver@evil.example", "evil.example:80", ""])
def test_a_foreign_host_is_refused(village: Village, host: str) -> None:
    assert browser(village, "noor").get("/my-day", headers={"Host": host}).status_code == 400


def test_a_forwarded_host_changes_no_link(village: Village, mailoutbox: list[object]) -> None:
    client = Client()
    answer = client.post(
        "/password/reset/",
        {"email": village.login("noor").email},
        headers={"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"},
    )
    assert answer.status_code == 302
    assert "evil" not in answer.headers["Location"]
    assert all("evil" not in one.body for one in mailoutbox)  # type: ignore[attr-defined]


@pytest.mark.parametrize("door", [door for door in PAGES if door.method == "POST"], ids=str)
def test_what_acts_only_by_post_refuses_every_other_method(village: Village, door: Door) -> None:
    methods = {one.method for one in PAGES if one.pattern == door.pattern}
    client, where = browser(village, "noor"), door.address(*[ABSENT for _ in door.kinds])
    for method in (
        {"GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"} - methods - ({"HEAD"} if "GET" in methods else set())
    ):
        assert client.generic(method, where).status_code == 405, method


def test_no_page_is_declared_twice_or_with_another_method() -> None:
    assert {method for route in ROUTES for method in route.methods} <= {"GET", "POST"}
    patterns = [route.pattern for route in ROUTES]
    assert len(patterns) == len(set(patterns))


def test_signing_out_needs_a_post(village: Village) -> None:
    client = browser(village, "noor")
    assert client.get("/sign-out/").status_code == 405
    assert client.get("/my-day").status_code == 200


@pytest.mark.parametrize("door", [door for door in PAGES if door.acts], ids=str)
def test_a_form_without_its_token_is_refused(village: Village, door: Door) -> None:
    own = browser(village, "noor")
    client = Client(enforce_csrf_checks=True)
    client.cookies = own.cookies
    answer = client.post(door.address(*[ABSENT for _ in door.kinds]), {"title": "x"})
    assert answer.status_code == 403
    assert "form is too old" in body(answer)


@pytest.mark.parametrize("path", [*SIGN_IN, "/sign-out/", "/password/change/"])
def test_signing_in_and_out_needs_the_token_too(village: Village, path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = browser(village, "noor").cookies
    assert client.post(path, {}).status_code == 403


def test_the_api_is_not_opened_by_the_cookie_of_a_browser(village: Village) -> None:
    client = browser(village, "noor")
    for door in api_doors():
        where = door.address(*[ABSENT for _ in door.kinds])
        assert client.generic(door.method, where, "{}", content_type="application/json").status_code == 401, door


def test_a_page_is_not_opened_by_a_token_of_the_api(village: Village) -> None:
    _, text = give_token(label="x", scope="write", by=village.actor("noor"), now=NOW)
    assert Client().get("/my-day", headers={"Authorization": f"Bearer {text}"}).status_code == 302


def test_everything_below_the_root_is_a_declared_page_a_sign_in_page_the_operators_or_the_api() -> None:
    declared = {route.pattern for route in ROUTES}
    others = [str(one.pattern) for one in urlpatterns if str(one.pattern) not in declared]
    known = (
        "sign-",
        "inactive/",
        "password/",
        "^password/",
        "second-factor/",
        "passkeys/",
        "welcome/",
        "dates/",
        "manifest.webmanifest",
        "sw.js",
        "offline",
        "healthz",
        "readyz",
        "metrics",
        "api/v1/",
        "^api(/|$)",
    )
    assert [one for one in others if not one.startswith(known)] == []
