"""`hooks`: other systems that are told what happens, and how each delivery fared."""

import re
from datetime import datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext

from bailiwick.fields import take
from bailiwick.hooks import commands, queries
from bailiwick.hooks.fields import HOOK, REPLAY
from bailiwick.hooks.queries import HookSeen
from bailiwick.kit import Refused, say, say_n
from bailiwick.kit.scope import DEALING
from bailiwick.tenancy.paging import page as part
from bailiwick.web.asked import Asked, Go, Shown
from bailiwick.web.door import page, tried
from bailiwick.web.forms import controls, said
from bailiwick.web.hooks import delivery_of, since, state_of
from bailiwick.web.shapes import Act, Cell, Column, Row


@page("settings/hooks", name="hooks", roles=DEALING, methods=("GET", "POST"))
def show(asked: Asked) -> Shown:
    """One's own hooks, and a form for the next; its secret is in the answer to that form and nowhere else."""
    no, secret = None, ""
    if asked.posted:
        done = tried(lambda: commands.add_hook(**take(HOOK, asked.request.POST), by=asked.actor, now=asked.now))
        no, secret = (done, "") if isinstance(done, Refused) else (None, done[1])
    rows = queries.hooks(asked.viewer)
    context = {
        "columns": [Column("label", gettext("System"), "title"), Column("state", gettext("State"), "state"),
                    Column("kinds", gettext("Kinds of events")), Column("last", gettext("Last told"), "day")],
        "rows": [_row(one, asked) for one in rows],
        "fields": controls(HOOK, asked.request.POST if no else {"kinds": "*"}, asked.speech, no),
        "refusal": said(no, asked.speech),
        "opened": bool(no) or not rows,
        "secret": secret,
        "kind_columns": [Column("kind", gettext("Kind"), "title"), Column("sentence", gettext("What it says"))],
        "kinds": [Row([Cell(kind), Cell(_in_short(asked.speech.say(sentence)))]) for kind, sentence in queries.kinds_to_choose()],
    }  # fmt: skip
    return Shown("pages/hooks.html", context, status=422 if no else 200, once=bool(secret))


def _in_short(sentence: str) -> str:
    """The sentence of a kind with its places left open."""
    return re.sub(r"%\(\w+\)s", "…", sentence).replace("%%", "%")


def _row(one: HookSeen, asked: Asked) -> Row:
    state = state_of(one, asked.speech)
    return Row([
        Cell(one.hook.label or one.hook.url, url=reverse("hook", args=[one.hook.pk]), note=one.hook.url),
        Cell(state.word, state=state.kind, note=since(one, asked.speech)),
        Cell(" ".join(one.hook.kinds)),
        Cell(asked.speech.instant(one.delivered)),
    ])  # fmt: skip


@page("settings/hooks/<uuid:which>", name="hook", roles=DEALING)
def one(asked: Asked, which: UUID) -> Shown:
    """One hook with its deliveries, newest first."""
    return Shown("pages/hook.html", _hook(asked, which))


def _hook(asked: Asked, which: UUID, no: Refused | None = None, secret: str = "") -> dict[str, Any]:
    seen = queries.hook(asked.viewer, which)
    found = part(queries.deliveries(asked.viewer, which), key="id", cursor=asked.text("at", 2000), falling=True)
    here, on = reverse("hook", args=[which]), seen.hook.off is None
    return {
        "hook": seen.hook,
        "title": seen.hook.label or gettext("Webhook"),
        "state": state_of(seen, asked.speech),
        "since": since(seen, asked.speech),
        "secret": secret,
        "refusal": said(no, asked.speech),
        "acts": [
            *([Act(gettext("Send a test"), reverse("hook_test", args=[which]), first=True)] if on else []),
            Act(gettext("Switch off"), reverse("hook_pause", args=[which]))
            if on
            else Act(gettext("Switch on"), reverse("hook_resume", args=[which]), first=True),
        ],
        "items": [delivery_of(row, asked, again=on) for row in found.rows],
        "next_url": f"{here}?at={found.next}" if found.next else "",
        "previous_url": f"{here}?at={found.previous}" if found.previous else "",
        "again": controls(REPLAY, asked.request.POST if no else {}, asked.speech, no) if on else [],
    }


@page("settings/hooks/<uuid:which>/test", name="hook_test", roles=DEALING, methods=("POST",))
def test(asked: Asked, which: UUID) -> Go:
    """A test is on its way."""
    commands.send_test(which, by=asked.actor, now=asked.now)
    return Go(reverse("hook", args=[which]), say("A test is on its way; look again in a few seconds."))


@page("settings/hooks/<uuid:which>/pause", name="hook_pause", roles=DEALING, methods=("POST",))
def pause(asked: Asked, which: UUID) -> Go:
    """The hook tells nothing."""
    commands.switch_off(which, by=asked.actor, now=asked.now)
    return Go(reverse("hook", args=[which]), say("Switched off; nothing is told from now on."))


@page("settings/hooks/<uuid:which>/resume", name="hook_resume", roles=DEALING, methods=("POST",))
def resume(asked: Asked, which: UUID) -> Go:
    """The hook tells again."""
    commands.switch_on(which, by=asked.actor, now=asked.now)
    return Go(reverse("hook", args=[which]), say("Switched on. What happened meanwhile is told if you ask for it below."))


@page("settings/hooks/<uuid:which>/secret", name="hook_secret", roles=DEALING, methods=("POST",))
def secret(asked: Asked, which: UUID) -> Shown:
    """A new secret, in this one answer and nowhere else."""
    _, text = commands.turn_secret(which, by=asked.actor, now=asked.now)
    return Shown("pages/hook.html", _hook(asked, which, secret=text), once=True)


@page("settings/hooks/<uuid:which>/replay", name="hook_replay", roles=DEALING, methods=("POST",))
def replay(asked: Asked, which: UUID) -> Shown | Go:
    """Everything from a day on is told again."""
    done = tried(lambda: commands.replay_since(which, _since(asked), by=asked.actor, now=asked.now))
    if isinstance(done, Refused):
        return Shown("pages/hook.html", _hook(asked, which, done), status=422)
    return Go(reverse("hook", args=[which]), say_n("One event is told again.", "%(n)s events are told again.", done))


def _since(asked: Asked) -> datetime:
    return datetime.combine(take(REPLAY, asked.request.POST)["since"], time(), ZoneInfo(asked.zone))


@page(
    "settings/hooks/<uuid:which>/deliveries/<uuid:delivery>/replay",
    name="delivery_replay",
    roles=DEALING,
    methods=("POST",),
)
def again(asked: Asked, which: UUID, delivery: UUID) -> Go:
    """One event is told again."""
    commands.replay(which, delivery, by=asked.actor, now=asked.now)
    return Go(reverse("hook", args=[which]), say("It is on its way again; look again in a few seconds."))


@page("settings/hooks/<uuid:which>/remove", name="hook_remove", roles=DEALING, methods=("POST",))
def remove(asked: Asked, which: UUID) -> Go:
    """The hook is gone."""
    commands.remove_hook(which, by=asked.actor)
    return Go(reverse("hooks"), say("Removed; nothing is told there any more."))
