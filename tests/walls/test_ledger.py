"""Invariant 6: what is recorded stays as it was, in its order, and whoever changes it in the store is found out.

Real transactions of a network of their own: a seal means something only against what others have committed or not.
"""

import hashlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import models, transaction
from pytest_django import DjangoDbBlocker

from bailiwick.kit import Actor
from bailiwick.ledger.commands import SEALED, digest_of, record, seal
from bailiwick.ledger.models import Entry, Seal
from bailiwick.ledger.queries import broken_seals
from bailiwick.network.commands import found_network
from bailiwick.network.events import PersonJoined
from bailiwick.tenancy.models import new_id
from bailiwick.tenancy.within import set_network, within

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
INSERT = (
    "INSERT INTO ledger_entry (id, network_id, kind, schema, happened, recorded, day, subject, about, by, door, facts) "
    "VALUES (%s, %s, 'network.person_joined', 1, now(), now(), current_date, %s, '{}', %s, 'command', '{}')"
)


@pytest.fixture
def by(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Actor]:
    """Whoever set up a network that is there for everybody, with three events."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            actor, _ = found_network(slug=f"ledger-{new_id()}", name="Ledger", now=NOW)
        happen(actor, 3)
        yield actor


def happen(by: Actor, count: int = 1) -> None:
    """Events, each in a transaction of its own."""
    for _ in range(count):
        with within(by.network):
            who = new_id()
            record(PersonJoined(subject=who, happened=NOW, day=NOW.date(), person=who), by=by, now=NOW)


def close(by: Actor) -> Seal | None:
    with within(by.network):
        return seal(by, NOW)


def broken(by: Actor) -> list[int]:
    with within(by.network):
        return [one.number for one in broken_seals(by)]


def connected(network: UUID, address: str) -> "psycopg.Connection[Any]":
    connection = psycopg.connect(os.environ[address])
    connection.execute("SELECT set_config('app.network', %s, false)", [str(network)])
    connection.commit()
    return connection


def as_owner(by: Actor, statement: str, *values: object) -> None:
    """What somebody with the owner's password does to the tables."""
    with connected(by.network, "DATABASE_OWNER_URL") as connection:
        assert connection.execute(statement.encode(), values).rowcount


@pytest.mark.parametrize("statement", ["UPDATE ledger_entry SET kind = 'x'", "DELETE FROM ledger_entry", "UPDATE ledger_seal SET digest = ''", "DELETE FROM ledger_seal", "DELETE FROM ledger_erasure", "TRUNCATE ledger_entry"])  # fmt: skip
def test_the_application_cannot_change_or_take_away_what_is_recorded(by: Actor, statement: str) -> None:
    with connected(by.network, "DATABASE_URL") as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement.encode())


def test_seals_over_an_untouched_ledger_hold_and_cover_everything_once(by: Actor) -> None:
    first = close(by)
    happen(by, 2)
    second = close(by)
    assert first is not None
    assert second is not None
    assert (first.number, first.entries, second.number, second.entries) == (1, 4, 2, 2)
    assert second.after == first.upto
    assert close(by) is None
    assert broken(by) == []


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'network.person_left'", "facts = '{\"a\": 1}'", "happened = happened + interval '1 second'", "day = day + 1",
        "subject = gen_random_uuid()", "about = '{}'", "person_id = NULL", "by = gen_random_uuid()", "door = 'page'", "schema = 2",
        "recorded = recorded - interval '1 hour'", "unit_id = gen_random_uuid()", "organization_id = gen_random_uuid()",
    ],
)  # fmt: skip
def test_an_edited_row_is_found_whatever_column_it_is(by: Actor, change: str) -> None:
    close(by)
    as_owner(by, f"UPDATE ledger_entry SET {change} WHERE seq = (SELECT max(seq) FROM ledger_entry)")
    assert broken(by) == [1]


def test_a_deleted_row_is_found(by: Actor) -> None:
    close(by)
    happen(by)
    close(by)
    as_owner(by, "DELETE FROM ledger_entry WHERE seq = (SELECT min(seq) FROM ledger_entry)")
    assert broken(by) == [1]


def test_a_row_that_was_slipped_in_is_found(by: Actor) -> None:
    close(by)
    as_owner(
        by,
        "INSERT INTO ledger_entry (id, network_id, kind, schema, happened, recorded, day, subject, about, by, door, facts, moment) "
        "SELECT gen_random_uuid(), network_id, kind, schema, happened, recorded, day, subject, about, by, door, facts, moment "
        "FROM ledger_entry LIMIT 1",
    )
    assert broken(by) == [1]


def test_two_rows_that_swapped_their_places_are_found(by: Actor) -> None:
    close(by)
    as_owner(
        by,
        "WITH ends AS (SELECT min(seq) a, max(seq) b FROM ledger_entry) "
        "UPDATE ledger_entry SET seq = ends.a + ends.b - seq FROM ends WHERE seq IN (ends.a, ends.b)",
    )
    assert broken(by) == [1]


def test_two_rows_that_swapped_their_transactions_are_found(by: Actor) -> None:
    close(by)
    as_owner(
        by,
        "WITH ends AS (SELECT min(moment) a, max(moment) b FROM ledger_entry) "
        "UPDATE ledger_entry SET moment = ends.a + ends.b - moment FROM ends WHERE moment IN (ends.a, ends.b)",
    )
    assert broken(by) == [1]


def test_a_row_moved_beyond_the_seals_is_found(by: Actor) -> None:
    close(by)
    as_owner(by, "UPDATE ledger_entry SET moment = moment + 1000000 WHERE seq = (SELECT min(seq) FROM ledger_entry)")
    assert broken(by) == [1]


def test_a_seal_that_was_taken_out_of_the_middle_is_found(by: Actor) -> None:
    for _ in range(3):
        close(by)
        happen(by)
    as_owner(by, "DELETE FROM ledger_seal WHERE number = 2")
    assert broken(by) == [3]


def test_a_seal_made_again_over_a_changed_row_breaks_the_one_after_it(by: Actor) -> None:
    close(by)
    happen(by)
    close(by)
    as_owner(by, "UPDATE ledger_seal SET digest = repeat('0', 64) WHERE number = 1")
    assert broken(by) == [1, 2]


def test_nothing_slips_below_a_sealed_range(by: Actor) -> None:
    """Somebody began before the seal was made and commits after it: the next seal covers it, the first still holds."""
    with connected(by.network, "DATABASE_URL") as slow:
        late = new_id()
        slow.execute(INSERT.encode(), [late, by.network, late, late])
        happen(by, 2)
        first = close(by)
        slow.commit()
    second = close(by)
    assert first is not None
    assert second is not None
    assert first.entries + second.entries == 7
    assert second.entries >= 1
    with within(by.network):
        held = {entry.pk for entry in sealed(by, second)}
    assert late in held
    assert broken(by) == []


def sealed(by: Actor, one: Seal) -> list[Any]:
    from bailiwick.ledger.commands import sealed_range

    return sealed_range(by, one.after, one.upto)


def test_a_transaction_that_was_open_and_gave_up_leaves_no_hole(by: Actor) -> None:
    with connected(by.network, "DATABASE_URL") as slow:
        late = new_id()
        slow.execute(INSERT.encode(), [late, by.network, late, late])
        happen(by)
        close(by)
        slow.rollback()
    happen(by)
    close(by)
    assert broken(by) == []


def test_the_own_transaction_is_not_sealed_while_it_still_runs(by: Actor) -> None:
    close(by)
    with within(by.network):
        record(PersonJoined(subject=new_id(), happened=NOW, day=NOW.date()), by=by, now=NOW)
        assert seal(by, NOW) is None
    after = close(by)
    assert after is not None
    assert after.entries == 1


def test_a_refused_act_leaves_no_event(by: Actor) -> None:
    close(by)
    with pytest.raises(RuntimeError), within(by.network):
        record(PersonJoined(subject=new_id(), happened=NOW, day=NOW.date()), by=by, now=NOW)
        raise RuntimeError
    assert close(by) is None


def test_one_network_cannot_record_into_another(by: Actor) -> None:
    with connected(by.network, "DATABASE_URL") as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        stranger = new_id()
        connection.execute(INSERT.encode(), [stranger, stranger, stranger, stranger])


def test_an_event_cannot_be_written_below_the_seals_by_naming_a_moment(by: Actor) -> None:
    """The application may insert; an entry with a moment of its own choice below the last seal is at least found."""
    close(by)
    with connected(by.network, "DATABASE_URL") as connection:
        back = new_id()
        statement = INSERT.replace("facts)", "facts, moment)").replace("'{}')", "'{}', 1)")
        connection.execute(statement.encode(), [back, by.network, back, back])
    assert broken(by) == [1]
    set_nothing()


def known(n: int) -> Entry:
    """An entry of which every value is written down here."""
    return Entry(
        id=UUID(int=n), network_id=UUID(int=7), seq=n, moment=41, kind="pipeline.won", schema=1, happened=NOW, recorded=NOW,
        day=NOW.date(), subject=UUID(int=9), about=[UUID(int=9), UUID(int=8)], unit_id=None, person_id=UUID(int=5),
        organization_id=None, by=UUID(int=5), door="page", facts={"value": "84000.50", "currency": "EUR", "näher": None},
    )  # fmt: skip


def written(n: int) -> str:
    """The same entry as a seal reads it, put together by hand."""
    row = (
        f'"00000000-0000-0000-0000-{n:012x}"', '"00000000-0000-0000-0000-000000000007"', f"{n}", "41", '"pipeline.won"', "1",
        '"2026-11-02 09:00:00+00:00"', '"2026-11-02 09:00:00+00:00"', '"2026-11-02"', '"00000000-0000-0000-0000-000000000009"',
        '["00000000-0000-0000-0000-000000000009","00000000-0000-0000-0000-000000000008"]', "null",
        '"00000000-0000-0000-0000-000000000005"', "null", '"00000000-0000-0000-0000-000000000005"', '"page"',
        r'{"currency":"EUR","n\u00e4her":null,"value":"84000.50"}',
    )  # fmt: skip
    return "[" + ",".join(row) + "]"


def test_known_entries_have_the_digest_that_they_have_had_since_the_first_seal() -> None:
    before = "ab" * 32
    expected = hashlib.sha256((before + written(1) + written(26)).encode()).hexdigest()
    assert digest_of([known(1), known(26)], before) == expected
    assert expected == "ff7395042adf21f7e357099836adddf0a6574dbc7c3a3b60df0eed22a0df2cac"
    assert digest_of([], "") == hashlib.sha256().hexdigest()


def test_a_column_that_a_later_release_adds_leaves_every_seal_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    old = digest_of([known(1)], "")
    later = [*Entry._meta.local_concrete_fields, models.TextField(name="later")]
    monkeypatch.setattr(Entry._meta, "local_concrete_fields", later)
    assert digest_of([known(1)], "") == old


def test_every_column_of_an_entry_is_sealed() -> None:
    """A new one wants a new version of what is sealed: see `SEALED`."""
    assert set(SEALED[max(SEALED)]) == {field.attname for field in Entry._meta.local_concrete_fields}


def set_nothing() -> None:
    """The setting of a network ends with its transaction."""
    with transaction.atomic():
        set_network(new_id())
