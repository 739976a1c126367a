"""An import is undone in a network that lived on: nothing of people's work is lost, and nothing that is gone leaves a trace."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from bailiwick.exchange.commands.undoing import undo
from bailiwick.exchange.models import Taken
from bailiwick.kit import Actor, Door, Refused, Role
from bailiwick.ledger import asking
from bailiwick.network.commands import add_members, erase_person, leave, open_access
from bailiwick.network.commands.people import NewMember
from bailiwick.network.models import Access, Membership, Person, Unit
from bailiwick.pipeline.commands import change_opportunity
from bailiwick.pipeline.commands.sides import columns
from bailiwick.pipeline.models import Activity, Opportunity, Promise
from bailiwick.tenancy.models import Network
from bailiwick.territories.commands import Whose, add_contacts, release
from bailiwick.territories.commands import hold as call_on
from bailiwick.territories.models import Account, Contact, Holding, Tie
from tests.village import Village

from .small import DEALS, NOW, READING, a_network, account, changed, deal, person, rehearsal, taken
from .test_attacks import HERE, activity, told

pytestmark = pytest.mark.django_db
LATER, LAST = NOW + timedelta(hours=1), NOW + timedelta(days=1)


@pytest.fixture
def by(village: Village) -> Actor:
    return a_network()


def one(by: Actor, name: str) -> Person:
    return Person.objects.in_network(by).get(name=name)


def goes(by: Actor, name: str, receiver: str) -> Person:
    row, to = one(by, name), one(by, receiver)
    shares = {held.id: to.pk for held in asking.holdings(row.pk, by) if held.kind != "unit"}
    leave(person=row.pk, shares=shares, by=by, now=LATER)
    return row


def dangling(by: Actor) -> list[UUID]:
    """People named by ties and holdings who are not there."""
    there = set(Person.objects.in_network(by).values_list("pk", flat=True))
    named = [*Tie.objects.in_network(by).values_list("person_id", flat=True)]
    named += Holding.objects.in_network(by).values_list("person_id", flat=True)
    return [row for row in named if row is not None and row not in there]


def unseated(by: Actor) -> list[str]:
    """People who are here and have no place."""
    return list(Person.objects.in_network(by).filter(left=None, memberships=None).values_list("name", flat=True))


def test_after_somebody_left_what_was_handed_over_is_kept(by: Actor) -> None:
    of = taken(rehearsal(), by)
    goes(by, "Cleo", "Anna")
    report = undo(of.pk, by=by, now=LAST)
    assert {row.source_id for row in Opportunity.objects.in_network(by)} >= {"d4"}
    assert {"Cleo", "Anna"} <= set(Person.objects.in_network(by).values_list("name", flat=True))
    assert (dangling(by), unseated(by)) == ([], [])
    assert {kept["kind"] for kept in report["kept_rows"]} >= {"opportunity", "person"}


def test_after_an_erasure_the_erased_stay_erased_and_are_listed(by: Actor) -> None:
    of = taken(rehearsal(), by)
    cleo = goes(by, "Cleo", "Anna")
    erase_person(person=cleo.pk, by=by, now=LATER)
    report = undo(of.pk, by=by, now=LAST)
    assert {"kind": "person", "row": str(cleo.pk)} in report["kept_rows"]
    assert Person.objects.in_network(by).get(pk=cleo.pk).name == ""
    assert dangling(by) == []


def test_what_an_erasure_emptied_is_not_put_back(by: Actor) -> None:
    taken(rehearsal(), by)
    second = taken(
        rehearsal(people=[changed(person("Cleo", "Olaf", "South"), phone="+49 1")]), by, now=NOW + timedelta(minutes=1)
    )
    cleo = goes(by, "Cleo", "Anna")
    erase_person(person=cleo.pk, by=by, now=LATER)
    undo(second.pk, by=by, now=LAST)
    assert Person.objects.in_network(by).get(pk=cleo.pk).name == ""


def test_a_company_that_somebody_claimed_stays_theirs(by: Actor) -> None:
    of = taken(rehearsal(), by)
    borg, anna = Account.objects.in_network(by).get(name="Borg"), one(by, "Anna")
    row = Holding.objects.in_network(by).get(account=borg)
    release(borg.pk, line=row.line_id, by=by, now=LATER)
    seat = Membership.objects.in_network(by).select_related("unit").get(person=anna)
    side = Whose(unit=seat.unit_id, person=anna.pk, organization=anna.organization_id)
    call_on([borg.pk], line=row.line_id, whose=side, by=Actor(by.scope, Door.PAGE, system=True), now=LATER, judged=True)
    undo(of.pk, by=by, now=LAST)
    assert Holding.objects.in_network(by).get(account=borg, until=None).person_id == anna.pk
    assert Membership.objects.in_network(by).filter(person=anna, unit=seat.unit_id).exists()
    assert (dangling(by), unseated(by)) == ([], [])


def test_contacts_tasks_and_promises_of_people_keep_what_they_are_about(village: Village) -> None:
    of = taken(rehearsal(), village.by, HERE)
    page = Actor(village.by.scope, Door.PAGE, system=True)
    acme = Account.objects.in_network(village.by).get(name="Acme")
    add_contacts(acme.pk, [{"name": "Petra"}], whose=village.side("noor"), by=page, now=LATER)
    deal_row = Opportunity.objects.in_network(village.by).get(source_id="d4")
    noor = columns(village.side("noor"))
    about = {"text": "by Friday", "due": date(2026, 12, 1), "opportunity": deal_row, "created": LATER}
    Promise.objects.in_network(village.by).create(network_id=village.by.network, **about, **noor)
    undo(of.pk, by=village.by, now=LAST)
    assert Contact.objects.in_network(village.by).get(name="Petra").account_id == acme.pk
    assert Promise.objects.in_network(village.by).get(text="by Friday").opportunity_id == deal_row.pk
    assert dangling(village.by) == []


def test_somebody_who_was_given_a_login_keeps_the_place(by: Actor) -> None:
    of = taken(rehearsal(), by)
    bert = one(by, "Bert")
    open_access(person=bert.pk, email="bert@x.example", password=None, by=by, now=LATER)
    undo(of.pk, by=by, now=LAST)
    assert Access.objects.get(network=by.network).person == bert.pk
    assert Membership.objects.in_network(by).filter(person=bert, until=None).count() == 1
    assert unseated(by) == []


def test_a_team_in_which_somebody_was_placed_since_stays(village: Village) -> None:
    of = taken(rehearsal(), village.by, HERE)
    team = Unit.objects.in_network(village.by).get(name="North A")
    noor = village.people["noor"].pk
    add_members([NewMember(person=noor, unit=team.pk, role=Role.SELLER)], by=village.by, now=LATER)
    undo(of.pk, by=village.by, now=LAST)
    assert Membership.objects.in_network(village.by).filter(person=noor, unit=team.pk).exists()
    assert Unit.objects.in_network(village.by).filter(name="North").exists()
    assert not Unit.objects.in_network(village.by).filter(name__startswith="South").exists()


def test_ties_and_callers_on_companies_that_were_here_before_go_with_the_import(village: Village) -> None:
    frei = village.accounts["Lindhall AB"]
    Holding.objects.in_network(village.by).filter(account=frei).delete()
    before = set(Tie.objects.in_network(village.by).values_list("pk", flat=True))
    companies, people = (account("Lindhall AB"), account("Stahlhof Süd")), (person("Zoe"), person("Ben Okafor"))
    deals = [deal("d1", "Zoe", "Lindhall AB"), deal("d2", "Ben Okafor", "Stahlhof Süd", "won")]
    of = taken(rehearsal(deals, companies, people), village.by, HERE)
    assert Holding.objects.in_network(village.by).filter(account=frei, until=None).count() == 1
    undo(of.pk, by=village.by, now=LATER)
    assert set(Tie.objects.in_network(village.by).values_list("pk", flat=True)) == before
    assert not Holding.objects.in_network(village.by).filter(account=frei).exists()
    assert dangling(village.by) == []
    assert not Person.objects.in_network(village.by).filter(name="Zoe").exists()


def test_the_newest_contact_with_a_company_is_again_that_of_its_people(village: Village) -> None:
    card = village.accounts["Brauhaus Mitte"]
    card.refresh_from_db(from_queryset=Account.objects.in_network(village.by))
    before = card.last_contact
    records = told(account=(account("Brauhaus Mitte"),), activity=(activity("c1", None, "Brauhaus Mitte", day=NOW.date()),))
    of = taken(records, village.by, HERE)
    undo(of.pk, by=village.by, now=LATER)
    card.refresh_from_db(from_queryset=Account.objects.in_network(village.by))
    assert card.last_contact == before
    assert not Activity.objects.in_network(village.by).filter(source="small").exists()


def test_a_second_source_that_met_rows_of_the_first_is_undone_first(by: Actor) -> None:
    first = taken(rehearsal(), by)
    second = taken(rehearsal([changed(DEALS[0], title="Other")]), by, replace(READING, source="other"), LATER)
    with pytest.raises(Refused, match="other"):
        undo(first.pk, by=by, now=LAST)
    undo(second.pk, by=by, now=LAST)
    undo(first.pk, by=by, now=LAST)
    assert not Opportunity.objects.in_network(by).exists()
    assert not Taken.objects.in_network(by).exists()


def test_later_is_what_was_taken_in_later_whenever_it_was_given(by: Actor) -> None:
    from bailiwick.exchange.commands.taking import begin, take_in

    waiting = begin(replace(READING, source="other"), by=by, now=NOW)
    first = taken(rehearsal(), by, now=LATER)
    take_in(waiting, rehearsal(), replace(READING, source="other"), by=by, now=LATER + timedelta(hours=1))
    with pytest.raises(Refused, match="other"):
        undo(first.pk, by=by, now=LAST)


def test_what_people_changed_after_a_second_import_stays_and_the_rest_reads_as_before(by: Actor) -> None:
    taken(rehearsal(), by)
    deals = [DEALS[0], *(changed(row, title=f"New {row.key}") for row in DEALS[1:])]
    second = taken(rehearsal(deals), by, now=LATER)
    row = Opportunity.objects.in_network(by).get(source_id="d2")
    change_opportunity(row.pk, values={"title": "Mine"}, version=2, by=by, now=LAST)
    undo(second.pk, by=by, now=LAST + timedelta(hours=1))
    titles = dict(Opportunity.objects.in_network(by).values_list("source_id", "title"))
    assert titles == {"d1": "Hoist", "d2": "Mine", "d3": "Hoist", "d4": "Hoist", "d5": "Hoist"}


def test_undone_on_a_page_one_after_the_other_nothing_is_left(by: Actor) -> None:
    """What undoing the second puts back is no work of a person on rows of the first."""
    page = Actor(by.scope, Door.PAGE)
    first = taken(rehearsal(), by)
    second = taken(rehearsal([changed(DEALS[0], value=Decimal(5)), *DEALS[1:]]), by, now=LATER)
    undo(second.pk, by=page, now=LATER + timedelta(minutes=1))
    report = undo(first.pk, by=page, now=LAST)
    assert report["kept_rows"] == []
    assert not Opportunity.objects.in_network(by).exists()


def test_an_address_that_was_given_to_somebody_else_meanwhile_stays_there(by: Actor) -> None:
    people = [changed(person("Anna"), email="a@x.example"), person("Bert")]
    taken(told(person=people), by)
    second = taken(told(person=[changed(people[0], email="b@x.example"), people[1]]), by, now=LATER)
    Person.objects.in_network(by).filter(name="Bert").update(email="A@x.example")
    undo(second.pk, by=by, now=LAST)
    assert dict(Person.objects.in_network(by).values_list("name", "email")) == {"Anna": "", "Bert": "A@x.example"}


def test_figures_open_on_today_again(by: Actor) -> None:
    first = taken(rehearsal(), by)
    later = replace(rehearsal([]), as_of=date(2018, 6, 30))
    second = taken(later, by, replace(READING, source="other"), LATER)
    undo(second.pk, by=by, now=LAST)
    assert Network.objects.get(pk=by.network).as_of == date(2017, 12, 31)
    undo(first.pk, by=by, now=LAST)
    assert Network.objects.get(pk=by.network).as_of is None
