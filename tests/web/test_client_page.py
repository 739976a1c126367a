"""The client's page: how the own project moves, in counts and days, and what it says where nothing moves yet."""

import re
from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.test import Client

from bailiwick.network.models import Unit
from bailiwick.pipeline.commands import NewActivity, log_activities
from bailiwick.pipeline.models import Activity, Opportunity
from tests.performance.dealt import deals
from tests.village import NOW, PEOPLE, TODAY, Village
from tests.web.test_numbers import body
from tests.web.test_overview import speaking, words

SignIn = Callable[[str], Client]
MONDAY = TODAY - timedelta(days=TODAY.weekday())


def meet(village: Village, who: str, *days: int, kind: str = "meeting", hour: time | None = None) -> None:
    """Appointments of this person, held so many days ago, or planned for so many days ahead."""
    held = [NewActivity(kind=kind, day=TODAY - timedelta(days=ago)) for ago in days if ago >= 0]
    planned = [NewActivity(kind=kind, due=TODAY - timedelta(days=ago), due_time=hour) for ago in days if ago < 0]
    log_activities(held + planned, whose=village.side(who), by=village.actor(who), now=NOW)


def told(page: str) -> list[tuple[str, str]]:
    """The chart's figures as a table."""
    return re.findall(r"<th scope=\"row\">([^<]*)</th><td>([^<]*)</td>", page)


@pytest.mark.parametrize("name", [*PEOPLE])
def test_the_page_is_the_clients_and_nobody_elses(signed_in: SignIn, name: str) -> None:
    expected = {"clara": 200, "rita": 302}.get(name, 403)
    answer = signed_in(name).get("/client")
    assert answer.status_code == expected
    if expected == 403 and name != "ines":
        assert "This page is not for your role." in answer.content.decode()


def test_where_nothing_moves_the_page_says_so(signed_in: SignIn, village: Village) -> None:
    Activity.objects.in_network(village.by).delete()
    Opportunity.objects.in_network(village.by).update(outcome="lost", decided=TODAY)
    page = body(signed_in("clara").get("/client"))
    assert "<h1>No appointment was held this month yet</h1>" in page
    assert "Nothing is open." in page
    assert "Nothing is planned for the next two weeks yet." in page
    assert "Something was done last" not in page
    assert [n for _, n in told(page)] == ["0"] * 12
    assert "NaN" not in page
    assert not re.search(r"(?:width|height)=\"-", page)


def test_where_no_project_is_done_the_page_says_so(signed_in: SignIn, village: Village) -> None:
    Unit.objects.in_network(village.by).filter(pk=village.units["cobalt"].pk).update(archived=NOW)
    page = words(signed_in("clara").get("/client"))
    assert "No project is done for you at present" in page
    assert "Ask whoever gave you access." in page
    assert "Cobalt Payments" not in page


def test_appointments_are_counted_by_month_week_and_in_all(signed_in: SignIn, village: Village) -> None:
    """Two today, one of the partner on this week's Monday, one eleven weeks before and one that is too old for the chart.

    Calls are none, nor is what another project holds.
    """
    meet(village, "noor", 0, 0)
    meet(village, "piet", TODAY.weekday(), kind="visit")
    meet(village, "ben", TODAY.weekday() + 77, TODAY.weekday() + 78)
    meet(village, "sven", 0)
    meet(village, "noor", 0, kind="call")
    page = body(signed_in("clara").get("/client"))
    this_month = 2 + (MONDAY.month == TODAY.month)
    assert f"<h1>{this_month} appointments were held this month</h1>" in page
    assert f"Appointments held 5 {this_month} this month" in words(signed_in("clara").get("/client"))
    assert [n for _, n in told(page)] == ["1", *["0"] * 10, "3"]
    assert len(set(told(page))) == 12


def test_one_appointment_is_one(signed_in: SignIn, village: Village) -> None:
    meet(village, "noor", 0)
    assert "<h1>1 appointment was held this month</h1>" in body(signed_in("clara").get("/client"))


def test_deals_are_counted_and_never_valued_or_named(signed_in: SignIn, village: Village) -> None:
    """Of Cobalt and its partner: three of Noor's, one of Ben's and one of Piet's can still be won, one of each has lapsed; three are won."""
    deals(village, "noor", 777, 888, day=TODAY)
    deals(village, "piet", 999, day=TODAY)
    deals(village, "noor", 1, day=TODAY, outcome="lost")
    deals(village, "sven", 1, day=TODAY)
    page = words(signed_in("clara").get("/client"))
    assert "Deals won 3 since the project began" in page
    assert "In progress 5 open opportunities" in page
    assert "Open now, by step Prospect 5" in page
    for internal in ("€", "777", "lost", "Noor", "Piet", "Callwerk", "terminals", "Hafen Logistik", "Delta"):
        assert internal not in page


def test_the_next_two_weeks_hold_hours_where_they_are_known(signed_in: SignIn, village: Village) -> None:
    """Tomorrow at 9 and at 14:30; in two days one with and one without an hour; in fifteen days it is too far.

    The village's three sellers here call again today.
    """
    meet(village, "noor", -1, hour=time(14, 30))
    meet(village, "ben", -1, hour=time(9))
    meet(village, "ben", -2, hour=time(9))
    meet(village, "piet", -2, kind="visit")
    meet(village, "noor", -15)
    meet(village, "noor", -14, kind="mail")
    page = words(signed_in("clara").get("/client"))
    planned = page.partition("The next two weeks")[2]
    assert re.search(r"Appointments \w{3} \d+ \w+ 09:00, 14:30 \w{3} \d+ \w+ 2 Next steps", planned), planned[:300]
    assert re.search(r"Next steps (?:call|Call) 3 (?:mail|Mail) 1\b", planned), planned[:300]


def test_markup_in_the_name_of_a_project_or_a_step_is_text(signed_in: SignIn, village: Village) -> None:
    evil = "<script>alert(1)</script>"
    Unit.objects.in_network(village.by).filter(pk=village.units["cobalt"].pk).update(name=evil, goal=evil)
    step = Opportunity.objects.in_network(village.by).select_related("step")[0].step
    type(step).objects.in_network(village.by).filter(pk=step.pk).update(name=evil)
    page = body(signed_in("clara").get("/client"))
    assert evil not in page
    assert page.count("&lt;script&gt;") == 3


def test_two_projects_stand_on_one_page_with_charts_of_their_own(signed_in: SignIn, village: Village) -> None:
    delta = Unit.objects.in_network(village.by).filter(pk=village.units["delta"].pk)
    delta.update(client=village.organizations["cobalt client"])
    meet(village, "sven", 0)
    page = body(signed_in("clara").get("/client"))
    assert page.index("<h2>Cobalt Payments</h2>") < page.index("<h2>Delta Fasteners</h2>")
    ids = re.findall(r" id=\"([^\"]*)\"", page.partition("<dialog")[0])
    assert len(ids) == len(set(ids))


def test_whatever_stands_in_the_address_changes_nothing(signed_in: SignIn) -> None:
    client = signed_in("clara")
    assert words(client.get("/client?period=x&unit=%00&by=seller&at=x")) == words(client.get("/client"))
    assert client.post("/client").status_code == 405


def test_the_page_speaks_german(signed_in: SignIn, village: Village) -> None:
    meet(village, "noor", 0)
    speaking(village, "clara")
    page = words(signed_in("clara").get("/client"))
    assert "Gehaltene Termine" in page
    assert "In diesem Monat wurde" in page or "1 Termin" in page
    english = (
        "Appointments",
        "Deals won",
        "In progress",
        "Next steps",
        "As of",
        "As a table",
        "Open now",
        "Something",
        "Week from",
        "call",
    )
    assert not [word for word in english if re.search(rf"\b{word}\b", page)]
