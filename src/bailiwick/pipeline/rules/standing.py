"""How an opportunity stands on a day: won or lost and nothing in between, except while it is truly open."""

from datetime import date
from enum import StrEnum

from bailiwick.kit import Sentence, say


class Standing(StrEnum):
    """The words of the field (docs/words.md). `lost` here is lost to a customer; the four after it count as lost or beside."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    UNDATED = "undated"
    STALE = "stale"


SAID: dict[Standing, Sentence] = {
    Standing.OPEN: say("open"),
    Standing.WON: say("won"),
    Standing.LOST: say("lost"),
    Standing.WITHDRAWN: say("withdrawn, counts as lost"),
    Standing.LAPSED: say("lapsed, counts as lost"),
    Standing.UNDATED: say("open, undated"),
    Standing.STALE: say("stale on arrival"),
}


def standing(outcome: str, expected: date | None, today: date, stale_on_arrival: bool = False) -> Standing:
    """The standing on `today`. Lapsed from the day *after* the stated expected close.

    >>> day = date(2026, 11, 22)
    >>> standing("open", day, day).value, standing("open", date(2026, 11, 21), day).value, standing("open", None, day).value
    ('open', 'lapsed', 'undated')
    """
    if outcome != "open":
        return Standing(outcome)
    if stale_on_arrival:
        return Standing.STALE
    if expected is None:
        return Standing.UNDATED
    return Standing.LAPSED if expected < today else Standing.OPEN
