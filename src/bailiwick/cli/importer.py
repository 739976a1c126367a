"""Takes in the exports that were asked for on a page, or came by standing sources, one at a time; beside web and clock.

Run as `python -m bailiwick.cli.importer`. It listens for PostgreSQL's word that something was asked for, and looks by itself
three times a minute. Killed at any moment nothing was taken in, and the next start begins again.
"""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import psycopg

from bailiwick.cli.standing import turn
from bailiwick.kit import Actor, Door, Refused, Role, say

if TYPE_CHECKING:
    from bailiwick.exchange.models import Import
    from bailiwick.tenancy.models import Network

log = logging.getLogger("bailiwick.importer")
EVERY, AWAY, TELLS_EVERY = 20, 5.0, 0.5
LOCK = "SELECT pg_try_advisory_xact_lock(hashtext('exchange.importer'), hashtext(%s))"


class Stopping(Exception):
    """The process is told to end: what is under way is given up, and taken in after the next start."""


class Told:
    """Progress as the page shows it, written through a connection of its own at most twice a second.

    The import's own transaction is seen by nobody until it ends. What cannot be written at once is left out.
    """

    def __init__(self, network: UUID, which: UUID, stop: threading.Event) -> None:
        self.network, self.which, self.stop = str(network), str(which), stop
        self.last, self.link = 0.0, psycopg.connect(os.environ["DATABASE_URL"])

    def __call__(self, done: int) -> None:
        if self.stop.is_set():
            raise Stopping
        if time.monotonic() - self.last < TELLS_EVERY:
            return
        self.last = time.monotonic()
        try:
            _alive()
            with self.link.transaction():
                self.link.execute(
                    "SELECT set_config('app.network', %s, true), set_config('lock_timeout', '200ms', true)", [self.network]
                )
                self.link.execute("UPDATE exchange_import SET done = %s WHERE id = %s AND state = 'asked'", [done, self.which])
        except psycopg.Error as why:
            log.info("progress was not written: %s", why)

    def close(self) -> None:
        self.link.close()


def take_next(network: "Network", now: datetime, stop: threading.Event) -> bool:
    """The import asked for first in this network is taken in, or failed with the reason; False where there is none to take.

    An advisory lock keeps a second server out; it ends with the transaction, as everything else does.
    """
    from django.db import InterfaceError, OperationalError, connection

    from bailiwick.cli.clerk import clerk
    from bailiwick.exchange.commands.asked import fail, next_asked
    from bailiwick.tenancy.within import within

    by, which = clerk(network.pk, Door.IMPORT), None
    try:
        with within(network.pk):
            with connection.cursor() as cursor:
                cursor.execute(LOCK, [str(network.pk)])
                mine = cursor.fetchone() == (True,)
            of = next_asked(by) if mine else None
            if of is None:
                return False
            which = of.pk
            _take(of, now, stop)
        return True
    except (Stopping, OperationalError, InterfaceError, psycopg.OperationalError):
        raise  # the store is away, also for `Told`: the import is still asked for, and taken in when it is back
    except Refused as no:
        reason, remedy = no.sentence, no.remedy
    except Exception:
        log.exception("import %s", which)
        reason, remedy = (
            say("Something broke on our side; nothing of this export was taken in."),
            say("Try it again in a minute."),
        )
    if which is None:
        return False
    with within(network.pk):
        fail(which, reason, remedy, by=by)
    return True


def _take(of: "Import", now: datetime, stop: threading.Event) -> None:
    """In the name of the director who asked, with the rights of this moment."""
    from bailiwick.exchange.commands.asked import take_asked
    from bailiwick.network.queries import scope_of

    scope = scope_of(of.network_id, of.by, now)
    if Role.DIRECTOR not in scope.roles:
        remedy = say("Whoever is director now can take it in.")
        raise Refused("no_director", say("Whoever asked for this import is no director any more."), remedy)
    told = Told(of.network_id, of.pk, stop)
    try:
        take_asked(of, by=Actor(scope, Door.IMPORT), now=now, progress=told)
    finally:
        told.close()


def take_all(stop: threading.Event) -> None:
    """Everything that was asked for, network by network; trouble in one does not stop the others."""
    from django.db import InterfaceError, OperationalError

    from bailiwick.tenancy.models import Network

    for network in Network.objects.order_by("created"):
        try:
            while not stop.is_set():
                turn(network, datetime.now(UTC))
                if not take_next(network, datetime.now(UTC), stop):
                    break
        except (Stopping, OperationalError, InterfaceError, psycopg.OperationalError):
            raise
        except Exception:
            log.exception("network %s", network.slug)


def run(stop: threading.Event) -> None:
    """Listen and take in until told to stop. A store that is away is waited for."""
    from django.db import InterfaceError, OperationalError, connections

    while not stop.is_set():
        try:
            with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as ear:
                _listen(ear, stop, lambda: take_all(stop))
        except Stopping:
            break
        except (OperationalError, InterfaceError, psycopg.OperationalError) as why:
            log.warning("the store is away, trying again: %s", why)
            connections.close_all()
            stop.wait(AWAY)
    connections.close_all()


def _listen(ear: psycopg.Connection[tuple[object, ...]], stop: threading.Event, look: Callable[[], None]) -> None:
    """Look at once, whenever something was asked for, and every twenty seconds."""
    from django.db import close_old_connections

    from bailiwick.exchange.commands.giving import CHANNEL

    ear.execute(f"LISTEN {CHANNEL}")
    while not stop.is_set():
        close_old_connections()
        look()
        _alive()
        for _ in range(EVERY):  # a second each, so that a request to stop is heard in time
            if stop.is_set() or list(ear.notifies(timeout=1, stop_after=1)):
                break


def _alive() -> None:
    """Says that a round is done, or that the one under way gets on."""
    from django.conf import settings

    from bailiwick.vitals.beat import beat

    with suppress(OSError):
        beat(settings.HOME, "importer")


def main() -> None:
    """The process under `serve`: SIGTERM and SIGINT end it, and what is under way is given up."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bailiwick.config.settings")
    import django

    django.setup()
    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    run(stop)


if __name__ == "__main__":
    main()
