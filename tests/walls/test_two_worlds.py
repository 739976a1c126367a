"""Invariant 10: what one partner (or one seller) is answered does not change by a byte with the rows of the others.

Two networks are settled alike; into the second come more rows of a foreign partner, of a new partner, and of the other unit.
"""

import base64
import json
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import transaction
from django.http import HttpResponse
from pytest_django import DjangoDbBlocker

from bailiwick.hooks.commands import claim
from bailiwick.hooks.commands.composing import put_on_the_way
from bailiwick.hooks.models import Delivery, Hook
from bailiwick.kit import Role
from bailiwick.kit.event import KINDS
from bailiwick.ledger.queries import BEGINNING, entries_between
from bailiwick.network.commands import add_members, add_organizations, add_people, add_units, end_access, open_access
from bailiwick.network.commands.people import NewMember
from bailiwick.network.commands.setting_up import NewUnit
from bailiwick.network.models import Access, Person
from bailiwick.pipeline.commands import (
    NewActivity,
    NewLead,
    NewOpportunity,
    enter_leads,
    log_activities,
    open_opportunities,
    win,
)
from bailiwick.tenancy.within import set_network
from bailiwick.territories.commands import Whose, add_accounts, add_contacts, hold
from tests.network.programs import a_program
from tests.village import FOUNDED, NOW, TODAY
from tests.walls.doors import Door, api_doors, ask, page_doors
from tests.walls.reading import CSRF, ordinal
from tests.walls.world import World, browser, built

PAGES = [door for door in page_doors() if not door.acts]
ENDPOINTS = [door for door in api_doors() if not door.acts]
VIEWERS = ("paula", "piet", "noor", pytest.param("ben", marks=pytest.mark.whole))
WEBSITE = "nur-bei-nordpart.example"
CURSOR = re.compile(r"WyJ[\w%=-]+")
USED = re.compile(r'"(?:used|created)":"[^"]*"')
INSTANT = re.compile(r"T\d\d:\d\d:\d\d\.\d{6}(?:\+00:00|Z)|\b\d\d:\d\d\b")
MESSAGE = re.compile(r"msg_[0-9a-f]{32}")
MADE = re.compile(r'"made": "[^"]*"')

Worlds = tuple[World, World]


@pytest.fixture(scope="module")
def both(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Worlds]:
    with django_db_blocker.unblock(), transaction.atomic():
        alone, crowded = built("one"), built("two")
        set_network(crowded.network)
        crowd(crowded)
        yield alone, crowded
        transaction.set_rollback(True)


@pytest.fixture
def worlds(both: Worlds) -> Iterator[Worlds]:
    before = transaction.savepoint()
    yield both
    transaction.set_rollback(False)
    transaction.savepoint_rollback(before)


def crowd(world: World) -> None:
    """More of everything that belongs to others: first in every order, of the same names, with keys that A may ask for."""
    village, by = world.village, world.village.by
    firm = add_organizations([("Aaa Partner", "partner")], by=by)[0]
    unit = add_units(
        [NewUnit(name="Aaa Partner", kind="partner", parent=village.units["cobalt"].pk, organization=firm.pk)], by=by, now=FOUNDED
    )[0]
    person = add_people(
        [{"name": "Aaron Aal", "email": "aaron@village.example"}], organization=firm.pk, unit=unit.pk, by=by, now=FOUNDED
    )[0]
    add_members([NewMember(person=person.pk, unit=unit.pk, role=Role.PARTNER_ADMIN)], by=by, now=FOUNDED)
    open_access(person=person.pk, email="aaron@village.example", password=None, by=by, now=FOUNDED)
    a_program(village, "nordpart", "astrid", name="Aaa Dienst")
    a_program(village, "delta", "jonas", name="Aaa Dienst")
    there = village.units["nordpart"]
    more = [{"name": f"Aage Nummer {n}", "email": f"aage{n}@village.example"} for n in range(3)]
    for one in add_people(more, organization=there.organization_id, unit=there.pk, by=by, now=FOUNDED):
        add_members([NewMember(person=one.pk, unit=there.pk, role=Role.PARTNER_SELLER)], by=by, now=FOUNDED)
    sides = [village.side("arvid"), village.side("astrid"), village.side("sven"), village.side("jonas")]
    for whose in (*sides, Whose(unit=unit.pk, person=person.pk, organization=firm.pk)):
        fill(world, whose)


def fill(world: World, whose: Whose) -> None:
    village, by = world.village, world.village.by
    mine = str(whose.person)[-4:]
    cards = [
        {"name": "Aaaa Erste", "city": "Hamburg", "website": f"a{mine}.example"},
        {"name": "Hafen Logistik GmbH", "website": WEBSITE if whose.person == village.people["arvid"].pk else ""},
        {"name": "Firma paulageheim", "phone": "+49 40 7654321"},
        {"name": "Firma noorgeheim"},
    ]
    accounts = add_accounts(cards, whose=whose, by=by, now=NOW, judged=True)
    assert village.line is not None
    hold([one.pk for one in accounts], line=village.line.pk, whose=whose, by=by, now=NOW, judged=True)
    contacts = [
        row
        for one in accounts
        for row in add_contacts(one.pk, [{"name": "Petra Paula", "email": "petra@paula.example"}], whose=whose, by=by, now=NOW)
    ]
    deals = open_opportunities(
        [
            NewOpportunity(title=f"Anlage {n}", account=one.pk, value=Decimal(1_000_000 + n), currency="EUR", expected=TODAY + timedelta(days=n - 2))
            for n, one in enumerate(accounts)
        ],
        whose=whose, by=by, now=NOW, judged=True,
    )  # fmt: skip
    log_activities(
        [
            NewActivity(kind="call", text="terminals", account=one.pk, contact=contact.pk, opportunity=deal.pk, due=TODAY)
            for one, contact, deal in zip(accounts, contacts, deals, strict=True)
        ],
        whose=whose, by=by, now=NOW, judged=True,
    )  # fmt: skip
    enter_leads([NewLead(name="Aaa Lead", company="Aaa")], by=by, now=NOW, whose=whose)
    someone = SimpleNamespace(**{name: getattr(by, name) for name in ("network", "person", "scope", "door", "system")})
    win(deals[0].pk, by=someone, now=NOW)  # type: ignore[arg-type]


def plain(world: World, answer: HttpResponse) -> str:
    """Everything of an answer but what may differ between two networks: ids by order, forms' tokens, the network's slug."""
    text = MESSAGE.sub("", INSTANT.sub("", USED.sub("", MADE.sub("", CSRF.sub(r"\1", answer.content.decode())))))
    for slug in ("one", "two"):
        text = text.replace(f'"slug":"{slug}"', '"slug":""').replace(f"@{slug}.example", "@village.example")
    text = CURSOR.sub(lambda found: base64.urlsafe_b64decode(unquote(found[0])).decode(), text)
    place = answer.headers.get("Location", "")
    return ordinal(f"{answer.status_code} {answer.headers.get('Content-Type')} {place}\n{text}")


def in_world(world: World, door: Door, viewer: str, query: Mapping[str, str] | None = None) -> str:
    set_network(world.network)
    return plain(world, ask(world, door, viewer, *door.things(world, viewer), query=query))


def queries(door: Door) -> list[dict[str, str]]:
    """The door as it is, and with everything that filters or searches, also for what only the others have."""
    found: list[dict[str, str]] = [{}]
    if door.name in ("pipeline", "opportunities"):
        word, mine = ("text", {}) if door.api else ("q", {"person": "me"})
        found += [{"standing": one} for one in ("undecided", "lapsed", "won")]
        found += [] if door.api else [{"order": one, "standing": ""} for one in ("-value", "title", "-entered")]
        found += [{word: one} for one in ("Aaa", "Anlage", "Hafen", "a", "noorgeheim", "paulageheim")]
        found += [mine] if mine else [{"limit": "1"}]
    if door.name == "board":
        found += [{"standing": one} for one in ("", "won")] + [{"q": "Aaa"}, {"q": "a"}]
    if door.name in ("contacts", "activities", "everybody"):
        found += [{"q": one} for one in ("Aaa", "a", "Nordpart", "noorgeheim", "paulageheim")]
    if door.name in ("search", "search_live"):
        words = (
            "Aaaa Erste",
            "hafen",
            "hafne",
            "firma",
            "fimra noorgeheim",
            "petra",
            "7654321",
            "+49 40 7654321",
            "aage",
            "anlage",
        )
        found += [{"q": one} for one in words]
    if door.name == "accounts":
        word = "text" if door.api else "q"
        found += [{word: one} for one in ("Aaaa", "Hafen", "Firma", "Nordpart", "paulageheim")]
        found += [{"limit": "1"}] if door.api else [{"held": "me"}]
    if door.api and door.name in ("leads", "people", "units", "products"):
        found += [{"limit": "1"}]
    return found


def test_every_door_that_reads_is_compared() -> None:
    assert len(PAGES) > 20
    assert len(ENDPOINTS) > 15


def compared() -> list[Any]:
    """Every door with the partner's admin and one of the others in turn; with all of them where marked `whole`."""
    found = []
    for place, door in enumerate((*PAGES, *ENDPOINTS)):
        others = ("piet", "noor", "ben")
        marks = [pytest.mark.whole if one != others[place % 2] else () for one in others]
        found += [pytest.param(door, "paula", id=f"{door}-paula")]
        found += [pytest.param(door, one, marks=mark, id=f"{door}-{one}") for one, mark in zip(others, marks, strict=True)]
    return found


@pytest.mark.parametrize(("door", "viewer"), compared())
def test_an_answer_does_not_change_with_the_rows_of_others(worlds: Worlds, door: Door, viewer: str) -> None:
    alone, crowded = worlds
    for query in queries(door):
        assert in_world(alone, door, viewer, query) == in_world(crowded, door, viewer, query), query


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("name", ["accounts", "opportunities", "people", "leads", "units"])
def test_a_list_read_page_by_page_has_the_same_pages(worlds: Worlds, name: str, viewer: str) -> None:
    door = next(one for one in ENDPOINTS if one.name == name)
    assert walked(worlds[0], door, viewer) == walked(worlds[1], door, viewer)


def walked(world: World, door: Door, viewer: str) -> list[int]:
    """How many rows each page holds, to the end; every cursor the list gives is followed."""
    set_network(world.network)
    cursor, pages = "", []
    while len(pages) < 60:
        answer = json.loads(ask(world, door, viewer, query={"limit": "2", "cursor": cursor}).content)
        pages.append(len(answer["items"]))
        cursor = answer["next"]
        if not cursor:
            break
    return pages


FORMS = {
    "account_new": [
        {"name": "Neue Firma", "website": f"https://{WEBSITE}"},
        {"name": "Neue Firma", "phone": "+49 40 7654321"},
        {"name": "Aaaa Erste"},
    ],
    "line_preview": [{"line": "called Aaaa Erste, proposal 84k by Friday"}, {"line": "met Petra Paula at Hafen Logistik"}],
    "line": [
        {"line": "called Aaaa Erste about terminals", "key": "k", "confirmed": "1"},
        {"line": "won Firma noorgeheim", "key": "k"},
    ],
    "leads": [{"name": "Neu", "company": "Aaaa Erste", "email": f"info@{WEBSITE}"}],
}


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("name", FORMS)
def test_an_act_that_names_a_company_of_others_is_answered_alike(worlds: Worlds, name: str, viewer: str) -> None:
    """Creating a company whose key stands on the other side tells nothing at all, which is less than the one bit allowed."""
    door = next(one for one in page_doors() if one.name == name and one.acts)
    for form in FORMS[name]:
        answers = []
        for world in worlds:
            set_network(world.network)
            answer = world.client(viewer).post(door.address(), form, follow=True)
            answers.append(plain(world, answer))
        assert answers[0] == answers[1], form


def test_a_person_entered_with_the_address_of_somebody_elsewhere_is_answered_alike(worlds: Worlds) -> None:
    answers = []
    for world in worlds:
        set_network(world.network)
        where = f"/units/{world.village.units['callwerk'].pk}/people"
        form = {"name": "Neu", "email": "aage1@village.example", "phone": "", "role": "partner_seller"}
        answers.append(plain(world, world.client("paula").post(where, form, follow=True)))
    assert answers[0] == answers[1]
    assert "hat in dieser Organisation" not in answers[0]
    assert "has that e-mail address already" not in answers[0]


@pytest.mark.parametrize("ended", [False, True])
def test_a_login_given_to_the_address_of_somebody_elsewhere_is_answered_alike(worlds: Worlds, ended: bool) -> None:
    """In the second world Aaron of another partner signs in with it; what Paula is told does not show it."""
    answers = []
    for world in worlds:
        set_network(world.network)
        village, address = world.village, "aaron@village.example"
        there = Person.objects.in_network(village.by).filter(email=address).first()
        if there is not None and ended:
            end_access(there.pk, by=village.by, now=NOW)
        unit, paula = village.units["callwerk"], village.actor("paula")
        new = add_people([{"name": "Neu", "email": address}], organization=unit.organization_id, unit=unit.pk, by=paula, now=NOW)[
            0
        ]
        add_members([NewMember(person=new.pk, unit=unit.pk, role=Role.PARTNER_SELLER)], by=paula, now=NOW)
        client = world.client("paula")
        told = client.post(f"/people/{new.pk}/access", follow=True)
        set_network(world.network)
        answers.append(plain(world, told) + plain(world, client.get(f"/people/{new.pk}")))
        set_network(world.network)
        given = Access.objects.get(network=world.network, person=new.pk).login
        opens = there is None or ended
        assert (given.email == address, given.is_active) == (opens, opens)
        if there is not None and not ended:
            end_access(there.pk, by=village.by, now=NOW)
            assert Access.objects.get(network=world.network, person=new.pk).login.email == address
            assert Access.objects.get(network=world.network, person=there.pk).login.email != address
    assert answers[0] == answers[1]


def told_by_hook(world: World, viewer: str, *, everything: bool) -> list[str]:
    """The messages of a hook of the viewer: of what they see, or put on their way for every event that there is."""
    set_network(world.network)
    by = world.village.by
    hook = Hook.objects.in_network(by).get(pk=world.ids["hook"][viewer])
    scope = by.scope if everything else world.village.actor(viewer).scope
    entries = list(entries_between(scope, KINDS, BEGINNING, (2**62, 0)))
    put_on_the_way(hook, entries, by, NOW)
    found: list[str] = []
    while more := claim(by=by, now=NOW):
        found += [one.body.decode() for one in more]
    return [INSTANT.sub("", one) for one in ordinal("\n".join(found)).split("\n")]


@pytest.mark.parametrize("viewer", VIEWERS)
def test_what_a_hook_tells_does_not_change_with_the_rows_of_others(worlds: Worlds, viewer: str) -> None:
    alone, crowded = (told_by_hook(world, viewer, everything=False) for world in worlds)
    assert alone == crowded
    assert len(alone) > 5


@pytest.mark.parametrize("viewer", ["paula", "noor"])
def test_a_hook_tells_nothing_of_others_even_where_it_was_put_on_its_way(worlds: Worlds, viewer: str) -> None:
    """The second look, at the moment of sending: what came to be on its way by mistake is not told."""
    seen = told_by_hook(worlds[1], viewer, everything=False)
    hook = Delivery.objects.in_network(worlds[1].village.by).filter(hook=worlds[1].ids["hook"][viewer])
    hook.delete()
    assert told_by_hook(worlds[1], viewer, everything=True) == seen
    assert hook.filter(trouble="unseen").count() > 20


def test_the_manager_above_sees_the_new_partner_so_that_the_two_worlds_do_differ(worlds: Worlds) -> None:
    door = next(one for one in PAGES if one.name == "pipeline")
    assert in_world(worlds[0], door, "aylin") != in_world(worlds[1], door, "aylin")


def test_a_browser_of_one_world_opens_nothing_of_the_other(worlds: Worlds) -> None:
    alone, crowded = worlds
    set_network(alone.network)
    client = browser(alone.village, "dora")
    for kind, path in (("deal", "opportunities"), ("account", "accounts"), ("person", "people"), ("unit", "units")):
        for owner in ("noor", "piet"):
            assert client.get(f"/{path}/{crowded.ids[kind][owner]}").status_code == 404
