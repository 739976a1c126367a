"""Whatever is typed or sent: it is printed and never run, and it is answered and never breaks the server."""

from collections.abc import Iterator
from html.parser import HTMLParser
import json
import re

from django.db import transaction
from django.test import Client
import pytest
from pytest_django import DjangoDbBlocker

from bailiwick.network.commands import give_token
from bailiwick.network.models import Person
from bailiwick.pipeline.commands import (
    NewActivity,
    NewLead,
    NewOpportunity,
    enter_leads,
    log_activities,
    open_opportunities,
    promise,
)
from bailiwick.tenancy.within import set_network
from bailiwick.territories.commands import add_accounts, add_contacts
from tests.village import NOW
from tests.walls.doors import Door, api_doors, ask, page_doors, typed
from tests.walls.reading import body, digest
from tests.walls.world import ABSENT, World, built

PAGES = page_doors()
SIGN_IN = ("/sign-in/", "/password/reset/")
BAD = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7 * 7 }}%(x)s"


class Elements(HTMLParser):
    """Scripts, handlers and addresses of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag in ("script", "iframe", "object", "embed", "base") and not (named.get("src") or "").startswith("/static/"):
            self.found.append(tag)
        self.found += [name for name in named if name.startswith("on")]
        self.found += [
            value
            for name in ("href", "src", "action")
            if (value := (named.get(name) or "").strip().lower()).startswith(("javascript:", "data:", "vbscript:"))
        ]
        if tag == "img":
            self.found.append("img")


@pytest.fixture(scope="module")
def soiled(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        world = built("soiled")
        village, noor = world.village, world.village.actor("noor")
        Person.objects.in_network(village.by).filter(pk=village.people["noor"].pk).update(name=BAD, phone=BAD[:60])
        card = {"name": BAD, "city": BAD, "website": "javascript:alert(1)//" + BAD, "sector": BAD}
        account = add_accounts([card], whose=village.side("noor"), by=noor, now=NOW)[0]
        contact = {"name": BAD, "position": BAD, "email": '"><script>@x.example', "phone": "+49 1"}
        add_contacts(account.pk, [contact], whose=village.side("noor"), by=noor, now=NOW)
        deal = open_opportunities(
            [NewOpportunity(title=BAD, account=account.pk, origin=BAD, expected=NOW.date())], by=noor, now=NOW
        )[0]
        told = NewActivity(kind="note", text=BAD, account=account.pk, opportunity=deal.pk, day=NOW.date())
        plan = NewActivity(kind="call", text=BAD, account=account.pk, opportunity=deal.pk, due=NOW.date())
        task = log_activities([told, plan], by=noor, now=NOW)[1]
        promised = promise(text=BAD, due=NOW.date(), opportunity=deal.pk, by=noor, now=NOW)
        lead = enter_leads([NewLead(name=BAD, company=BAD, origin=BAD)], by=noor, now=NOW)[0]
        give_token(label=BAD[:60], scope="read", by=noor, now=NOW)
        kinds = {"account": account, "deal": deal, "task": task, "promise": promised, "lead": lead}
        for kind, row in kinds.items():
            world.ids[kind]["noor"] = row.pk
        yield world
        transaction.set_rollback(True)


@pytest.mark.parametrize("role", ["noor", "aylin", "dora"])
def test_a_script_that_was_typed_is_printed_and_never_run(soiled: World, role: str) -> None:
    set_network(soiled.network)
    printed = 0
    for door in PAGES:
        if door.acts:
            continue
        answer = ask(soiled, door, role, *door.things(soiled, "noor"))
        assert answer.status_code < 500, door
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            text = body(answer)
            assert Elements(text).found == [], door
            assert "49" not in re.findall(r"onerror=alert\(2\)&gt;(.{0,4})", text), door
            printed += "alert(1)" in text
    assert printed >= {"noor": 8, "aylin": 5, "dora": 4}[role]


def test_what_is_typed_again_after_a_refusal_is_printed_and_never_run(soiled: World) -> None:
    set_network(soiled.network)
    client = soiled.client("noor")
    for path in ("/accounts/new", "/opportunities/new", "/leads", "/settings", "/settings/tokens", "/line"):
        form = dict.fromkeys(
            ("name", "title", "email", "phone", "value", "label", "scope", "language", "line", "key", "written_at", "due"), BAD
        )
        answer = client.post(path, form)
        assert answer.status_code < 500, path
        assert Elements(body(answer)).found == [], path
    for path in ("/accounts", "/pipeline", "/accounts/new"):
        assert Elements(body(client.get(path, {"q": BAD, "name": BAD, "standing": BAD}))).found == [], path


def test_every_page_forbids_scripts_from_elsewhere(soiled: World) -> None:
    set_network(soiled.network)
    for path in ("/my-day", "/pipeline", "/sign-in/", "/nothing-here", "/kept-about-me.json"):
        answer = soiled.client("noor").get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


NASTY = {
    "null": "a\x00b", "huge": str(10**20), "minus": str(-(10**20)), "long": "x" * 20_000, "wide": "ä" * 2_000, "digits": "9" * 20_000,
    "tiny": "1e-400000", "not a number": "NaN", "endless": "Infinity", "sql": "' OR 1=1 --", "percent": "%s%(x)s%", "regex": "(((((((((a+)+)+",
    "half": "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"), "bell": "\x07", "rtl": "\u202e", "million": "2000000", "tsquery": "a:*&!|<->",
}  # fmt: skip


@pytest.fixture(scope="module")
def fed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield built("fed")
        transaction.set_rollback(True)


def faults(world: World, door: Door, value: str) -> Iterator[str]:
    set_network(world.network)
    client, where = world.client("noor"), door.address(*door.things(world, "noor"))
    asked = ("q", "at", "standing", "person", "held", "account", "name", "next", "version", "unit", "role", "page")
    if not door.acts:
        for name in asked:
            answer = client.get(where, {name: value[:6000]})
            if answer.status_code >= 500:
                yield f"?{name}: {answer.status_code}"
        return
    form = typed(world, door, ())
    for name in [
        None,
        *form,
        "next",
        "written_at",
        "quiet_from",
        "quiet_until",
        "digest",
        "terms",
        "all-task",
        "stated_discount",
        "expected",
        "city",
        "country",
        "origin",
        "registration",
        "sector",
        "position",
    ]:
        sent = dict.fromkeys(form, value) if name is None else form | {name: value}
        before = transaction.savepoint()
        answer = client.post(where, sent)
        transaction.set_rollback(False)
        transaction.savepoint_rollback(before)
        set_network(world.network)
        if answer.status_code >= 500:
            yield f"{name}: {answer.status_code}"


@pytest.mark.parametrize(
    "door", [door for door in PAGES if door.name not in ("leaving", "leaving_preview", "token_revoke")], ids=str
)
def test_no_value_of_a_page_breaks_the_server(fed: World, door: Door) -> None:
    values = (
        NASTY
        if door.name in ("lines", "opportunity_change", "line", "line_preview", "account_new", "settings")
        else {name: NASTY[name] for name in ("null", "huge", "long")}
    )
    found = [f"{name} in {fault}" for name, value in values.items() for fault in faults(fed, door, value)]
    assert found == []


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


@pytest.mark.parametrize("path", ["/opportunities/" + "9" * 40, "/accounts/%00", "/people/null", "/units/018F0000-0000-7000-8000-00000000000%00", "/%c0%ae%c0%ae/etc/passwd", "/static/../settings.py", "/static/%2e%2e/%2e%2e/settings.py", "/static/%00", "//evil.example/my-day", "/api/v1/opportunities/x", "/api/v2"])  # fmt: skip
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
                {
                    one: value
                    for one in ("text", "title", "name", "value", "line", "label", "days", "version", "reason", "due", "kind")
                }
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
