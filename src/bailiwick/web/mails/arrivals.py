"""That more mail came to somebody's address than is taken on a day, in their own words."""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation

from bailiwick.kit import day_of, say
from bailiwick.network.models import Person
from bailiwick.notices.commands import NewMessage
from bailiwick.notices.rules import after_quiet
from bailiwick.web.asked import speech_of


def too_many(person: Person, zone: str, language: str, now: datetime, most: int) -> NewMessage:
    """Said once a day; the rest waits where it is."""
    chosen, today = person.language or language, day_of(now, "UTC")
    with translation.override(chosen):
        speech = speech_of(chosen, zone)
        subject = speech.say(say("More than %(most)s mails came to your address today", most=most))
        lines = [
            speech.say(say("What is beyond that waits at your mail server until tomorrow.")),
            speech.say(say("Was it not you? Renew your address in the settings: the old one takes nothing any more.")),
        ]
        context = {"name": "", "sentence": f"{subject}.", "parts": [{"title": "", "lines": lines}], "digest": False}
        body = render_to_string("mails/digest.txt", context).strip() + "\n"
    return NewMessage(
        person=person.pk,
        kind="arrivals",
        about=today.isoformat(),
        subject=subject,
        body=body,
        not_before=after_quiet(now, zone, person.quiet_from, person.quiet_until),
    )
