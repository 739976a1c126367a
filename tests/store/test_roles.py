"""The roles: what stands between the application and another network's rows."""

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from bailiwick.store import Address, prepare

from .servers import Open, ask

ROLES = ["bailiwick_owner", "bailiwick_app", "bailiwick_mirror"]


def dsns(address: Address) -> list[str]:
    return [address.owner, address.app, address.mirror]


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_neither_superuser_nor_past_the_walls(address: Address, role: str) -> None:
    powers = "rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication"
    with psycopg.connect(address.admin) as admin:
        row = admin.execute(f"SELECT {powers} FROM pg_roles WHERE rolname = %s".encode(), [role]).fetchone()
    assert row == (False,) * 5


def test_each_address_is_of_its_own_role(address: Address) -> None:
    assert [ask(dsn, "SELECT current_user") for dsn in dsns(address)] == ROLES


def test_the_owner_has_the_database_and_the_schema(address: Address) -> None:
    assert ask(address.admin, "SELECT datdba::regrole::text FROM pg_database WHERE datname = 'bailiwick'") == ROLES[0]
    assert ask(address.admin, "SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = 'public'") == ROLES[0]
    with psycopg.connect(address.owner) as owner:
        owner.execute("CREATE TABLE may_make_tables ()")
        owner.rollback()


@pytest.mark.parametrize("role", ["app", "mirror"])
def test_who_is_not_the_owner_makes_and_takes_nothing(address: Address, role: str) -> None:
    for act in (
        "CREATE TABLE mine ()",
        "CREATE SCHEMA mine",
        "SET ROLE bailiwick_owner",
        "ALTER SCHEMA public RENAME TO x",
    ):
        with psycopg.connect(getattr(address, role)) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(act)


def test_preparing_again_changes_nothing(address: Address) -> None:
    stands = "SELECT string_agg(r::text, ' ' ORDER BY r::text) FROM (SELECT oid, xmin, rolname FROM pg_authid) r"
    before = ask(address.admin, stands)
    prepare(address.admin)
    assert ask(address.admin, stands) == before


def test_a_role_that_was_given_too_much_is_taken_back(address: Address) -> None:
    with psycopg.connect(address.admin, autocommit=True) as admin:
        admin.execute("ALTER ROLE bailiwick_app SUPERUSER BYPASSRLS")
        admin.execute("GRANT CREATE ON SCHEMA public TO PUBLIC")
    prepare(address.admin)
    assert ask(address.admin, "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = 'bailiwick_app'") is False
    with psycopg.connect(address.app) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("CREATE TABLE mine ()")


def test_eight_processes_prepare_at_once(ground: Path, opened: Open) -> None:
    server = opened(ground / "home").start()
    command = [
        sys.executable,
        "-c",
        "import sys; from bailiwick.store import prepare; prepare(sys.argv[1])",
        server.dsn(),
    ]
    processes = [subprocess.Popen(command) for _ in range(8)]
    assert [process.wait() for process in processes] == [0] * 8
    with psycopg.connect(server.dsn("bailiwick_owner")) as owner:
        owner.execute(sql.SQL("CREATE TABLE {} ()").format(sql.Identifier("first")))
