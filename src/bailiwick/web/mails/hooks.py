"""That a hook was switched off, in the words of the one whose hook it is."""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation

from bailiwick.hooks.models import Hook
from bailiwick.kit import say
from bailiwick.network.models import Person
from bailiwick.notices.commands import NewMessage
from bailiwick.notices.rules import after_quiet
from bailiwick.web.asked import speech_of

WHY = {
    Hook.Why.GONE: say("The receiver says that it is gone for good (410)."),
    Hook.Why.FAILING: say("Nothing got through for three days."),
}


def switched_off(hook: Hook, person: Person, zone: str, language: str, now: datetime) -> NewMessage:
    """Which hook, why, and what can be done."""
    chosen = person.language or language
    with translation.override(chosen):
        speech = speech_of(chosen, zone)
        subject = speech.say(say("The webhook %(label)s was switched off", label=hook.label or hook.url))
        remedy = say("Switch it on in your settings when the receiver is back; what it missed can be told again from a day on.")
        lines = [speech.say(WHY[Hook.Why(hook.why_off)]), speech.say(remedy)]
        context = {"name": "", "sentence": f"{subject}.", "parts": [{"title": "", "lines": lines}], "digest": False}
        body = render_to_string("mails/digest.txt", context).strip() + "\n"
    return NewMessage(
        person=person.pk,
        kind="hook",
        about=f"{hook.pk}:{now.isoformat()}",
        subject=" ".join(subject.split()),
        body=body,
        not_before=after_quiet(now, zone, person.quiet_from, person.quiet_until),
    )
