"""The shapes that the macros print, made from plain values: states, todo lines, table cells, timeline entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext

from bailiwick.desk.timeline import Timeline
from bailiwick.kit import Money, Sentence, Speech, say
from bailiwick.ledger.queries import Happening
from bailiwick.pipeline.models import Opportunity
from bailiwick.pipeline.rules.standing import SAID, Standing, standing
from bailiwick.web.drawings.drawn import Drawn


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
    drawing: Drawn | str = ""
    edit: str = ""


@dataclass(frozen=True)
class Column:
    """One column of a list."""

    name: str
    label: str
    kind: str = "text"
    sort_url: str = ""
    sorted: str = ""
    change: str = ""


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


def initials(name: str) -> str:
    """The first letters of the first and last word of a name."""
    words = name.split()
    return "".join(word[0] for word in words[:1] + words[1:][-1:]).upper()


def money_of(deal: Opportunity) -> Money | None:
    """The value of a deal, None where it is not known."""
    return None if deal.value is None else Money(deal.value, deal.currency)


NEARBY = timedelta(days=180)  # nearer than that a day needs no year
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
    """When something is due: late (`done` says what it has been), today (with its hour), tomorrow, or on a day."""
    if day is None:
        return State("none", gettext("some day"))
    word = speech.weekday(day) if abs(day - today) < NEARBY else speech.day(day)
    if day < today:
        return State("off", speech.say(say("%(what)s %(day)s", what=done, day=word)))
    if day == today:
        return State("watch", clock or gettext("today"))
    if day == today + timedelta(days=1):
        return State("watch", gettext("tomorrow"))
    return State("none", word)


def entries(line: Timeline, speech: Speech) -> list[Entry]:
    """A timeline as entries: each event's sentence, and the words of what was logged."""
    return [_entry(one, line, speech) for one in line.happened]


def _entry(one: Happening, line: Timeline, speech: Speech) -> Entry:
    day = speech.local_day(one.happened)
    return Entry(
        when=speech.clock(one.happened),
        day=day.isoformat(),
        day_label=speech.long_day(day),
        sentence=speech.say(line.sentence(one)),
        by=line.words.get(one.subject, ""),
        instant=one.happened.isoformat(),
    )


def back(asked_next: str, fallback: str, *parts: object) -> str:
    """Where to go after an act: the page it was done on if that is one of ours, else `fallback`."""
    # A browser takes tabs and line breaks out of an address, so that "/<tab>/evil" would lead elsewhere.
    ours = asked_next.startswith("/") and not asked_next.startswith("//") and "\\" not in asked_next and asked_next.isprintable()
    return asked_next if ours else reverse(fallback, args=parts)
