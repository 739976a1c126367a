"""My own hooks: other systems that are told what happens, as far as I see it."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from bailiwick.api.asked import Asked, Told
from bailiwick.api.door import endpoint
from bailiwick.api.schemas import Cursor, Id, Limit, Taken, built
from bailiwick.api.shapes.hooks import Again, DeliveryShown, HookGiven, HookShown
from bailiwick.api.shapes.plain import Everything, Page
from bailiwick.hooks import commands, queries
from bailiwick.hooks.fields import HOOK, REPLAY
from bailiwick.kit.scope import DEALING
from bailiwick.tenancy.paging import SIZE, page

HookNew = built("HookNew", HOOK, Taken)
Since = built("Since", REPLAY, Taken)


@endpoint("GET", "/hooks", name="hooks", roles=DEALING, gives=Everything[HookShown])
def hooks(asked: Asked) -> Told:
    """My hooks, newest first; never their secrets."""
    return Told(Everything[HookShown](items=[HookShown.of(one) for one in queries.hooks(asked.viewer)]))


@endpoint("POST", "/hooks", name="hook_new", roles=DEALING, takes=HookNew, gives=HookGiven, status=201)
def hook_new(asked: Asked, given: Taken) -> Told:
    """Declare a hook. Its secret is in this answer and nowhere else, also not when the key is repeated."""
    hook, secret = commands.add_hook(**given.values(), by=asked.actor, now=asked.now)
    return _given(asked, hook.pk, secret)


@endpoint("GET", "/hooks/{uuid:hook}", name="hook", roles=DEALING, gives=HookShown)
def hook(asked: Asked, hook: Id) -> Told:
    """One of my hooks."""
    return Told(HookShown.of(queries.hook(asked.viewer, hook)))


@endpoint("DELETE", "/hooks/{uuid:hook}", name="hook_remove", roles=DEALING)
def hook_remove(asked: Asked, hook: Id) -> Told:
    """The hook and everything about its deliveries are gone."""
    commands.remove_hook(hook, by=asked.actor)
    return Told()


@endpoint("POST", "/hooks/{uuid:hook}/secret", name="hook_secret", roles=DEALING, gives=HookGiven, status=201)
def hook_secret(asked: Asked, hook: Id) -> Told:
    """Give it a new secret; for 24 hours the one before signs too."""
    _, secret = commands.turn_secret(hook, by=asked.actor, now=asked.now)
    return _given(asked, hook, secret)


@endpoint("POST", "/hooks/{uuid:hook}/pause", name="hook_pause", roles=DEALING)
def hook_pause(asked: Asked, hook: Id) -> Told:
    """It tells nothing from now on; what waits stays."""
    commands.switch_off(hook, by=asked.actor, now=asked.now)
    return Told()


@endpoint("DELETE", "/hooks/{uuid:hook}/pause", name="hook_resume", roles=DEALING)
def hook_resume(asked: Asked, hook: Id) -> Told:
    """It tells what waited and what happens from now on; what it missed is told by a replay."""
    commands.switch_on(hook, by=asked.actor, now=asked.now)
    return Told()


@endpoint("POST", "/hooks/{uuid:hook}/test", name="hook_test", roles=DEALING, gives=DeliveryShown, status=201)
def hook_test(asked: Asked, hook: Id) -> Told:
    """Send it a test: an event of the kind hooks.test, of nothing."""
    return Told(DeliveryShown.of(commands.send_test(hook, by=asked.actor, now=asked.now)))


@endpoint("POST", "/hooks/{uuid:hook}/replay", name="hook_replay", roles=DEALING, takes=Since, gives=Again)
def hook_replay(asked: Asked, hook: Id, given: Taken) -> Told:
    """Tell again what was recorded from a day on, with the ids that it had, also what was before the hook."""
    since = datetime.combine(given.values()["since"], time(), ZoneInfo(asked.zone))
    return Told(Again(events=commands.replay_since(hook, since, by=asked.actor, now=asked.now)))


@endpoint("GET", "/hooks/{uuid:hook}/deliveries", name="hook_deliveries", roles=DEALING, gives=Page[DeliveryShown])
def hook_deliveries(asked: Asked, hook: Id, limit: Limit = SIZE, cursor: Cursor = "") -> Told:
    """What is and was on its way to one of my hooks, newest first, for a month."""
    found = page(queries.deliveries(asked.viewer, hook), key="id", cursor=cursor, size=limit, falling=True)
    return Told(Page[DeliveryShown](items=[DeliveryShown.of(row) for row in found.rows], next=found.next))


@endpoint(
    "POST",
    "/hooks/{uuid:hook}/deliveries/{uuid:delivery}/replay",
    name="delivery_replay",
    roles=DEALING,
    gives=DeliveryShown,
)
def delivery_replay(asked: Asked, hook: Id, delivery: Id) -> Told:
    """Tell one event again, with the id that it had."""
    return Told(DeliveryShown.of(commands.replay(hook, delivery, by=asked.actor, now=asked.now)))


def _given(asked: Asked, hook: Id, secret: str) -> Told:
    shown = HookShown.of(queries.hook(asked.viewer, hook)).model_dump()
    return Told(HookGiven(**shown, secret=secret), kept=HookGiven(**shown, secret=""))
