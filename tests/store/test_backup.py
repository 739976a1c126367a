"""Backup and restore of a whole database."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bailiwick.store import Address, StoreRefused, backup, restore, settle

from .servers import CAREFREE, ask

TABLE = """
    CREATE TABLE deal (id int PRIMARY KEY, network int NOT NULL, name text NOT NULL UNIQUE);
    INSERT INTO deal SELECT n, n % 2, 'Größe ' || n FROM generate_series(1, 5000) n;
    ALTER TABLE deal ENABLE ROW LEVEL SECURITY;
    ALTER TABLE deal FORCE ROW LEVEL SECURITY;
    CREATE POLICY wall ON deal USING (network = nullif(current_setting('app.network', true), '')::int);
    GRANT SELECT ON deal TO bailiwick_app;
"""
DIGEST = "SELECT md5(string_agg(d::text, ',' ORDER BY id)) FROM deal d"


@pytest.fixture(scope="module")
def filled(address: Address) -> Iterator[Address]:
    with psycopg.connect(address.owner) as owner:
        owner.execute(TABLE)
    yield address
    with psycopg.connect(address.owner) as owner:
        owner.execute("DROP TABLE deal")


@pytest.fixture
def another_home(ground: Path) -> Iterator[Address]:
    settled = settle(ground / "restored", {}, linger=0, extra=CAREFREE)
    yield settled
    assert settled.server
    assert settled.server.release(wait=20)


@pytest.fixture
def empty(address: Address) -> Iterator[Address]:
    """An empty database beside the filled one."""
    server = address.server
    assert server
    with psycopg.connect(address.admin, autocommit=True) as admin:
        admin.execute("CREATE DATABASE blank OWNER bailiwick_owner")
        with psycopg.connect(server.dsn(database="blank")) as inside:
            inside.execute("ALTER SCHEMA public OWNER TO bailiwick_owner")
        owner, app, mirror = (server.dsn(f"bailiwick_{role}", "blank") for role in ("owner", "app", "mirror"))
        yield Address(owner=owner, app=app, mirror=mirror, admin=server.dsn(database="blank"))
        admin.execute("DROP DATABASE blank WITH (FORCE)")


def test_a_backup_restores_every_row_wall_and_right(filled: Address, another_home: Address, ground: Path) -> None:
    empty = another_home
    target = backup(filled, ground / "a backup.bw")
    restore(empty, target)
    assert ask(empty.admin, DIGEST) == ask(filled.admin, DIGEST)
    assert ask(empty.admin, "SELECT tableowner FROM pg_tables WHERE tablename = 'deal'") == "bailiwick_owner"
    assert ask(empty.app, "SELECT count(*) FROM deal") == 0
    assert ask(empty.owner, "SELECT count(*) FROM deal") == 0
    with psycopg.connect(empty.app, options="-c app.network=1") as app:
        assert app.execute("SELECT count(*) FROM deal").fetchone() == (2500,)
    with psycopg.connect(empty.app) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("DELETE FROM deal")


def test_a_backup_is_closed_to_others_and_leaves_nothing_beside_it(filled: Address, ground: Path) -> None:
    target = backup(filled, ground / "b.bw")
    assert target.stat().st_mode & 0o777 == 0o600
    assert os.listdir(ground) == ["b.bw"]


def test_a_backup_of_a_snapshot_holds_what_the_snapshot_sees(filled: Address, empty: Address, ground: Path) -> None:
    with psycopg.connect(filled.admin) as reader, psycopg.connect(filled.admin) as writer:
        reader.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        snapshot = str((reader.execute("SELECT pg_export_snapshot()").fetchone() or [""])[0])
        writer.execute("INSERT INTO deal VALUES (9999, 0, 'too late')")
        writer.commit()
        target = backup(filled, ground / "s.bw", snapshot=snapshot)
        writer.execute("DELETE FROM deal WHERE id = 9999")
    restore(empty, target)
    assert ask(empty.admin, "SELECT count(*) FROM deal") == 5000


def test_an_existing_target_is_not_overwritten(filled: Address, ground: Path) -> None:
    (ground / "c.bw").write_text("precious")
    with pytest.raises(StoreRefused, match="not overwritten"):
        backup(filled, ground / "c.bw")
    assert (ground / "c.bw").read_text() == "precious"


def test_a_backup_into_a_missing_folder_is_refused(filled: Address, ground: Path) -> None:
    with pytest.raises(StoreRefused, match="could not be written"):
        backup(filled, ground / "nowhere" / "d.bw")


def test_a_role_that_sees_only_its_network_makes_no_backup_with_holes(filled: Address, ground: Path) -> None:
    narrow = settle(ground / "unused", {"DATABASE_URL": filled.owner})
    with pytest.raises(StoreRefused, match="DATABASE_ADMIN_URL"):
        backup(narrow, ground / "e.bw")
    assert os.listdir(ground) == []


def test_a_database_that_does_not_answer_is_refused(ground: Path) -> None:
    with pytest.raises(StoreRefused, match="does not answer") as refused:
        backup(settle(ground, {"DATABASE_URL": "postgresql://u:secret@127.0.0.1:1/none"}), ground / "f.bw")
    assert "secret" not in str(refused.value)


def test_a_restore_goes_only_into_an_empty_database(filled: Address, ground: Path) -> None:
    target = backup(filled, ground / "g.bw")
    with pytest.raises(StoreRefused, match="not empty"):
        restore(filled, target)
    assert ask(filled.admin, "SELECT count(*) FROM deal") == 5000


def test_a_broken_backup_leaves_the_database_empty(filled: Address, empty: Address, ground: Path) -> None:
    whole = backup(filled, ground / "h.bw").read_bytes()
    (ground / "half.bw").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StoreRefused, match="still empty"):
        restore(empty, ground / "half.bw")
    assert ask(empty.admin, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == 0
    restore(empty, ground / "h.bw")


@pytest.mark.parametrize("name", ["wrong.bw", "missing.bw"])
def test_a_file_that_is_no_backup_is_refused(address: Address, ground: Path, name: str) -> None:
    (ground / "wrong.bw").write_text("name;value\n")
    with pytest.raises(StoreRefused, match=r"not a backup|cannot be read"):
        restore(address, ground / name)
