"""Whatever a store can hold, a line says so that it comes back the same: as the store itself writes it, and to the byte."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bailiwick.lists.models import Change
from bailiwick.moving.lines import lines_of, take_lines
from bailiwick.moving.tables import Table, moved
from bailiwick.network.models import Person
from bailiwick.pipeline.models import Activity, Opportunity, Process, Step
from tests.examples import examples
from tests.tenancy.test_adding import days, documents, instants, money, stored, texts
from tests.village import NOW, Village

pytestmark = pytest.mark.django_db
BRIEF = settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
NASTY = (
    "line\nend", "line\r\nend", "\u2028\u2029\x85\x0b\x0c", "tab\t", "\\", "\\\\n", "\\N", "\\.", '"', "'", "\x01\x1f\x7f\x9f", "\u202eright to left\u202c",
    "שלום עולם", "مرحبا", "👩‍👩‍👧‍👦🏳️‍🌈", "𝒳\U0010ffff", "\ufeff\ufffe\uffff", "e\u0301é", "İıßẞ", "%s %(x)s {0} $1", "NULL", "null", "", " ", "x" * 10_000, "ẞ" * 10_000,
)  # fmt: skip


def table_of(model: Any) -> Table:
    return next(table for table in moved() if table.name == model._meta.db_table)


def there_and_back(rows: Sequence[Any], by: Any) -> list[bytes]:
    """The lines of these rows, after which they are stored as they were."""
    table, ids = table_of(type(rows[0])), {str(row.pk) for row in rows}

    def lines() -> list[bytes]:
        return [line for line in lines_of(table, by.network) if json.loads(line)["id"] in ids]

    with transaction.atomic():
        type(rows[0]).objects.in_network(by).bulk_create(rows)
        before, said = stored(rows), lines()
        with connection.cursor() as cursor:
            cursor.execute(f'DELETE FROM "{table.name}" WHERE id = ANY(%s)', [[row.pk for row in rows]])
        take_lines(table, said)
        assert stored(rows) == before
        assert lines() == said
        transaction.set_rollback(True)
    assert all(line.count(b"\n") == 1 and line.endswith(b"\n") for line in said)
    return said


def note(village: Village, text: str) -> Activity:
    side = village.side("noor")
    return Activity(
        network_id=village.by.network, unit_id=side.unit, person_id=side.person, organization_id=side.organization, kind="note",
        text=text, day=NOW.date(), created=NOW,
    )  # fmt: skip


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_nasty_texts(village: Village, text: str) -> None:
    (line,) = there_and_back([note(village, text)], village.by)
    assert json.loads(line)["text"] == text


def test_ten_thousand_characters_and_numbers_of_twenty_digits_in_a_document(village: Village) -> None:
    told = {
        "long": "x\n" * 5_000,
        "many": 12345678901234567890,
        "less": -(10**20),
        "nested": [{"é": [None, True, 1.5e-7]}],
        "": "\u202e",
    }
    rows = [{"id": str(uuid4()), "before": told}]
    change = Change(network_id=village.by.network, of="deals", act="x", person=uuid4(), rows=rows, made=NOW)
    (line,) = there_and_back([change], village.by)
    assert json.loads(line)["rows"] == rows


@pytest.mark.parametrize("day", [date.min, date(1582, 10, 10), date(2000, 2, 29), date.max])
@pytest.mark.parametrize("amount", ["0", "-0.01", "9999999999999999.99", "-9999999999999999.99", "0.10"])
def test_the_first_and_the_last_day_and_amounts_with_all_their_places(village: Village, day: date, amount: str) -> None:
    (line,) = there_and_back([deal(village, Decimal(amount), Decimal("0.1000"), day, "x")], village.by)
    row = json.loads(line)
    assert (row["expected"], row["value"], row["stated_discount"]) == (day.isoformat(), f"{Decimal(amount):.2f}", "0.1000")


@pytest.mark.parametrize("instant", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)])
def test_the_first_and_the_last_instant(village: Village, instant: datetime) -> None:
    (line,) = there_and_back([person(village, left=instant, quiet_from=time(23, 59, 59, 999999))], village.by)
    assert datetime.fromisoformat(json.loads(line)["left"]) == instant


def deal(village: Village, value: Decimal, share: Decimal, day: date, title: str) -> Opportunity:
    like = next(iter(village.deals.values()))
    return Opportunity(
        network_id=village.by.network, unit_id=like.unit_id, person_id=like.person_id, organization_id=like.organization_id,
        process_id=like.process_id, step_id=like.step_id, title=title, value=value, stated_discount=share, expected=day, created=NOW,
    )  # fmt: skip


def person(village: Village, **more: Any) -> Person:
    return Person(network_id=village.by.network, organization_id=village.organizations["firm"], **{"name": "Xaver", **more})


@BRIEF
@given(st.lists(st.tuples(texts, texts, instants, st.booleans(), documents, st.none() | st.times()), min_size=1, max_size=4))
def test_any_texts_instants_checks_and_documents(
    village: Village, told: list[tuple[str, str, datetime, bool, Any, time | None]]
) -> None:
    rows = [
        person(village, name=name, phone=phone[:60], left=left, digest=digest, custom={"told": document}, quiet_from=quiet)
        for name, phone, left, digest, document, quiet in told
    ]
    there_and_back(rows, village.by)


@BRIEF
@given(st.lists(st.tuples(money(18, 2), money(7, 4), days, texts), min_size=1, max_size=4))
def test_any_amounts_and_days(village: Village, told: list[tuple[Decimal, Decimal, date, str]]) -> None:
    there_and_back([deal(village, *one) for one in told], village.by)


@BRIEF
@given(st.lists(st.lists(texts.map(lambda text: text[:120]), max_size=4), min_size=1, max_size=4))
def test_any_lists_of_texts(village: Village, told: list[list[str]]) -> None:
    process = Process.objects.in_network(village.by).get()
    rows = [
        Step(network_id=village.by.network, process=process, place=100 + place, name="x", inputs=one, outputs=one[::-1])
        for place, one in enumerate(told)
    ]
    there_and_back(rows, village.by)
