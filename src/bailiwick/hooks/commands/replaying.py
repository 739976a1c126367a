"""Telling again what was told, and a test."""

from datetime import datetime
from uuid import UUID

from bailiwick.hooks.commands.composing import put_on_the_way, teller_of
from bailiwick.hooks.commands.declaring import own_hook
from bailiwick.hooks.models import Delivery, Hook
from bailiwick.hooks.rules.kinds import TEST, meant
from bailiwick.kit import Actor, NotSeen, Refused, say
from bailiwick.kit.event import KINDS
from bailiwick.ledger.queries import entries_since

MOST = 5000
ANEW = {"attempts": 0, "delivered": None, "status": None, "trouble": ""}


def send_test(which: UUID, *, by: Actor, now: datetime) -> Delivery:
    """A test is on its way to the hook; one that waits already is that test."""
    hook = _telling(which, by)
    waiting = Delivery.objects.in_network(by).filter(hook=hook, entry=None, due__isnull=False).first()
    if waiting is not None:
        return waiting
    return Delivery.objects.in_network(by).create(network_id=by.network, hook=hook, kind=TEST, made=now, due=now)


def replay(which: UUID, delivery: UUID, *, by: Actor, now: datetime) -> Delivery:
    """One event is told to the hook again, with the id that it had."""
    hook = _telling(which, by)
    rows = Delivery.objects.in_network(by).filter(hook=hook, pk=delivery)
    if not rows.update(made=now, due=now, **ANEW):
        raise NotSeen
    return rows.get()


def replay_since(which: UUID, since: datetime, *, by: Actor, now: datetime) -> int:
    """Everything that the hook asks for and its person sees, recorded from `since` on, is told again; returns how many.

    Also what happened while the hook was off or was not there yet. Refuses more than five thousand at once.
    """
    hook = _telling(which, by)
    teller = teller_of(hook.person, by, now)
    found = entries_since(teller.scope, meant(hook.kinds, KINDS), since) if teller else None
    entries = list(found[: MOST + 1]) if found is not None else []
    if len(entries) > MOST:
        raise Refused("too_much_again", say("That is more than %(most)s events.", most=MOST), say("Choose a later day."))
    put_on_the_way(hook, entries, by, now)
    named = [entry.pk for entry in entries]
    Delivery.objects.in_network(by).filter(hook=hook, entry__in=named).update(made=now, due=now, **ANEW)
    return len(entries)


def _telling(which: UUID, by: Actor) -> Hook:
    hook = own_hook(which, by)
    if hook.off is not None:
        raise Refused("hook_off", say("This webhook is switched off."), say("Switch it on first."))
    return hook
