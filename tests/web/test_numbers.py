"""Pages of numbers: who reads which, what they say of few and of many, and that the rows behind are those counted."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from bailiwick.ledger.models import AccessRecord
from bailiwick.pipeline.commands.arriving import Arrived, arrive_many
from bailiwick.pipeline.commands.sides import Hand
from tests.village import NOW, TODAY, Village

SignIn = Callable[[str], Client]
QUARTER = f"{TODAY.year}-Q{(TODAY.month + 2) // 3}"


def body(answer: object) -> str:
    return answer.content.decode().partition("<main")[2]  # type: ignore[attr-defined]


def decided(village: Village, who: str, won: int, lost: int) -> None:
    """So many deals of this person, won for 100 each or lost, all of today."""
    told = {"value": Decimal(100), "currency": "EUR", "entered": TODAY - timedelta(days=9), "decided": TODAY}
    new = [Arrived(title=f"{who} {n}", outcome="won" if n < won else "lost", **told) for n in range(won + lost)]
    arrive_many([(Hand(village.by, NOW, village.side(who)), one) for one in new], by=village.by)


def counted(client: Client, address: str) -> list[dict[str, str]]:
    """The rows behind a figure, as the file holds them."""
    measure, _, query = address.partition("?")
    text = client.get(f"/measures/{measure}/rows?{query}").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def inside(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Those that a rate is made of, and not those beside it."""
    return [row for row in rows if not row["Counts as"].startswith("beside")]


OPEN_TO = {"dora": 200, "aylin": 200, "jonas": 200, "paula": 200, "astrid": 200, "noor": 200, "piet": 200, "stefan": 200}


@pytest.mark.parametrize("name", ["dora", "aylin", "noor", "paula", "piet", "clara", "conny", "luis", "stefan", "ines", "rita"])
def test_who_reads_measures(signed_in: SignIn, name: str) -> None:
    expected = {"rita": 302}.get(name, OPEN_TO.get(name, 403))
    client = signed_in(name)
    assert client.get("/measures").status_code == expected
    assert client.get("/measures/win_rate").status_code == expected


def test_a_steward_reads_what_a_number_means_and_none_of_its_rows(signed_in: SignIn, village: Village) -> None:
    decided(village, "noor", 3, 1)
    page = body(signed_in("stefan").get("/measures/win_rate"))
    assert "Of the deals that were decided, how many were won." in page
    assert "75.0%" not in page
    assert "noor 0" not in page
    assert signed_in("stefan").get("/measures/win_rate/rows").status_code == 403


def test_few_cases_say_so_and_keep_their_numbers_beside(signed_in: SignIn, village: Village) -> None:
    """3 of 4: Wilson's 90% interval is 35.6% to 94.2%."""
    decided(village, "noor", 3, 1)
    page = body(signed_in("dora").get("/measures/win_rate"))
    assert re.search(r"too few to tell.*75\.0% 35\.6% to 94\.2% · n = 4", page, re.DOTALL)


def test_enough_cases_say_value_and_interval(signed_in: SignIn, village: Village) -> None:
    """12 of 30: Wilson with 1.645: 0.4083 the middle, 0.1412 to each side."""
    decided(village, "noor", 12, 18)
    page = body(signed_in("dora").get("/measures/win_rate"))
    assert "too few to tell" not in page
    assert re.search(r"40\.0%.*26\.7% to 54\.9%.*n = 30", page, re.DOTALL)


def test_the_rows_behind_a_key_are_those_that_were_counted(signed_in: SignIn, village: Village) -> None:
    """A project counts what its partner below did, and lists it."""
    decided(village, "noor", 2, 3)
    decided(village, "piet", 1, 0)
    decided(village, "sven", 4, 4)
    client = signed_in("dora")
    cobalt = village.units["cobalt"].pk
    page = body(client.get("/measures/win_rate?by=project"))
    line = re.search(r"Cobalt Payments.*?<a href=\"([^\"]*)\">(?:<span[^>]*>)?(\d+)", page, re.DOTALL)
    assert line
    assert (int(line[2]), f"key={cobalt}" in line[1]) == (6, True)
    rows = inside(counted(client, f"win_rate?by=project&key={cobalt}"))
    assert sorted(row["Seller"] for row in rows) == ["Noor Haddad"] * 5 + ["Piet Vos"]
    assert len(inside(counted(client, "win_rate"))) == 14


def test_a_unit_in_the_address_is_it_and_everything_below(signed_in: SignIn, village: Village) -> None:
    decided(village, "noor", 2, 0)
    decided(village, "piet", 1, 0)
    decided(village, "sven", 4, 0)
    cobalt = village.units["cobalt"].pk
    page = body(signed_in("dora").get(f"/measures/won_count?unit={cobalt}"))
    assert "Cobalt Payments, with everything below it" in page
    assert {row["Seller"] for row in counted(signed_in("dora"), f"won_count?unit={cobalt}")} == {"Noor Haddad", "Piet Vos"}
    for unseen in (village.units["cobalt"].pk, "x", "00000000-0000-0000-0000-000000000000"):
        assert signed_in("sven").get(f"/measures/won_count?unit={unseen}").status_code == 404


def test_the_figures_of_a_project_lead_to_their_very_rows(signed_in: SignIn, village: Village) -> None:
    decided(village, "noor", 12, 18)
    decided(village, "sven", 5, 5)
    client = signed_in("dora")
    page = body(client.get(f"/projects/{village.units['cobalt'].pk}"))
    found = re.findall(r"n = (\d+).*?href=\"/measures/(win_rate|won_value)\?([^\"]*)\"", page, re.DOTALL)
    assert {(name, n) for n, name, _ in found} == {("win_rate", "30"), ("won_value", "12")}
    for n, name, query in found:
        assert len(inside(counted(client, f"{name}?{query.replace('&amp;', '&')}"))) == int(n)


def test_a_deal_that_came_through_many_steps_in_a_day_is_listed_once_in_each(signed_in: SignIn, village: Village) -> None:
    """On pages of 20 none is left out and none comes twice."""
    client, seen, address = signed_in("dora"), [], "/measures/stage_conversion"
    while address:
        page = body(client.get(address))
        seen += re.findall(r"<tr role=\"row\">.*?</tr>", page.partition('id="rows"')[2].partition("</tbody>")[0], re.DOTALL)[1:]
        further = re.search(r"rel=\"next\" href=\"([^\"#]*)", page)
        address = further[1].replace("&amp;", "&") if further else ""
    assert len(seen) == len(counted(client, "stage_conversion"))


WRONG = ("by=colour", "period=last+year", "period=2026-13", "at=x", "at=2026-01-01_x", "by=seller&key=%00", "at=0001-01-01_")


@pytest.mark.parametrize("query", WRONG)
@pytest.mark.parametrize("measure", ["win_rate", "activities_per_week", "stage_conversion"])
def test_a_wrong_address_gets_a_sentence(signed_in: SignIn, village: Village, measure: str, query: str) -> None:
    answer = signed_in("dora").get(f"/measures/{measure}?{query}")
    assert answer.status_code in (200, 400, 404, 409, 422)
    if "key" not in query:
        assert answer.status_code != 200


def test_who_takes_rows_of_others_along_is_recorded(signed_in: SignIn, village: Village) -> None:
    decided(village, "noor", 1, 0)
    counted(signed_in("dora"), "won_count")
    counted(signed_in("dora"), "activities_per_week")
    pages = AccessRecord.objects.in_network(village.by).filter(person=village.people["noor"].pk).values_list("page", "count")
    assert dict(pages) == {"measure_rows": 2}


def test_what_begins_like_a_formula_is_text_in_the_file(signed_in: SignIn, village: Village) -> None:
    told = {"value": Decimal(1), "currency": "EUR", "entered": TODAY, "decided": TODAY, "outcome": "won"}
    new = [Arrived(title=title, **told) for title in ("=1+1", "+1", "-1", "@x", "plain")]
    arrive_many([(Hand(village.by, NOW, village.side("noor")), one) for one in new], by=village.by)
    titles = {row["Case"] for row in counted(signed_in("noor"), "won_count")}
    assert titles == {"'=1+1", "'+1", "'-1", "'@x", "plain"}


def test_overview_and_project_without_targets_and_without_deals_say_so(signed_in: SignIn, village: Village) -> None:
    overview = body(signed_in("dora").get("/overview?period=1999-Q1"))
    assert "Nothing was won in this period." in overview
    assert "NaN" not in overview
    project = body(signed_in("dora").get(f"/projects/{village.units['delta'].pk}?period=1999-Q1"))
    assert "No target is set for this time yet." in project
    assert "Nothing was won in this period." in project


@pytest.mark.parametrize("name", ["noor", "clara", "conny", "luis", "stefan", "ines", "piet"])
def test_who_leads_nothing_has_no_overview(signed_in: SignIn, village: Village, name: str) -> None:
    client = signed_in(name)
    assert client.get("/overview").status_code == 403
    assert client.get(f"/projects/{village.units['cobalt'].pk}").status_code in (403, 404)


def test_a_neighbours_project_is_not_there(signed_in: SignIn, village: Village) -> None:
    assert signed_in("jonas").get(f"/projects/{village.units['cobalt'].pk}").status_code == 404
    assert "Cobalt" not in body(signed_in("jonas").get("/overview"))


def test_markup_in_a_name_is_text_in_every_drawing(signed_in: SignIn, village: Village) -> None:
    unit = village.units["cobalt"]
    type(unit).objects.in_network(village.by).filter(pk=unit.pk).update(name="<script>alert(1)</script>")
    decided(village, "noor", 12, 18)
    for address in ("/overview", f"/projects/{unit.pk}", "/measures/win_rate?by=unit"):
        page = body(signed_in("dora").get(address))
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_pages_of_numbers_speak_german(signed_in: SignIn, village: Village) -> None:
    decided(village, "noor", 12, 18)
    client = signed_in("dora")
    german = {"headers": {"Accept-Language": "de"}}
    dora = village.people["dora"]
    type(dora).objects.in_network(village.by).filter(pk=dora.pk).update(language="de")
    assert "Erfolgsquote, von entschiedenen" in body(client.get("/measures/win_rate", **german))  # type: ignore[arg-type]
    assert "Nichts wartet" in body(client.get("/overview", **german))  # type: ignore[arg-type]
