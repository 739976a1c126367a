"""Acts that must not meet take turns: where a rule is about rows that are not there yet, no row can be locked."""

from django.db import connection


def take_turns(what: str, whose: object) -> None:
    """Whoever else does `what` for the same network, person or address waits until this transaction has ended."""
    if not connection.in_atomic_block:
        raise RuntimeError("turns are taken inside a transaction only")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), hashtext(%s))", [what, str(whose)])
