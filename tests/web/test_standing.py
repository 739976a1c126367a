"""The page of a standing source: made from a taken import, its token once, what was typed wrongly, and its end."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from bailiwick.exchange.models import Incoming, StandingSource
from bailiwick.network.commands import erase_person, leave
from bailiwick.network.models import Person
from tests.exchange.standing import Stood, deal, export, stands
from tests.exports import an_import
from tests.village import NOW, Village
from tests.web.test_people import body

SignedIn = Callable[[str], Client]
TOKEN = re.compile(r"bw_[A-Za-z0-9_-]{40,}")


@pytest.fixture
def stood(village: Village, tmp_path: Path) -> Stood:
    return stands(village, tmp_path)


def test_without_one_the_page_of_imports_says_what_it_is_good_for(village: Village, signed_in: SignedIn) -> None:
    page = body(signed_in("dora").get("/imports"))
    assert "An export that comes again every night need not be given by hand" in page


def test_the_director_makes_a_source_standing_from_a_taken_import_and_ends_it(village: Village, signed_in: SignedIn) -> None:
    client, of = signed_in("dora"), an_import(village, "taken", "Our CRM")
    assert "Take this in again by itself" in body(client.get(f"/imports/{of.pk}"))
    made = client.post(f"/imports/{of.pk}/standing")
    row = StandingSource.objects.in_network(village.by).get()
    assert (made["Location"], row.folder) == (f"/imports/sources/{row.pk}", "our-crm")
    page = body(client.get(made["Location"]))
    assert "village/our-crm/" in page
    assert "Nothing came yet." in page
    assert f"/imports/sources/{row.pk}" in body(client.get("/imports"))
    assert "Take this in again by itself" not in body(client.get(f"/imports/{of.pk}"))
    client.post(f"/imports/sources/{row.pk}/end")
    assert client.get(made["Location"]).status_code == 404
    assert signed_in("noor").post(f"/imports/{of.pk}/standing").status_code == 403


def test_its_token_is_on_that_one_page_and_nowhere_later(stood: Stood, signed_in: SignedIn) -> None:
    client, here = signed_in("dora"), f"/imports/sources/{stood.which.pk}"
    answer = client.post(f"{here}/key")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    (text,) = set(TOKEN.findall(body(answer)))
    for path in (here, "/imports", "/settings", "/kept-about-me"):
        assert text not in body(client.get(path))
    assert "deliver files of one source" in body(client.get("/settings"))
    client.post(f"{here}/key/end")
    assert stood.row.token is None


def test_what_is_kept_is_saved_and_what_was_typed_wrongly_is_shown_again(stood: Stood, signed_in: SignedIn) -> None:
    client, here = signed_in("dora"), f"/imports/sources/{stood.which.pk}"
    form = {"night": "03:30", "deals": "https://crm.example/deal/{id}", "companies": "", "master-opportunity.title": "source"}
    for wrong in (
        {"night": "25:00"},
        {"deals": "http://crm.example/{id}"},
        {"deals": "javascript:alert({id})"},
        {"deals": "https://crm.example/"},
    ):
        refused = client.post(here, form | wrong)
        assert refused.status_code == 422, wrong
        assert next(iter(wrong.values())) in body(refused).replace("&#39;", "'")
    assert (
        client.post(here, form | {"master-opportunity.nothing": "source", "master-opportunity.value": "everybody"}).status_code
        == 302
    )
    row = stood.row
    assert (f"{row.night:%H:%M}", row.links, row.masters) == (
        "03:30",
        {"opportunity": "https://crm.example/deal/{id}"},
        {"opportunity.title": "source"},
    )
    assert '<option value="source" selected>' in body(client.get(here))


def test_an_export_that_waits_says_why_on_its_page_and_leads_there(stood: Stood, signed_in: SignedIn) -> None:
    client = signed_in("dora")
    stood.lay("deals.csv", export(*(deal(n, "Proposal") for n in range(1, 7))))
    stood.round()
    page = body(client.get(f"/imports/sources/{stood.which.pk}"))
    assert "It holds 6 rows, the last one 14." in page
    waiting = stood.imports()[-1]
    assert f'href="/imports/{waiting.pk}"' in page
    there = body(client.get(f"/imports/{waiting.pk}"))
    assert "It came by itself and waits for you to look at it." in there
    assert "Take it in" in there


def test_a_file_that_waits_and_names_somebody_who_is_erased_is_not_taken_in(stood: Stood) -> None:
    village = stood.village
    for name, seller in (("Noor Haddad.csv", "Noor Haddad"), ("deals.csv", "Ben Okafor")):
        Incoming.objects.in_network(village.by).create(
            network_id=village.by.network, of=stood.which, name=name, size=9, digest=name, came=NOW,
            content=export(deal(1, "Proposal", seller=seller)),
        )  # fmt: skip
    dora, ben = village.actor("dora"), village.people["ben"].pk
    noor = village.people["noor"].pk
    things = {one.id: ben for one in _held(noor, dora)}
    leave(person=noor, shares=things, by=dora, now=NOW)
    erase_person(person=noor, by=dora, now=NOW)
    rows = {row.digest: row for row in Incoming.objects.in_network(village.by).filter(of=stood.which)}
    gone, stays = rows["Noor Haddad.csv"], rows["deals.csv"]
    assert (gone.state, gone.content, "Noor" in gone.name) == ("refused", None, False)
    assert (stays.state, bytes(stays.content or b"")[:4]) == ("waiting", b"Deal")
    assert Person.objects.in_network(village.by).get(pk=noor).name == ""


def _held(person: object, by: object) -> list[object]:
    from bailiwick.ledger.asking import holdings

    return holdings(person, by)  # type: ignore[arg-type,return-value]
