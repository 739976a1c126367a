"""Many rows by one statement stand exactly as Django's own way would have stored them; nothing is cut, nothing crosses."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import DataError, IntegrityError, ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bailiwick.exchange.models import GivenFile, Import, Taken
from bailiwick.ledger.models import Entry
from bailiwick.network.models import Person
from bailiwick.pipeline.models import Opportunity, Process, Step
from bailiwick.tenancy.adding import add_many
from bailiwick.tenancy.changing import change_many
from bailiwick.tenancy.within import set_network
from bailiwick.territories.models import Tie
from tests.examples import examples
from tests.village import NOW, Village, settle

pytestmark = pytest.mark.django_db
BRIEF = settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
NASTY = ("", " ", "NULL", "null", '"', "\\", "{}", "{", "}", ",", "a,b", '"}', "\\N", "\n", "\r\n", "\t", "'", "''", "%s", "$1", "é", "𝒳", "\u202e", "\ufeff", "x" * 200)  # fmt: skip
texts = st.one_of(
    st.sampled_from(NASTY), st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=200)
)
instants = st.datetimes(
    datetime(1, 1, 3), datetime(9999, 12, 29), timezones=st.sampled_from((UTC, ZoneInfo("Europe/Berlin"), timezone(timedelta(hours=-11, minutes=-30))))
)  # fmt: skip
days = st.dates(date(1, 1, 1), date(9999, 12, 31))
documents = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | texts, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3)
)  # fmt: skip


def money(digits: int, places: int) -> st.SearchStrategy[Decimal]:
    most = Decimal(10) ** (digits - places) - 1
    return st.decimals(-most, most, places=places + 3) | st.sampled_from(
        (Decimal("-0"), Decimal("1E+2"), Decimal("0.0000000"), most)
    )


def stored(rows: Sequence[Any]) -> list[str]:
    """Every column of these rows as PostgreSQL writes it."""
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT t::text FROM "{rows[0]._meta.db_table}" t WHERE id = ANY(%s) ORDER BY id', [[row.pk for row in rows]]
        )
        return [one for (one,) in cursor.fetchall()]


def same_as_django(rows: Sequence[Any], by: Any) -> None:
    """Both ways of storing these rows end in the same tables."""
    model = type(rows[0])
    with transaction.atomic():
        model.objects.in_network(by).bulk_create(rows)
        expected = stored(rows)
        transaction.set_rollback(True)
    with transaction.atomic():
        add_many(rows)
        assert stored(rows) == expected
        transaction.set_rollback(True)


@BRIEF
@given(st.lists(st.tuples(texts, texts, instants, st.booleans(), documents, st.none() | st.times()), min_size=1, max_size=4))
def test_texts_instants_checks_and_documents(
    village: Village, told: list[tuple[str, str, datetime, bool, Any, time | None]]
) -> None:
    firm = village.organizations["firm"]
    rows = [
        Person(
            network_id=village.by.network, organization_id=firm, name=name, phone=phone[:60], left=left, digest=digest,
            custom={"told": document}, quiet_from=quiet,
        )
        for name, phone, left, digest, document, quiet in told
    ]  # fmt: skip
    same_as_django(rows, village.by)


@BRIEF
@given(st.lists(st.tuples(money(18, 2), money(7, 4), days, texts, st.booleans()), min_size=1, max_size=4))
def test_amounts_and_days(village: Village, told: list[tuple[Decimal, Decimal, date, str, bool]]) -> None:
    deal = next(iter(village.deals.values()))
    rows = [
        Opportunity(
            network_id=village.by.network, unit_id=deal.unit_id, person_id=deal.person_id, organization_id=deal.organization_id,
            process_id=deal.process_id, step_id=deal.step_id, title=title, value=value, stated_discount=share, expected=day,
            stale_on_arrival=stale, created=NOW,
        )
        for value, share, day, title, stale in told
    ]  # fmt: skip
    same_as_django(rows, village.by)


@BRIEF
@given(st.lists(st.lists(texts.map(lambda text: text[:120]), max_size=4), min_size=1, max_size=4))
def test_lists_of_texts(village: Village, told: list[list[str]]) -> None:
    process = Process.objects.in_network(village.by).get()
    rows = [
        Step(network_id=village.by.network, process=process, place=100 + place, name="x", inputs=texts, outputs=texts[::-1])
        for place, texts in enumerate(told)
    ]
    same_as_django(rows, village.by)


@BRIEF
@given(st.lists(st.uuids(), max_size=4), documents)
def test_ids_and_lists_of_ids(village: Village, about: list[UUID], document: Any) -> None:
    row = Entry(
        network_id=village.by.network, kind="x", happened=NOW, recorded=NOW, day=NOW.date(), subject=uuid4(), about=about,
        by=uuid4(), door="page", facts={"told": document}, seq=1, moment=1,
    )  # fmt: skip
    with transaction.atomic():
        add_many([row])
        found = Entry.objects.in_network(village.by).get(pk=row.pk)
        assert (found.about, found.facts, found.subject) == (about, {"told": document}, row.subject)
        transaction.set_rollback(True)


@BRIEF
@given(st.binary(max_size=300), documents)
def test_bytes_and_documents_that_may_be_none(village: Village, content: bytes, document: Any) -> None:
    of = Import.objects.in_network(village.by).create(network_id=village.by.network, source="x", by=uuid4(), created=NOW)
    same_as_django([GivenFile(network_id=village.by.network, of=of, name="x", content=content)], village.by)
    notes = [
        Taken(
            network_id=village.by.network, of=of, kind="x", key=str(n), row=uuid4(), content="", version=1, made=True, before=told
        )
        for n, told in enumerate((document, None, {}))
    ]
    same_as_django(notes, village.by)


def a_person(village: Village, **more: Any) -> Person:
    return Person(network_id=village.by.network, organization_id=village.organizations["firm"], **{"name": "Xaver", **more})


@pytest.mark.parametrize("name", ["x" * 201, "null\0byte", "half \ud800 a character"])
def test_what_cannot_be_kept_is_refused_and_never_cut(village: Village, name: str) -> None:
    for store in (lambda rows: Person.objects.in_network(village.by).bulk_create(rows), add_many):
        with pytest.raises((DataError, ValueError)), transaction.atomic():
            store([a_person(village, name=name)])


def test_an_element_of_a_list_is_never_cut(village: Village) -> None:
    process = Process.objects.in_network(village.by).get()
    row = Step(network_id=village.by.network, process=process, place=99, name="x", inputs=["x" * 121])
    with pytest.raises(DataError), transaction.atomic():
        add_many([row])


def test_an_amount_beyond_the_column_is_refused(village: Village) -> None:
    deal = next(iter(village.deals.values()))
    deal.pk, deal.stated_discount = uuid4(), Decimal(1000)
    with pytest.raises(DataError), transaction.atomic():
        add_many([deal])


def test_none_stands_in_every_column_that_may_be_empty(village: Village) -> None:
    deal = next(iter(village.deals.values()))
    row = Opportunity(network_id=village.by.network, unit_id=deal.unit_id, person_id=deal.person_id,
        organization_id=deal.organization_id, process_id=deal.process_id, step_id=deal.step_id, title="None", created=NOW)  # fmt: skip
    add_many([row])
    found = Opportunity.objects.in_network(village.by).get(pk=row.pk)
    empty = (found.account_id, found.lead_id, found.value, found.expected, found.entered, found.decided, found.stated_margin)
    assert set(empty) == {None}
    assert found.title == "None"


def test_no_rows_are_no_statement(village: Village) -> None:
    add_many([])


def test_more_rows_than_go_into_one_statement(village: Village) -> None:
    account = next(iter(village.accounts.values()))
    rows = [Tie(network_id=village.by.network, account=account, person_id=uuid4()) for _ in range(5001)]
    add_many(rows)
    assert Tie.objects.in_network(village.by).filter(pk__in=[row.pk for row in rows]).count() == 5001


def test_what_is_there_already_is_left_out_where_that_is_wished_and_fails_otherwise(village: Village) -> None:
    account = next(iter(village.accounts.values()))
    person = uuid4()
    first, second = (Tie(network_id=village.by.network, account=account, person_id=person) for _ in range(2))
    add_many([first])
    add_many([second, Tie(network_id=village.by.network, account=account, person_id=uuid4())], ignore_conflicts=True)
    assert Tie.objects.in_network(village.by).filter(person_id=person).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        add_many([second])


def test_a_row_of_another_network_is_refused(village: Village) -> None:
    with transaction.atomic():
        other = settle("other")
        set_network(village.by.network)
        row = Tie(network_id=other.by.network, account=next(iter(other.accounts.values())), person_id=uuid4())
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            add_many([row])
        row = Tie(network_id=village.by.network, account=next(iter(other.accounts.values())), person_id=uuid4())
        with pytest.raises(IntegrityError, match="in_network"), transaction.atomic():
            add_many([row])
        transaction.set_rollback(True)


def test_a_text_that_is_too_long_for_its_column_is_refused_when_rows_change_and_not_cut(village: Village) -> None:
    deal = village.deals["Hafen Logistik GmbH terminals"]
    deal.title = "x" * 201
    with pytest.raises(DataError), transaction.atomic():
        change_many([deal], ["title"], by=village.by)
    deal.refresh_from_db()
    assert "x" * 10 not in deal.title
