"""A project as a page: who gets it, its targets, what becomes of its deals, its team, and what is late in it."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client

from bailiwick.ledger.models import AccessRecord
from bailiwick.measures import MEASURES
from bailiwick.mirror import Question
from bailiwick.network.commands import add_units
from bailiwick.network.commands.setting_up import NewUnit
from bailiwick.performance.queries.figures import figures
from bailiwick.pipeline.commands.promising import Promised, promise_many
from bailiwick.pipeline.models import Opportunity
from tests.performance.dealt import aim, days, deals, open_deals
from tests.village import NOW, TODAY, Village
from tests.web.test_numbers import body, counted, inside
from tests.web.test_overview import bare, lines, speaking, words

SignIn = Callable[[str], Client]
THIS = days(str(TODAY.replace(day=1)), str(TODAY))  # a period that has wholly passed


def at(village: Village, unit: str = "cobalt", query: str = "") -> str:
    return f"/projects/{village.units[unit].pk}{query}"


def part(page: str, heading: str) -> str:
    """One card of the page."""
    return page.partition(f"<h2>{heading}")[2].partition("</section>")[0]


def empty(village: Village) -> Village:
    """With a project in which nobody has ever sold."""
    client = village.organizations["delta client"]
    new = NewUnit(name="Emptiness", kind="project", parent=village.units["firm"].pk, client=client)
    village.units["empty"] = add_units([new], by=village.by, now=NOW)[0]
    return village


@pytest.mark.parametrize(
    ("name", "unit", "status"),
    [
        *((name, "cobalt", 200) for name in ("dora", "aylin")),
        *((name, "cobalt", 404) for name in ("jonas", "paula", "astrid")),
        *((name, "cobalt", 403) for name in ("noor", "ben", "sven", "piet", "arvid", "clara", "conny", "luis", "stefan", "ines")),
        ("rita", "cobalt", 302),
        *((name, "callwerk", 200) for name in ("dora", "aylin", "paula")),
        *((name, "callwerk", 404) for name in ("jonas", "astrid")),
        *((name, "firm", status) for name, status in (("dora", 200), ("aylin", 404), ("paula", 404))),
    ],
)
def test_a_project_is_for_whoever_leads_and_sees_it(
    signed_in: SignIn, village: Village, name: str, unit: str, status: int
) -> None:
    assert signed_in(name).get(at(village, unit)).status_code == status


def test_a_project_out_of_sight_answers_like_one_that_is_not_there(signed_in: SignIn, village: Village) -> None:
    client = signed_in("jonas")
    there, absent = client.get(at(village)), client.get(f"/projects/{uuid4()}")
    assert there.status_code == absent.status_code == 404
    assert bare(there.content.decode()) == bare(absent.content.decode())
    assert client.get("/projects/x").status_code == 404


def test_an_empty_project_says_of_everything_that_nothing_is_there(signed_in: SignIn, village: Village) -> None:
    page = words(signed_in("dora").get(at(empty(village), "empty")))
    for sentence in (
        "Emptiness nobody answers for it",
        "No target is set for this time yet.",
        "Nothing was won in this period.",
        "No deal entered a step in the last year.",
        "Nothing is open.",
        "Nobody has sold here yet.",
        "Too few wins to tell when a deal is late: 0, and thirty are needed.",
        "No open deal is.",
        "No expected close lies in the next two weeks.",
        "Nothing is promised for the next two weeks.",
    ):
        assert sentence in page
    assert "NaN" not in page
    assert "Show all" not in page


def test_the_heading_and_the_target_say_how_it_stands(signed_in: SignIn, village: Village) -> None:
    """Five deals of four, all of the time passed: 20 of 100; nothing open is expected any more."""
    deals(village, "noor", *[4] * 5, day=TODAY)
    Opportunity.objects.in_network(village.by).filter(outcome="open").update(expected=None)
    aim(village, 100, period=THIS)
    page = body(signed_in("aylin").get(at(village, query=f"?period={THIS.name}")))
    assert "<h1>Cobalt Payments is off course</h1>" in page
    [target] = lines(part(page, "Targets"))
    assert target["Target"] == "Won value: €100"
    assert target["State"] == "off course"
    assert target["Reached (tick: time passed)"] == "20% of the target, 100% of the time"


def test_few_deals_early_are_too_few_to_tell(signed_in: SignIn, village: Village) -> None:
    """One day of a hundred has passed."""
    period = days(str(TODAY), str(TODAY + timedelta(days=99)))
    deals(village, "noor", 4, day=TODAY)
    aim(village, 1000, period=period)
    page = body(signed_in("aylin").get(at(village, query=f"?period={period.name}")))
    assert "<h1>Cobalt Payments: too few deals to tell</h1>" in page
    assert lines(part(page, "Targets"))[0]["Reached (tick: time passed)"] == "0% of the target, 1% of the time"


def test_coverage_holds_what_is_expected_against_what_is_missing(signed_in: SignIn, village: Village) -> None:
    """10,000 + 10,000 of Noor and Ben in three weeks and 13,000 today, 10,000 of Piet: 43,000 over 20,000 is 2.15 times."""
    period = days(str(TODAY), str(TODAY + timedelta(days=30)))
    aim(village, 20_000, period=period)
    [target] = lines(part(body(signed_in("aylin").get(at(village, query=f"?period={period.name}"))), "Targets"))
    assert target["Pipeline over what is missing"] in ("2.1 times", "2.2 times")


def test_the_funnel_tells_what_went_on_what_is_still_there_and_what_ended(signed_in: SignIn, village: Village) -> None:
    """Of 20 decided in the first step 12 were won, 8 lost; Noor's four, Ben's and Piet's two each are still in it.

    12 of 20: Wilson with 1.645: 0.5881 the middle, 0.1695 to each side.
    """
    deals(village, "noor", *[1] * 12, day=TODAY, entered=TODAY)
    deals(village, "noor", *[1] * 8, day=TODAY, entered=TODAY, outcome="lost")
    page = part(body(signed_in("aylin").get(at(village))), "What becomes of deals, step by step")
    assert re.findall(r"<(?:th scope=\"row\"|td)>([^<]*)</", page) == ["Prospect", "28", "12", "8", "60%", "42% to 76%"]
    assert "Prospect: 28, 60.0% of 20 went on (41.9% to 75.8%)" in unescape(page)
    assert page.count("<rect") == 3


def test_few_deals_in_a_step_are_too_few_to_tell(signed_in: SignIn, village: Village) -> None:
    """3 of 4: 35.6% to 94.2%."""
    deals(village, "noor", *[1] * 3, day=TODAY, entered=TODAY)
    deals(village, "noor", 1, day=TODAY, entered=TODAY, outcome="lost")
    page = part(body(signed_in("aylin").get(at(village))), "What becomes of deals, step by step")
    assert "too few to tell: 75.0% of 4 (35.6% to 94.2%)" in unescape(page)


def test_the_funnel_of_a_year_holds_no_deal_that_entered_before(signed_in: SignIn, village: Village) -> None:
    """Its title says: deals that entered each step in a year. The eight of the village did, this one did not."""
    open_deals(village, "noor", 1, expected=None, entered=TODAY - timedelta(days=1000))
    page = part(body(signed_in("aylin").get(at(village))), "What becomes of deals, step by step")
    assert re.findall(r"<(?:th scope=\"row\"|td)>([^<]*)</", page)[:2] == ["Prospect", "8"]


def test_what_is_open_stands_by_step_and_currency_and_unknown_values_say_so(signed_in: SignIn, village: Village) -> None:
    """Noor's 10, 12 and 13 thousand, Ben's and Piet's 10; the 11 of each has lapsed."""
    page = part(body(signed_in("aylin").get(at(village))), "Open now, by step")
    assert bare(page).endswith("Prospect 5 · €55,000")
    Opportunity.objects.in_network(village.by).update(value=None)
    page = part(body(signed_in("aylin").get(at(village))), "Open now, by step")
    assert bare(page).endswith("Prospect 5 · no value stated")


def test_what_is_open_by_step_is_what_the_team_has_open_and_what_the_measure_counts(signed_in: SignIn, village: Village) -> None:
    """To the five of the village comes an undated one, which can still be won, and a lapsed and a stale one, which cannot."""
    open_deals(village, "noor", 7, expected=None)
    open_deals(village, "noor", 5, expected=TODAY - timedelta(days=1))
    (stale,) = open_deals(village, "ben", 3, expected=TODAY - timedelta(days=400))
    Opportunity.objects.in_network(village.by).filter(pk=stale.pk).update(stale_on_arrival=True)
    page = body(signed_in("aylin").get(at(village)))
    assert "Prospect 6 ·" in bare(part(page, "Open now, by step"))
    assert [line["Open"] for line in lines(part(page, "Team"))] == ["1", "4", "1"]
    question = Question(as_of=TODAY, where={"unit": (str(village.units["cobalt"].pk), str(village.units["callwerk"].pk))})
    assert figures(MEASURES["pipeline_count"], village.actor("aylin").scope, question).whole[0].value == 6


def test_the_team_is_a_list_by_name_with_its_numbers(signed_in: SignIn, village: Village) -> None:
    """Ben 1 of 1: Wilson 27.0% to 100%; nothing of Piet is decided."""
    deals(village, "ben", 500, day=TODAY)
    deals(village, "noor", 300, 400, day=TODAY)
    deals(village, "noor", 9, day=TODAY, outcome="lost")
    page = part(body(signed_in("aylin").get(at(village, query=f"?period={TODAY}..{TODAY}"))), "Team")
    team = lines(page)
    assert [line["Seller"] for line in team] == ["Ben Okafor", "Noor Haddad", "Piet Vos"]
    assert [line[f"Won, {TODAY}..{TODAY}"] for line in team] == ["€500", "€700", ""]
    assert [line["Open"] for line in team] == ["1", "3", "1"], "one of each has lapsed"
    assert [line["Win rate, one year (tick: all here)"] for line in team] == [
        "too few to tell (100%, 27.0% to 100%, n = 1)",
        "too few to tell (66.7%, 25.4% to 92.2%, n = 3)",
        "nothing decided yet",
    ]


def test_deals_open_longer_than_nearly_all_wins_are_outside_the_usual_length(signed_in: SignIn, village: Village) -> None:
    """Thirty wins came on their tenth day: 95% of them within 10 days; the village's eight are open for 30, one more for 40."""
    deals(village, "noor", *[1] * 30, day=TODAY, entered=TODAY - timedelta(days=10))
    [oldest] = open_deals(village, "ben", 7, expected=None, entered=TODAY - timedelta(days=40))
    page = body(signed_in("aylin").get(at(village)))
    late = part(page, "Outside the usual length")
    assert "95% of 30 wins here came within 10 days; these are open longer." in bare(late)
    assert lines(late)[0] == {
        "Opportunity": oldest.title, "Step": "Prospect", "Value": "€7", "Expected close": "undated", "Open for": "40 days",
        "Seller": "Ben Okafor",
    }  # fmt: skip
    assert len(lines(late)) == 8
    assert "Show all" in late
    everything = part(body(signed_in("aylin").get(at(village, query="?all=1"))), "Outside the usual length")
    assert len(lines(everything)) == 9
    assert "Show all" not in everything


def test_where_wins_here_are_too_few_those_in_sight_are_the_peers(signed_in: SignIn, village: Village) -> None:
    deals(village, "sven", *[1] * 30, day=TODAY, entered=TODAY - timedelta(days=10))
    page = words(signed_in("dora").get(at(village)))
    assert "95% of 30 wins in sight, because there are too few here came within 10 days" in page
    assert "Too few wins to tell when a deal is late: 0" in words(signed_in("aylin").get(at(village)))


def test_promises_and_lapsing_deals_of_everything_below_are_listed_the_earliest_first(
    signed_in: SignIn, village: Village
) -> None:
    deal = village.deals["Papierfabrik Pirna terminals"]
    made = [
        Promised(village.actor("piet"), NOW, deal.pk, text, TODAY + timedelta(days=ahead))
        for text, ahead in (("a drawing", 14), ("a price", -1), ("a visit", 15))
    ]
    promise_many(made, by=village.by)
    page = body(signed_in("aylin").get(at(village)))
    promised = bare(part(page, "Promised to customers"))
    assert promised.index("a price") < promised.index("a drawing")
    assert "a visit" not in promised
    lapsing = lines(part(page, "Lapsing"))
    assert [line["Opportunity"] for line in lapsing if line["Expected close"] == "today"] == ["Lindhall AB terminals"]
    assert {line["Opportunity"] for line in lapsing} == {
        "Arno Papier AG terminals", "Blech und Bau KG terminals", "Pumpen Pohl terminals", "Lindhall AB terminals"
    }  # fmt: skip


def test_every_number_leads_to_just_the_rows_that_it_is_made_of(signed_in: SignIn, village: Village) -> None:
    deals(village, "noor", *[1] * 6, day=TODAY, entered=TODAY - timedelta(days=10))
    deals(village, "piet", *[1] * 2, day=TODAY, outcome="lost", entered=TODAY - timedelta(days=10))
    deals(village, "sven", *[1] * 3, day=TODAY, entered=TODAY - timedelta(days=10))
    client = signed_in("aylin")
    found = re.findall(r"n = (\d+)[^<]*<a href=\"/measures/(\w+)\?([^\"]*)\"", body(client.get(at(village))))
    assert {name: n for n, name, _ in found} == {
        "won_value": "6", "win_rate": "8", "cycle_length": "16", "activities_per_week": "3"
    }  # fmt: skip
    for n, name, query in found:
        assert len(inside(counted(client, f"{name}?{unescape(query)}"))) == int(n), name


def test_a_look_at_a_project_is_a_look_at_the_rows_of_its_people(signed_in: SignIn, village: Village) -> None:
    deal = village.deals["Blech und Bau KG terminals"]
    promise_many([Promised(village.actor("ben"), NOW, deal.pk, "a drawing", TODAY)], by=village.by)
    signed_in("aylin").get(at(village))
    looked = AccessRecord.objects.in_network(village.by).filter(page="project")
    assert {look.person for look in looked} == {village.people[name].pk for name in ("noor", "ben", "piet")}


@pytest.mark.parametrize("period", ["soon", "2026-Q9", "2026-11-31..2026-12-01"])
def test_a_period_that_is_none_is_refused_in_words(signed_in: SignIn, village: Village, period: str) -> None:
    answer = signed_in("dora").get(at(village, query=f"?period={period}"))
    assert (answer.status_code, f"“{period}” is no period." in answer.content.decode()) == (422, True)


def test_a_project_speaks_german(signed_in: SignIn, village: Village) -> None:
    deals(village, "noor", *[1] * 3, day=date(2024, 4, 15))
    deals(village, "noor", 1, day=TODAY)
    aim(village, 40, period=THIS)
    speaking(village, "aylin")
    page = words(signed_in("aylin").get(at(village, query="?period=2024-04")))
    assert "Zu wenige Gewinne" in page or "zu wenige" in page.lower()
    english = ("Targets", "Team by", "Outside", "Lapsing", "Promised", "went on", "too few", "answers for", "Open now",
               "Show all", "days", "Won", "Win rate", "Step", "Expected", "undated", "today")  # fmt: skip
    assert not [word for word in english if re.search(rf"\b{word}\b", page)]
