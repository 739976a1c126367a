"""From the ledger to deliveries: each hook gets each event that it asks for and its person sees, once."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from bailiwick.hooks.models import Delivery, Hook
from bailiwick.hooks.rules.kinds import meant
from bailiwick.kit import Actor, Door
from bailiwick.kit.event import KINDS
from bailiwick.kit.scope import DEALING
from bailiwick.ledger.models import Entry
from bailiwick.ledger.queries import entries_between, frontier
from bailiwick.network.models import Access
from bailiwick.network.queries import scope_of

MOST = 500  # entries a hook in one round
KEPT_FOR = timedelta(days=30)


def compose(*, by: Actor, now: datetime) -> int:
    """Deliveries stand for what happened since the last time; returns how many.

    Only finished transactions are read, in the ledger's order, so that none is passed over however late it ends. A hook whose
    person has no access any more is off. A hook that another composer has at hand is left to it.
    """
    made, upto = 0, frontier(by)
    for hook in Hook.objects.in_network(by).filter(off=None).select_for_update(skip_locked=True):
        if not has_access(hook.person, by, now):
            end(hook, Hook.Why.ACCESS, now)
            continue
        if (hook.moment, hook.seq) >= upto:
            continue
        fresh = entries_between(scope_of(by.network, hook.person, now), meant(hook.kinds, KINDS), (hook.moment, hook.seq), upto)
        entries = list(fresh[:MOST])
        made += put_on_the_way(hook, entries, by, now)
        hook.moment, hook.seq = (entries[-1].moment, entries[-1].seq) if len(entries) == MOST else upto
        hook.save(update_fields=["moment", "seq"])
    return made


def put_on_the_way(hook: Hook, entries: list[Entry], by: Actor, now: datetime) -> int:
    """Each of these entries has a delivery to the hook; returns how many are new. The hook is locked."""
    there = Delivery.objects.in_network(by).filter(hook=hook, entry__in=[entry.pk for entry in entries])
    known = set(there.values_list("entry", flat=True))
    new = [
        Delivery(network_id=by.network, hook=hook, entry=entry.pk, kind=entry.kind, made=now, due=now)
        for entry in entries
        if entry.pk not in known
    ]
    return len(Delivery.objects.in_network(by).bulk_create(new))


def teller_of(person: UUID, by: Actor, now: datetime) -> Actor | None:
    """The person as whom a hook tells, with what they see now; None once their access has ended."""
    return Actor(scope_of(by.network, person, now), Door.CLOCK) if has_access(person, by, now) else None


def has_access(person: UUID, by: Actor, now: datetime) -> bool:
    """Whether any door is open to the person."""
    opens = Q(until=None) | Q(until__gt=now)
    return Access.objects.filter(opens, network=by.network, person=person, login__is_active=True).exists()


def may_tell(teller: Actor) -> bool:
    """Whether the person still works with deals."""
    return bool(teller.scope.roles & DEALING)


def end(hook: Hook, why: str, now: datetime) -> None:
    """The hook is off; what waits stays until somebody switches it on."""
    hook.off, hook.why_off = now, why
    hook.save(update_fields=["off", "why_off"])


def forget(*, by: Actor, now: datetime) -> int:
    """What is known of deliveries goes after a month; a replay makes them anew, with the same ids."""
    return Delivery.objects.in_network(by).filter(made__lt=now - KEPT_FOR).delete()[0]
