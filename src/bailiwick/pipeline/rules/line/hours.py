"""The times of day that a line names: 09:30, 2pm, 14 Uhr."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from bailiwick.pipeline.rules.line.words import Line, Span, keys, longest, phrases

CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::[0-9]{2})?")
DOTTED = re.compile(r"([0-9]{1,2})(?:[.:]([0-9]{2}))?")
HALF = phrases({"am": "am|a.m.|a.m", "pm": "pm|p.m.|p.m", "uhr": "uhr"})


@dataclass(frozen=True, slots=True)
class HourSaid(Span):
    """A time of day as said."""

    at: time


def hours(line: Line, taken: Sequence[Span]) -> tuple[HourSaid, ...]:
    """The times of a line, outside the words already taken for days."""
    busy = {at for span in taken for at in range(span.first, span.end)}
    found = (_hour(line, at) for at in range(len(line.words)) if at not in busy and line.number(at))
    return tuple(hour for hour in found if hour is not None)


def _hour(line: Line, at: int) -> HourSaid | None:
    half = longest(line, at + 1, HALF)
    if half and half[1] == "am" and not line.glued(at + 1) and line.key(at + 1) == "am" and line.key(at - 1) not in LED:
        half = None  # "2 am Montag": the German "am" is no hour
    match = DOTTED.fullmatch(line.number(at)) if half else CLOCK.fullmatch(line.number(at))
    if match is None:
        return None
    moment = _moment(int(match[1]), int(match[2] or 0), half[1] if half else "")
    first = at - (line.key(at - 1) in LED)
    return HourSaid(first, half[0] if half else at + 1, moment) if moment else None


LED = keys("at um ab @ from till until gegen around")


def _moment(hour: int, minute: int, half: str) -> time | None:
    if half in ("am", "pm"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
