"""`kept about me`: everybody sees their own rows and who looked, and takes them along."""

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from bailiwick.network.models import Person
from bailiwick.web.pages.kept import WORDS
from tests.house.source import ROOT
from tests.village import Village
from tests.web.test_people import body

SignIn = Callable[[str], Client]


@pytest.mark.parametrize("name", ["dora", "aylin", "noor", "paula", "piet", "clara", "conny", "luis", "stefan"])
def test_everybody_with_a_role_sees_the_own_page(signed_in: SignIn, village: Village, name: str) -> None:
    answer = signed_in(name).get("/kept-about-me")
    assert answer.status_code == 200
    assert f"{name}@village.example" in body(answer)


def test_who_looked_stands_there_by_name(signed_in: SignIn, village: Village) -> None:
    assert "Nobody has looked" in body(signed_in("noor").get("/kept-about-me"))
    signed_in("aylin").get(reverse("person", args=[village.people["noor"].pk]))
    page = body(signed_in("noor").get("/kept-about-me"))
    assert "Aylin Sahin" in page
    assert "your card" in page


def test_who_looked_is_named_even_from_another_unit(signed_in: SignIn, village: Village) -> None:
    for name in ("noor", "piet"):
        signed_in("dora").get(reverse("person", args=[village.people[name].pk]))
        assert "Dora Lang" in body(signed_in(name).get("/kept-about-me"))
        assert "Dora Lang" in json.loads(signed_in(name).get("/kept-about-me.json").content)["names"].values()


def test_the_page_holds_nothing_about_others(signed_in: SignIn, village: Village) -> None:
    page = body(signed_in("noor").get("/kept-about-me"))
    assert "Hafen Logistik GmbH" in page
    assert "Brauhaus Mitte" not in page
    assert "ben@village.example" not in page


def test_the_download_holds_every_row(signed_in: SignIn, village: Village) -> None:
    answer = signed_in("noor").get("/kept-about-me.json")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "no-store"
    whole = json.loads(answer.content)
    kinds = {kind["what"]: kind["rows"] for kind in whole["kept"]}
    assert whole["person"] == "Noor Haddad"
    assert len(kinds["opportunities"]) == 4
    assert kinds["events"]
    assert "Brauhaus" not in body(answer)


def test_the_page_of_somebody_with_hundreds_of_rows_stays_short(signed_in: SignIn, village: Village) -> None:
    from bailiwick.pipeline.commands import NewActivity, log_activities
    from tests.village import NOW, TODAY

    new = [NewActivity(kind="note", text=f"note {n}", day=TODAY) for n in range(300)]
    log_activities(new, whose=village.side("noor"), by=village.actor("noor"), now=NOW)
    page = body(signed_in("noor").get("/kept-about-me"))
    assert page.count("<tr") < 80
    assert "all are in the download" in page


@pytest.mark.parametrize(("name", "status"), [("ines", 403), ("rita", 302)])
def test_without_role_or_access_there_is_no_page(signed_in: SignIn, village: Village, name: str, status: int) -> None:
    assert signed_in(name).get("/kept-about-me").status_code == status
    assert signed_in(name).get("/kept-about-me.json").status_code == status


def test_a_long_name_does_not_break_it(signed_in: SignIn, village: Village) -> None:
    Person.objects.in_network(village.by).filter(pk=village.people["noor"].pk).update(name="<b>" + "Ä" * 190)
    assert "&lt;b&gt;" in body(signed_in("noor").get("/kept-about-me"))


def test_every_column_of_the_page_has_a_word() -> None:
    """A package that keeps one more thing about people would show the name of its column to them."""
    asked = re.compile(r"KeptRows\(.*?\.values\((.*?)\)", re.DOTALL)
    texts = [file.read_text() for file in (ROOT / "src" / "bailiwick").glob("*/answers.py")]
    names = {name for text in texts for call in asked.findall(text) for name in re.findall(r'"(\w+)"', call)}
    assert len(names) > 20
    assert names - set(WORDS) - {"viewer", "page", "count"} == set()  # looks have columns of their own
