"""The one box: what is found, in which order, by whom, and what is said when nothing is."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from bailiwick.desk.search import search
from bailiwick.ledger.models import AccessRecord
from bailiwick.pipeline.commands import NewLead, enter_leads
from bailiwick.territories.commands import add_accounts, add_contacts, erase_contact
from tests.village import NOW, Village
from tests.walls.speaking import caller

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def names(village: Village, who: str, text: str) -> dict[str, list[str]]:
    """By kind, the names that somebody finds, in order."""
    told = search(village.actor(who).scope, text)
    return {group.kind.name: [one.thing.name for one in group.found] for group in told.groups}


def firms(village: Village, who: str, *called: str) -> list[object]:
    rows = [{"name": name} for name in called]
    return [one.pk for one in add_accounts(rows, whose=village.side(who), by=village.actor(who), now=NOW, judged=True)]


def test_every_kind_is_found_and_leads_to_its_page(village: Village, signed_in: SignIn) -> None:
    by, whose = village.actor("noor"), village.side("noor")
    account = firms(village, "noor", "Quastenfloss GmbH")[0]
    add_contacts(account, [{"name": "Quirin Quast", "email": "q@quast.example"}], whose=whose, by=by, now=NOW)
    enter_leads([NewLead(name="Quastenlead", company="Irgendwer")], by=by, now=NOW, whose=whose)
    assert names(village, "noor", "quast") == {
        "accounts": ["Quastenfloss GmbH"], "contacts": ["Quirin Quast"], "leads": ["Quastenlead"],
    }  # fmt: skip
    page = signed_in("noor").get("/search", {"q": "quast"}).content.decode()
    assert f'href="/accounts/{account}"' in page
    assert 'href="/leads"' in page
    assert names(village, "noor", "ben okaf") == {"people": [village.people["ben"].name]}
    assert "opportunities" in names(village, "noor", "terminals")


def test_whole_words_come_before_beginnings_and_short_names_before_long_ones(village: Village) -> None:
    firms(village, "noor", "Quellenhof Nordsee Betriebe", "Quellenhof", "Quelle", "Quell Handel")
    assert names(village, "noor", "quell")["accounts"] == ["Quell Handel", "Quelle", "Quellenhof", "Quellenhof Nordsee Betriebe"]


def test_a_slip_is_forgiven_only_where_nothing_has_the_words_and_that_is_said(village: Village, signed_in: SignIn) -> None:
    firms(village, "noor", "Nordwind Systeme", "Nordwand Klettern")
    assert names(village, "noor", "nordwand") == {"accounts": ["Nordwand Klettern"]}
    assert names(village, "noor", "nordwnd") == {"accounts": ["Nordwind Systeme", "Nordwand Klettern"]}
    client = signed_in("noor")
    assert "Nothing is spelled so" in client.get("/search", {"q": "nordwnd"}).content.decode()
    assert "Nothing is spelled so" not in client.get("/search", {"q": "nordwand"}).content.decode()


def test_what_is_out_of_sight_is_not_found_by_any_word(village: Village) -> None:
    firms(village, "sven", "Geheimhafen AG")
    assert names(village, "sven", "geheimhafen") == {"accounts": ["Geheimhafen AG"]}
    assert names(village, "dora", "geheimhafen") == {"accounts": ["Geheimhafen AG"]}
    for other in ("noor", "aylin", "paula", "astrid"):
        assert names(village, other, "geheimhafen") == {}
        assert names(village, other, "geheimhaven") == {}


def test_an_erased_contact_is_not_found_any_more(village: Village) -> None:
    by, whose = village.actor("noor"), village.side("noor")
    account = village.accounts["Hafen Logistik GmbH"].pk
    contact = add_contacts(account, [{"name": "Xaver Xylander"}], whose=whose, by=by, now=NOW)[0]
    assert names(village, "noor", "xylander") == {"contacts": ["Xaver Xylander"]}
    erase_contact(contact.pk, by=by, now=NOW)
    assert names(village, "noor", "xylander") == {}


def test_more_than_is_shown_leads_to_the_list_with_the_same_words(village: Village, signed_in: SignIn) -> None:
    firms(village, "noor", *(f"Serie {n:02}" for n in range(25)))
    client = signed_in("noor")
    page = unescape(client.get("/search", {"q": "serie"}).content.decode())
    assert page.count("/accounts/") == 20
    assert 'href="/accounts?q=serie"' in page
    assert client.get("/accounts", {"q": "serie"}).content.decode().count("Serie ") >= 25


def test_the_live_answer_is_short_and_silent_for_one_letter(village: Village, signed_in: SignIn) -> None:
    firms(village, "noor", *(f"Serie {n:02}" for n in range(25)))
    client = signed_in("noor")
    assert client.get("/search/live", {"q": "ser"}).content.decode().count("/accounts/") == 5
    assert client.get("/search/live", {"q": "s"}).content.decode().strip() == ""
    assert "Nothing that you see has these words." in client.get("/search/live", {"q": "zzzz"}).content.decode()


@pytest.mark.parametrize(
    "text", ["", " ", "%", "'", "\\", "_", '"><script>', "x" * 900, "a b c d e f g h i j k l", "🦊", "\u202e"]
)
def test_no_text_breaks_it(village: Village, signed_in: SignIn, text: str) -> None:
    answer = signed_in("noor").get("/search", {"q": text})
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode().replace("<script src", "")


def test_a_null_byte_is_refused_in_words(signed_in: SignIn) -> None:
    assert signed_in("noor").get("/search", {"q": "a\x00b"}).status_code == 422


def test_whose_rows_were_found_is_recorded(village: Village, signed_in: SignIn) -> None:
    signed_in("aylin").get("/search", {"q": "terminals"})
    read = AccessRecord.objects.in_network(village.by).filter(page="search")
    assert read.filter(person=village.people["noor"].pk).exists()


def test_the_api_tells_the_same(village: Village) -> None:
    account = firms(village, "noor", "Quastenfloss GmbH")[0]
    told = caller(village, "noor")("GET", "/search?q=quastenfoss").json()
    assert told == {"items": [{"kind": "accounts", "id": str(account), "name": "Quastenfloss GmbH", "note": ""}], "slipped": True}
