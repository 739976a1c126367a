"""What is proposed for a letter or an event: kind, words, the day it was done or is to come, and a next step."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bailiwick.pipeline.rules.arrivals.letters import Happening, Letter
from bailiwick.pipeline.rules.line.days import days
from bailiwick.pipeline.rules.line.words import cut

LONGEST_TEXT = 4_000
AHEAD = timedelta(days=200)


@dataclass(frozen=True, slots=True)
class Proposed:
    """An activity as it could be kept: done on `day`, and with `due` a next step; without `day` it is planned."""

    kind: str
    text: str
    day: date | None = None
    due: date | None = None
    due_time: time | None = None


def of_letter(letter: Letter, today: date, language: str) -> Proposed:
    """A mail was written on its day; a day to come that its words name is a next step."""
    day = min(letter.day or today, today)
    text = "\n".join(part for part in (letter.subject, letter.around, letter.text) if part)
    return Proposed("mail", text[:LONGEST_TEXT].strip(), day=day, due=_named(letter, day, today, language))


def _named(letter: Letter, day: date, today: date, language: str) -> date | None:
    """The first day to come that the mail names for sure, counted from the day on which it was written."""
    for text in (letter.text, letter.subject):
        for said in days(cut(text[:2_000]), day, language):
            if said.ahead is not None and today < said.ahead <= today + AHEAD:
                return said.ahead
    return None


def of_event(event: Happening, now: datetime) -> Proposed:
    """An event that is over was a meeting on its day; one to come is planned."""
    text = "\n".join(part for part in (event.summary, event.place) if part)
    if event.over <= now:
        return Proposed("meeting", text, day=event.day)
    return Proposed("meeting", text, due=event.day, due_time=event.time)


def concerned(letters: Collection[Letter], own: Collection[str], known: Collection[str]) -> Letter:
    """Of a mail and those that it forwards the one that is meant: the first that names somebody known, else the innermost
    one that names somebody besides its reader. `own`: the reader's own addresses; `known`: those of contacts and companies.
    """
    met = [letter for letter in letters if any(one.email in known for one in letter.people if one.email not in own)]
    others = [letter for letter in letters if any(one.email not in own for one in letter.people)]
    return (met[:1] or others[-1:] or list(letters)[:1])[0]
