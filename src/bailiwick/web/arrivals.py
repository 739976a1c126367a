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
    Activity.Kind.MAIL: say("Mail with %(who)s"),
    Activity.Kind.MEETING: say("Meeting with %(who)s"),
}


def arrival_todo(one: Arrived, asked: Asked, here: str) -> Todo:
    """What it is about, with whom and on which day; one tap keeps it."""
    row, speech = one.row, asked.speech
    next_step = row.due if row.day else None
    note = [
        with_whom(one, speech),
        one.opportunity.title if one.opportunity else "",
        speech.say(say("next step %(day)s", day=speech.weekday(next_step))) if next_step else "",
        "" if one.account else gettext("no company of yours recognised"),
    ]
    return Todo(
        title=about(one),
        state=State("none", speech.weekday(row.day)) if row.day else _planned(one, asked),
        url=reverse("arrival", args=[row.pk]),
        note=" · ".join(part for part in note if part),
        acts=[
            Act(gettext("Keep"), reverse("arrival_keep", args=[row.pk]), first=True, fields=[("next", here)]),
            Act(gettext("Change"), reverse("arrival", args=[row.pk]), "get"),
            Act(gettext("Throw away"), reverse("arrival_throw", args=[row.pk]), fields=[("next", here)]),
        ],
    )


def about(one: Arrived) -> str:
    """The first of its words."""
    return one.row.text.partition("\n")[0][:120] or gettext("no subject")


def with_whom(one: Arrived, speech: Speech) -> str:
    """What it is, and with whom as far as that is known."""
    if one.contact and one.account:
        who: Sentence | str = say("%(name)s of %(company)s", name=one.contact.name, company=one.account.name)
    else:
        who = one.account.name if one.account else one.row.who
    words = WITH.get(Activity.Kind(one.row.kind), WITH[Activity.Kind.MEETING])
    return speech.say(replace(words, places={"who": who})) if who else ""


def _planned(one: Arrived, asked: Asked) -> State:
    clock = f"{one.row.due_time:%H:%M}" if one.row.due_time else ""
    return due(one.row.due, asked.today, asked.speech, say("since"), clock)
