"""What comes by the thousand: contested companies and contacts, with a few statements however many there are."""

from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bailiwick.kit import NotAllowed, NotSeen, Refused
from bailiwick.ledger.models import Entry
from bailiwick.territories.commands import add_accounts, add_contacts, add_contacts_many, contest, hold, release
from bailiwick.territories.models import Account, Contact, Holding
from tests.village import NOW, Village


def unheld(village: Village, count: int) -> list[UUID]:
    """Companies with a card and no caller."""
    cards = [{"name": f"Firma {n}"} for n in range(count)]
    return [row.pk for row in add_accounts(cards, whose=village.side("noor"), by=village.by, now=NOW, judged=True)]


def line(village: Village) -> UUID:
    assert village.line is not None
    return village.line.pk


def test_contested_companies_have_no_holder_and_an_event_each(village: Village) -> None:
    accounts = unheld(village, 2)
    contest(accounts, line=line(village), by=village.by, now=NOW)
    rows = Holding.objects.in_network(village.by).filter(account__in=accounts, until=None)
    assert [(row.contested, row.person_id) for row in rows] == [(True, None), (True, None)]
    told = Entry.objects.in_network(village.by).filter(kind="territories.account_contested", subject__in=accounts)
    assert told.count() == 2


def test_a_company_that_somebody_calls_on_is_not_contested_and_neither_are_the_others_with_it(village: Village) -> None:
    free, held = unheld(village, 1)[0], village.accounts["Hafen Logistik GmbH"].pk
    with pytest.raises(Refused, match="taken"), transaction.atomic():
        contest([free, held], line=line(village), by=village.by, now=NOW)
    rows = Holding.objects.in_network(village.by)
    assert not rows.filter(account=free).exists()
    assert rows.get(account=held, until=None).person_id == village.people["noor"].pk
    assert not Entry.objects.in_network(village.by).filter(kind="territories.account_contested").exists()


def test_after_its_holder_released_it_a_company_may_be_contested(village: Village) -> None:
    held = village.accounts["Hafen Logistik GmbH"].pk
    release(held, line=line(village), by=village.actor("noor"), now=NOW)
    contest([held], line=line(village), by=village.by, now=NOW)
    assert Holding.objects.in_network(village.by).get(account=held, until=None).contested


def test_a_contested_company_is_neither_claimed_nor_contested_again(village: Village) -> None:
    [account] = unheld(village, 1)
    contest([account], line=line(village), by=village.by, now=NOW)
    with pytest.raises(Refused, match="taken"), transaction.atomic():
        contest([account], line=line(village), by=village.by, now=NOW)
    with pytest.raises(Refused, match="taken"), transaction.atomic():
        hold([account], line=line(village), whose=village.side("noor"), by=village.actor("noor"), now=NOW)


def test_a_company_or_line_that_is_not_there_is_not_seen(village: Village) -> None:
    [account] = unheld(village, 1)
    for accounts, where in (([UUID(int=1)], line(village)), ([account], UUID(int=1))):
        with pytest.raises(NotSeen), transaction.atomic():
            contest(accounts, line=where, by=village.by, now=NOW)


@pytest.mark.parametrize("count", [1, 1000])
def test_contesting_takes_the_same_few_statements_for_one_and_for_a_thousand(village: Village, count: int) -> None:
    accounts = unheld(village, count)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        contest(accounts, line=line(village), by=village.by, now=NOW)
    assert len(asked) <= 8


@pytest.mark.parametrize("count", [1, 1000])
def test_contacts_of_many_companies_take_the_same_few_statements(village: Village, count: int) -> None:
    accounts = unheld(village, count)
    sides = [village.side("noor"), village.side("sven")]
    pairs = [
        (account, sides[n % 2], {"name": f"Kontakt {n}", "source": "crm", "source_id": str(n)})
        for n, account in enumerate(accounts)
    ]
    with CaptureQueriesContext(connection) as asked:
        rows = add_contacts_many(pairs, by=village.by, now=NOW)
    assert len(asked) <= 4
    assert [(row.account_id, row.name) for row in rows] == [(account, one["name"]) for account, _, one in pairs]
    told = Entry.objects.in_network(village.by).filter(kind="territories.contact_added", subject__in=[row.pk for row in rows])
    assert {(one.about[1], one.person_id) for one in told} == {(account, side.person) for account, side, _ in pairs}
    assert not [one for one in told if "Kontakt" in str(one.facts)]


def test_one_company_at_a_time_is_judged_as_before(village: Village) -> None:
    theirs = village.accounts["Brauhaus Mitte"].pk
    with pytest.raises((NotSeen, NotAllowed)), transaction.atomic():
        add_contacts(theirs, [{"name": "Fremd"}], whose=village.side("noor"), by=village.actor("noor"), now=NOW)
    mine = village.accounts["Arno Papier AG"].pk
    two = [{"name": "Eins"}, {"name": "Zwei"}]
    add_contacts(mine, two, whose=village.side("noor"), by=village.actor("noor"), now=NOW)
    assert set(Contact.objects.in_network(village.by).filter(account=mine).values_list("name", flat=True)) >= {"Eins", "Zwei"}
    assert Account.objects.in_network(village.by).filter(pk=theirs).exists()
