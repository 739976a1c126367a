"""The shapes that the macros print, made from plain values: states, todo lines, table cells, timeline entries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from bailiwick.kit import Money, Sentence, Speech, say
from bailiwick.ledger.queries import Happening
from bailiwick.pipeline.models import Opportunity
from bailiwick.pipeline.rules.standing import SAID, Standing, standing


@dataclass(frozen=True)
class State:
    """Shape and colour (`good`, `watch`, `off`, `none`) with the word that says the same."""

    kind: str
    word: str


@dataclass(frozen=True)
class Act:
    """A button: POST acts, GET goes somewhere."""

    label: str
    url: str
    method: str = "post"
    first: bool = False
    fields: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Todo:
    """One thing that needs a hand, with its acts in place."""

    title: str
    state: State | None = None
    url: str = ""
    note: str = ""
    acts: Sequence[Act] = ()


@dataclass(frozen=True)
class Cell:
    """One value of a list."""

    text: str
    url: str = ""
    state: str = ""
    title: str = ""
    note: str = ""
    initials: str = ""


@dataclass(frozen=True)
class Column:
    """One column of a list."""

    name: str
    label: str
    kind: str = "text"
    sort_url: str = ""
    sorted: str = ""


@dataclass(frozen=True)
class Row:
    """One row of a list."""

    cells: Sequence[Cell]


@dataclass(frozen=True)
class Entry:
    """One line of a timeline."""

    when: str
    day: str
    day_label: str
    sentence: str
    by: str = ""
    state: State | None = None
    url: str = ""
    instant: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def initials(name: str) -> str:
    """The first letters of the first and last word of a name."""
    words = name.split()
    return "".join(word[0] for word in words[:1] + words[1:][-1:]).upper()


def money_of(deal: Opportunity) -> Money | None:
    """The value of a deal, None where it is not known."""
    return None if deal.value is None else Money(deal.value, deal.currency)


KINDS = {
    Standing.OPEN: "none",
    Standing.WON: "good",
    Standing.LOST: "off",
    Standing.WITHDRAWN: "off",
    Standing.LAPSED: "off",
    Standing.UNDATED: "none",
    Standing.STALE: "watch",
}


def standing_of(deal: Opportunity, today: date, speech: Speech) -> State:
    """How a deal stands, in the words of the field."""
    found = standing(deal.outcome, deal.expected, today, deal.stale_on_arrival)
    return State(KINDS[found], speech.say(SAID[found]))


def due(day: date | None, today: date, speech: Speech, done: Sentence, clock: str = "") -> State:
    """When something is due: late, today (with its hour), or soon. `done` says what happens on the day."""
    if day is None:
        return State("none", gettext("some day"))
    if day < today:
        return State("off", speech.say(say("%(what)s %(day)s", what=done, day=speech.weekday(day))))
    if day == today:
        return State("watch", clock or gettext("today"))
    if day == today + timedelta(days=1):
        return State("watch", speech.say(say("%(what)s tomorrow", what=done)))
    return State("none", speech.weekday(day))


LINKED = {"pipeline.opportunity": "opportunity", "pipeline.won": "opportunity", "territories.account": "account"}


def entries(
    happened: Sequence[Happening], names: Mapping[UUID, str | Sentence], words: Mapping[UUID, str], speech: Speech
) -> list[Entry]:
    """Timeline entries: each event's sentence with its ids replaced by names, and the words of what was logged."""
    return [_entry(one, names, words, speech) for one in happened]


def _entry(one: Happening, names: Mapping[UUID, str | Sentence], words: Mapping[UUID, str], speech: Speech) -> Entry:
    unknown = say("something out of your sight")
    places: dict[str, Any] = {
        name: (names.get(value, unknown) if isinstance(value, UUID) else value) for name, value in one.facts.items()
    }
    if "value" in places:
        amount, currency = places["value"], str(places.get("currency") or "")
        places["value"] = say("no value") if amount is None else Money(amount, currency)
    for name in ("due", "expected"):
        if name in places and places[name] is None:
            places[name] = say("no day")
    for name in ("kind", "role", "was", "outcome"):
        if isinstance(places.get(name), str):
            places[name] = gettext(places[name])
    places |= {"by": names.get(one.by, say("the system")), "subject": names.get(one.subject, unknown)}
    local_day = speech.local_day(one.happened)
    return Entry(
        when=speech.clock(one.happened),
        day=local_day.isoformat(),
        day_label=speech.day(local_day, "EEEE d MMMM y"),
        sentence=speech.say(Sentence(one.sentence.template, places)),
        by=words.get(one.subject, ""),
        instant=one.happened.isoformat(),
    )


def back(asked_next: str, fallback: str, *parts: Any) -> str:
    """Where to go after an act: the page it was done on if that is one of ours, else `fallback`."""
    ours = asked_next.startswith("/") and not asked_next.startswith("//") and "\\" not in asked_next and "\n" not in asked_next
    return asked_next if ours else reverse(fallback, args=parts)
