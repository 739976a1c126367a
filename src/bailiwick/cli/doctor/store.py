"""Whether the store answers, holds the tables of this release, and is walled."""

import os

from bailiwick.cli.doctor.line import GOOD, OFF, Line
from bailiwick.cli.doctor.place import Place
from bailiwick.vitals.tables import migrations_digest

PATIENCE = 5  # seconds for a server that does not answer
OLDEST = 150000  # PostgreSQL 15
ROLE = """
    SELECT current_user, rolsuper OR rolbypassrls,
           EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
                   AND pg_has_role(current_user, relowner, 'MEMBER'))
    FROM pg_roles WHERE rolname = current_user
"""
OPEN_TABLES = """
    SELECT relname FROM pg_class JOIN information_schema.columns ON table_name = relname
    WHERE column_name = 'network_id' AND table_schema = 'public' AND relnamespace = 'public'::regnamespace AND relkind = 'r'
      AND NOT (relrowsecurity AND relforcerowsecurity) AND relname NOT IN ('network_access', 'network_invitation')
    ORDER BY relname
"""


def reach(place: Place) -> list[Line]:
    """The store answers with a version that will do, and its tables are those of this release. Sets up Django if so."""
    import psycopg

    if place.away:
        return [_away(place, place.away)]
    try:
        with psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=PATIENCE) as link:
            version = link.info.server_version
            digest = link.execute("SELECT obj_description('public'::regnamespace)").fetchone()
            size = link.execute("SELECT pg_size_pretty(pg_database_size(current_database()))").fetchone()
    except psycopg.Error as why:
        return [_away(place, str(why).strip().splitlines()[0])]
    place.server = f"{version // 10000}.{version % 10000}"
    kind = "of your own" if place.given else "embedded"
    answers = Line(GOOD, "store", f"PostgreSQL {place.server}, {kind}, answers; {size[0] if size else '?'}.")
    if version < OLDEST:
        answers = Line(OFF, "store", f"PostgreSQL {place.server} answers; 15 is the oldest that is known to work.", "Upgrade it.")
    return [answers, _tables(place, str(digest[0]) if digest and digest[0] else "")]


def _away(place: Place, why: str) -> Line:
    remedy = (
        "Start that PostgreSQL, or correct DATABASE_URL." if place.given else "See start.log and pg/ in the home; --home DIR."
    )
    return Line(OFF, "store", f"The store does not answer. {why}", remedy)


def _tables(place: Place, digest: str) -> Line:
    if not digest:
        return Line(OFF, "tables", "There are no tables yet.", "bailiwick migrate (serve, demo and import do it themselves)")
    import django

    django.setup()
    place.tables = True
    if digest != migrations_digest():
        return Line(OFF, "tables", "The tables are not those of this release.", "Back up, then: bailiwick migrate")
    return Line(GOOD, "tables", "Every migration of this release is there.")


def walls() -> list[Line]:
    """The application's role owns nothing and is bound by row-level security, and every table of a network has its wall."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(ROLE)
        name, unbound, owner = cursor.fetchone()
        cursor.execute(OPEN_TABLES)
        tables = [row[0] for row in cursor.fetchall()]
    found = []
    if unbound:
        sentence = f"The application's role {name} is not bound by row-level security."
        found.append(Line(OFF, "walls", sentence, "Give it NOSUPERUSER NOBYPASSRLS."))
    if owner:
        sentence = f"The application's role {name} owns tables and could take down its own walls."
        found.append(
            Line(OFF, "walls", sentence, "Two roles: DATABASE_URL for the application, DATABASE_OWNER_URL for the owner.")
        )
    remedy = "Restore a backup into an empty database."
    found += [Line(OFF, "walls", f"Table {table} has no wall between networks.", remedy) for table in tables]
    return found or [Line(GOOD, "walls", f"Role {name} is neither owner nor superuser; row-level security binds it everywhere.")]
