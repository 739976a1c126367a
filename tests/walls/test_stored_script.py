"""Whatever is typed is printed and never run."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.db import transaction
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
from tests.village import NOW, TODAY
from tests.walls.doors import ask, page_doors
from tests.walls.reading import body
from tests.walls.world import World, built

PAGES = page_doors()
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
        deal = open_opportunities([NewOpportunity(title=BAD, account=account.pk, origin=BAD, expected=TODAY)], by=noor, now=NOW)[
            0
        ]
        told = NewActivity(kind="note", text=BAD, account=account.pk, opportunity=deal.pk, day=TODAY)
        plan = NewActivity(kind="call", text=BAD, account=account.pk, opportunity=deal.pk, due=TODAY)
        task = log_activities([told, plan], by=noor, now=NOW)[1]
        promised = promise(text=BAD, due=TODAY, opportunity=deal.pk, by=noor, now=NOW)
        lead = enter_leads([NewLead(name=BAD, company=BAD, origin=BAD)], by=noor, now=NOW)[0]
        give_token(label=BAD[:60], scope="read", by=noor, now=NOW)
        kinds = {"account": account, "deal": deal, "task": task, "promise": promised, "lead": lead}
        for kind, row in kinds.items():
            world.ids[kind]["noor"] = row.pk
        yield world
        transaction.set_rollback(True)


@pytest.mark.parametrize("role", ["noor", "dora"])
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
