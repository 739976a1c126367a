"""A measure as a page: who reads it, what it says of few, of many and of nothing, and what it refuses in words."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

import pytest
from django.test import Client

from bailiwick.measures import MEASURES, Shape
from bailiwick.measures.dimensions import dimensions_of
from bailiwick.pipeline.commands import NewActivity, log_activities
from bailiwick.pipeline.models import Opportunity
from tests.performance.dealt import aim, deals
from tests.village import NOW, Village
from tests.web.test_numbers import body, counted, inside
from tests.web.test_overview import bare, lines, rows, speaking, words

SignIn = Callable[[str], Client]
NOBODY = UUID("01a21c00-0000-7000-8000-000000000000")
WITH_ROWS = [one for one in MEASURES.values() if one.shape is not Shape.TARGET]


def listed(page: str) -> list[dict[str, str]]:
    """The rows behind a figure, as the page lists them."""
    return lines(page.partition('id="rows"')[2])


def told_apart(page: str) -> list[str]:
    """The rows of the list above them, one for each key."""
    return [row for row in rows(page.partition("<h2>Definition")[0]) if "<td" in row]


def met(village: Village, times: int, *, won: int, lost: int) -> None:
    """Noor's deals, each decided in April, and so many meetings spread over them one after the other."""
    found = deals(village, "noor", *[1] * won) + deals(village, "noor", *[1] * lost, outcome="lost")
    new = [NewActivity(kind="meeting", opportunity=found[n % len(found)].pk, day=date(2024, 4, 2)) for n in range(times)]
    log_activities(new, whose=village.side("noor"), by=village.actor("noor"), now=NOW)


@pytest.mark.parametrize(
    ("name", "status"),
    [("dora", 200), ("aylin", 200), ("paula", 200), ("stefan", 200), ("noor", 403), ("piet", 403), ("clara", 403)],
)
def test_attainment_is_for_whoever_leads(signed_in: SignIn, name: str, status: int) -> None:
    client = signed_in(name)
    answer = client.get("/measures/attainment")
    assert answer.status_code == status
    if name in ("noor", "piet"):
        assert "This measure is not for your role." in answer.content.decode()
    if name != "clara":
        assert ("Attainment of target" in body(client.get("/measures"))) == (status == 200)


def test_a_measure_that_is_none_is_not_there(signed_in: SignIn) -> None:
    for address in ("happiness", "happiness/rows", "attainment/rows", "coverage/rows"):
        answer = signed_in("dora").get(f"/measures/{address}")
        assert (answer.status_code, "Nothing here" in answer.content.decode()) == (404, True)


@pytest.mark.parametrize("measure", WITH_ROWS, ids=lambda one: one.name)
def test_where_no_case_fits_the_page_says_so(signed_in: SignIn, measure: Any) -> None:
    for by in ("", "seller"):
        page = words(signed_in("dora").get(f"/measures/{measure.name}?period=1999&by={by}"))
        beside = measure.name in ("win_rate", "win_rate_of_due")  # undated deals stand beside every period
        assert ("No case fits this question." in page) is not beside
        assert "too few to tell" not in page
        assert "nan" not in page.lower().replace("finance", "")


def test_without_a_target_attainment_says_so(signed_in: SignIn) -> None:
    assert "No target is set for this time yet." in words(signed_in("dora").get("/measures/attainment"))


def test_attainment_is_told_for_each_holder(signed_in: SignIn, village: Village) -> None:
    """30 of 40 and 5 of 50."""
    deals(village, "noor", 30)
    deals(village, "sven", 5)
    aim(village, 40, unit="cobalt")
    aim(village, 50, unit="delta")
    page = body(signed_in("dora").get("/measures/attainment?period=2024-04"))
    assert {line["Unit"]: line["Attainment of target"] for line in lines(page)} == {
        "Cobalt Payments": "75%",
        "Delta Fasteners": "10%",
    }


@pytest.mark.whole
@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda one: one.name)
def test_every_measure_is_told_apart_by_everything_it_says_and_by_no_key_that_is_none(
    signed_in: SignIn, village: Village, measure: Any
) -> None:
    deals(village, "noor", 10, 20)
    aim(village, 40)
    client = signed_in("dora")
    for by in dimensions_of(measure):
        for key in ("", "x", str(NOBODY), "'; --", "%", "2024-99-99", "ü" * 300):
            answer = client.get(f"/measures/{measure.name}?{urlencode({'by': by, 'key': key})}")
            assert answer.status_code == 200, (by, key)
            if key and measure.shape is not Shape.TARGET:
                assert inside(listed(body(answer))) == [], (by, key)
                assert inside(counted(client, f"{measure.name}?{urlencode({'by': by, 'key': key})}")) == []


@pytest.mark.parametrize(
    "path", ["win_rate?by=colour", "win_rate/rows?by=colour", "win_rate?by=step", "activities_per_week?by=reason"]
)
def test_what_a_measure_is_not_told_apart_by_is_refused_in_words(signed_in: SignIn, path: str) -> None:
    answer = signed_in("dora").get(f"/measures/{path}")
    assert answer.status_code == 422
    assert "This measure is not told apart by that. Choose one of the values offered." in bare(answer.content.decode())


@pytest.mark.parametrize("path", ["win_rate", "win_rate/rows", "attainment"])
def test_a_period_that_is_none_is_refused_in_words(signed_in: SignIn, path: str) -> None:
    answer = signed_in("dora").get(f"/measures/{path}?period=soon")
    assert (answer.status_code, "“soon” is no period." in answer.content.decode()) == (422, True)


CURSORS = (
    "x",
    "2026-01-01",
    "2026-01-01_",
    f"2026-13-01_{NOBODY}",
    f"_{NOBODY}",
    f"2026-01-01_{NOBODY}/",
    "a" * 900,
    "2026-01-01_'",
)


@pytest.mark.parametrize("cursor", CURSORS)
def test_a_place_in_the_list_that_is_none_is_refused_in_words(signed_in: SignIn, cursor: str) -> None:
    for measure in ("won_count", "activities_per_week", "stage_conversion"):
        answer = signed_in("dora").get(f"/measures/{measure}?at={quote(cursor)}")
        assert answer.status_code == 422
        assert "This place in the list does not exist. Begin again at the first page." in bare(answer.content.decode())


@pytest.mark.parametrize("cursor", [f"0001-01-01_{NOBODY}", f"9999-12-31_{NOBODY}", f"2026-01-01_{NOBODY}/{NOBODY}"])
def test_a_place_beside_every_row_is_an_end_and_no_failure(signed_in: SignIn, cursor: str) -> None:
    for measure in ("won_count", "activities_per_week", "stage_conversion"):
        assert signed_in("dora").get(f"/measures/{measure}?at={cursor}").status_code in (200, 422)


def test_few_cases_of_a_key_say_so_beside_their_number(signed_in: SignIn, village: Village) -> None:
    """19 are too few, 20 are not. 10 of 20: Wilson with 1.645: 32.7% to 67.3%."""
    for who, lost in (("noor", 10), ("sven", 9)):
        deals(village, who, *[1] * 10)
        deals(village, who, *[1] * lost, outcome="lost")
    page = body(signed_in("dora").get("/measures/win_rate?by=seller&period=2024-04"))
    noor, sven = told_apart(page)
    assert "too few to tell" not in noor
    assert "<title>50.0%, 32.7% to 67.3%</title>" in noor
    assert re.search(r"52\.6%</span><small>too few to tell</small>", sven)
    assert [line["Cases"] for line in lines(page)[:2]] == ["20", "19"]


def test_a_median_says_between_which_values_of_the_sample_it_lies(signed_in: SignIn, village: Village) -> None:
    """1 to 20 days: half lie below 10.5; of 20 throws of a coin nine in ten times 6 to 14 fall alike: the 6th and the 15th."""
    for days in range(1, 21):
        deals(village, "noor", 1, entered=date(2024, 4, 15) - timedelta(days=days))
    page = words(signed_in("dora").get("/measures/days_to_decision?period=2024-04"))
    assert "Everything in sight 10.5 6 to 15 n = 20" in page


def test_appointments_for_a_close_turn_the_ends_of_the_rate_over(signed_in: SignIn, village: Village) -> None:
    """10 of 30: Wilson 21.08% to 48.34%: one in 2.07 to one in 4.74."""
    met(village, 30, won=10, lost=5)
    page = words(signed_in("dora").get("/measures/appointments_per_close?period=2024-04"))
    assert "Everything in sight 3 2.1 to 4.7 n = 30" in page


def test_appointments_without_any_close_say_more_than(signed_in: SignIn, village: Village) -> None:
    """The measure says so of itself. 0 of 24: Wilson's upper end is 2.7055 / 26.7055 = 10.13%: more than 9.9."""
    met(village, 24, won=0, lost=6)
    client = signed_in("dora")
    assert "With no close it is “more than”." in words(client.get("/measures/appointments_per_close"))
    assert "more than 9.9" in words(client.get("/measures/appointments_per_close?period=2024-04&by=seller"))
    assert "more than 9.9" in words(client.get("/measures/appointments_per_close?period=2024-04"))


def test_sums_say_how_many_have_no_value_and_stand_by_currency(signed_in: SignIn, village: Village) -> None:
    deals(village, "noor", 1000, 500)
    deals(village, "noor", 70, currency="CHF")
    [unknown] = deals(village, "noor", 1)
    Opportunity.objects.in_network(village.by).filter(pk=unknown.pk).update(value=None)
    page = words(signed_in("dora").get("/measures/won_value?period=2024-04"))
    assert "€1,500 n = 3 · 1 without a value" in page
    assert "CHF70 n = 1" in page


def test_a_measure_speaks_german(signed_in: SignIn, village: Village) -> None:
    deals(village, "noor", *[1234] * 3)
    deals(village, "noor", 1, outcome="lost")
    speaking(village, "dora")
    client = signed_in("dora")
    page = words(client.get("/measures/win_rate?by=seller&period=2024-04"))
    assert "Alles in Sicht zu wenige für eine Aussage 75,0 % 35,6 % bis 94,2 %" in page
    assert "15. Apr. 2024" in page
    english = (
        "Everything",
        "Definition of",
        "too few",
        "Interval (",
        "Cases",
        "Seller",
        "Won",
        "in the order",
        "beside it",
        "none",
    )
    assert not [word for word in english if word in page]
    heads = set(counted(client, "won_count?period=2024-04")[0])
    assert not heads & {"Case", "Company", "Day", "Counts as", "Value", "Seller"}
    refused = client.get("/measures/win_rate?by=x").content.decode()
    assert "Danach lässt sich diese Kennzahl nicht aufteilen." in refused
