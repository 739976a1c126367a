"""That a standing source does not go on, in the words of a director."""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation

from bailiwick.exchange.models import StandingSource
from bailiwick.exchange.sentences import spoken
from bailiwick.kit import say
from bailiwick.network.models import Person
from bailiwick.notices.commands import NewMessage
from bailiwick.notices.rules import after_quiet
from bailiwick.web.asked import speech_of


def does_not_go_on(of: StandingSource, person: Person, zone: str, language: str, now: datetime) -> NewMessage:
    """Which source, why, and what can be done; one message for each trouble."""
    chosen, trouble = person.language or language, of.trouble or {}
    with translation.override(chosen):
        speech = speech_of(chosen, zone)
        subject = speech.say(say("“%(source)s” does not go on by itself", source=of.source))
        lines = [text for text in (speech.say(spoken(trouble.get(part))) for part in ("why", "remedy")) if text]
        context = {"name": "", "sentence": f"{subject}.", "parts": [{"title": "", "lines": lines}], "digest": False}
        body = render_to_string("mails/digest.txt", context).strip() + "\n"
    return NewMessage(
        person=person.pk,
        kind="standing_source",
        about=f"{of.pk}:{trouble.get('about', '')}"[:120],
        subject=" ".join(subject.split()),
        body=body,
        not_before=after_quiet(now, zone, person.quiet_from, person.quiet_until),
    )
