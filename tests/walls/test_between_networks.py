"""The second wall, directly: whatever SQL the application sends, no row of another network comes back or is named."""

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from pytest_django import DjangoDbBlocker

from bailiwick.tenancy.walls import TenantKey
from bailiwick.tenancy.within import set_network
from tests.house.source import tenant_models
from tests.walls.doors import api_doors, ask, page_doors
from tests.walls.reading import body
from tests.walls.world import World, built

PAGES = page_doors()


def rows(statement: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture(scope="module")
def two(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[World, World]]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield built("here"), built("there")
        transaction.set_rollback(True)


@pytest.mark.parametrize("model", tenant_models(), ids=lambda model: model._meta.label)
def test_raw_sql_in_one_network_sees_changes_and_takes_no_row_of_another(two: tuple[World, World], model: type) -> None:
    here, there = two
    table = model._meta.db_table  # type: ignore[attr-defined]
    set_network(here.network)
    assert rows(f'SELECT count(*) FROM "{table}" WHERE network_id = %s', there.network) == [(0,)]
    assert not [row for row in rows(f'SELECT DISTINCT network_id FROM "{table}"') if row[0] != here.network]
    for statement in (
        f'UPDATE "{table}" SET network_id = network_id WHERE network_id = %s',
        f'DELETE FROM "{table}" WHERE network_id = %s',
    ):
        before = transaction.savepoint()
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement, [there.network])
                assert cursor.rowcount == 0
        except ProgrammingError as no:
            assert "permission denied" in str(no)  # append-only
        transaction.set_rollback(False)
        transaction.savepoint_rollback(before)


@pytest.mark.parametrize(
    ("model", "key"),
    [(model, field) for model in tenant_models() for field in model._meta.local_fields if isinstance(field, TenantKey)],
    ids=str,
)
def test_no_row_names_a_row_of_another_network(two: tuple[World, World], model: type, key: TenantKey) -> None:
    """A copy of an own row that points across is refused by the composite key, also with the pointer known."""
    here, there = two
    target = key.remote_field.model._meta.db_table
    set_network(there.network)
    found = rows(f'SELECT id FROM "{target}" LIMIT 1')
    if not found:
        pytest.skip(f"the village has no row of {target}")
    set_network(here.network)
    table = model._meta.db_table  # type: ignore[attr-defined]
    columns = [field.column for field in model._meta.local_fields if field.column not in ("id", key.column)]  # type: ignore[attr-defined]
    names = ", ".join(f'"{name}"' for name in columns)
    with pytest.raises(IntegrityError), transaction.atomic():
        if not rows(f'SELECT 1 FROM "{table}" LIMIT 1'):
            raise IntegrityError("nothing to copy: the catalog test of the house holds the key")
        rows(
            f'INSERT INTO "{table}" (id, "{key.column}", {names}) SELECT gen_random_uuid(), %s, {names} FROM "{table}" LIMIT 1',
            found[0][0],
        )


def test_a_row_is_not_written_into_another_network(two: tuple[World, World]) -> None:
    here, there = two
    set_network(here.network)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        rows(
            "INSERT INTO network_organization (id, network_id, name, kind, version, source, source_id, custom) VALUES (gen_random_uuid(), %s, 'x', 'partner', 1, '', '', '{}')",
            there.network,
        )


def test_the_wall_holds_when_the_setting_is_empty_or_nonsense(two: tuple[World, World]) -> None:
    before = transaction.savepoint()
    rows("SELECT set_config('app.network', '', true)")
    assert rows("SELECT count(*) FROM pipeline_opportunity") == [(0,)]
    transaction.savepoint_rollback(before)
    for nonsense in ("x", "' OR true --", "%"):
        with pytest.raises(Exception, match="uuid"), transaction.atomic():
            rows("SELECT set_config('app.network', %s, true)", nonsense)
            rows("SELECT count(*) FROM pipeline_opportunity")


def test_a_session_of_one_network_reads_nothing_of_another_by_any_door(two: tuple[World, World]) -> None:
    here, there = two
    set_network(here.network)
    for door in (*PAGES, *api_doors()):
        if door.acts or not door.kinds:
            continue
        answer = ask(here, door, "dora", *door.things(there, "noor"))
        assert answer.status_code in (302, 403, 404), door
        assert "noorgeheim" not in body(answer), door
