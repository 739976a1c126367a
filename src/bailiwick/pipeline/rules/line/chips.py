"""How a line was understood, in sentences that a person reads before anything is kept."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from decimal import Decimal

from bailiwick.kit import Money, Sentence, say
from bailiwick.pipeline.rules.line.activity import Activity
from bailiwick.pipeline.rules.line.parties import Parties
from bailiwick.pipeline.rules.line.records import Kind, Next, Outcome
from bailiwick.pipeline.rules.line.shares import Means
from bailiwick.pipeline.rules.line.steps import STEPS

KINDS: dict[Kind, Sentence] = {
    Kind.CALL: say("call"),
    Kind.MEETING: say("meeting"),
    Kind.MAIL: say("mail"),
    Kind.VISIT: say("visit"),
    Kind.NOTE: say("note"),
    Kind.TASK: say("task"),
}
SHOWN = 80  # characters of typed words in a chip


def day_said(day: date, today: date) -> Sentence | date:
    """Today, tomorrow and yesterday by name, any other day as a date for the door to write.

    >>> str(day_said(date(2026, 11, 24), date(2026, 11, 23)))
    'tomorrow'
    """
    names = {0: say("today"), 1: say("tomorrow"), -1: say("yesterday")}
    return names.get((day - today) // timedelta(days=1), day)


def of_activity(main: Activity, today: date) -> Sentence:
    """ "meeting, today"; "planned: call, tomorrow 14:00"."""
    kind: Sentence = KINDS[main.kind]
    if not main.done and main.kind is not Kind.TASK:
        kind = say("planned: %(kind)s", kind=kind)
    if main.when is None:
        return kind
    day = day_said(main.when, today)
    if main.time is None:
        return say("%(kind)s, %(day)s", kind=kind, day=day)
    return say("%(kind)s, %(day)s %(time)s", kind=kind, day=day, time=clock(main.time))


def clock(at: time) -> str:
    return f"{at:%H:%M}"


def of_parties(parties: Parties, stranger: str) -> list[Sentence]:
    """Who it is about, or which of several, or who nobody knows yet."""
    known = [one for one in (parties.account, parties.contact, parties.opportunity) if one is not None and one.name]
    found = [say("%(name)s", name=one.name) for one in known]
    found += [say("ask: which %(name)s?", name=short(name)) for name in parties.which]
    return [*found, *([say("new company? %(name)s", name=short(stranger))] if stranger else [])]


def of_next(step: Next | None, today: date) -> list[Sentence]:
    """ "next: proposal, 27 Nov 2026"; without a step word the words as typed."""
    if step is None:
        return []
    what = STEPS[step.kind] if step.kind in STEPS else short(step.text)
    if step.by is None:
        return [say("next: %(step)s", step=what)]
    return [say("next: %(step)s, %(day)s", step=what, day=day_said(step.by, today))]


def of_money(money: Money | None, several: bool) -> list[Sentence]:
    if several:
        return [say("ask: which amount is meant?")]
    return [say("%(money)s", money=money)] if money else []


def of_discount(share: Decimal | None, means: Means | None) -> list[Sentence]:
    """ "wants 15% off", "22% off", or the question whether a percentage is a discount."""
    if means is Means.UNSURE:
        return [say("ask: which discount is meant?")]
    if share is None:
        return []
    percent = say("%(number)s%%", number=_plain(share * 100))
    return [say("wants %(share)s off", share=percent) if means is Means.WANTED else say("%(share)s off", share=percent)]


def of_ending(outcome: Outcome | None, reason: str) -> list[Sentence]:
    if outcome is None:
        return []
    if outcome == "won":
        return [say("won: %(reason)s", reason=short(reason)) if reason else say("won")]
    return [say("lost: %(reason)s", reason=short(reason)) if reason else say("lost")]


def of_promise(promise: bool) -> list[Sentence]:
    return [say("promised to the customer")] if promise else []


def of_unsure_days(said: Sequence[str]) -> list[Sentence]:
    """One question for each day that may be two, or that a deadline can no longer be."""
    return [say("ask: which day is %(words)s?", words=short(words)) for words in dict.fromkeys(said)]


def short(text: str) -> str:
    """Typed words on one line, cut where a chip ends."""
    words = " ".join(text.split())
    return words if len(words) <= SHOWN else words[: SHOWN - 1].rstrip() + "…"


def _plain(number: Decimal) -> Decimal:
    whole = number.to_integral_value()
    return whole if whole == number else number.normalize()
