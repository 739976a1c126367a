"""Tasks, promises and lapsing deals as lines with their acts in place, the same on every page."""

from django.urls import reverse
from django.utils.translation import gettext

from bailiwick.kit import say
from bailiwick.pipeline.models import Activity, Opportunity, Promise
from bailiwick.web.asked import Asked
from bailiwick.web.shapes import Act, State, Todo, due, money_of


def deal_todo(deal: Opportunity, asked: Asked, here: str) -> Todo:
    """An open deal whose stated close comes or has passed: decide it, or say when."""
    speech = asked.speech
    note = [speech.money(money_of(deal)), deal.account.name if deal.account else "", deal.step.name]
    return Todo(
        title=deal.title,
        state=_closing(deal, asked),
        url=reverse("opportunity", args=[deal.pk]),
        note=" · ".join(part for part in note if part),
        acts=[
            Act(gettext("Won"), reverse("win", args=[deal.pk]), fields=[("next", here)]),
            Act(gettext("Lost"), f"{reverse('lose', args=[deal.pk])}?next={here}", "get"),
            Act(gettext("New day"), reverse("opportunity_change", args=[deal.pk]), "get"),
        ],
    )


def _closing(deal: Opportunity, asked: Asked) -> State:
    if deal.expected == asked.today:
        return State("off", gettext("lapses tomorrow"))
    passed = bool(deal.expected and deal.expected < asked.today)
    return due(deal.expected, asked.today, asked.speech, say("lapsed") if passed else say("closes"))


def promise_todo(promise: Promise, asked: Asked, here: str) -> Todo:
    """Something a customer was told they will have."""
    name = promise.account.name if promise.account else ""
    return Todo(
        title=promise.text or gettext("a promise"),
        state=due(promise.due, asked.today, asked.speech, say("promised for")),
        url=reverse("account", args=[promise.account_id]) if promise.account_id else "",
        note=asked.speech.say(say("promised to %(name)s", name=name)) if name else "",
        acts=[Act(gettext("Kept"), reverse("keep_promise", args=[promise.pk]), fields=[("next", here)])],
    )


def task_todo(task: Activity, asked: Asked, here: str) -> Todo:
    """Something planned."""
    kind = gettext(task.kind)
    subject = task.opportunity.title if task.opportunity else task.account.name if task.account else ""
    note = [kind if task.text else "", subject, task.contact.name if task.contact else ""]
    return Todo(
        title=task.text or kind,
        state=due(task.due, asked.today, asked.speech, say("since"), f"{task.due_time:%H:%M}" if task.due_time else ""),
        url=_subject(task),
        note=" · ".join(part for part in note if part),
        acts=[
            Act(gettext("Done"), reverse("task_done", args=[task.pk]), fields=[("next", here)]),
            Act(gettext("Drop"), reverse("task_drop", args=[task.pk]), fields=[("next", here)]),
        ],
    )


def _subject(task: Activity) -> str:
    if task.opportunity_id:
        return reverse("opportunity", args=[task.opportunity_id])
    return reverse("account", args=[task.account_id]) if task.account_id else ""
