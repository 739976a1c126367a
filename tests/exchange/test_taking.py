"""Invariant 12: an export is taken in: what stands afterwards, and what a second time does."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bailiwick.exchange.models import Refusal
from bailiwick.exchange.rules.mapping import Question
from bailiwick.kit import Actor, NotAllowed, Refused, Role, say
from bailiwick.ledger.models import Entry
from bailiwick.network.models import Access, Membership, Person, Unit
from bailiwick.offer.models import Price, SalesLine
from bailiwick.pipeline.commands import change_opportunity
from bailiwick.pipeline.models import Line, Opportunity, Stage
from bailiwick.tenancy.models import Network
from bailiwick.territories.models import Account, Holding, Tie
from tests.network.programs import a_program
from tests.village import Village

from .small import DEALS, NOW, PEOPLE, READING, a_network, account, changed, deal, person, rehearsal, taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(village: Village) -> Actor:
    return a_network()


def test_the_report_counts_every_row(by: Actor) -> None:
    report = taken(rehearsal(), by).report
    assert report["created"] == {"people": 6, "accounts": 3, "products": 1, "opportunities": 5}
    assert (report["rows"], report["accepted"], report["refused"], report["duplicates"]) == (15, 14, 1, 0)


def test_people_stand_in_teams_below_who_leads_them_and_have_no_login(by: Actor) -> None:
    taken(rehearsal(), by)
    units = {unit.name: unit for unit in Unit.objects.in_network(by).select_related("parent__parent")}
    team = units["North A"]
    assert team.parent is not None
    assert (team.kind, team.parent.name, team.parent.parent) == ("team", "North", units["fresh"])
    roles = {(row.person.name, row.role) for row in Membership.objects.in_network(by).filter(unit=team).select_related("person")}
    assert roles == {("Rita", "manager"), ("Anna", "seller"), ("Bert", "seller")}
    assert not Access.objects.filter(network=by.network).exists()


def test_the_names_of_units_tell_nobodys(by: Actor) -> None:
    taken(rehearsal(), by)
    names = " ".join(Unit.objects.in_network(by).values_list("name", flat=True))
    assert not [one for one in PEOPLE if one.values["name"] in names]


def test_people_who_lead_each_other_in_a_ring_are_taken_in_all_the_same(by: Actor) -> None:
    ring = (person("Rita", "Olaf"), person("Olaf", "Rita"), person("Cleo", "Olaf"), person("Anna", "Anna"), person("Bert"))
    taken(rehearsal(people=ring), by)
    assert Person.objects.in_network(by).filter(name__in=["Rita", "Olaf", "Cleo", "Anna", "Bert"]).count() == 5


def test_a_deal_stands_as_it_stood_there(by: Actor) -> None:
    taken(rehearsal(), by)
    won = Opportunity.objects.in_network(by).select_related("step", "person", "account").get(source_id="d1")
    assert (won.outcome, won.value, won.entered, won.decided) == ("won", Decimal(900), date(2017, 10, 1), date(2017, 12, 1))
    assert (won.step.name, won.person.name, won.account.name if won.account else "") == ("Engaging", "Anna", "Acme")
    stay = Stage.objects.in_network(by).get(opportunity=won)
    assert (stay.entered, stay.left, stay.open) == (date(2017, 10, 1), date(2017, 12, 1), False)


def test_a_line_keeps_the_price_in_force_and_an_unknown_price_stays_unknown(by: Actor) -> None:
    taken(rehearsal(), by)
    lines = {
        line.opportunity.source_id: line for line in Line.objects.in_network(by).select_related("opportunity", "price_version")
    }
    assert lines["d1"].price == 900
    assert lines["d1"].price_version == Price.objects.in_network(by).get()
    assert lines["d2"].price is None


def test_unknown_stays_unknown(by: Actor) -> None:
    taken(rehearsal(), by)
    row = Opportunity.objects.in_network(by).select_related("person").get(source_id="d5")
    assert (row.account, row.entered, row.value, row.currency, row.person.name) == (None, None, None, "", "Not assigned")


def test_who_alone_works_a_company_holds_it_and_several_contest_it(by: Actor) -> None:
    taken(rehearsal(), by)
    found = {row.account.name: row for row in Holding.objects.in_network(by).select_related("account")}
    assert found["Acme"].contested
    assert found["Acme"].person_id is None
    cleo = Person.objects.in_network(by).get(name="Cleo")
    assert {name: row.person_id for name, row in found.items() if not row.contested} == {"Borg": cleo.pk, "Corp": cleo.pk}


def test_whoever_worked_a_company_sees_its_card(by: Actor) -> None:
    taken(rehearsal(), by)
    ties = Tie.objects.in_network(by).filter(account__name="Acme").exclude(person_id=None).values_list("person_id", flat=True)
    names = set(Person.objects.in_network(by).filter(pk__in=ties).values_list("name", flat=True))
    assert names == {"Anna", "Bert"}


def test_an_open_deal_whose_stated_close_is_past_is_stale_on_arrival(by: Actor) -> None:
    taken(rehearsal(), by)
    stale = Opportunity.objects.in_network(by).filter(stale_on_arrival=True).values_list("source_id", flat=True)
    assert set(stale) == {"d4"}


def test_an_open_deal_older_than_every_win_is_stale_on_arrival_where_ten_wins_tell_their_age(by: Actor) -> None:
    wins = [
        deal(f"w{n}", "Anna", None, "won", entered=date(2017, 10, 1), decided=date(2017, 10, 2) + timedelta(n)) for n in range(10)
    ]
    open_ones = [deal("old", "Anna", None, entered=date(2017, 12, 20)), deal("older", "Anna", None, entered=date(2017, 12, 21))]
    taken(rehearsal(deals=[*wins, *open_ones]), by)  # the oldest win took 10 days, the figures' today is 31 December
    stale = Opportunity.objects.in_network(by).filter(stale_on_arrival=True).values_list("source_id", flat=True)
    assert set(stale) == {"old"}


def test_the_network_gets_the_day_of_the_newest_thing_that_happened(by: Actor) -> None:
    taken(rehearsal(), by)
    assert Network.objects.get(pk=by.network).as_of == date(2017, 12, 31)


def test_a_network_in_which_people_act_keeps_its_today(village: Village) -> None:
    change_opportunity(
        village.deals["Hafen Logistik GmbH terminals"].pk, values={"title": "Other"}, version=1, by=village.actor("noor"), now=NOW
    )
    taken(rehearsal(), village.by, replace(READING, steps=("Contact", "Proposal")))
    assert Network.objects.get(pk=village.by.network).as_of is None


def test_events_tell_when_it_was_and_name_the_door(by: Actor) -> None:
    taken(rehearsal(), by)
    won = Entry.objects.in_network(by).get(kind="pipeline.won")
    assert (won.day, won.happened.date(), won.door, won.recorded) == (date(2017, 12, 1), date(2017, 12, 1), "import", NOW)
    assert won.facts["discount"] == "0.1000"
    assert Entry.objects.in_network(by).filter(kind="exchange.import_taken").count() == 1


def test_refused_rows_are_kept_with_line_and_reason(by: Actor) -> None:
    taken(rehearsal(), by)
    row = Refusal.objects.in_network(by).get()
    assert (row.table, row.line, row.reason, row.cells) == ("deals.csv", 9, "There is no day here.", ["d9", "=cmd()"])


def test_a_second_time_changes_nothing(by: Actor) -> None:
    taken(rehearsal(), by)
    before = everything(by)
    again = taken(rehearsal(), by, now=NOW + timedelta(days=1)).report
    assert (again["created"], again["changed"]) == ({}, {})
    assert sum(again["unchanged"].values()) == 15
    assert everything(by) == before


def everything(by: Actor) -> list[tuple[object, ...]]:
    """Contents and versions of all rows, and the number of events about them."""
    found: list[tuple[object, ...]] = []
    for model in (Person, Unit, Membership, Account, Holding, SalesLine, Price, Opportunity, Line, Stage):
        columns = [field.attname for field in model._meta.local_concrete_fields]
        found += model.objects.in_network(by).order_by("pk").values_list(*columns)
    found.append((Entry.objects.in_network(by).exclude(kind="exchange.import_taken").count(),))
    return found


def test_what_the_source_says_otherwise_is_changed(by: Actor) -> None:
    taken(rehearsal(), by)
    deals = [DEALS[0], changed(DEALS[1], outcome="won", decided=date(2017, 12, 20), value=Decimal(800)), *DEALS[2:]]
    companies = (changed(account("Acme"), city="Kiel", website="acme.example"), account("Borg"), account("Corp"))
    report = taken(rehearsal(deals, companies), by, now=NOW + timedelta(days=1)).report
    assert report["changed"] == {"accounts": 1, "opportunities": 1}
    row = Opportunity.objects.in_network(by).get(source_id="d2")
    assert (row.outcome, row.value, row.version) == ("won", Decimal(800), 2)
    acme = Account.objects.in_network(by).get(source_id="Acme")
    assert (acme.city, acme.domain, [key.value for key in acme.keys.in_network(by)]) == ("Kiel", "acme.example", ["acme.example"])


def test_a_row_that_a_person_worked_on_is_not_overwritten_and_told(by: Actor) -> None:
    taken(rehearsal(), by)
    row = Opportunity.objects.in_network(by).get(source_id="d2")
    change_opportunity(row.pk, values={"title": "Crane"}, version=1, by=by, now=NOW)
    report = taken(rehearsal([DEALS[0], changed(DEALS[1], title="Winch"), *DEALS[2:]]), by).report
    row.refresh_from_db()
    assert row.title == "Crane"
    assert report["kept"] == [{"table": "deals.csv", "line": 2}]
    assert report["changed"] == {}


def test_the_same_company_in_another_source_is_met_not_made_again(by: Actor) -> None:
    taken(rehearsal(accounts=(account("Acme", website="https://www.acme.example/x"),)), by)
    other = replace(READING, source="other")
    report = taken(rehearsal((), (account("ACME, Inc.", website="acme.example"), account("acme")), ()), by, other).report
    assert report["created"] == {"accounts": 1}  # the second looks like the first too, and one row stands for one record
    assert Account.objects.in_network(by).count() == 2


def test_nothing_is_taken_in_while_a_question_is_open(by: Actor) -> None:
    asked = replace(READING, questions=(Question("stage|Pending", say("What is Pending?"), (("open", say("open")),)),))
    with pytest.raises(Refused, match="answered"):
        taken(rehearsal(), by, asked)
    assert not Opportunity.objects.in_network(by).exists()


def test_stages_join_the_process_that_is_in_force(village: Village) -> None:
    from bailiwick.exchange.commands.intake.steps import step_questions, steps_here

    there = steps_here(village.by)
    reading = replace(READING, steps=(there[1].upper(), "Haggling"))
    (question,) = step_questions(reading, village.by)
    assert sorted(choice for choice, _ in question.choices) == sorted(there)
    assert question.choices[0][0] == there[len(there) // 2]  # the second of two stages is half-way
    reading = replace(reading, same={"step": {"Haggling": there[-1]}})
    assert not step_questions(reading, village.by)
    taken(rehearsal(), village.by, reading)
    row = Opportunity.objects.in_network(village.by).select_related("step").get(source_id="d2")
    assert row.step.name == there[-1]


@pytest.mark.parametrize("name", ["aylin", "noor", "paula", "stefan"])
def test_only_the_director_takes_an_export_in(village: Village, name: str) -> None:
    actor = village.actor(name)
    assert Role.DIRECTOR not in actor.scope.roles
    with pytest.raises(NotAllowed):
        taken(rehearsal(), actor)


def test_a_service_account_is_nobody_whom_an_export_names(village: Village) -> None:
    program = a_program(village, "firm", name="Anna")
    taken(rehearsal(), village.by)
    annas = Person.objects.in_network(village.by).filter(name="Anna")
    assert sorted(annas.values_list("program", flat=True)) == [False, True]
    assert Opportunity.objects.in_network(village.by).filter(source_id="d1").exclude(person=program.pk).exists()
