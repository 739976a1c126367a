"""Words follow their rows whichever door they came in by, are folded as people type them, and one slip is forgiven."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from bailiwick.network.models import Person
from bailiwick.pipeline.models import Opportunity
from bailiwick.tenancy.models import Word
from bailiwick.tenancy.words import found, having, having_any, neighbours, words_in
from bailiwick.territories.commands import add_accounts, add_contacts
from bailiwick.territories.models import Account, Contact
from tests.examples import examples
from tests.village import NOW, Village

pytestmark = pytest.mark.django_db


def words_of(village: Village, row: object) -> set[str]:
    """The words that the store keeps for a row."""
    return set(Word.objects.in_network(village.by).filter(row=row.pk).values_list("word", flat=True))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Müller & Söhne GmbH", {"muller", "sohne", "gmbh"}),
        ("Straße des 17. Juni", {"strasse", "des", "17", "juni"}),
        ("O'Brien–Ørsted, Ł.", {"o", "brien", "orsted", "l"}),
        ("Ελλάδα ΑΕ", {"ελλαδα", "αε"}),
        ("Газпром", {"газпром"}),
        ("ＦＵＬＬ　ｗｉｄｔｈ", {"full", "width"}),
        ("株式会社トヨタ", {"株式会社トヨタ"}),
        ("  \t- / _ ", set()),
        ("a" * 60, {"a" * 40}),
        ("same Same SAME", {"same"}),
    ],
)
def test_words_are_folded(text: str, words: set[str]) -> None:
    assert set(words_in(text)) == words


@pytest.mark.parametrize("typed", ["+49 (40) 7654-3210", "0049 40 76543210", "040 / 76543210", "04076543210"])
def test_a_telephone_number_is_found_however_it_begins(village: Village, typed: str) -> None:
    account = add_accounts([{"name": "Telefon AG", "phone": "+49 40 76543210"}], whose=village.side("noor"), by=village.actor("noor"), now=NOW)[0]  # fmt: skip
    assert set(found(Account, words_in(typed), village.actor("noor").scope, most=9)) == {account.pk}


@pytest.mark.parametrize(
    ("phone", "typed"),
    [("(212) 555-0123", "212 555 0123"), ("+1 212 555 0123", "2125550123"), ("040 76543210", "49 40 76543210")],
)
def test_a_number_without_a_nought_before_it_is_a_telephone_too(village: Village, phone: str, typed: str) -> None:
    account = add_accounts([{"name": "Ruf AG", "phone": phone}], whose=village.side("noor"), by=village.actor("noor"), now=NOW)[0]
    assert set(found(Account, words_in(typed), village.actor("noor").scope, most=9)) == {account.pk}
    assert set(having(Account.objects.in_network(village.by), typed, village.by)) == {account}


def test_a_long_number_is_found_as_a_registration_as_well(village: Village) -> None:
    row = {"name": "Register AG", "registration": "123456789012"}
    account = add_accounts([row], whose=village.side("noor"), by=village.actor("noor"), now=NOW)[0]
    for typed in ("123456789012", "12345678", "1234567890"):
        assert account.pk in found(Account, words_in(typed), village.actor("noor").scope, most=9), typed


def test_however_many_words_a_line_has_they_are_folded_by_one_question(village: Village) -> None:
    with CaptureQueriesContext(connection) as asked:
        list(having_any(Account.objects.in_network(village.by), [f"word{n}" for n in range(20)] + ["Hafen"], village.by))
    assert len(asked) == 2


def test_words_follow_what_is_added_changed_archived_and_deleted(village: Village) -> None:
    by = village.actor("noor")
    account = add_accounts([{"name": "Alte Firma", "city": "Bonn", "website": "alt.example"}], whose=village.side("noor"), by=by, now=NOW)[0]  # fmt: skip
    assert words_of(village, account) == {"alte", "firma", "bonn", "alt"}
    mine = Account.objects.in_network(by).filter(pk=account.pk)
    mine.update(name="Neue Firma")
    assert words_of(village, account) == {"neue", "firma", "bonn", "alt"}
    mine.update(archived=NOW)
    assert words_of(village, account) == set()
    mine.update(archived=None)
    assert words_of(village, account) == {"neue", "firma", "bonn", "alt"}
    contact = add_contacts(account.pk, [{"name": "Zoë Zahn", "email": "zz@mail.alt.example"}], whose=village.side("noor"), by=by, now=NOW)[0]  # fmt: skip
    assert words_of(village, contact) == {"zoe", "zahn", "zz", "mail", "alt"}
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM territories_contact WHERE id = %s", [contact.pk])
    assert words_of(village, contact) == set()


def test_a_change_of_something_else_writes_no_words(village: Village) -> None:
    deal = village.deals["Hafen Logistik GmbH terminals"]
    with connection.cursor() as cursor:
        where = [village.by.network, deal.pk]
        cursor.execute('SELECT min(ctid::text) FROM tenancy_word WHERE network_id = %s AND "row" = %s', where)
        before = cursor.fetchone()
        Opportunity.objects.in_network(village.by).filter(pk=deal.pk).update(value=5, version=9)
        cursor.execute('SELECT min(ctid::text) FROM tenancy_word WHERE network_id = %s AND "row" = %s', where)
        assert cursor.fetchone() == before


def test_every_row_of_the_village_has_the_words_of_its_name_and_no_other_row_has_any(village: Village) -> None:
    named = {
        row.pk: set(words_in(text(row)))
        for model, text in (
            (Account, lambda a: a.name),
            (Contact, lambda c: c.name),
            (Opportunity, lambda o: o.title),
            (Person, lambda p: p.name),
        )
        for row in model.objects.in_network(village.by)  # type: ignore[attr-defined]
    }
    kept: dict[object, set[str]] = {}
    for word in Word.objects.in_network(village.by).exclude(kind="lead"):
        kept.setdefault(word.row, set()).add(word.word)
    assert kept.keys() == named.keys()
    assert all(named[row] <= kept[row] for row in named)


def test_all_words_must_begin_some_word_in_any_order(village: Village) -> None:
    rows = Account.objects.in_network(village.by)
    assert {one.name for one in having(rows, "log haf", village.by)} == {"Hafen Logistik GmbH"}
    assert not having(rows, "log zzz", village.by).exists()
    assert having(rows, " -- ", village.by).count() == rows.count()


letters = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), min_size=4, max_size=12)


@settings(max_examples=examples(100), deadline=None)
@given(word=letters, data=st.data())
def test_whatever_one_slip_makes_of_a_word_has_it_as_a_neighbour(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    slips = {
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
        word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
    }
    for slip in slips - {word}:
        assert word in neighbours(slip)


def test_two_slips_are_not_forgiven_and_short_words_not_even_one(village: Village) -> None:
    viewer = village.actor("noor").scope
    hafen = village.accounts["Hafen Logistik GmbH"].pk
    for typed, there in (("hafne logisitk", True), ("hafxx", False), ("haefn", True), ("hfen", True), ("gbh", False)):
        assert (hafen in found(Account, words_in(typed), viewer, most=50, slips=True)) is there, typed
    assert hafen not in found(Account, words_in("hafne"), viewer, most=50)
