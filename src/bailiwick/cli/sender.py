"""The sender of hooks, a thread beside the clock: puts on their way what happened, posts what is due, writes down the answers.

A receiver that is slow holds up no mail and no seal. Nothing is posted inside a transaction; what a sender that died had
claimed is claimed again, so that each message leaves at least once, and recognisable.
"""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bailiwick.hooks.commands import Outgoing
    from bailiwick.hooks.posting import Answer
    from bailiwick.tenancy.models import Network

log = logging.getLogger("bailiwick.sender")
EVERY, AWAY = 3.0, 5.0
ROUNDS, PATIENCE = 20, 10.0  # of one network, and seconds, until it is the turn of the next


def send_hooks(network: "Network", pool: ThreadPoolExecutor, clock: "Callable[[], datetime]") -> int:
    """What happened in the network is told to its hooks, a few at a time, for some rounds; returns how many messages left."""
    from bailiwick.cli.clerk import clerk
    from bailiwick.hooks.commands import claim, compose
    from bailiwick.kit import Door
    from bailiwick.tenancy.within import within

    by, left, until = clerk(network.pk, Door.CLOCK), 0, monotonic() + PATIENCE
    with within(network.pk):
        compose(by=by, now=clock())
    for _ in range(ROUNDS):
        with within(network.pk):
            outgoing = claim(by=by, now=clock())
        if not outgoing:
            break
        written_down(network, list(zip(outgoing, pool.map(_posted, outgoing), strict=True)), clock())
        left += len(outgoing)
        if monotonic() > until:
            break
    return left


def _posted(outgoing: "Outgoing") -> "Answer":
    from django.conf import settings

    from bailiwick.hooks.posting import Answer, post
    from bailiwick.hooks.rules.sites import networks

    try:
        return post(outgoing.url, outgoing.headers, outgoing.body, inside=networks(settings.HOOKS_INSIDE))
    except Exception:
        log.exception("delivery %s", outgoing.delivery)
        return Answer(trouble="unreachable")


def written_down(network: "Network", answered: "Sequence[tuple[Outgoing, Answer]]", now: datetime) -> None:
    """What became of attempts; where one switched its hook off, the hook's person is told in the same transaction."""
    from bailiwick.cli.clerk import clerk
    from bailiwick.hooks.commands import settle
    from bailiwick.kit import Door
    from bailiwick.network.queries import oneself, scope_of
    from bailiwick.notices.commands import tell
    from bailiwick.tenancy.within import within
    from bailiwick.web.mails.hooks import switched_off

    by = clerk(network.pk, Door.CLOCK)
    with within(network.pk):
        # In one order, whoever writes: two senders must not wait for each other.
        ordered = sorted(answered, key=lambda one: (one[0].hook, one[0].delivery))
        ended = [settle(outgoing, answer, by=by, now=now) for outgoing, answer in ordered]
        for hook in filter(None, ended):
            scope = scope_of(network.pk, hook.person, now)
            zone = scope.home.zone if scope.home else network.zone
            tell([switched_off(hook, oneself(scope), zone, network.language, now)], by=by, now=now)


def run(stop: threading.Event) -> None:
    """Send until told to stop. Trouble in one network does not stop the others; a store that is away is waited for."""
    from django.db import InterfaceError, OperationalError, close_old_connections, connections

    from bailiwick.hooks.commands.sending import AT_ONCE
    from bailiwick.tenancy.models import Network

    with ThreadPoolExecutor(AT_ONCE, "post") as pool:
        while not stop.is_set():
            wait = EVERY
            try:
                close_old_connections()
                left = [_tried(network, pool) for network in Network.objects.order_by("created")]
                wait = EVERY if max(left, default=0) < ROUNDS else 0.0
            except (OperationalError, InterfaceError) as why:
                log.warning("the store is away, trying again: %s", why)
                connections.close_all()
                wait = AWAY
            except Exception:
                log.exception("round")
            stop.wait(wait)
    connections.close_all()


def _tried(network: "Network", pool: ThreadPoolExecutor) -> int:
    from django.db import InterfaceError, OperationalError

    try:
        return send_hooks(network, pool, partial(datetime.now, UTC))
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("network %s", network.slug)
        return 0
