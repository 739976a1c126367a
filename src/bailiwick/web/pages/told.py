"""`told`: every message to the viewer, sent or waiting."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from bailiwick.kit import say
from bailiwick.network.commands import read_until
from bailiwick.notices.commands import MOST_TRIES
from bailiwick.notices.models import Message
from bailiwick.notices.queries import told
from bailiwick.web.asked import Asked, Go, Shown
from bailiwick.web.door import page
from bailiwick.web.shapes import State

LONG_AGO = datetime.min.replace(tzinfo=UTC)


@page("messages", name="told")
def show(asked: Asked) -> Shown:
    """What I was told, newest first."""
    found = told(asked.viewer)
    messages = [_message(one, asked) for one in found]
    count, due = len(messages), [one.not_before for one in found if one.not_before <= asked.now]
    new = sum(one["new"] for one in messages)
    heading = (
        ngettext("You were told one thing", "You were told %(n)s things", count) % {"n": count}
        if count
        else gettext("You were told nothing yet")
    )
    context = {
        "heading": heading,
        "told": messages,
        "new": ngettext("One is new.", "%(n)s are new.", new) % {"n": new} if new else "",
        "until": max(due).isoformat() if due else "",
        "leaves": not str(settings.EMAIL_BACKEND).endswith("dummy.EmailBackend") and not asked.network.demo,
    }
    return Shown("pages/told.html", context)


@page("messages/read", name="told_read", methods=("POST",))
def read(asked: Asked) -> Go:
    """What the page showed is not new any more."""
    try:
        until = datetime.fromisoformat(asked.text("until"))
    except ValueError:
        until = asked.now
    read_until(until if until.tzinfo else asked.now, by=asked.actor, now=asked.now)
    return Go(reverse("told"))


def _message(one: Message, asked: Asked) -> dict[str, Any]:
    return {
        "new": one.not_before <= asked.now and one.not_before > (asked.person.told_until or LONG_AGO),
        "subject": one.subject,
        "body": one.body,
        "made": one.made.isoformat(),
        "when": asked.speech.instant(one.made),
        "state": _state(one, asked),
    }


def _state(one: Message, asked: Asked) -> State:
    """Whether it has left; where it could not, why and when it is tried again."""
    speech = asked.speech
    if one.sent:
        return State("good", gettext("sent"))
    if one.tries >= MOST_TRIES:
        return State("off", speech.say(say("not sent: %(why)s", why=one.trouble)))
    if one.tries:
        return State(
            "watch", speech.say(say("tried again at %(when)s: %(why)s", when=speech.clock(one.not_before), why=one.trouble))
        )
    return State("none", speech.say(say("waits until %(when)s", when=speech.clock(one.not_before))))
