"""A person declares a hook for themselves, gives it another secret, switches it off and on, removes it."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from bailiwick.hooks.models import Delivery, Hook
from bailiwick.hooks.rules.kinds import meant, patterns, unknown
from bailiwick.hooks.rules.signing import secret_of
from bailiwick.hooks.rules.sites import networks, refused_site
from bailiwick.kit import Actor, Invalid, NotAllowed, NotSeen, Problem, Refused, say
from bailiwick.kit.event import KINDS
from bailiwick.kit.scope import DEALING
from bailiwick.ledger.queries import frontier
from bailiwick.network.rules import in_person
from bailiwick.tenancy.models import new_id
from bailiwick.tenancy.turns import take_turns

MOST = 10
OVERLAP = timedelta(hours=24)


def add_hook(*, label: str, url: str, kinds: str, by: Actor, now: datetime) -> tuple[Hook, str]:
    """The actor has a hook that tells `url` of events from now on. Its secret comes back this once and is stored nowhere.

    By who works with deals, in person: a hook tells as somebody who can be told when it fails. Refuses an address that no
    hook may lead to, kinds that mean nothing, and more than ten hooks.
    """
    in_person(by)
    if not by.scope.roles & DEALING:
        raise NotAllowed(say("Webhooks are for those who work with deals."), say("Ask the director if it should be."))
    asked = patterns(kinds)
    problems = [Problem("url", wrong)] if (wrong := refused_site(url, networks(settings.HOOKS_INSIDE))) else []
    if missing := unknown(asked, KINDS):
        problems.append(Problem("kinds", say("There is no kind of event called %(kind)s.", kind=missing[0][:60])))
    if problems or not meant(asked, KINDS):
        raise Invalid(problems or [Problem("kinds", say("Choose at least one kind of event."))])
    take_turns("hooks.hooks", by.person)  # or two at once would both find a place for the tenth
    if Hook.objects.in_network(by).filter(person=by.person).count() >= MOST:
        raise Refused("too_many_hooks", say("You have ten webhooks already."), say("Remove one that is not used any more."))
    moment, seq = frontier(by)
    hook = Hook.objects.in_network(by).create(
        id=new_id(),
        network_id=by.network,
        person=by.person,
        label=label,
        url=url,
        kinds=asked,
        salt=secrets.token_hex(32),
        made=now,
        moment=moment,
        seq=seq,
    )
    return hook, secret_of(settings.SECRET_KEY, hook.pk, hook.salt)


def turn_secret(which: UUID, *, by: Actor, now: datetime) -> tuple[Hook, str]:
    """The hook signs with a new secret, for a day also with the one before, so that its receiver can change over."""
    hook = own_hook(which, by)
    hook.salt_before, hook.salt, hook.overlap = hook.salt, secrets.token_hex(32), now + OVERLAP
    hook.save(update_fields=["salt_before", "salt", "overlap"])
    return hook, secret_of(settings.SECRET_KEY, hook.pk, hook.salt)


def switch_off(which: UUID, *, by: Actor, now: datetime) -> Hook:
    """The hook tells nothing until it is switched on; what waits stays."""
    hook = own_hook(which, by)
    if hook.off is None:
        hook.off, hook.why_off = now, Hook.Why.PERSON
        hook.save(update_fields=["off", "why_off"])
    return hook


def switch_on(which: UUID, *, by: Actor, now: datetime) -> Hook:
    """The hook tells what waited and what happens from now on; what happened meanwhile is told by a replay."""
    hook = own_hook(which, by)
    if hook.off is not None:
        hook.off, hook.why_off, hook.failing = None, "", None
        hook.moment, hook.seq = frontier(by)
        hook.save(update_fields=["off", "why_off", "failing", "moment", "seq"])
        Delivery.objects.in_network(by).filter(hook=hook, due__gt=now).update(due=now)
    return hook


def remove_hook(which: UUID, *, by: Actor) -> None:
    """The hook and everything about its deliveries are gone."""
    own_hook(which, by).delete()


def own_hook(which: UUID, by: Actor) -> Hook:
    """A hook of the actor, locked until the end of the act; that of somebody else is answered like none."""
    hook: Hook | None = Hook.objects.seen_by(by.scope).filter(pk=which).select_for_update().first()
    if hook is None:
        raise NotSeen
    return hook
