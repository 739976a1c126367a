"""The sentence of what happened, in the language of the person."""

from bailiwick.api.asked import Asked
from bailiwick.api.shapes.doings import HappeningShown
from bailiwick.desk.timeline import Timeline
from bailiwick.ledger.queries import Happening


def told(line: Timeline, most: int, asked: Asked) -> list[HappeningShown]:
    """The newest `most` entries of a timeline."""
    return [_entry(one, line, asked) for one in line.happened[:most]]


def _entry(one: Happening, line: Timeline, asked: Asked) -> HappeningShown:
    return HappeningShown(
        id=one.id,
        kind=one.kind,
        sentence=asked.speech.say(line.sentence(one)),
        words=line.words.get(one.subject, ""),
        facts=one.facts,
        happened=one.happened,
        recorded=one.recorded,
        by=one.by,
        door=one.door,
    )
