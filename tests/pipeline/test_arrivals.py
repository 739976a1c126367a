"""What came in is proposed to its person alone, kept once as an activity when they say so, and gone otherwise."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection

from bailiwick.kit import NotAllowed, NotSeen, Refused
from bailiwick.ledger.models import Entry
from bailiwick.network.models import Person
from bailiwick.pipeline import arrived
from bailiwick.pipeline.commands import TakenIn, forget_arrivals, keep_arrival, take_in, throw_away
from bailiwick.pipeline.models import Activity, Arrival
from bailiwick.territories.commands import add_accounts, add_contacts, erase_contact
from bailiwick.territories.models import Account, AccountKey
from tests.pipeline.mails import an_arrival, attached, forwarded, invitation, mail, on_day
from tests.village import NOW, TODAY, Village

SOON = TODAY + timedelta(days=9)


def given(village: Village, raw: bytes, who: str = "noor") -> TakenIn:
    return take_in(raw, language="de", by=village.actor(who), now=NOW)


def one(village: Village, raw: bytes, who: str = "noor") -> arrived.Arrived:
    (row,) = given(village, raw, who).new
    return arrived.arrival(village.actor(who).scope, row.pk)


def kranbau(village: Village, who: str = "noor", domain: str = "kranbau.example", email: str = "Anna@Kranbau.example") -> Account:
    """A company on whose card this person works, with Anna on it."""
    by, side = village.actor(who), village.side(who)
    account = add_accounts([{"name": f"Kranbau Weiss {who}", "domain": domain}], whose=side, by=by, now=NOW)[0]
    if email:
        add_contacts(account.pk, [{"name": "Anna Weiss", "email": email}], whose=side, by=by, now=NOW)
    return account


def test_a_forwarded_mail_concerns_the_contact_that_wrote_it(village: Village) -> None:
    account = kranbau(village)
    found = one(village, forwarded("gmail de", "bitte merken"))
    assert found.account == account
    assert found.contact is not None
    assert found.contact.name == "Anna Weiss"
    assert (found.row.kind, found.row.day) == ("mail", date(2026, 11, 3))
    assert found.row.text.startswith("Angebot Kräne\nbitte merken\nGuten Tag")
    assert found.row.who == "Anna Weiss <anna@kranbau.example>"


@pytest.mark.parametrize("raw", [
    mail(), attached(), mail(sender="Noor <noor@village.example>", to="anna@kranbau.example"),
    mail(sender="ben@village.example", to="noor@village.example, Anna <anna@kranbau.example>"), invitation(),
])  # fmt: skip
def test_whoever_wrote_or_was_written_to(village: Village, raw: bytes) -> None:
    account = kranbau(village)
    assert one(village, raw).account == account


def test_without_a_contact_the_domain_names_the_company(village: Village) -> None:
    account = kranbau(village, email="")
    found = one(village, mail(sender="somebody.else@kranbau.example"))
    assert (found.account, found.contact) == (account, None)


def test_a_free_mail_host_names_nobody(village: Village) -> None:
    kranbau(village, domain="gmx.de", email="")
    assert one(village, mail(sender="anna@gmx.de")).account is None


def test_a_domain_of_two_companies_names_neither(village: Village) -> None:
    kranbau(village, email="")
    other = village.accounts["Hafen Logistik GmbH"]
    AccountKey.objects.in_network(village.by).create(
        network_id=village.by.network, account=other, kind="domain", value="kranbau.example"
    )
    assert one(village, mail()).account is None


def test_the_deal_is_the_only_one_there(village: Village) -> None:
    account = village.accounts["Hafen Logistik GmbH"]
    add_contacts(
        account.pk,
        [{"name": "Arno", "email": "arno@hafen.example"}],
        whose=village.side("noor"),
        by=village.actor("noor"),
        now=NOW,
    )
    assert one(village, mail(sender="arno@hafen.example")).opportunity == village.deals["Hafen Logistik GmbH terminals"]


@pytest.mark.parametrize("other", ["sven", "paula", "astrid", "ben"])
def test_a_company_out_of_sight_is_as_none(village: Village, other: str) -> None:
    """With and without the company of somebody else the answer is the same, to the letter."""
    before = one(village, mail(key="before"))
    kranbau(village, other)
    after = one(village, mail(key="after"))
    same = ("kind", "text", "who", "account", "contact", "opportunity", "day", "due", "due_time", "sequence")
    assert [getattr(before.row, name) for name in same] == [getattr(after.row, name) for name in same]
    assert after.account is None


def test_a_company_that_others_work_on_is_not_proposed(village: Village) -> None:
    """The director sees the card and may not log on it, so that keeping it could only be refused."""
    account = kranbau(village, "sven")
    assert Account.objects.seen_by(village.actor("dora").scope).filter(pk=account.pk).exists()
    assert one(village, mail(), "dora").account is None


def test_nobody_else_sees_it(village: Village) -> None:
    row = an_arrival(village, "noor")
    for who in village.people:
        if who != "noor":
            assert not arrived.arrivals(village.actor(who).scope)
            with pytest.raises(NotSeen):
                throw_away(row.pk, by=village.actor(who))
            with pytest.raises(NotSeen):
                keep_arrival(row.pk, by=village.actor(who), now=NOW)
    assert Arrival.objects.in_network(village.by).count() == 1


def entries(village: Village) -> int:
    return Entry.objects.in_network(village.by).count()


def test_nothing_is_an_activity_before_it_is_kept(village: Village) -> None:
    kranbau(village)
    before, acts = entries(village), Activity.objects.in_network(village.by).count()
    given(village, mail())
    assert (entries(village), Activity.objects.in_network(village.by).count()) == (before, acts)


def test_kept_it_is_one_activity_with_one_event(village: Village) -> None:
    account = kranbau(village)
    row = given(village, mail()).new[0]
    before = entries(village)
    kept = keep_arrival(row.pk, by=village.actor("noor"), now=NOW)
    kept.refresh_from_db()
    assert (kept.kind, kept.account_id, kept.day, kept.person_id) == (
        "mail",
        account.pk,
        date(2026, 11, 3),
        village.people["noor"].pk,
    )
    assert kept.done is not None
    assert entries(village) == before + 1
    assert Account.objects.in_network(village.by).get(pk=account.pk).last_contact == date(2026, 11, 3)
    with pytest.raises(NotSeen):
        keep_arrival(row.pk, by=village.actor("noor"), now=NOW)
    assert entries(village) == before + 1


def test_with_a_next_step_it_is_a_task_besides(village: Village) -> None:
    row = given(village, mail(f"Bitte bis {SOON:%d.%m.%Y} melden.")).new[0]
    assert row.due == SOON
    keep_arrival(row.pk, by=village.actor("noor"), now=NOW)
    tasks = Activity.objects.in_network(village.by).filter(done=None, due=SOON)
    assert [(task.kind, task.text) for task in tasks] == [("task", "Angebot Kräne")]


def test_an_invitation_to_come_is_planned(village: Village) -> None:
    row = given(village, invitation(starts=on_day(SOON))).new[0]
    kept = keep_arrival(row.pk, by=village.actor("noor"), now=NOW)
    assert (kept.kind, kept.done, kept.due, f"{kept.due_time:%H:%M}") == ("meeting", None, SOON, "14:00")


def test_one_that_is_over_is_an_appointment_that_was(village: Village) -> None:
    past = TODAY - timedelta(days=3)
    kept = keep_arrival(given(village, invitation(starts=on_day(past))).new[0].pk, by=village.actor("noor"), now=NOW)
    assert (kept.kind, kept.day) == ("meeting", past)


def test_company_deal_kind_words_and_next_step_may_be_said_otherwise(village: Village) -> None:
    row, deal = given(village, mail()).new[0], village.deals["Hafen Logistik GmbH terminals"]
    values = {"kind": "call", "text": "anders", "due": None, "account": None, "opportunity": deal.pk}
    kept = keep_arrival(row.pk, values=values, by=village.actor("noor"), now=NOW)
    assert (kept.kind, kept.text, kept.opportunity_id, kept.account_id) == ("call", "anders", deal.pk, deal.account_id)


def test_a_company_or_deal_of_others_cannot_be_named(village: Village) -> None:
    row = given(village, mail()).new[0]
    other = kranbau(village, "sven")
    for values in ({"account": other.pk}, {"opportunity": UUID(int=1)}):
        with pytest.raises(NotSeen):
            keep_arrival(row.pk, values=values, by=village.actor("noor"), now=NOW)
    assert Arrival.objects.in_network(village.by).filter(pk=row.pk).exists()


def test_nothing_comes_twice_while_it_waits_or_once_it_is_kept(village: Village) -> None:
    raw = mail(key="once")
    row = given(village, raw).new[0]
    assert given(village, raw).known == 1
    keep_arrival(row.pk, by=village.actor("noor"), now=NOW)
    assert given(village, raw) == TakenIn([], known=1)
    assert given(village, raw, "ben").new, "what Noor kept says nothing to Ben"


def test_what_was_thrown_away_is_gone_and_may_come_again(village: Village) -> None:
    raw = mail(key="once")
    throw_away(given(village, raw).new[0].pk, by=village.actor("noor"))
    assert not Arrival.objects.in_network(village.by).exists()
    assert given(village, raw).new


def test_a_newer_version_takes_the_place_of_the_one_that_waits(village: Village) -> None:
    given(village, invitation(starts=on_day(SOON), sequence=1))
    later = SOON + timedelta(days=1)
    assert given(village, invitation(starts=on_day(later), sequence=0)).known == 1, "an older version changes nothing"
    assert given(village, invitation(starts=on_day(later), sequence=1)).new, "moved without saying so"
    assert given(village, invitation(starts=on_day(SOON), sequence=2)).new
    assert given(village, invitation(starts=on_day(SOON), sequence=2)).known == 1
    assert [row.due for row in Arrival.objects.in_network(village.by)] == [SOON]


def test_what_is_called_off_is_withdrawn_and_proposes_nothing(village: Village) -> None:
    given(village, invitation(starts=on_day(SOON), sequence=1))
    assert given(village, invitation(starts=on_day(SOON), sequence=2, method="CANCEL")) == TakenIn([], withdrawn=1)
    assert given(village, invitation(starts=on_day(SOON), sequence=2, method="CANCEL")) == TakenIn([], withdrawn=0)
    assert not Arrival.objects.in_network(village.by).exists()


def test_kept_and_moved_it_is_proposed_anew(village: Village) -> None:
    keep_arrival(given(village, invitation(starts=on_day(SOON))).new[0].pk, by=village.actor("noor"), now=NOW)
    assert given(village, invitation(starts=on_day(SOON), sequence=1)).known == 1
    assert given(village, invitation(starts=on_day(SOON + timedelta(days=1)), sequence=1)).new


def test_beyond_five_hundred_nothing_more_is_taken(village: Village) -> None:
    row = an_arrival(village, "noor")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO pipeline_arrival SELECT gen_random_uuid(), person, md5(n::text), mark, sequence, kind, text, who, account, contact, "
            "opportunity, day, due, due_time, arrived, network_id FROM pipeline_arrival, generate_series(1, 499) n"
        )
    assert Arrival.objects.in_network(village.by).filter(person=row.person).count() == 500
    with pytest.raises(Refused) as no:
        given(village, mail())
    assert no.value.code == "too_many_arrivals"


def test_what_nobody_keeps_is_gone_after_thirty_days(village: Village) -> None:
    an_arrival(village, "noor", now=NOW)
    assert forget_arrivals(by=village.by, now=NOW + timedelta(days=29)) == 0
    assert forget_arrivals(by=village.by, now=NOW + timedelta(days=31)) == 1


def test_it_goes_with_its_person(village: Village) -> None:
    an_arrival(village, "ben")
    an_arrival(village, "noor")
    Person.objects.in_network(village.by).filter(pk=village.people["ben"].pk).update(left=NOW)
    assert forget_arrivals(by=village.by, now=NOW) == 1
    assert [row.person for row in Arrival.objects.in_network(village.by)] == [village.people["noor"].pk]


def test_an_erased_contact_is_in_no_arrival(village: Village) -> None:
    account = kranbau(village)
    row, ben = given(village, mail("Anna Weiss bittet")).new[0], given(village, mail("Anna Weiss bittet"), "ben").new[0]
    assert row.contact is not None
    erase_contact(row.contact, by=village.actor("noor"), now=NOW)
    assert not Arrival.objects.in_network(village.by).filter(pk=row.pk).exists()
    left = Arrival.objects.in_network(village.by).get(pk=ben.pk)
    assert "Anna" not in left.who + left.text
    assert "anna@" not in left.who.lower()
    assert account


def test_a_client_or_coach_gives_nothing(village: Village) -> None:
    for who in ("clara", "conny", "luis", "stefan"):
        with pytest.raises(NotAllowed):
            given(village, mail(), who)
