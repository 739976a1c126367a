"""What the importer does for standing sources between two imports: settle, look, gather, and tell a director of trouble.

Each step is a transaction of its own; killed between two of them, the next round goes on where this one stopped.
"""

import logging
from datetime import datetime
from typing import TYPE_CHECKING

from bailiwick.kit import Actor, Door, say

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from bailiwick.exchange.models import StandingSource
    from bailiwick.tenancy.models import Network

log = logging.getLogger("bailiwick.importer")


def turn(network: "Network", now: datetime) -> None:
    """Every standing source of the network: what was taken in is settled, its folder looked into, the next export gathered."""
    from django.conf import settings

    from bailiwick.cli.clerk import clerk
    from bailiwick.exchange.commands.gathering import gather, settle
    from bailiwick.exchange.commands.watching import look
    from bailiwick.exchange.models import StandingSource
    from bailiwick.tenancy.within import within

    by = clerk(network.pk, Door.IMPORT)
    with within(network.pk):
        sources = list(StandingSource.objects.in_network(by).filter(ended=None).order_by("began").values_list("pk", flat=True))
    steps: tuple[Callable[[StandingSource], None], ...] = (
        lambda of: settle(of, by=by),
        lambda of: look(of, settings.INBOX, by=by, now=now),
        lambda of: gather(of, by=by, now=now),
    )
    for which in sources:
        for step in steps:
            _step(network, which, step, by, now)


def _step(network: "Network", which: "UUID", step: "Callable[[StandingSource], None]", by: Actor, now: datetime) -> None:
    """A step that breaks on our side stops neither the other sources nor the imports of people."""
    from django.db import InterfaceError, OperationalError

    from bailiwick.exchange.commands.gathering import note
    from bailiwick.tenancy.within import within

    try:
        with within(network.pk):
            of = _locked(which, by)
            if of is not None:
                before = of.trouble
                step(of)
                if of.trouble and of.trouble != before:
                    _tell(network, of, by, now)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("standing source %s", which)
        with within(network.pk):
            if (of := _locked(which, by)) is not None:
                note(of, "broke", say("Something broke on our side."), say("Look into the log of serve."))


def _locked(which: "UUID", by: Actor) -> "StandingSource | None":
    from bailiwick.exchange.models import StandingSource

    return StandingSource.objects.in_network(by).filter(pk=which, ended=None).select_for_update().first()


def _tell(network: "Network", of: "StandingSource", by: Actor, now: datetime) -> None:
    """The director in whose name it goes on, or every director where that is none any more; each trouble once."""
    from bailiwick.network.queries import directors
    from bailiwick.notices.commands import tell
    from bailiwick.web.mails.standing import does_not_go_on

    there = directors(by)
    chosen = [one for one in there if one.pk == of.by] or there
    tell([does_not_go_on(of, one, network.zone, network.language, now) for one in chosen], by=by, now=now)
