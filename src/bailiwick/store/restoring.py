"""A restore: a backup becomes the content of an empty database, wholly or not at all."""

from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from bailiwick.store.address import Address
from bailiwick.store.archive import MAGIC, connect, fitting, run_on, words_of
from bailiwick.store.refused import StoreRefused

SOMETHING_THERE = """
    SELECT format('%I.%I', nspname, thing) FROM (
        SELECT oid, relnamespace AS space, relname AS thing, 'pg_class'::regclass AS kind FROM pg_class
        UNION ALL SELECT oid, pronamespace, proname, 'pg_proc'::regclass FROM pg_proc
        UNION ALL SELECT oid, typnamespace, typname, 'pg_type'::regclass FROM pg_type
    ) things JOIN pg_namespace n ON n.oid = space
    WHERE nspname <> 'information_schema' AND nspname !~ '^pg_'
      AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = kind AND objid = things.oid AND deptype = 'e')
    LIMIT 1
"""


def restore(address: Address, source: Path) -> None:
    """The database holds what the backup holds, owned by the address's owner, with fresh statistics for the planner.

    One transaction: a file that breaks off half way leaves the database as empty as it was. Refused: the file is no
    backup, the database holds something, a role named in the backup is missing here, the server is too old for it.
    """
    source = Path(source).absolute()
    _check(source)
    with connect(address.admin) as connection:
        _check_empty(connection)
        program = fitting("pg_restore", connection)
        owner = str(conninfo_to_dict(address.owner).get("user") or connection.info.user)
    finished = run_on(
        address.admin,
        program,
        "--single-transaction",
        "--exit-on-error",
        "--no-owner",
        f"--role={owner}",
        source,
    )
    if finished.returncode:
        raise StoreRefused(f"The backup was not restored, the database is still empty: {words_of(finished)}")
    with connect(address.admin) as connection:
        connection.execute("ANALYZE")


def _check(source: Path) -> None:
    try:
        with source.open("rb") as file:
            begins = file.read(len(MAGIC))
    except OSError as cause:
        raise StoreRefused(f"{source} cannot be read: {cause.strerror}") from cause
    if begins != MAGIC:
        raise StoreRefused(f"{source} is not a backup made by `bailiwick backup`.")


def _check_empty(connection: psycopg.Connection) -> None:
    found = connection.execute(SOMETHING_THERE).fetchone()
    if found:
        raise StoreRefused(
            f"The database is not empty (it holds {found[0]}): restore into a new home, or into an empty database."
        )
