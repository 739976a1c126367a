"""An import is undone as a whole; what people worked on stays and is listed."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from bailiwick.exchange.commands.undoing import undo
from bailiwick.exchange.models import Import, Taken
from bailiwick.kit import Actor, NotAllowed, NotSeen, Refused
from bailiwick.ledger.models import Entry
from bailiwick.network.models import Membership, Person, Unit
from bailiwick.offer.models import PriceList, Product, SalesLine
from bailiwick.pipeline.commands import NewActivity, log_activities
from bailiwick.pipeline.models import Line, Opportunity, Process, Stage
from bailiwick.territories.commands import Whose
from bailiwick.territories.models import Account, AccountKey, Holding, Tie
from tests.village import Village

from .small import DEALS, NOW, a_network, account, changed, rehearsal, taken

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def by(village: Village) -> Actor:
    return a_network()


def test_everything_that_an_import_made_is_gone_and_its_events_stay(by: Actor) -> None:
    of = taken(rehearsal(), by)
    events = Entry.objects.in_network(by).count()
    report = undo(of.pk, by=by, now=LATER)
    for model in (Opportunity, Stage, Line, Account, AccountKey, Holding, Tie, Product, PriceList, SalesLine, Process, Person):
        assert not model.objects.in_network(by).exists(), model
    assert not Membership.objects.in_network(by).exists()
    assert [unit.parent for unit in Unit.objects.in_network(by)] == [None]
    assert (report["removed"], report["kept_rows"]) == (15, [])
    assert Entry.objects.in_network(by).count() == events + 1


def test_what_was_there_before_stays(village: Village) -> None:
    before = {
        model: model.objects.in_network(village.by).count() for model in (Opportunity, Account, Person, Unit, Product, Stage)
    }
    of = taken(rehearsal(), village.by)
    undo(of.pk, by=village.by, now=LATER)
    assert {model: model.objects.in_network(village.by).count() for model in before} == before


def test_rows_that_people_worked_on_since_are_kept_with_what_they_need_and_listed(by: Actor) -> None:
    of = taken(rehearsal(), by)
    row = Opportunity.objects.in_network(by).get(source_id="d1")
    change_opportunity_of(row, by)
    report = undo(of.pk, by=by, now=LATER)
    assert set(Opportunity.objects.in_network(by).values_list("source_id", flat=True)) == {"d1"}
    assert set(Account.objects.in_network(by).values_list("name", flat=True)) == {"Acme"}
    assert set(Person.objects.in_network(by).values_list("name", flat=True)) >= {"Anna"}
    kept = {(one["kind"], one["row"]) for one in report["kept_rows"]}
    assert ("opportunity", str(row.pk)) in kept
    assert ("account", str(row.account_id)) in kept
    assert report["removed"] + len(kept) == 15


def change_opportunity_of(row: Opportunity, by: Actor) -> None:
    from bailiwick.pipeline.commands import reopen

    reopen(row.pk, by=by, now=LATER)


def test_a_call_on_a_company_keeps_its_card(by: Actor) -> None:
    of = taken(rehearsal(), by)
    borg = Account.objects.in_network(by).get(name="Borg")
    cleo = Person.objects.in_network(by).get(name="Cleo")
    seat = Membership.objects.in_network(by).select_related("unit").get(person=cleo)
    side = Whose(unit=seat.unit_id, person=cleo.pk, organization=cleo.organization_id)
    call = NewActivity(kind="call", text="called", account=borg.pk, day=date(2026, 11, 23))
    log_activities([call], by=by, now=LATER, whose=side, judged=True)
    undo(of.pk, by=by, now=LATER + timedelta(hours=1))
    assert list(Account.objects.in_network(by)) == [borg]
    assert list(Person.objects.in_network(by)) == [cleo]


def test_kept_rows_are_found_again_by_the_next_import(by: Actor) -> None:
    of = taken(rehearsal(), by)
    change_opportunity_of(Opportunity.objects.in_network(by).get(source_id="d1"), by)
    undo(of.pk, by=by, now=LATER)
    taken(rehearsal(), by, now=LATER + timedelta(hours=1))
    assert Opportunity.objects.in_network(by).count() == 5
    assert Account.objects.in_network(by).count() == 3


def test_what_an_import_changed_reads_as_before(by: Actor) -> None:
    taken(rehearsal(), by)
    deals = [DEALS[0], changed(DEALS[1], outcome="won", decided=date(2017, 12, 20), value=Decimal(800)), *DEALS[2:]]
    second = taken(rehearsal(deals, (changed(account("Acme"), city="Kiel"), account("Borg"), account("Corp"))), by, now=LATER)
    undo(second.pk, by=by, now=LATER + timedelta(hours=1))
    row = Opportunity.objects.in_network(by).get(source_id="d2")
    assert (row.outcome, row.value, row.decided) == ("open", None, None)
    assert Stage.objects.in_network(by).filter(opportunity=row, open=True).count() == 1
    assert Account.objects.in_network(by).get(name="Acme").city == ""
    third = taken(rehearsal(), by, now=LATER + timedelta(hours=2)).report
    assert (third["created"], third["changed"]) == ({}, {})


def test_a_later_import_is_undone_first(by: Actor) -> None:
    first = taken(rehearsal(), by)
    taken(rehearsal([changed(DEALS[0], title="Winch"), *DEALS[1:]]), by, now=LATER)
    with pytest.raises(Refused, match="later"):
        undo(first.pk, by=by, now=LATER)


def test_undoing_twice_an_unknown_one_or_as_somebody_else_is_refused(by: Actor, village: Village) -> None:
    of = taken(rehearsal(), by)
    with pytest.raises(NotAllowed):
        undo(of.pk, by=village.actor("aylin"), now=LATER)
    with pytest.raises(NotSeen):
        undo(uuid4(), by=by, now=LATER)
    undo(of.pk, by=by, now=LATER)
    with pytest.raises(Refused, match="taken in"):
        undo(of.pk, by=by, now=LATER)
    assert not Taken.objects.in_network(by).exists()
    assert Import.objects.in_network(by).get().state == "undone"


def test_a_deal_that_has_another_owner_in_the_source_goes_there_and_back_when_undone(by: Actor) -> None:
    taken(rehearsal(), by)
    second = taken(rehearsal([DEALS[0], changed(DEALS[1], owner="Cleo"), *DEALS[2:]]), by, now=LATER)
    row = Opportunity.objects.in_network(by).select_related("person", "unit").get(source_id="d2")
    cleo = Membership.objects.in_network(by).get(person__name="Cleo", role="seller")
    assert (row.person.name, row.unit_id) == ("Cleo", cleo.unit_id)
    assert Tie.objects.in_network(by).filter(account=row.account_id, person_id=row.person_id, unit_id=row.unit_id).exists()
    assert Entry.objects.in_network(by).filter(kind="pipeline.handed_over", subject=row.pk, person_id=row.person_id).count() == 1
    undo(second.pk, by=by, now=LATER + timedelta(hours=1))
    back = Opportunity.objects.in_network(by).select_related("person", "unit").get(source_id="d2")
    assert (back.person.name, back.unit.name) == ("Bert", "North A")
