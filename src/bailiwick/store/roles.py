"""The database and its three roles. The wall between networks needs an application that is neither superuser nor owner.

`bailiwick_owner` makes the tables, `bailiwick_app` works with them, `bailiwick_mirror` reads them for figures. What a
role may do with a table is granted where the table is made.
"""

import contextlib
import time

import psycopg
from psycopg import sql

DATABASE = "bailiwick"
OWNER, APP, MIRROR = "bailiwick_owner", "bailiwick_app", "bailiwick_mirror"
ROLES = (OWNER, APP, MIRROR)
TURN = 0x6261696C  # the advisory lock of those who prepare at the same time
PATIENCE = 20  # attempts to copy the template
MODEST = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"

IS_READY = """
    SELECT (SELECT count(*) FROM pg_roles WHERE rolname = ANY(%(roles)s) AND rolcanlogin AND NOT rolsuper
            AND NOT rolbypassrls AND NOT rolcreatedb AND NOT rolcreaterole AND NOT rolreplication) = 3
       AND (SELECT datdba::regrole::text FROM pg_database WHERE datname = current_database()) = %(owner)s
       AND (SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = 'public') = %(owner)s
       AND NOT EXISTS (SELECT FROM pg_namespace n, aclexplode(n.nspacl) a
                       WHERE nspname = 'public' AND grantee = 0 AND privilege_type = 'CREATE')
       AND (SELECT bool_and(has_database_privilege(r, current_database(), 'CONNECT')
                            AND has_schema_privilege(r, 'public', 'USAGE')) FROM unnest(%(readers)s::text[]) r)
"""


def prepare(admin_dsn: str) -> None:
    """Database and roles are there as they must be. May be called at any time and by many at once.

    `admin_dsn` is the address of a superuser; the database that it names is not used.
    """
    if _is_ready(admin_dsn):
        return
    with psycopg.connect(admin_dsn, dbname="postgres", autocommit=True) as admin:
        admin.execute("SELECT pg_advisory_lock(%s)", [TURN])  # ends with the connection, whatever happens
        for role in ROLES:
            _make_role(admin, role)
        if not admin.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE]).rowcount:
            _make_database(admin)
        with psycopg.connect(admin_dsn, dbname=DATABASE) as inside:
            _hand_over(inside)


def _is_ready(admin_dsn: str) -> bool:
    try:
        with psycopg.connect(admin_dsn, dbname=DATABASE) as inside:
            wanted = {"roles": list(ROLES), "owner": OWNER, "readers": [APP, MIRROR]}
            answer = inside.execute(IS_READY, wanted).fetchone()
    except psycopg.Error:  # no such database, or no such role to be asked about
        return False
    return bool(answer and answer[0])


def _make_role(admin: psycopg.Connection, role: str) -> None:
    known = admin.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).rowcount
    verb = "ALTER" if known else "CREATE"
    admin.execute(sql.SQL(f"{verb} ROLE {{}} {MODEST}").format(sql.Identifier(role)))


def _make_database(admin: psycopg.Connection) -> None:
    """Copying the template fails while somebody is connected to it, which a passing look by a tool can cause."""
    statement = sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
    for _ in range(PATIENCE):
        with contextlib.suppress(psycopg.errors.ObjectInUse):
            admin.execute(statement)
            return
        time.sleep(0.25)
    admin.execute(statement)


def _hand_over(inside: psycopg.Connection) -> None:
    """The owner has database and schema; the others connect and look up names, and nobody else does either."""
    for statement in (
        "ALTER DATABASE {database} OWNER TO {owner}",
        "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        "GRANT CONNECT ON DATABASE {database} TO {app}, {mirror}",
        "ALTER SCHEMA public OWNER TO {owner}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO {app}, {mirror}",
    ):
        names = {"database": DATABASE, "owner": OWNER, "app": APP, "mirror": MIRROR}
        inside.execute(sql.SQL(statement).format(**{word: sql.Identifier(name) for word, name in names.items()}))
