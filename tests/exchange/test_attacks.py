"""What could break taking in: values at their limits, and a network that lived before and lives on."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bailiwick.exchange.models import Import
from bailiwick.exchange.rules.records import Record, Rehearsal
from bailiwick.exchange.rules.rehearsing.book import BLANK
from bailiwick.kit import Actor, Refused, Scope
from bailiwick.ledger import asking
from bailiwick.network.commands import erase_person, leave
from bailiwick.network.models import Membership, Person, Unit
from bailiwick.offer.models import Price, PriceList, Product
from bailiwick.pipeline.commands.processes import NewStep, issue_process
from bailiwick.pipeline.models import Activity, Lead, Line, Opportunity, Stage
from bailiwick.territories.commands import add_accounts, contest, hold
from bailiwick.territories.models import Account, AccountKey, Contact, Holding, Tie
from tests.examples import examples
from tests.village import Village

from .small import DEALS, NOW, PEOPLE, PRODUCT, READING, a_network, account, changed, deal, person, rehearsal, taken

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
BRIEF = settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
HERE = replace(READING, steps=("Prospect", "Proposal"))  # the village's own


@pytest.fixture
def by(village: Village) -> Actor:
    return a_network()


def mailed(name: str, email: str, manager: str | None = None) -> Record:
    return changed(person(name, manager), email=email)


def activity(key: str, owner: str | None, company: str | None, **more: Any) -> Record:
    values = {"kind": "call", "text": "", "owner": owner, "account": company, "contact": None, "opportunity": None}
    return Record("activity", key, "calls.csv", 2, values | {"day": date(2017, 11, 1), "due": None} | more)


def lead(key: str, owner: str | None, **more: Any) -> Record:
    values = BLANK["lead"] | {"name": key, "owner": owner}
    return Record("lead", key, "leads.csv", 2, values | more)


def contact(key: str, company: str | None, **more: Any) -> Record:
    values = {"name": key, "position": "", "email": "", "phone": "", "account": company}
    return Record("contact", key, "contacts.csv", 2, values | more)


def told(**records: Sequence[Record]) -> Rehearsal:
    """Only these records."""
    rows = sum(map(len, records.values()))
    return Rehearsal(rows, rows, 0, records, as_of=date(2017, 12, 31), since=date(2016, 10, 20))


def adds_up(of: Import, rehearsed: Rehearsal) -> None:
    """Every record is created, changed, unchanged, met, kept or left out; the person of what nobody owns comes besides."""
    report, kinds = of.report, ("created", "changed", "unchanged", "here_already", "left_out")
    records = sum(map(len, rehearsed.records.values()))
    counted = sum(sum(report[kind].values()) for kind in kinds) + len(report["kept"])
    assert counted - records in (0, 1), report
    assert report["accepted"] + report["refused"] + report["duplicates"] == report["rows"]


# --- values at their limits

words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=200).filter(lambda text: bool(text.strip()))
long_words = st.sampled_from(("x" * 200, "%s %(by)s %", '{"a"}', "\\", "𝒳" * 200, "'", '"; DROP TABLE', "NULL", "Ω" * 200))
titles = words | long_words
days = st.none() | st.dates(date(1900, 1, 1), date(2026, 11, 23))
amounts = st.none() | st.decimals(0, Decimal("9999999999999.99"), places=2) | st.just(Decimal("9999999999999.994"))
pieces = st.decimals(Decimal("0.001"), Decimal("9999999.999"), places=3)
prices = st.none() | st.decimals(0, Decimal("9999999999999"), places=4)
stays = st.lists(st.tuples(st.integers(1, 2), days), max_size=5)


@st.composite
def any_deal(draw: st.DrawFn) -> Record:
    outcome = draw(st.sampled_from(("open", "won", "lost", "withdrawn")))
    decided = draw(st.dates(date(1900, 1, 1), date(2026, 11, 23))) if outcome != "open" else None
    return replace(
        deal(draw(titles), draw(st.sampled_from(("Anna", "Bert", None))), draw(st.sampled_from(("Acme", "gone", None))), outcome),
        values=deal("", None, None).values
        | {
            "title": draw(titles), "owner": draw(st.sampled_from(("Anna", "Bert", "gone", None))), "outcome": outcome,
            "account": draw(st.sampled_from(("Acme", "gone", None))), "decided": decided, "entered": draw(days),
            "expected": draw(days), "value": draw(amounts), "currency": draw(st.sampled_from(("", "EUR", "XXX"))),
            "stated_discount": draw(st.none() | st.decimals(-10, 1, places=6)), "reason": draw(titles), "origin": draw(titles)[:120],
            "step": draw(st.integers(1, 2)), "stays": draw(stays),
            "lines": draw(st.lists(st.tuples(st.sampled_from(("Hoist", "gone")), pieces, prices), max_size=4)),
        },
    )  # fmt: skip


@BRIEF
@given(deals=st.lists(any_deal(), max_size=6, unique_by=lambda one: one.key))
def test_what_a_rehearsal_may_tell_is_stored_as_told(village: Village, deals: list[Record]) -> None:
    with transaction.atomic():
        by, rehearsed = a_network(), rehearsal(deals)
        of = taken(rehearsed, by)
        rows = {row.source_id: row for row in Opportunity.objects.in_network(by).select_related("account")}
        assert set(rows) == {one.key for one in deals}
        for one in deals:
            same_deal(rows[one.key], one.values)
        adds_up(of, rehearsed)
        again = taken(rehearsed, by, now=LATER)
        assert (again.report["created"], again.report["changed"]) == ({}, {})
        transaction.set_rollback(True)


def same_deal(row: Opportunity, values: Any) -> None:
    for name in ("title", "entered", "expected", "outcome", "decided", "reason", "origin", "currency"):
        assert getattr(row, name) == values[name], name
    assert (row.account.name if row.account else None) == (values["account"] if values["account"] == "Acme" else None)
    assert row.value == (None if values["value"] is None else round_to(values["value"], "0.01"))
    assert row.stated_discount == (None if values["stated_discount"] is None else round_to(values["stated_discount"], "0.0001"))
    lines = Line.objects.in_network(Scope(row.network_id, row.pk)).filter(opportunity=row)
    told_lines = [
        (n, price if price is None else round_to(price, "0.0001")) for name, n, price in values["lines"] if name == "Hoist"
    ]
    assert list(lines.order_by("pk").values_list("quantity", "price")) == told_lines
    stages = Stage.objects.in_network(Scope(row.network_id, row.pk)).filter(opportunity=row)
    passed = list(stages.order_by("pk").values_list("step__place", "entered"))
    if values["stays"]:
        assert passed[: len(values["stays"])] == values["stays"]


def round_to(value: Decimal, places: str) -> Decimal:
    return value.quantize(Decimal(places), "ROUND_HALF_UP")


@BRIEF
@given(st.lists(st.tuples(titles, titles, titles), min_size=1, max_size=5, unique_by=lambda one: one[0]))
def test_people_companies_contacts_leads_and_calls_of_any_words(village: Village, cells: list[tuple[str, str, str]]) -> None:
    with transaction.atomic():
        by = a_network()
        people = [changed(replace(person(name), key=key), office=office[:200]) for key, name, office in cells]
        cards = [
            changed(replace(account(name), key=key), country=city[:60], website=name, owner=key) for key, name, city in cells
        ]
        names = [replace(contact(name, cells[0][0]), key=key) for key, name, _ in cells]
        leads = [lead(key, key, name=name, company=company) for key, name, company in cells]
        calls = [activity(key, key, key, text=text * 20, contact=key) for key, text, _ in cells]
        rehearsed = told(person=people, account=cards, contact=names, lead=leads, activity=calls)
        adds_up(taken(rehearsed, by), rehearsed)
        assert [row.name for row in Account.objects.in_network(by).order_by("pk")] == [name for _, name, _ in cells]
        assert {row.source_id: row.text for row in Activity.objects.in_network(by)} == {key: text * 20 for key, text, _ in cells}
        assert Lead.objects.in_network(by).count() == Contact.objects.in_network(by).count() == len(cells)
        transaction.set_rollback(True)


def test_thousands_of_lines_in_one_order(by: Actor) -> None:
    lines = [("Hoist", Decimal(1), Decimal("0.0001"))] * 6000
    taken(rehearsal([deal("long", "Anna", "Acme", "won", lines=lines)]), by)
    assert Line.objects.in_network(by).count() == 6000


def test_steps_in_any_order_and_more_of_them_than_days(by: Actor) -> None:
    passed = [(2, date(2017, 5, 1)), (1, date(2017, 3, 1)), (2, None), (1, date(2016, 1, 1))]
    taken(rehearsal([deal("odd", "Anna", "Acme", "won", stays=passed, decided=date(2015, 1, 1))]), by)
    assert Stage.objects.in_network(by).count() == 5
    assert not Stage.objects.in_network(by).filter(open=True).exists()


# --- a network that lived before


def test_somebody_with_the_same_address_is_met_whatever_its_capitals(village: Village) -> None:
    source = (mailed("N. Haddad", "NOOR@Village.Example"),)
    of = taken(rehearsal([deal("d1", "N. Haddad", "Acme")], people=source), village.by, HERE)
    row = Opportunity.objects.in_network(village.by).get(source_id="d1")
    assert (row.person_id, row.unit_id) == (village.people["noor"].pk, village.units["cobalt"].pk)
    assert of.report["here_already"] == {"people": 1}
    assert of.report["unchanged"] == {}


def test_deals_of_somebody_who_left_stay_theirs_when_decided_and_open_ones_are_nobodys(village: Village) -> None:
    source = (mailed("Rita Weiss", "rita@village.example"),)
    records = told(
        person=source,
        account=(account("Acme", owner="Rita Weiss"),),
        opportunity=(changed(deal("won", "Rita Weiss", "Acme", "won"), lines=[]), changed(deal("open", "Rita Weiss", "Acme"), lines=[])),
        lead=(lead("l1", "Rita Weiss"),),
        activity=(activity("done", "Rita Weiss", "Acme"), activity("plan", "Rita Weiss", "Acme", day=None, due=date(2027, 1, 1))),
    )  # fmt: skip
    adds_up(taken(records, village.by, HERE), records)
    owners = dict(Opportunity.objects.in_network(village.by).exclude(source="").values_list("source_id", "person__name"))
    assert owners == {"won": "Rita Weiss", "open": "Not assigned"}
    calls = dict(Activity.objects.in_network(village.by).exclude(source="").values_list("source_id", "person__name"))
    assert calls == {"done": "Rita Weiss", "plan": "Not assigned"}
    assert Lead.objects.in_network(village.by).get().person.name == "Not assigned"
    assert not Holding.objects.in_network(village.by).filter(person_id=village.people["rita"].pk).exists()


def test_somebody_without_a_role_is_met_and_breaks_nothing(village: Village) -> None:
    source = (person("Ines Roth"),)
    taken(rehearsal([deal("d1", "Ines Roth", "Acme"), deal("d2", "Ines Roth", "Acme", "won")], people=source), village.by, HERE)
    owners = dict(Opportunity.objects.in_network(village.by).exclude(source="").values_list("source_id", "person__name"))
    assert owners == {"d1": "Not assigned", "d2": "Ines Roth"}


def test_whoever_left_after_the_first_import_breaks_no_second_one(by: Actor) -> None:
    taken(rehearsal(), by)
    gone(by, "Cleo", "Anna")
    more = [*DEALS, deal("d6", "Cleo", "Borg"), deal("d7", "Cleo", "Borg", "won")]
    taken(rehearsal(more), by, now=LATER)
    owners = dict(Opportunity.objects.in_network(by).values_list("source_id", "person__name"))
    assert (owners["d6"], owners["d7"]) == ("Not assigned", "Cleo")


def test_the_person_of_what_nobody_owns_may_be_sent_away_and_comes_again(by: Actor) -> None:
    taken(rehearsal(), by)
    gone(by, "Not assigned", "Anna")
    taken(rehearsal([*DEALS, deal("d6", None, "Borg")]), by, now=LATER)
    row = Opportunity.objects.in_network(by).select_related("person").get(source_id="d6")
    assert (row.person.name, row.person.left) == ("Not assigned", None)
    third = taken(rehearsal([*DEALS, deal("d6", None, "Borg")]), by, now=LATER + timedelta(days=1))
    assert third.report["created"] == {}


def gone(by: Actor, name: str, receiver: str) -> Person:
    """This person leaves; everything goes to the other."""
    row, to = (Person.objects.in_network(by).get(name=one, left=None) for one in (name, receiver))
    shares = {held.id: to.pk for held in asking.holdings(row.pk, by) if held.kind != "unit"}
    leave(person=row.pk, shares=shares, by=by, now=NOW + timedelta(hours=1))
    return row


def test_an_erased_person_is_met_by_the_key_and_stays_erased(by: Actor) -> None:
    taken(rehearsal(), by)
    cleo = gone(by, "Cleo", "Anna")
    erase_person(person=cleo.pk, by=by, now=NOW + timedelta(hours=2))
    people = [changed(one, phone="+49 40 1234567") if one.key == "Cleo" else one for one in PEOPLE]
    report = taken(
        rehearsal([*DEALS, deal("d6", "Cleo", "Borg"), deal("d7", "Cleo", "Borg", "won")], people=people), by, now=LATER
    ).report
    cleo.refresh_from_db(from_queryset=Person.objects.in_network(by))
    assert (cleo.name, cleo.phone) == ("", "")
    assert not Person.objects.in_network(by).filter(name="Cleo").exists()
    assert len(report["kept"]) == 1
    assert Opportunity.objects.in_network(by).get(source_id="d7").person_id == cleo.pk


def test_addresses_that_others_have_already_stay_theirs(village: Village) -> None:
    """Two records look like Noor; and a stranger of the source has the address of somebody who was met by name."""
    source = (
        person("Noor Haddad"), mailed("Noor H.", "noor@village.example"),
        person("Ben Okafor"), mailed("Zoe Zander", "Ben@village.example"),
    )  # fmt: skip
    report = taken(told(person=source), village.by, HERE).report
    emails = Person.objects.in_network(village.by).exclude(email="").values_list("email", flat=True)
    assert len({email.lower() for email in emails}) == len(emails)
    assert report["created"] == {"people": 2}


def test_addresses_that_are_swapped_in_the_source_are_swapped_here(by: Actor) -> None:
    first = (mailed("Anna", "a@x.example"), mailed("Bert", "b@x.example"), mailed("Cleo", "c@x.example"))
    taken(told(person=first), by)
    Person.objects.in_network(by).filter(name="Cleo").update(email="d@x.example")
    second = (mailed("Anna", "b@x.example"), mailed("Bert", "a@x.example"), mailed("Cleo", "d@x.example"))
    taken(told(person=second), by, now=LATER)
    assert dict(Person.objects.in_network(by).values_list("name", "email")) == {
        "Anna": "b@x.example", "Bert": "a@x.example", "Cleo": "d@x.example",
    }  # fmt: skip


def test_a_partners_people_and_companies_are_not_met(village: Village) -> None:
    there = Account.objects.in_network(village.by).get(name="Papierfabrik Pirna")
    Account.objects.in_network(village.by).filter(pk=there.pk).update(website="pirna.example")
    AccountKey.objects.in_network(village.by).create(network=there.network, account=there, kind="domain", value="pirna.example")
    ties = set(Tie.objects.in_network(village.by).filter(account=there).values_list("pk", flat=True))
    source = (
        mailed("Piet Vos", "piet@village.example"),
        mailed("Noor Haddad", "noor@village.example"),
        person("Zoe", "Piet Vos"),
    )
    companies = (account("Papierfabrik Pirna", website="pirna.example"),)
    deals = [deal("d1", "Piet Vos", "Papierfabrik Pirna", "won"), deal("d2", "Noor Haddad", "Papierfabrik Pirna")]
    taken(rehearsal(deals, companies, source), village.by, HERE)
    assert set(Tie.objects.in_network(village.by).filter(account=there).values_list("pk", flat=True)) == ties
    firm, partner = village.organizations["firm"], village.organizations["callwerk"]
    rows = Opportunity.objects.in_network(village.by).exclude(source="")
    assert set(rows.values_list("organization", flat=True)) == {firm}
    assert not Membership.objects.in_network(village.by).filter(unit__organization=partner, person__organization=firm).exists()
    twin = Account.objects.in_network(village.by).get(website="pirna.example", source="small")
    assert not Holding.objects.in_network(village.by).filter(account=twin).exists()  # the partner calls on that company


def test_the_firms_own_companies_are_met_and_their_callers_stay(village: Village) -> None:
    there = village.accounts["Hafen Logistik GmbH"]
    contested = add_accounts([{"name": "Streit AG"}], whose=village.side("ben"), by=village.by, now=NOW)[0]
    assert village.line is not None
    contest([contested.pk], line=village.line.pk, by=village.by, now=NOW)
    companies = (account("Hafen Logistik GmbH"), account("Streit AG"), account("Neu AG"))
    deals = [deal(one, "Ben Okafor", one) for one in ("Hafen Logistik GmbH", "Streit AG", "Neu AG")]
    report = taken(rehearsal(deals, companies, (person("Ben Okafor"),)), village.by, HERE).report
    assert report["here_already"]["accounts"] == 2
    held = Holding.objects.in_network(village.by).filter(until=None, line=village.line.pk)
    assert held.get(account=there).person_id == village.people["noor"].pk
    assert held.get(account=contested).contested
    assert held.get(account__name="Neu AG").person_id == village.people["ben"].pk


def test_a_holding_that_ended_while_the_import_was_under_way_breaks_nothing(village: Village) -> None:
    card = add_accounts([{"name": "Frei AG"}], whose=village.side("ben"), by=village.by, now=NOW)[0]
    assert village.line is not None
    [row] = hold([card.pk], line=village.line.pk, whose=village.side("ben"), by=village.by, now=NOW - timedelta(days=1))
    Holding.objects.in_network(village.by).filter(pk=row.pk).update(until=NOW + timedelta(seconds=5))
    taken(rehearsal([deal("d1", "Noor Haddad", "Frei AG")], (account("Frei AG"),), (person("Noor Haddad"),)), village.by, HERE)
    assert Holding.objects.in_network(village.by).filter(account=card).count() == 1


def test_new_products_of_a_second_export_get_their_prices_and_the_old_ones_keep_theirs(by: Actor) -> None:
    taken(rehearsal(), by)
    winch = changed(replace(PRODUCT, key="Winch"), name="Winch", list_price=Decimal(50))
    told_again = rehearsal()
    records = {**told_again.records, "product": (PRODUCT, winch)}
    taken(replace(told_again, records=records), by, now=LATER)
    assert set(Price.objects.in_network(by).filter(price_list__until=None).values_list("product__name", flat=True)) == {
        "Hoist",
        "Winch",
    }


def test_a_price_list_that_is_called_like_the_source_stays_in_force(village: Village) -> None:
    taken(rehearsal(), village.by, replace(HERE, source="List"))
    assert PriceList.objects.in_network(village.by).get(name="List").until is None
    assert Product.objects.in_network(village.by).filter(name="Hoist").count() == 1


def test_a_unit_that_is_archived_takes_nobody_in(village: Village) -> None:
    Unit.objects.in_network(village.by).filter(pk=village.units["delta"].pk).update(archived=NOW)
    source = (person("Jonas Prinz"), person("Zoe", "Jonas Prinz"))
    taken(told(person=source), village.by, HERE)
    zoe = Membership.objects.in_network(village.by).get(person__name="Zoe")
    assert zoe.unit_id == village.units["firm"].pk


def test_two_sources_with_the_same_keys_are_two_sources(by: Actor) -> None:
    taken(rehearsal(), by)
    other = (account("Acme", website="else.example"),)
    Account.objects.in_network(by).filter(name="Acme").update(website="acme.example")
    report = taken(rehearsal([changed(DEALS[0], title="Other")], other), by, replace(READING, source="other")).report
    assert report["created"] == {"opportunities": 1, "accounts": 1}
    assert Opportunity.objects.in_network(by).filter(source_id="d1").count() == 2


@pytest.mark.parametrize("source", ["a/b", "..", "%s", "Ünïcøde — 'x' \"y\"", "x" * 60, "=cmd()", "\\"])
def test_a_source_may_be_called_anything(by: Actor, source: str) -> None:
    reading = replace(READING, source=source)
    taken(rehearsal(), by, reading)
    assert taken(rehearsal(), by, reading, LATER).report["created"] == {}


def test_a_mapping_with_what_no_store_keeps_is_no_accident(by: Actor) -> None:
    reading = replace(READING, source="a\0\ud800b", outcomes={"a\0": "won", "b\ud800": "lost"})
    assert taken(rehearsal(), by, reading).state == Import.State.TAKEN


def test_a_currency_that_is_none_is_refused(by: Actor) -> None:
    with pytest.raises(Refused, match="currency"):
        taken(rehearsal(), by, replace(READING, currency="BITCOIN"))


def test_a_process_that_was_replaced_keeps_its_deals_and_undoing_finds_their_step(by: Actor) -> None:
    from bailiwick.exchange.commands.undoing import undo

    taken(rehearsal(), by)
    issue_process("New way", [NewStep(name="Only")], since=date(2026, 11, 24), by=by)
    deals = [DEALS[0], changed(DEALS[1], title="Winch"), *DEALS[2:]]
    same = {"step": {"Prospecting": "Only", "Engaging": "Only"}}
    second = taken(rehearsal(deals), by, replace(READING, same=same), LATER)
    row = Opportunity.objects.in_network(by).select_related("step").get(source_id="d2")
    assert (row.title, row.step.name, row.step.process_id) == ("Winch", "Engaging", row.process_id)
    undo(second.pk, by=by, now=LATER + timedelta(hours=1))
    row = Opportunity.objects.in_network(by).select_related("step").get(source_id="d2")
    assert (row.title, row.step.name, row.step.process_id) == ("Hoist", "Engaging", row.process_id)


def test_a_step_that_was_chosen_and_is_gone_is_asked_about_again(village: Village) -> None:
    from bailiwick.exchange.commands.intake.steps import step_questions

    reading = replace(READING, steps=("Engaging",), same={"step": {"Engaging": "Long gone"}})
    assert [one.key for one in step_questions(reading, village.by)] == ["step|Engaging"]


# --- what the report says


def test_contacts_of_no_company_are_told(by: Actor) -> None:
    records = told(account=(account("Acme"),), contact=(contact("Zoe", "Acme"), contact("Yan", None)))
    of = taken(records, by)
    assert of.report["left_out"] == {"contacts": 1}
    adds_up(of, records)


def test_an_activity_that_was_planned_and_is_done_by_now_is_done(by: Actor) -> None:
    plan = activity("c1", "Anna", "Acme", day=None, due=date(2017, 11, 1))
    base = {"person": PEOPLE, "account": (account("Acme"),)}
    taken(told(**base, activity=(plan,)), by)
    report = taken(told(**base, activity=(changed(plan, day=date(2017, 11, 2), due=None),)), by, now=LATER).report
    row = Activity.objects.in_network(by).select_related("account").get()
    assert report["changed"] == {"activities": 1}
    assert (row.day, row.done is None, row.due, row.account and row.account.last_contact) == (
        date(2017, 11, 2), False, None, date(2017, 11, 2),
    )  # fmt: skip


def test_an_amount_that_is_only_written_otherwise_is_no_change(by: Actor) -> None:
    taken(rehearsal(), by)
    again = taken(rehearsal([changed(DEALS[0], value=Decimal("900.00")), *DEALS[1:]]), by, now=LATER).report
    assert again["changed"] == {}


def test_an_activity_of_tomorrow_here_is_planned_where_it_is_still_today(by: Actor) -> None:
    Unit.objects.in_network(by).filter(parent=None).update(zone="Pacific/Honolulu")
    early = NOW.replace(hour=1)  # still the day before on Hawaii
    call = activity("c1", None, "Acme", day=early.date())
    taken(told(account=(account("Acme"),), activity=(call,)), by, now=early)
    row = Activity.objects.in_network(by).get()
    assert (row.day, row.due) == (None, early.date())
