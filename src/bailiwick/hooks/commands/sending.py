"""Deliveries whose time has come are claimed, posted outside of any transaction, and what became of them is written down."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from bailiwick.hooks.commands.composing import end, may_tell, teller_of
from bailiwick.hooks.models import Delivery, Hook
from bailiwick.hooks.posting import Answer
from bailiwick.hooks.rules.attempts import FAILING_FOR, GONE, got_through, wait_after
from bailiwick.hooks.rules.kinds import TEST
from bailiwick.hooks.rules.signing import headers, secret_of
from bailiwick.kit import Actor, day_of
from bailiwick.kit.event import KINDS, written
from bailiwick.ledger.commands import looked
from bailiwick.ledger.queries import Happening, entries_named

AT_ONCE, SHARE = 16, 8  # deliveries in one round, and of one hook
LEASE = timedelta(minutes=2)  # longer than any attempt: after it a sender that died is given up
REST = timedelta(seconds=30)  # between two attempts at a hook that fails for longer than that: it would hold up the others
CHANCE = SystemRandom()
PAGE = "hook"  # what the record of reads calls a delivery


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message as it leaves: nothing but this is needed to post it."""

    hook: UUID
    delivery: UUID
    claimed: datetime
    url: str
    headers: dict[str, str]
    body: bytes


def claim(*, by: Actor, now: datetime, most: int = AT_ONCE) -> list[Outgoing]:
    """Deliveries that are due are this sender's for two minutes; no other gets them meanwhile.

    What each tells is read now, as its person sees it now: nothing of what has left their sight, nothing at all once their
    access has ended. Whose rows it tells of is recorded before it leaves. Of a hook that fails one at a time is tried, after a
    while one every half minute.
    """
    due = Delivery.objects.in_network(by).filter(Q(claimed=None) | Q(claimed__lte=now), due__lte=now)
    hooks = list(Hook.objects.in_network(by).filter(off=None, pk__in=due.values("hook")))
    CHANCE.shuffle(hooks)  # none waits for ever behind busy ones
    found: list[Outgoing] = []
    for hook in hooks:
        if len(found) >= most:
            break
        teller = None if _rests(hook, by, now) else teller_of(hook.person, by, now)
        if teller is None:
            continue  # where the access has ended `compose` switches it off
        share = min(1 if hook.failing else SHARE, most - len(found))
        waiting = due.filter(hook=hook).order_by("due", "id").select_for_update(skip_locked=True)
        while share > 0 and (rows := list(waiting[:share])):
            leaving = _of_hook(hook, rows, teller, now)  # those out of sight take no place
            found += leaving
            share -= len(leaving)
    return found


def _rests(hook: Hook, by: Actor, now: datetime) -> bool:
    if hook.failing is None or now - hook.failing <= REST:
        return False
    return Delivery.objects.in_network(by).filter(hook=hook, tried__gt=now - REST).exists()


def _of_hook(hook: Hook, rows: Sequence[Delivery], teller: Actor, now: datetime) -> list[Outgoing]:
    wanted = [row.entry for row in rows if row.entry]
    seen = entries_named(teller.scope, wanted) if may_tell(teller) else {}
    people = [person for _, person in seen.values() if person]
    zone = teller.scope.home.zone if teller.scope.home else "UTC"
    looked(people, page=PAGE, by=teller, day=day_of(now, zone), now=now)
    found = []
    for row in rows:
        if row.entry is not None and row.entry not in seen:
            row.due, row.trouble, row.status = None, "unseen", None
        else:
            row.claimed, row.attempts, row.tried = now + LEASE, row.attempts + 1, now
            told = _told(row, seen[row.entry][0]) if row.entry else _test(row)
            found.append(_outgoing(hook, row, told, now))
        row.save(update_fields=["due", "trouble", "status", "claimed", "attempts", "tried"])
    return found


def _outgoing(hook: Hook, row: Delivery, told: dict[str, object], now: datetime) -> Outgoing:
    salts = [hook.salt, *([hook.salt_before] if hook.overlap and hook.overlap > now else [])]
    secrets = [secret_of(settings.SECRET_KEY, hook.pk, salt) for salt in salts]
    body = json.dumps(told, separators=(",", ":"), sort_keys=True).encode()
    signed = headers(secrets, row.message, now, body)
    return Outgoing(hook.pk, row.pk, now + LEASE, hook.url, signed, body)


def _told(row: Delivery, event: Happening) -> dict[str, object]:
    """An event as it is told: ids, amounts, days and codes; names are asked of the API, by who may read them."""
    nobody = event.by.int == 0
    told = {
        "event": str(event.id),
        "subject": str(event.subject),
        "by": None if nobody else str(event.by),
        "recorded": event.recorded.isoformat(),
        "schema": KINDS[event.kind].SCHEMA,
        "facts": {name: written(fact) for name, fact in event.facts.items()},
    }
    return {"type": event.kind, "timestamp": event.happened.isoformat(), "data": told}


def _test(row: Delivery) -> dict[str, object]:
    return {"type": TEST, "timestamp": row.made.isoformat(), "data": {"hook": str(row.hook_id)}}


def settle(outgoing: Outgoing, answer: Answer, *, by: Actor, now: datetime) -> Hook | None:
    """What became of an attempt stands in its delivery; returns the hook if this switched it off.

    It is off where the receiver says that it is gone (410), and where a delivery is given up and nothing got through for three
    days. An attempt that lasted beyond its claim, or of a hook that is no more, changes nothing. The hook is locked first, as by
    every act on it.
    """
    hook = Hook.objects.in_network(by).filter(pk=outgoing.hook).select_for_update().first()
    rows = Delivery.objects.in_network(by).filter(pk=outgoing.delivery, claimed=outgoing.claimed)
    row = rows.select_for_update().first()
    if row is None or hook is None:
        return None
    row.claimed, row.status, row.trouble = None, answer.status, answer.trouble
    if got_through(answer.status):
        row.due, row.delivered, hook.failing = None, now, None
    else:
        wait = wait_after(row.attempts, CHANCE.random())
        row.due = None if wait is None else now + wait
        hook.failing = hook.failing or now
    row.save(update_fields=["claimed", "status", "trouble", "due", "delivered"])
    hook.save(update_fields=["failing"])
    why = _why_off(row, hook, now)
    if why is None or hook.off is not None:
        return None
    end(hook, why, now)
    return hook


def _why_off(row: Delivery, hook: Hook, now: datetime) -> Hook.Why | None:
    if row.status == GONE:
        return Hook.Why.GONE
    given_up = row.due is None and row.delivered is None
    failed = hook.failing is not None and now - hook.failing >= FAILING_FOR
    return Hook.Why.FAILING if given_up and failed else None
