"""Arrivals as lines with their acts in place, the same on every page."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext

from bailiwick.kit import Sentence, Speech, say
from bailiwick.pipeline.arrived import Arrived
from bailiwick.pipeline.models import Activity
from bailiwick.web.asked import Asked
from bailiwick.web.shapes import Act, State, Todo, due

WITH = {
    Activity.Kind.MAIL: say("Mail with %(who)s: %(what)s"),
    Activity.Kind.MEETING: say("Meeting with %(who)s: %(what)s"),
}


def arrival_todo(one: Arrived, asked: Asked, here: str) -> Todo:
    """What came in, with whom and on which day; one tap keeps it."""
    row, speech = one.row, asked.speech
    next_step = row.due if row.day else None
    note = [
        one.opportunity.title if one.opportunity else "",
        speech.say(say("next step %(day)s", day=speech.weekday(next_step))) if next_step else "",
        "" if one.account else gettext("nobody of yours recognised"),
    ]
    return Todo(
        title=title_of(one, speech),
        state=State("none", speech.weekday(row.day)) if row.day else _planned(one, asked),
        url=reverse("arrival", args=[row.pk]),
        note=" · ".join(part for part in note if part),
        acts=[
            Act(gettext("Keep"), reverse("arrival_keep", args=[row.pk]), first=True, fields=[("next", here)]),
            Act(gettext("Change"), reverse("arrival", args=[row.pk]), "get"),
            Act(gettext("Throw away"), reverse("arrival_throw", args=[row.pk]), fields=[("next", here)]),
        ],
    )


def title_of(one: Arrived, speech: Speech) -> str:
    """With whom, and what about."""
    what = one.row.text.partition("\n")[0][:120] or gettext("no subject")
    who = _who(one)
    if not who:
        return what
    words = WITH.get(Activity.Kind(one.row.kind), WITH[Activity.Kind.MEETING])
    return speech.say(replace(words, places={"who": who, "what": what}))


def _who(one: Arrived) -> Sentence | None:
    if one.contact and one.account:
        return say("%(name)s of %(company)s", name=one.contact.name, company=one.account.name)
    said = one.account.name if one.account else one.row.who
    return say("%(who)s", who=said) if said else None


def _planned(one: Arrived, asked: Asked) -> State:
    clock = f"{one.row.due_time:%H:%M}" if one.row.due_time else ""
    return due(one.row.due, asked.today, asked.speech, say("since"), clock)
