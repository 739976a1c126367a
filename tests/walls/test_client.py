"""The client sees how the own project moves and nothing internal: two worlds that differ in internal things answer alike."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from bailiwick.network.models import Person
from bailiwick.pipeline.commands import NewActivity, NewOpportunity, log_activities, open_opportunities
from bailiwick.pipeline.models import Activity, Line, Opportunity, Promise
from bailiwick.territories.models import Account, Contact
from tests.village import NOW, TODAY, Village
from tests.walls.reading import body, washed

PAGES = (
    "/client",
    "/kept-about-me",
    "/messages",
    "/settings",
    "/overview",
    "/measures",
    "/measures/win_rate",
    "/targets",
    "/pipeline",
)


def answers(client: Client) -> list[tuple[int, str, str, str]]:
    return [washed(client.get(page)) for page in PAGES]


def internal_things(village: Village) -> None:
    """Everything changes that the client has no right to: amounts, names, words, reasons, and other projects."""
    by = village.by
    Opportunity.objects.in_network(by).update(
        value=Decimal(987_654), title="Geheim", stated_discount=Decimal("0.33"), origin="Messe geheim"
    )
    Activity.objects.in_network(by).update(text="Geheime Notiz")
    Promise.objects.in_network(by).update(text="Geheime Zusage")
    Line.objects.in_network(by).update(price=Decimal(1))
    Account.objects.in_network(by).update(name="Geheime Firma", city="Geheimstadt")
    Contact.objects.in_network(by).update(name="Geheimer Kontakt")
    sellers = [village.people[name].pk for name in ("noor", "ben", "sven", "piet", "paula", "arvid")]
    Person.objects.in_network(by).filter(pk__in=sellers).update(name="Geheimer Mensch")
    side = village.side("sven")
    deal = open_opportunities(
        [NewOpportunity(title="Delta geheim", value=Decimal(5))], whose=side, by=village.actor("sven"), now=NOW
    )[0]
    log_activities([NewActivity(kind="visit", opportunity=deal.pk, day=TODAY)], whose=side, by=village.actor("sven"), now=NOW)


def test_the_client_reads_the_same_whatever_is_internal(village: Village, signed_in: Callable[[str], Client]) -> None:
    clara = signed_in("clara")
    before = answers(clara)
    internal_things(village)
    assert answers(clara) == before
    assert not [page for answer, page in zip(answers(clara), PAGES, strict=True) if "eheim" in answer[3]]


def test_one_appointment_more_is_seen_so_that_the_comparison_could_fail(
    village: Village, signed_in: Callable[[str], Client]
) -> None:
    clara = signed_in("clara")
    before = answers(clara)
    log_activities([NewActivity(kind="meeting", day=TODAY)], whose=village.side("noor"), by=village.actor("noor"), now=NOW)
    after = answers(clara)
    assert after[0] != before[0]
    assert after[1:] == before[1:]


def test_what_a_partner_does_for_the_project_is_part_of_it(village: Village, signed_in: Callable[[str], Client]) -> None:
    log_activities([NewActivity(kind="visit", day=TODAY)], whose=village.side("piet"), by=village.actor("piet"), now=NOW)
    plan = NewActivity(kind="meeting", due=TODAY + timedelta(days=2))
    log_activities([plan], whose=village.side("noor"), by=village.actor("noor"), now=NOW)
    text = body(signed_in("clara").get("/client"))
    assert "1 appointment was held this month" in text
    assert "Cobalt Payments" in text
    assert "Aylin Sahin" not in text, "no agreement names anybody yet"
    assert "Delta" not in text


@pytest.mark.parametrize("name", ["dora", "aylin", "noor", "paula", "piet", "conny", "stefan"])
def test_nobody_else_comes_to_the_clients_page(signed_in: Callable[[str], Client], name: str) -> None:
    assert signed_in(name).get("/client").status_code == 403
