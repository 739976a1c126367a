"""Whatever is sent, the answer is an answer: never a fault of the server."""

import json
import re
from collections.abc import Iterator
from zlib import crc32

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from bailiwick.tenancy.within import set_network
from tests.walls.doors import Door, api_doors, page_doors, typed
from tests.walls.reading import body
from tests.walls.world import ABSENT, World, built

PAGES = page_doors()
SIGN_IN = ("/sign-in/", "/password/reset/")
NASTY = {
    "null": "a\x00b", "huge": str(10**20), "minus": str(-(10**20)), "long": "x" * 20_000, "wide": "ä" * 2_000, "digits": "9" * 20_000,
    "not a number": "NaN", "endless": "Infinity", "sql": "' OR 1=1 --", "percent": "%s%(x)s%", "regex": "(((((((((a+)+)+",
    "half": "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"), "bell": "\x07", "rtl": "\u202e", "million": "2000000", "tsquery": "a:*&!|<->",
}  # fmt: skip

pytestmark = pytest.mark.whole


@pytest.fixture(scope="module")
def fed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield built("fed")
        transaction.set_rollback(True)


# Pages that read numbers, days or free text with a meaning: every value into every field.
READING = frozenset({"lines", "opportunity_change", "line", "settings"})
FIELDS = ("step", "line", "act", "next", "kind", "text", "due", "key", "written_at", "network", "role", "unit")


def fields(world: World, door: Door, where: str) -> list[str]:
    """What the page's own form asks for; of an act without a form what acts ask for."""
    if any(one.pattern == door.pattern and not one.acts for one in PAGES):
        shown = re.findall(r'name="([\w-]+)"', body(world.client("noor").get(where)))
        return [*dict.fromkeys(name for name in shown if name not in ("csrfmiddlewaretoken", "viewport", "htmx-config")), "next"]
    return [*FIELDS]


def sent(world: World, client: Client, where: str, form: dict[str, str]) -> int:
    """The status of the answer; nothing of the act stays."""
    before = transaction.savepoint()
    status = client.post(where, form).status_code
    transaction.set_rollback(False)
    transaction.savepoint_rollback(before)
    set_network(world.network)
    return status


def forms(world: World, door: Door, where: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The page's form with one nasty value in one field, and in all of them."""
    good = typed(world, door, ())
    for value in ("null", "huge", "long"):
        yield f"{value} everywhere", dict.fromkeys(good, NASTY[value])
    for name in fields(world, door, where):
        turn, step = crc32(f"{door}{name}".encode()), 1 if door.name in READING else len(NASTY)
        for value in list(NASTY)[turn % step :: step]:
            yield f"{value} in {name}", good | {name: NASTY[value]}


@pytest.mark.parametrize("door", [door for door in PAGES if door.acts and door.name != "leaving"], ids=str)
def test_no_value_of_a_form_breaks_the_server(fed: World, door: Door) -> None:
    set_network(fed.network)
    where, client = door.address(*door.things(fed, "noor")), fed.client("noor")
    assert [said for said, form in forms(fed, door, where) if sent(fed, client, where, form) >= 500] == []


@pytest.mark.parametrize(("name", "act"), [("value", "change"), ("stated_discount", "change"), ("price", "lines")])
def test_a_number_next_to_nothing_is_refused(fed: World, name: str, act: str) -> None:
    set_network(fed.network)
    door = next(door for door in PAGES if door.acts and door.pattern == f"opportunities/<uuid:which>/{act}")
    form = typed(fed, door, ()) | {name: "1e-400000"}
    assert sent(fed, fed.client("noor"), door.address(*door.things(fed, "noor")), form) == 422


@pytest.mark.parametrize("name", ["q", "at", "standing", "person", "held", "account", "name", "next"])
def test_no_value_of_an_address_breaks_the_server(fed: World, name: str) -> None:
    set_network(fed.network)
    client, values = (
        fed.client("noor"),
        NASTY if name in ("q", "at") else {one: NASTY[one] for one in ("null", "huge", "long", "half")},
    )
    lists = ("/pipeline", "/accounts") if name != "next" else ("/my-day", f"/opportunities/{fed.ids['deal']['noor']}/lose")
    for path in (*lists, "/accounts/new", "/opportunities/new"):
        for said, value in values.items():
            assert client.get(path, {name: value[:6000]}).status_code < 500, (path, said)


@pytest.mark.parametrize("door", [door for door in PAGES if not door.acts], ids=str)
def test_no_page_breaks_over_parameters_that_it_does_not_know(fed: World, door: Door) -> None:
    set_network(fed.network)
    where, client = door.address(*door.things(fed, "noor")), fed.client("noor")
    for value in ("null", "huge", "long"):
        assert (
            client.get(
                where, dict.fromkeys(("version", "unit", "role", "page", "person", "x\x00"), NASTY[value][:6000])
            ).status_code
            < 500
        )


@pytest.mark.parametrize("name", NASTY)
def test_no_value_of_the_sign_in_pages_breaks_the_server(fed: World, name: str) -> None:
    client, value = Client(raise_request_exception=False), NASTY[name]
    for path in SIGN_IN:
        answer = client.post(path, {"login": value, "email": value, "password": value, "next": value})
        assert answer.status_code < 500, path
        assert client.get(path, {"next": value[:6000]}).status_code < 500
    assert client.get(f"/password/reset/key/{'9' * 30}-abc/").status_code < 500
    assert client.get("/password/reset/key/zzz-set-password/").status_code < 500


@pytest.mark.parametrize("cookie", ['"aaaaaaaa\\000"', "a" * 5000, '"\\303\\050aaaaaaa"', "aaaaaaaa'--"])
def test_no_cookie_breaks_the_server(fed: World, cookie: str) -> None:
    client = Client(raise_request_exception=False)
    for name in ("sessionid", "csrftoken", "messages", "django_language"):
        assert client.get("/my-day", headers={"Cookie": f"{name}={cookie}"}).status_code < 500, name
        assert client.get("/sign-in/", headers={"Cookie": f"{name}={cookie}"}).status_code < 500, name


@pytest.mark.parametrize("path", ["/opportunities/" + "9" * 40, "/accounts/%00", "/people/null", "/units/018F0000-0000-7000-8000-00000000000%00", "/%c0%ae%c0%ae/etc/passwd", "/static/../settings.py", "/static/%2e%2e/%2e%2e/settings.py", "/static/%00", "/api/v1/opportunities/x", "/api/v2"])  # fmt: skip
def test_no_address_breaks_the_server(fed: World, path: str) -> None:
    assert fed.client("noor").get(path).status_code in (301, 302, 400, 404)


@pytest.mark.parametrize("name", NASTY)
def test_no_value_of_an_endpoint_breaks_the_server(fed: World, name: str) -> None:
    set_network(fed.network)
    value, client = NASTY[name], Client(raise_request_exception=False)
    headers = {"Authorization": f"Bearer {fed.bearer('noor')}"}
    for door in api_doors():
        where = door.address(*door.things(fed, "noor"))
        before = transaction.savepoint()
        if door.acts:
            sent = json.dumps(
                dict.fromkeys(
                    ("text", "title", "name", "value", "line", "label", "days", "version", "reason", "due", "kind"), value
                )
            )
            answer = client.generic(door.method, where, sent, content_type="application/json", headers=headers)
        else:
            answer = client.get(where, {"text": value[:6000], "cursor": value[:6000], "limit": value[:6000]}, headers=headers)
        transaction.set_rollback(False)
        transaction.savepoint_rollback(before)
        set_network(fed.network)
        assert answer.status_code < 500, door


@pytest.mark.parametrize("key", ["", "a\x00", "ä", "x" * 20_000, "a b"])
def test_no_key_of_an_act_breaks_the_server(fed: World, key: str) -> None:
    set_network(fed.network)
    before = transaction.savepoint()
    headers = {"Authorization": f"Bearer {fed.bearer('noor')}", "Idempotency-Key": key}
    assert (
        Client(raise_request_exception=False)
        .post("/api/v1/leads", {"name": "x"}, content_type="application/json", headers=headers)
        .status_code
        < 500
    )
    assert (
        fed.client("noor")
        .post("/line", {"line": "called somebody", "key": key, "confirmed": "1"}, headers={"Idempotency-Key": key})
        .status_code
        < 500
    )
    transaction.set_rollback(False)
    transaction.savepoint_rollback(before)


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "null",
        "[]",
        "1",
        '"x"',
        "{",
        "\x00",
        '{"text": "\\u0000"}',
        '{"text": "\\ud800"}',
        "[" * 100_000,
        '{"a":' * 20_000,
        "1" * 20_000,
        '{"version": 1e400}',
        '{"value": NaN}',
    ],
)
def test_no_body_breaks_the_server(fed: World, sent: str) -> None:
    set_network(fed.network)
    headers = {"Authorization": f"Bearer {fed.bearer('noor')}"}
    client = Client(raise_request_exception=False)
    for path in ("/api/v1/leads", "/api/v1/line", "/api/v1/activities", f"/api/v1/leads/{ABSENT}/close"):
        assert 400 <= client.generic("POST", path, sent, content_type="application/json", headers=headers).status_code < 500, path
