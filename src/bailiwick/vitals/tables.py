"""Whether the tables of a store are those of this release, by the digest that the owner leaves with the schema."""

import hashlib
from functools import cache
from pathlib import Path

PATIENCE = 2  # seconds for a store that does not answer


@cache
def migrations_digest() -> str:
    """A digest over every migration of this release, Django's version included."""
    from importlib.metadata import version

    digest = hashlib.sha256(f"{version('django')} {version('django-allauth')}".encode())
    for file in sorted(Path(__file__).parents[1].glob("*/migrations/*.py")):
        digest.update(f"{file.parent.parent.name}/{file.name}".encode() + file.read_bytes())
    return digest.hexdigest()


def digest_there(dsn: str, patience: int = 0) -> str:
    """The digest that the store at `dsn` holds; empty where it has no tables. Raises what the driver raises.

    A connection of its own, so that it tells whether the store takes one. `patience`: seconds to wait, or as the address says.
    """
    import psycopg
    from psycopg.conninfo import make_conninfo

    limits = {"connect_timeout": patience, "tcp_user_timeout": patience * 1000} if patience else {}
    with psycopg.connect(make_conninfo(dsn, **limits)) as connection:
        found = connection.execute("SELECT obj_description('public'::regnamespace)").fetchone()
    return str(found[0] or "") if found else ""
