"""The clock of `bailiwick serve`: composes and sends what is due, seals the ledger, keeps the list of the erased.

Beside it in the same process runs the sender of hooks (`cli.sender`).

Run as `python -m bailiwick.cli.clock`.
"""

import logging
import os
import signal
import threading
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from bailiwick.kit import Actor
    from bailiwick.notices.models import Message
    from bailiwick.tenancy.models import Network

log = logging.getLogger("bailiwick.clock")
EVERY, AWAY = 20.0, 5.0
SEALED_EVERY = timedelta(minutes=5)
AT_ONCE, ROUNDS = 10, 20
PATIENCE = 10  # seconds for a mail server


class Unreachable(OSError):
    """The person has left, was never invited or has no address: nothing is sent."""


@dataclass
class Clock:
    """What one tick remembers for the next: whose morning was looked at, and when the ledger is sealed again."""

    looked: set[tuple[UUID, date]] = field(default_factory=set)
    sealed: datetime | None = None

    def tick(self, now: datetime) -> None:
        """Everything that is due at `now`, each network by itself: trouble in one does not stop the others."""
        from django.conf import settings
        from django.db import InterfaceError, OperationalError

        from bailiwick.cli.erased import write_list
        from bailiwick.cli.pusher import push
        from bailiwick.cli.seal import seal_all
        from bailiwick.tenancy.models import Network

        for network in Network.objects.order_by("created"):
            try:
                self.compose(network, now)
                send(network, now)
                push(network, now)
            except (OperationalError, InterfaceError):
                raise
            except Exception:
                log.exception("network %s", network.slug)
        if self.sealed is None or now - self.sealed >= SEALED_EVERY:
            seal_all(now)
            forget(now)
            self.sealed = now
        write_list(settings.HOME)

    def compose(self, network: "Network", now: datetime) -> int:
        """Mornings and reminders that are due stand in the outbox; returns how many messages were composed."""
        from bailiwick.cli.clerk import clerk
        from bailiwick.desk.digest import mornings, promises_tomorrow, tasks_now
        from bailiwick.kit import Door
        from bailiwick.notices.commands import tell
        from bailiwick.tenancy.within import within
        from bailiwick.web.mails.digest import morning, reminder

        by = clerk(network.pk, Door.CLOCK)
        with within(network.pk):
            today = mornings(by, now, self.looked)
            due = [*tasks_now(by, now), *promises_tomorrow(by, now)]
            messages = [morning(one, network.language, now) for one in today if one.things]
            messages += [reminder(one, network.language, now) for one in due]
            tell(messages, by=by, now=now)
        yesterday = now.date() - timedelta(days=1)
        self.looked = {(person, day) for person, day in self.looked if day >= yesterday}
        self.looked |= {(one.person.pk, one.today) for one in today}
        return len(messages)


def forget(now: datetime) -> None:
    """What is kept for a time only goes.

    Answers to acts sent twice, deliveries of hooks and arrivals that nobody kept after a month, files given for an import after a
    week.
    """
    from bailiwick.cli.clerk import clerk
    from bailiwick.exchange.commands.giving import forget_old
    from bailiwick.hooks.commands import forget as forget_deliveries
    from bailiwick.kit import Door
    from bailiwick.ledger.commands import forget_answers
    from bailiwick.pipeline.commands import forget_arrivals
    from bailiwick.tenancy.models import Network
    from bailiwick.tenancy.within import within

    for network in Network.objects.all():
        with within(network.pk):
            forget_answers(by=clerk(network.pk), now=now)
            forget_deliveries(by=clerk(network.pk), now=now)
            forget_arrivals(by=clerk(network.pk, Door.CLOCK), now=now)
            forget_old(by=clerk(network.pk, Door.CLOCK), now=now)


def send(network: "Network", now: datetime) -> int:
    """Messages whose time has come leave, a few in each transaction: what a crash sends twice is a handful."""
    from bailiwick.cli.clerk import clerk
    from bailiwick.kit import Door
    from bailiwick.notices.commands import send_waiting
    from bailiwick.tenancy.within import within

    by, left = clerk(network.pk, Door.CLOCK), 0
    for _ in range(ROUNDS):
        with within(network.pk):
            went = send_waiting(
                partial(deliver, by=by, network=network, now=now), by=by, now=now, trouble=(OSError, ValueError), most=AT_ONCE
            )
        left += went
        if went < AT_ONCE:
            break
    return left


def deliver(message: "Message", *, by: "Actor", network: "Network", now: datetime) -> None:
    """The message leaves as mail. Nobody in a demonstration is written to: its addresses are invented."""
    from django.conf import settings
    from django.core.mail import EmailMessage, get_connection

    from bailiwick.network.queries import address_of

    if network.demo:
        return
    address = address_of(by, message.person, now)
    if not address:
        raise Unreachable("no address, or no access any more")
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">") or "localhost"
    headers = {"Message-ID": f"<{message.pk}@{host}>", "Auto-Submitted": "auto-generated"}
    connection = get_connection(timeout=PATIENCE)
    EmailMessage(message.subject, message.body, to=[address], headers=headers, connection=connection).send()


def run(stop: threading.Event) -> None:
    """Tick until told to stop. A store that is away is waited for."""
    from django.conf import settings
    from django.db import InterfaceError, OperationalError, close_old_connections, connections

    from bailiwick.vitals.beat import beat

    clock = Clock()
    while not stop.is_set():
        wait = EVERY
        try:
            close_old_connections()
            clock.tick(datetime.now(UTC))
            beat(settings.HOME, "clock")
        except (OperationalError, InterfaceError) as why:
            log.warning("the store is away, trying again: %s", why)
            connections.close_all()
            wait = AWAY
        except Exception:
            log.exception("tick")
        stop.wait(wait)
    connections.close_all()


def main() -> None:
    """The process under `serve`: SIGTERM and SIGINT end it after the act at hand."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bailiwick.config.settings")
    import django

    django.setup()
    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    from bailiwick.cli import sender

    beside = threading.Thread(target=sender.run, args=(stop,), name="sender", daemon=True)
    beside.start()
    run(stop)
    beside.join(PATIENCE)


if __name__ == "__main__":
    main()
