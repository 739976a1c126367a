"""One transaction, one network: the setting that row-level security reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction


def set_network(network: UUID) -> None:
    """Set the network until the end of the running transaction; outside one this is a bug."""
    if not connection.in_atomic_block:
        raise RuntimeError("a network is set inside a transaction only")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.network', %s, true)", [str(network)])


@contextmanager
def within(network: UUID) -> Iterator[None]:
    """A transaction in which only rows of `network` exist; unset afterwards by its end."""
    with transaction.atomic():
        set_network(network)
        yield


@contextmanager
def at_one_instant(network: UUID) -> Iterator[None]:
    """As `within`, to read only: everything in it is as it was when it began, while others go on working."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        set_network(network)
        yield
