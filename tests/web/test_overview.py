"""The overview as a page: who gets it, what it says where nothing or too little is there, and whither its numbers lead."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from urllib.parse import quote

import pytest
from django.test import Client

from bailiwick.network.models import Membership
from bailiwick.pipeline.models import Opportunity
from bailiwick.tenancy.models import Network
from tests.performance.dealt import END, aim, deals, open_deals
from tests.village import NOW, TODAY, Village
from tests.web.test_numbers import body, counted, inside

SignIn = Callable[[str], Client]
APRIL = "/overview?period=2024-04"


def bare(page: str) -> str:
    """What is read: no marks, one blank between words."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


def words(answer: object) -> str:
    """The page as it is read."""
    return bare(body(answer))


def cell(text: str) -> str:
    """A cell without its quiet line and without what is not read aloud."""
    return bare(re.sub(r"<small>.*?</small>|<(\w+)[^>]* aria-hidden=\"true\"[^>]*>.*?</\1>", "", text, flags=re.DOTALL))


def lines(page: str) -> list[dict[str, str]]:
    """The rows of every list of a page, by the labels of their columns."""
    found = [re.findall(r"<td role=\"cell\"[^>]*? data-label=\"([^\"]*)\"[^>]*>(.*?)</td>", row, re.DOTALL) for row in rows(page)]
    return [{unescape(label): cell(text) for label, text in row} for row in found if row]


def rows(page: str) -> list[str]:
    """Each row of every list, as it is written."""
    return re.findall(r"<tr role=\"row\">(.*?)</tr>", page, re.DOTALL)


def nothing_lapsed(village: Village) -> None:
    """Of the open deals of the village three in Cobalt lapsed yesterday, which needs a look: not so any more."""
    Opportunity.objects.in_network(village.by).filter(outcome="open").update(expected=None)


def speaking(village: Village, name: str, language: str = "de") -> None:
    """This person reads another language from now on."""
    who = village.people[name]
    type(who).objects.in_network(village.by).filter(pk=who.pk).update(language=language)


@pytest.mark.parametrize(
    ("name", "status"),
    [
        *((name, 200) for name in ("dora", "aylin", "jonas", "paula", "astrid")),
        *((name, 403) for name in ("noor", "ben", "sven", "piet", "arvid", "clara", "conny", "luis", "stefan", "ines")),
        ("rita", 302),
    ],
)
def test_the_overview_is_for_whoever_leads(signed_in: SignIn, name: str, status: int) -> None:
    answer = signed_in(name).get("/overview")
    assert answer.status_code == status
    if status == 403:
        said = {"ines": "You are in no unit yet."}.get(name, "This page is not for your role.")
        assert said in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("dora", ["Cobalt Payments", "Delta Fasteners"]),
        ("aylin", ["Cobalt Payments"]),
        ("jonas", ["Delta Fasteners"]),
        ("paula", ["Callwerk"]),
    ],
)
def test_everybody_who_leads_has_a_line_for_each_project_in_sight(signed_in: SignIn, name: str, seen: list[str]) -> None:
    page = body(signed_in(name).get(APRIL))
    assert sorted(line["Project"] for line in lines(page)) == seen
    assert not [unit for unit in {"Cobalt Payments", "Delta Fasteners", "Nordpart"} - {*seen} if unit in page]


def test_where_nothing_is_there_the_page_says_so_in_words(signed_in: SignIn, village: Village) -> None:
    nothing_lapsed(village)
    page = words(signed_in("dora").get("/overview?period=1999-Q1"))
    assert page.count("Nothing waits; no targets are set yet") == 1
    assert "2 of 2 need nothing from you. 100% of 1999-Q1 has passed." in page
    assert "Nothing was won in this period. Choose another period above." in page
    assert "no target yet" in page
    assert "nothing decided yet" in page


def test_whoever_is_off_course_is_the_heading_and_its_line_says_why(signed_in: SignIn, village: Village) -> None:
    """Five deals of four against a hundred: 20, and the luck of 1.645 x sqrt(80) = 14.7 leaves it far below."""
    nothing_lapsed(village)
    deals(village, "sven", *[4] * 5)
    aim(village, 100, unit="delta")
    page = body(signed_in("dora").get(APRIL))
    assert "<h1>Delta Fasteners is off course</h1>" in page
    worst = lines(page)[0]
    assert worst["Project"] == "Delta Fasteners"
    assert worst["Accountable"] == "Jonas Prinz"
    assert worst["State"].endswith("off course")
    assert worst["Reached of target (tick: time passed)"] == "20% of the target, 100% of the time"
    assert worst["What"] == "behind its target by more than luck"
    assert "1 of 2 needs nothing from you." in bare(page)


def test_several_off_course_are_counted_and_named(signed_in: SignIn, village: Village) -> None:
    nothing_lapsed(village)
    for who, unit in (("noor", "cobalt"), ("sven", "delta")):
        deals(village, who, *[4] * 5)
        aim(village, 100, unit=unit)
    page = body(signed_in("dora").get(APRIL))
    assert "<h1>2 are off course: Cobalt Payments, Delta Fasteners</h1>" in page
    assert "Every project needs a look." in page


def test_everything_on_course_is_said_and_drawn_with_the_target_of_the_whole(signed_in: SignIn, village: Village) -> None:
    """50 on the 15th, which the week until Sunday 21st tells; nothing after that until the last day."""
    nothing_lapsed(village)
    deals(village, "noor", *[10] * 5)
    aim(village, 50, unit="cobalt")
    aim(village, 40, unit="delta")
    deals(village, "sven", *[10] * 4)
    aim(village, 80, unit="firm")
    page = body(signed_in("dora").get(APRIL))
    assert "<h1>Everything is on course</h1>" in page
    assert "€90 won so far, target €80" in page
    assert re.findall(r"<th scope=\"row\">([^<]*)</th><td>([^<]*)</td>", page) == [("21 Apr 2024", "€90"), ("30 Apr 2024", "€90")]
    assert "Won, 2024-04 €90 n = 9" in bare(page)


def test_few_decided_deals_are_too_few_to_tell_and_many_have_an_interval(signed_in: SignIn, village: Village) -> None:
    """12 of 30: Wilson with 1.645: 0.4083 the middle, 0.1412 to each side. 3 of 4: 35.6% to 94.2%. 15 of 34: 31.1% to 58.0%."""
    for who, won, lost in (("noor", 12, 18), ("sven", 3, 1)):
        deals(village, who, *[1] * won, day=TODAY)
        deals(village, who, *[1] * lost, day=TODAY, outcome="lost")
    page = body(signed_in("dora").get("/overview"))
    rates = {line["Project"]: line["Win rate, one year (tick: all)"] for line in lines(page)}
    assert rates == {
        "Cobalt Payments": "40.0%, 26.7% to 54.9%, n = 30",
        "Delta Fasteners": "too few to tell (75.0%, 35.6% to 94.2%, n = 4)",
    }
    assert "Win rate of the year, of decided 44.1% 31.1% to 58.0% n = 34" in bare(page)


def test_every_number_leads_to_just_the_rows_that_it_is_made_of(signed_in: SignIn, village: Village) -> None:
    deals(village, "noor", *[10] * 7, day=TODAY)
    deals(village, "sven", *[10] * 6, day=TODAY, outcome="lost")
    deals(village, "sven", *[10] * 3, day=date(2024, 4, 15))
    client = signed_in("dora")
    page = body(client.get("/overview"))
    found = re.findall(r"n = (\d+)[^<]*<a href=\"/measures/(\w+)(?:\?([^\"]*))?\"", page)
    assert {(name, n) for n, name, _ in found} >= {("won_value", "7"), ("win_rate", "13"), ("days_to_decision", "13")}
    assert {name for _, name, _ in found} == {"won_value", "win_rate", "days_to_decision", "pipeline"}
    for n, name, query in found:
        assert len(inside(counted(client, f"{name}?{unescape(query)}"))) == int(n), name


def test_a_project_without_a_manager_says_that_nobody_answers(signed_in: SignIn, village: Village) -> None:
    nothing_lapsed(village)
    delta = village.units["delta"]
    Membership.objects.in_network(village.by).filter(unit=delta, role="manager", until=None).update(until=NOW)
    page = body(signed_in("dora").get(APRIL))
    assert "<h1>1 needs a look: Delta Fasteners</h1>" in page
    assert lines(page)[0]["Accountable"].endswith("nobody yet")
    assert lines(page)[0]["What"] == "nobody answers for it"


def test_figures_of_what_was_taken_in_stand_at_its_last_day(signed_in: SignIn, village: Village) -> None:
    """The 15th of April is day 15 of 91 of the quarter: 16%."""
    Network.objects.filter(pk=village.by.network).update(as_of=date(2024, 4, 15))
    open_deals(village, "noor", 5, expected=END, stale=True)
    page = words(signed_in("dora").get("/overview"))
    assert "The figures stand at 15 Apr 2024, the last day of what was taken in." in page
    assert "16% of 2024-Q2 has passed." in page
    assert "1 open deal was past its time when it was taken in." in page
    assert "1 stale on arrival" in page


WRONG = ("last year", "2026-Q5", "2026-13", "2026-W54", "0000", "9999-Q4", "2026-12-31..2026-01-01", "..", "'", "x" * 600, "%s")


@pytest.mark.parametrize("period", WRONG)
def test_a_period_that_is_none_is_refused_in_words(signed_in: SignIn, period: str) -> None:
    answer = signed_in("dora").get(f"/overview?period={quote(period)}")
    assert answer.status_code == 422
    page = unescape(answer.content.decode())
    assert f"“{period[:30]}” is no period." in page
    assert "Write 2026, 2026-Q4, 2026-11, 2026-W47 or 2026-10-01..2026-12-31." in page


def test_a_null_byte_is_refused_in_words(signed_in: SignIn) -> None:
    answer = signed_in("dora").get("/overview?period=2026%00")
    assert answer.status_code == 422
    assert "data-sentence" in answer.content.decode() or "cannot be kept" in answer.content.decode()


@pytest.mark.parametrize(
    "period", ["9999", "0001-01-01..9999-12-31", "0001-01-01..0001-01-01", "9999-12-31..9999-12-31", "2200-W01"]
)
def test_far_away_periods_are_shown(signed_in: SignIn, village: Village, period: str) -> None:
    deals(village, "noor", *[10] * 5)
    page = body(signed_in("dora").get(f"/overview?period={period}"))
    assert "<h1>" in page
    assert "NaN" not in page
    assert f"({period})</option>" in page


def test_the_overview_speaks_german(signed_in: SignIn, village: Village) -> None:
    deals(village, "sven", *[4] * 5)
    aim(village, 100, unit="delta")
    speaking(village, "dora")
    page = words(signed_in("dora").get(APRIL))
    assert "Delta Fasteners ist vom Kurs ab" in page
    assert "20 % des Ziels, 100 % der Zeit" in page
    assert "15. Apr. 2024" not in page
    assert "30. Apr. 2024" in page
    english = (
        "off course",
        "Project",
        "Nothing",
        "Win rate",
        "won so far",
        "Pipeline over",
        "rows",
        "too few",
        "needs",
        "As a table",
    )
    assert not [word for word in english if word in page]
    refused = signed_in("dora").get("/overview?period=x")
    assert (refused.status_code, "„x“ ist kein Zeitraum." in refused.content.decode()) == (422, True)
