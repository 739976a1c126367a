"""What is done to deals, tasks and promises: each act a noun of its own, by POST; then back to where it was done."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from bailiwick.fields import take
from bailiwick.kit import Refused, Sentence, say
from bailiwick.pipeline import commands, queries
from bailiwick.pipeline.fields import ACTIVITY, LOST, PROMISE
from bailiwick.web.asked import Asked, Go, Shown
from bailiwick.web.door import page, tried
from bailiwick.web.forms import controls, said
from bailiwick.web.frame import SELLING
from bailiwick.web.shapes import back


@page("opportunities/<uuid:which>/win", name="win", roles=SELLING, methods=("POST",))
def win(asked: Asked, which: UUID) -> Go:
    """The customer bought."""
    won = commands.win(which, by=asked.actor, now=asked.now)
    return Go(_back(asked, "opportunity", which), say("Won: %(deal)s.", deal=won.title))


@page("opportunities/<uuid:which>/lose", name="lose", roles=SELLING, methods=("GET", "POST"))
def lose(asked: Asked, which: UUID) -> Shown | Go:
    """The customer did not buy; why is asked, not demanded."""
    return _decide(asked, which, commands.lose, gettext("Lost"), say("Recorded as lost; it happens."))


@page("opportunities/<uuid:which>/withdraw", name="withdraw", roles=SELLING, methods=("GET", "POST"))
def withdraw(asked: Asked, which: UUID) -> Shown | Go:
    """We stop trying; counts as lost."""
    return _decide(asked, which, commands.withdraw, gettext("Withdraw"), say("Withdrawn; it counts as lost."))


def _decide(asked: Asked, which: UUID, act: Callable[..., Any], word: str, told: Sentence) -> Shown | Go:
    deal = queries.opportunity(asked.viewer, which)
    no: Refused | None = None
    if asked.posted:
        done = tried(lambda: act(which, by=asked.actor, now=asked.now, **take(LOST, asked.request.POST)))
        if not isinstance(done, Refused):
            return Go(_back(asked, "opportunity", which), told)
        no = done
    fields = controls(LOST, asked.request.POST if asked.posted else {}, asked.speech, no)
    context = {
        "deal": deal,
        "word": word,
        "fields": fields,
        "refusal": said(no, asked.speech),
        "back": _back(asked, "opportunity", which),
    }
    return Shown("pages/decide.html", context, status=422 if no else 200, looked_at=frozenset({deal.person_id}))


@page("opportunities/<uuid:which>/reopen", name="reopen", roles=SELLING, methods=("POST",))
def reopen(asked: Asked, which: UUID) -> Go:
    """Open again, after a mistake or a change of mind."""
    commands.reopen(which, by=asked.actor, now=asked.now)
    return Go(_back(asked, "opportunity", which), say("Open again."))


@page("opportunities/<uuid:which>/step", name="step", roles=SELLING, methods=("POST",))
def step(asked: Asked, which: UUID) -> Go:
    """Go to another step of the process."""
    to = asked.id("step")
    if to is not None:
        commands.move(which, step=to, by=asked.actor, now=asked.now)
    return Go(_back(asked, "opportunity", which))


@page("opportunities/<uuid:which>/activities", name="opportunity_activity", roles=SELLING, methods=("POST",))
def opportunity_activity(asked: Asked, which: UUID) -> Go:
    """Log what was done with a deal (without a day), or plan it (with one)."""
    deal = queries.opportunity(asked.viewer, which)
    _log(asked, account=deal.account_id, opportunity=which)
    return Go(reverse("opportunity", args=[which]), say("Kept."))


@page("accounts/<uuid:which>/activities", name="account_activity", roles=SELLING, methods=("POST",))
def account_activity(asked: Asked, which: UUID) -> Go:
    """Log or plan something with a company."""
    _log(asked, account=which, opportunity=None)
    return Go(reverse("account", args=[which]), say("Kept."))


def _log(asked: Asked, account: UUID | None, opportunity: UUID | None) -> None:
    values = take(ACTIVITY, asked.request.POST)
    day = None if values["due"] or values["kind"] == "task" else asked.today
    commands.log_activities(
        [commands.NewActivity(account=account, opportunity=opportunity, day=day, **values)], by=asked.actor, now=asked.now
    )


@page("opportunities/<uuid:which>/promises", name="opportunity_promise", roles=SELLING, methods=("POST",))
def opportunity_promise(asked: Asked, which: UUID) -> Go:
    """Record what the customer was promised."""
    commands.promise(**take(PROMISE, asked.request.POST), opportunity=which, by=asked.actor, now=asked.now)
    return Go(reverse("opportunity", args=[which]), say("You are reminded in time."))


@page("accounts/<uuid:which>/promises", name="account_promise", roles=SELLING, methods=("POST",))
def account_promise(asked: Asked, which: UUID) -> Go:
    """Record what the customer was promised."""
    commands.promise(**take(PROMISE, asked.request.POST), account=which, by=asked.actor, now=asked.now)
    return Go(reverse("account", args=[which]), say("You are reminded in time."))


@page("tasks/<uuid:which>/done", name="task_done", roles=SELLING, methods=("POST",))
def task_done(asked: Asked, which: UUID) -> Go:
    """The task is done now."""
    commands.complete_task(which, by=asked.actor, now=asked.now)
    return Go(_back(asked, "my_day"), say("Done."))


@page("tasks/<uuid:which>/drop", name="task_drop", roles=SELLING, methods=("POST",))
def task_drop(asked: Asked, which: UUID) -> Go:
    """The task will not be done."""
    commands.drop_task(which, by=asked.actor, now=asked.now)
    return Go(_back(asked, "my_day"), say("Dropped."))


@page("promises/<uuid:which>/kept", name="keep_promise", roles=SELLING, methods=("POST",))
def keep_promise(asked: Asked, which: UUID) -> Go:
    """What was promised is with the customer."""
    commands.keep_promise(which, by=asked.actor, now=asked.now)
    return Go(_back(asked, "my_day"), say("A promise kept."))


def _back(asked: Asked, fallback: str, *parts: UUID) -> str:
    return back(asked.text("next"), fallback, *parts)
