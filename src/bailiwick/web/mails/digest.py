"""The morning message and the reminders, in the words and the zone of the one who gets them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext, ngettext

from bailiwick.desk.digest import DIGEST, PROMISE, TASK, Morning, Reminder
from bailiwick.kit import Speech, say
from bailiwick.network.models import Person
from bailiwick.notices.commands import NewMessage
from bailiwick.notices.rules import after_quiet
from bailiwick.pipeline.models import Activity, Opportunity, Promise
from bailiwick.web.asked import speech_of
from bailiwick.web.shapes import due, money_of

LISTED = 10


def morning(of: Morning, language: str, now: datetime) -> NewMessage:
    """What the day asks, most urgent first."""
    chosen = of.person.language or language
    with translation.override(chosen):
        speech = speech_of(chosen, of.zone)
        parts = [
            _part(gettext("To decide"), [_deal(deal, of, speech) for deal in of.day.lapsing]),
            _part(gettext("Promised"), [_promise(one, of, speech) for one in of.day.promises]),
            _part(gettext("To do"), [_task(task, of, speech) for task in of.tasks]),
        ]
        things = ngettext("One thing today", "%(n)s things today", of.things) % {"n": of.things}
        context = {"name": _first(of.person), "sentence": f"{things}.", "parts": [part for part in parts if part["lines"]]}
        subject = f"{things}, {speech.weekday(of.today)}"
        return _message(of.person, of.zone, now, DIGEST, of.today.isoformat(), subject, context)


def reminder(of: Reminder, language: str, now: datetime) -> NewMessage:
    """A task now, or a promise for tomorrow."""
    chosen = of.person.language or language
    with translation.override(chosen):
        speech = speech_of(chosen, of.zone)
        if isinstance(of.thing, Promise):
            what = of.thing.text or gettext("a promise")
            subject = gettext("Promised for tomorrow: %(what)s") % {"what": what}
            kind, lines = PROMISE, [_to(of.thing)]
        else:
            what = of.thing.text or _kind(of.thing)
            subject = f"{of.thing.due_time:%H:%M} {what}"
            kind, lines = TASK, [speech.say(say("%(kind)s: %(what)s", kind=_kind(of.thing), what=what)), _with(of.thing)]
        context = {"name": "", "sentence": subject, "parts": [_part("", [line for line in lines if line])]}
        return _message(of.person, of.zone, now, kind, of.about, subject, context)


def _message(
    person: Person, zone: str, now: datetime, kind: str, about: str, subject: str, context: Mapping[str, object]
) -> NewMessage:
    """One line as subject: a line break in it would begin another header of the mail."""
    body = render_to_string("mails/digest.txt", {**context, "digest": kind == DIGEST}).strip() + "\n"
    when = after_quiet(now, zone, person.quiet_from, person.quiet_until)
    return NewMessage(person=person.pk, kind=kind, about=about, subject=" ".join(subject.split()), body=body, not_before=when)


def _part(title: str, lines: Sequence[str]) -> dict[str, object]:
    more = len(lines) - LISTED
    rest = [ngettext("and one more", "and %(n)s more", more) % {"n": more}] if more > 0 else []
    return {"title": title, "lines": [*lines[:LISTED], *rest]}


def _deal(deal: Opportunity, of: Morning, speech: Speech) -> str:
    passed = bool(deal.expected and deal.expected < of.today)
    when = due(deal.expected, of.today, speech, say("lapsed") if passed else say("lapses after")).word
    return ", ".join(part for part in (deal.title, when, speech.money(money_of(deal))) if part)


def _promise(one: Promise, of: Morning, speech: Speech) -> str:
    return ", ".join(part for part in (one.text, _to(one), due(one.due, of.today, speech, say("promised for")).word) if part)


def _task(task: Activity, of: Morning, speech: Speech) -> str:
    clock = f"{task.due_time:%H:%M}" if task.due_time else ""
    when = due(task.due, of.today, speech, say("since"), clock).word
    return ", ".join(part for part in (task.text or _kind(task), _with(task), when) if part)


def _kind(task: Activity) -> str:
    return gettext(task.kind)


def _with(task: Activity) -> str:
    names = (task.contact.name if task.contact else "", task.account.name if task.account else "")
    return ", ".join(name for name in names if name)


def _to(promise: Promise) -> str:
    return gettext("to %(name)s") % {"name": promise.account.name} if promise.account else ""


def _first(person: Person) -> str:
    return person.name.split()[0] if person.name else ""
