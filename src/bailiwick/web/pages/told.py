"""`told`: every message to the viewer, sent or waiting."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext, ngettext

from bailiwick.kit import say
from bailiwick.notices.commands import MOST_TRIES
from bailiwick.notices.models import Message
from bailiwick.notices.queries import told
from bailiwick.web.asked import Asked, Shown
from bailiwick.web.door import page
from bailiwick.web.shapes import State


@page("messages", name="told")
def show(asked: Asked) -> Shown:
    """What I was told, newest first."""
    messages = [_message(one, asked) for one in told(asked.viewer)]
    count = len(messages)
    heading = (
        ngettext("You were told one thing", "You were told %(n)s things", count) % {"n": count}
        if count
        else gettext("You were told nothing yet")
    )
    context = {
        "heading": heading,
        "told": messages,
        "leaves": not str(settings.EMAIL_BACKEND).endswith("dummy.EmailBackend") and not asked.network.demo,
    }
    return Shown("pages/told.html", context)


def _message(one: Message, asked: Asked) -> dict[str, Any]:
    return {
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
