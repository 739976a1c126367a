"""A demonstration network is really gone: all its rows, the logins that open nothing else, and its own row.

The application may not delete what is append-only, so the owner of the tables does it, inside the network like everybody.
"""

import os
from uuid import UUID

import psycopg
from psycopg import sql

from bailiwick.kit import Refused, say
from bailiwick.tenancy.models import Network

TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE a.attname = 'network_id' AND NOT a.attisdropped AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
"""
# Tables below point at tables above by keys; a table goes when nothing points at its rows any more.
KEYS = """
SELECT DISTINCT child.relname, parent.relname FROM pg_constraint k
JOIN pg_class child ON child.oid = k.conrelid JOIN pg_class parent ON parent.oid = k.confrelid
WHERE k.contype = 'f' AND k.conrelid <> k.confrelid
"""
TOKENS = "DELETE FROM network_apitoken WHERE access_id IN (SELECT id FROM network_access WHERE network_id = %s)"
LONELY = """
SELECT l.id FROM network_login l
WHERE l.id = ANY(%s) AND NOT EXISTS (SELECT FROM network_access a WHERE a.login_id = l.id AND a.network_id <> %s)
"""
# What allauth keeps of a login goes with it.
OF_LOGIN = (
    "DELETE FROM account_emailconfirmation c USING account_emailaddress a"
    " WHERE a.id = c.email_address_id AND a.user_id = ANY(%s)",
    "DELETE FROM account_emailaddress WHERE user_id = ANY(%s)",
    "DELETE FROM network_login WHERE id = ANY(%s)",
)


def remove(network: Network) -> None:
    """Nothing of `network` is left. Refuses a network that is not a demonstration."""
    if not network.demo:
        raise Refused("no_demo", say("%(network)s is no demonstration: it is never removed.", network=network.name))
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.network', %s, true)", [str(network.pk)])
        cursor.execute("SELECT demo FROM tenancy_network WHERE id = %s FOR UPDATE", [network.pk])
        if cursor.fetchone() != (True,):
            raise Refused("no_demo", say("%(network)s is no demonstration: it is never removed.", network=network.name))
        lonely = _lonely_logins(cursor, network.pk)
        cursor.execute(TOKENS, [network.pk])
        for table in _children_first(cursor):
            cursor.execute(sql.SQL("DELETE FROM {} WHERE network_id = %s").format(sql.Identifier(table)), [network.pk])
        for statement in OF_LOGIN:
            cursor.execute(statement, [lonely])
        cursor.execute("DELETE FROM tenancy_network WHERE id = %s", [network.pk])


def _lonely_logins(cursor: "psycopg.Cursor[tuple[object, ...]]", network: UUID) -> list[object]:
    """The logins that open this network and nothing else."""
    cursor.execute("SELECT login_id FROM network_access WHERE network_id = %s", [network])
    logins = [row[0] for row in cursor.fetchall()]
    cursor.execute(LONELY, [logins, network])
    return [row[0] for row in cursor.fetchall()]


def _children_first(cursor: "psycopg.Cursor[tuple[object, ...]]") -> list[str]:
    """Tables with rows of networks, each before those that it points at.

    Keys are checked at once: deferred to the end, the same checks of 1,500 deals take a minute instead of a second.
    """
    cursor.execute(TABLES)
    left = {str(row[0]) for row in cursor.fetchall()}
    cursor.execute(KEYS)
    keys = {(str(child), str(parent)) for child, parent in cursor.fetchall()}
    order: list[str] = []
    while left:
        free = sorted(table for table in left if not any(child in left for child, parent in keys if parent == table))
        if not free:
            raise RuntimeError(f"keys in a ring: {sorted(left)}")
        order += free
        left -= set(free)
    return order
