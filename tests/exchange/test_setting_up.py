"""What an import could not know is said by the director, once, and stands."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bailiwick.desk.setup import Setup, setup
from bailiwick.exchange import evidence
from bailiwick.exchange.commands import setting_up
from bailiwick.exchange.commands.setting_up import Agreed, Question
from bailiwick.exchange.models import SetupAnswer
from bailiwick.kit import Actor, Invalid, NotAllowed, NotSeen, Refused, Role, Stale, day_of
from bailiwick.ledger.models import Entry
from bailiwick.network.commands import accept, open_access
from bailiwick.network.models import Access, Membership, Person, Unit
from bailiwick.network.queries import scope_of
from bailiwick.offer.models import Price, PriceList
from bailiwick.pipeline.models import Line, Opportunity
from bailiwick.tenancy.models import Network
from bailiwick.tenancy.within import set_network
from bailiwick.territories.models import Account, Holding, Tie
from tests.village import Village

from .small import DEALS, NOW, PEOPLE, a_network, account, changed, deal, person, rehearsal, taken

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
WON = [
    deal(f"w{n}", "Anna", "Acme", "won", lines=[("Hoist", Decimal(1), Decimal(1000 - 10 * n))], value=Decimal(1000 - 10 * n))
    for n in range(20)
]


@pytest.fixture
def by(village: Village) -> Actor:
    """A fresh network with the small export in it."""
    actor = a_network()
    taken(rehearsal(), actor)
    return actor


@pytest.fixture
def sold(village: Village) -> Actor:
    """Twenty won deals more, with discounts of 0 to 19 percent."""
    actor = a_network("sold")
    taken(rehearsal([*DEALS, *WON]), actor)
    return actor


def asked(by: Actor) -> Setup:
    return setup(by, LATER, LATER.date())


def kinds(by: Actor) -> list[str]:
    return list(Entry.objects.in_network(by).filter(recorded=LATER).order_by("seq").values_list("kind", flat=True))


def who(by: Actor, name: str) -> UUID:
    found: UUID = Person.objects.in_network(by).get(name=name).pk
    return found


def test_amounts_without_a_currency_get_one_at_once(by: Actor) -> None:
    found = asked(by).currency
    assert found
    assert (found.deals, found.lists, found.proposal) == (1, 1, None)
    assert setting_up.state_currency("USD", by=by, now=LATER) == 5
    assert set(Opportunity.objects.in_network(by).values_list("currency", flat=True)) == {"USD"}
    assert set(PriceList.objects.in_network(by).values_list("currency", flat=True)) == {"USD"}
    assert Network.objects.get(pk=by.network).currency == "USD"
    assert kinds(by) == ["exchange.currency_stated"]
    assert asked(by).currency is None


def test_a_currency_that_is_stated_stays(village: Village) -> None:
    actor = a_network("two")
    taken(rehearsal([*DEALS, deal("e1", "Anna", "Acme", "won", currency="EUR")]), actor)
    found = asked(actor).currency
    assert found
    assert found.proposal
    assert found.proposal.code == "EUR"
    setting_up.state_currency("USD", by=actor, now=LATER)
    assert Opportunity.objects.in_network(actor).get(source_id="e1").currency == "EUR"


@pytest.mark.parametrize("code", ["", "usd", "RMB", "XXX", "US"])
def test_what_is_no_currency_is_refused(by: Actor, code: str) -> None:
    with pytest.raises(Invalid):
        setting_up.state_currency(code, by=by, now=LATER)
    assert asked(by).currency


def test_a_currency_is_stated_once(by: Actor) -> None:
    setting_up.state_currency("USD", by=by, now=LATER)
    with pytest.raises(Refused, match="already"):
        setting_up.state_currency("EUR", by=by, now=LATER)
    assert Network.objects.get(pk=by.network).currency == "USD"


def test_the_next_export_goes_on_with_rows_that_got_a_currency(by: Actor) -> None:
    setting_up.state_currency("USD", by=by, now=LATER)
    report = taken(rehearsal([changed(DEALS[0], title="Winch"), *DEALS[1:]]), by, now=LATER).report
    assert report["changed"] == {"opportunities": 1}
    row = Opportunity.objects.in_network(by).get(source_id="d1")
    assert (row.title, row.currency) == ("Winch", "USD")


def test_units_are_asked_about_until_somebody_agrees(by: Actor) -> None:
    found = asked(by).units
    assert found
    stand = {place.unit.name: place for place in found.places}
    assert set(stand) == {"fresh", "North", "North A", "South", "South A"}
    # each office has one team, so the rows tell who answers for it
    assert found.proposed == {stand["North"].unit.pk: who(by, "Rita"), stand["South"].unit.pk: who(by, "Olaf")}
    assert "Not assigned" not in [one.name for one in found.able]
    agreed = {
        stand["North"].unit.pk: Agreed("Hamburg", 1, who(by, "Rita")),
        stand["North A"].unit.pk: Agreed("North A", 1),
    }
    setting_up.agree_on_units(agreed, by=by, now=LATER)
    assert kinds(by) == ["network.unit_renamed", "network.manager_appointed"]
    row = Unit.objects.in_network(by).get(name="Hamburg")
    assert row.version == 2
    assert Membership.objects.in_network(by).get(unit=row, role=Role.MANAGER, until=None).person_id == who(by, "Rita")
    assert asked(by).units is None
    setting_up.ask_again(Question.UNITS, by=by)
    assert asked(by).units


def test_the_record_never_tells_what_a_unit_was_called(by: Actor) -> None:
    row = Unit.objects.in_network(by).get(name="North")
    setting_up.agree_on_units({row.pk: Agreed("Hamburg", 1)}, by=by, now=LATER)
    entry = Entry.objects.in_network(by).get(kind="network.unit_renamed")
    assert (entry.subject, entry.facts) == (row.pk, {})


def test_of_a_unit_that_changed_meanwhile_nothing_is_overwritten(by: Actor) -> None:
    row = Unit.objects.in_network(by).get(name="North")
    setting_up.agree_on_units({row.pk: Agreed("Hamburg", 1)}, by=by, now=LATER)
    with pytest.raises(Stale):
        setting_up.agree_on_units({row.pk: Agreed("Kiel", 1)}, by=by, now=LATER)
    managed = Unit.objects.in_network(by).get(name="North A")
    with pytest.raises(Refused, match="manages"):
        setting_up.agree_on_units({managed.pk: Agreed("North A", 1, who(by, "Anna"))}, by=by, now=LATER)
    with pytest.raises(NotSeen):
        setting_up.agree_on_units({uuid4(): Agreed("Kiel", 1)}, by=by, now=LATER)


def test_a_tree_that_nobody_imported_is_not_asked_about(village: Village) -> None:
    found = asked(village.actor("dora"))
    assert (found.units, found.directing, found.currency, found.floors, found.contested) == (None, None, None, None, None)


def test_whoever_leads_most_people_is_proposed_as_director(by: Actor) -> None:
    found = asked(by).directing
    assert found
    assert [(found.people[head.person], head.led) for head in found.heads] == [("Rita", 2), ("Olaf", 1)]
    assert found.proposed == who(by, "Rita")
    assert "Not assigned" not in found.people.values()
    token = setting_up.choose_director(who(by, "Rita"), by=by, now=LATER)
    assert kinds(by) == ["network.membership_began"]
    access = accept(token=token, name="", email="rita@new.example", password="a long enough word", now=LATER)
    assert access.person == who(by, "Rita")
    assert Role.DIRECTOR in scope_of(by.network, who(by, "Rita"), LATER).roles
    assert asked(by).directing is None


def test_a_director_is_chosen_once_and_among_those_who_are_there(by: Actor, village: Village) -> None:
    setting_up.choose_director(who(by, "Rita"), by=by, now=LATER)
    with pytest.raises(Refused, match="already"):
        setting_up.choose_director(who(by, "Rita"), by=by, now=LATER)
    with pytest.raises(NotSeen):
        setting_up.choose_director(village.people["noor"].pk, by=by, now=LATER)


def test_who_has_a_login_needs_no_link(by: Actor) -> None:
    open_access(person=who(by, "Olaf"), email="olaf@new.example", password=None, by=by, now=LATER)
    assert setting_up.choose_director(who(by, "Olaf"), by=by, now=LATER) == ""
    assert Access.objects.filter(network=by.network).count() == 1


def test_floors_are_what_nine_of_ten_deals_kept(sold: Actor) -> None:
    found = asked(sold).floors
    assert found
    # the deal of the small export gave ten percent; the others nothing to nineteen
    assert (found.given.deals, found.given.at_list, found.given.nearly_all) == (21, 1, Decimal("0.170"))
    since = setting_up.issue_floors(found.seal, by=sold, now=LATER)
    last = day_of(LATER, "Europe/Berlin")
    assert since == last + timedelta(days=1)
    before, issued = PriceList.objects.in_network(sold).order_by("edition")
    assert (before.until, issued.since, issued.name) == (last, since, before.name)
    price = Price.objects.in_network(sold).get(price_list=issued)
    assert (price.list_price, price.floor, price.cost) == (Decimal(1000), Decimal(830), None)
    assert set(Line.objects.in_network(sold).values_list("price_version__price_list", flat=True)) == {before.pk}
    assert kinds(sold) == ["exchange.floors_issued"]
    assert asked(sold).floors is None
    with pytest.raises(Refused, match="already"):
        setting_up.issue_floors(found.seal, by=sold, now=LATER)


def test_floors_are_not_issued_for_another_proposal_than_was_looked_at(sold: Actor) -> None:
    for seal in ("", "0.169", "NaN", "sNaN", "0.17"):
        with pytest.raises(Refused, match="something else"):
            setting_up.issue_floors(seal, by=sold, now=LATER)
    assert PriceList.objects.in_network(sold).count() == 1


def test_a_handful_of_deals_proposes_no_floor(by: Actor) -> None:
    assert asked(by).floors is None


def test_contested_companies_go_to_whom_the_rows_propose(by: Actor) -> None:
    found = asked(by).contested
    assert found
    assert (found.companies, found.unsettled, list(found.gets)) == (1, 0, [("Bert", 1)])
    assert setting_up.settle_callers(found.seal, by=by, now=LATER) == 1
    acme = Account.objects.in_network(by).get(name="Acme")
    held = Holding.objects.in_network(by).get(account=acme, until=None)
    assert (held.person_id, held.contested, held.reason) == (who(by, "Bert"), False, "settled")
    assert Holding.objects.in_network(by).get(account=acme, contested=True).until == LATER
    assert Tie.objects.in_network(by).filter(account=acme, person_id=who(by, "Bert")).exists()
    assert kinds(by) == ["territories.holder_began"]
    # everybody keeps the own deals
    assert Opportunity.objects.in_network(by).get(source_id="d1").person_id == who(by, "Anna")
    assert asked(by).contested is None
    with pytest.raises(Refused, match="already"):
        setting_up.settle_callers(found.seal, by=by, now=LATER)


def test_a_proposal_that_changed_meanwhile_settles_nothing(by: Actor) -> None:
    found = evidence.contested(by)
    assert found
    Opportunity.objects.in_network(by).filter(source_id="d2").update(outcome="lost", decided=date(2017, 11, 1))
    with pytest.raises(Refused, match="something else"):
        setting_up.settle_callers(found.seal, by=by, now=LATER)
    assert Holding.objects.in_network(by).filter(contested=True, until=None).exists()


def test_companies_on_which_nobody_works_any_more_stay_contested(by: Actor) -> None:
    Person.objects.in_network(by).filter(name__in=("Anna", "Bert")).update(left=NOW)
    found = evidence.contested(by)
    assert found
    assert (found.companies, found.unsettled) == (1, 1)
    with pytest.raises(Refused):
        setting_up.settle_callers(found.seal, by=by, now=LATER)


def test_what_is_put_off_is_not_asked_until_it_is_asked_for(by: Actor) -> None:
    before = asked(by).open
    assert before == 4
    setting_up.put_off(Question.CONTESTED, by=by, now=LATER)
    setting_up.put_off(Question.CONTESTED, by=by, now=LATER)
    now = asked(by)
    assert (now.open, now.contested, dict(now.aside)) == (3, None, {Question.CONTESTED: "later"})
    setting_up.ask_again(Question.CONTESTED, by=by)
    assert asked(by).open == 4
    assert not SetupAnswer.objects.in_network(by).exists()


ACTS: list[Callable[[Actor], Any]] = [
    lambda by: setting_up.state_currency("USD", by=by, now=LATER),
    lambda by: setting_up.agree_on_units({}, by=by, now=LATER),
    lambda by: setting_up.choose_director(by.person, by=by, now=LATER),
    lambda by: setting_up.issue_floors("0.1", by=by, now=LATER),
    lambda by: setting_up.settle_callers("x", by=by, now=LATER),
    lambda by: setting_up.put_off(Question.UNITS, by=by, now=LATER),
    lambda by: setting_up.ask_again(Question.UNITS, by=by),
]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("name", ["aylin", "noor", "paula", "stefan", "clara"])
def test_nobody_but_the_director_answers(village: Village, name: str, act: Callable[[Actor], Any]) -> None:
    with pytest.raises(NotAllowed):
        act(village.actor(name))


def statements(by: Actor) -> int:
    set_network(by.network)
    with CaptureQueriesContext(connection) as said:
        asked(by)
    return len(said)


def test_the_page_asks_the_store_as_often_however_much_there_is(by: Actor) -> None:
    large = a_network("large")
    people = [*PEOPLE, *(person(f"P{n}", "Rita", "North") for n in range(20))]
    companies = [account(name) for name in ("Acme", "Borg", "Corp", *(f"C{n}" for n in range(10)))]
    many = [deal(f"m{n}", f"P{n % 20}", f"C{n % 10}") for n in range(100)]
    taken(rehearsal([*DEALS, *many], companies, people), large)
    found = evidence.contested(large)
    assert found
    assert found.companies == 11
    assert statements(large) == statements(by) < 30
