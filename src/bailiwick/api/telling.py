"""The sentence of what happened, with names for ids, in the language of the person."""

from uuid import UUID

from bailiwick.api.asked import Asked
from bailiwick.api.shapes.doings import HappeningShown
from bailiwick.desk.opportunity import Timeline
from bailiwick.kit import Money, Sentence, say
from bailiwick.ledger.queries import Happening

UNSEEN = say("something out of your sight")
CODES = ("kind", "role", "was", "outcome")


def told(line: Timeline, most: int, asked: Asked) -> list[HappeningShown]:
    """The newest `most` entries of a timeline."""
    return [_entry(one, line, asked) for one in line.happened[:most]]


def _entry(one: Happening, line: Timeline, asked: Asked) -> HappeningShown:
    return HappeningShown(
        id=one.id,
        kind=one.kind,
        sentence=asked.speech.say(Sentence(one.sentence.template, _places(one, line))),
        words=line.words.get(one.subject, ""),
        facts=one.facts,
        happened=one.happened,
        recorded=one.recorded,
        by=one.by,
        door=one.door,
    )


def _places(one: Happening, line: Timeline) -> dict[str, object]:
    places: dict[str, object] = {name: _place(name, value, one, line) for name, value in one.facts.items()}
    return places | {"by": line.names.get(one.by, say("the system")), "subject": line.names.get(one.subject, UNSEEN)}


def _place(name: str, value: object, one: Happening, line: Timeline) -> object:
    """A fact as its place in the sentence wants it."""
    if isinstance(value, UUID):
        return line.names.get(value, UNSEEN)
    if name == "value":
        return say("no value") if value is None else Money(value, str(one.facts.get("currency") or ""))  # type: ignore[arg-type]
    if name in ("due", "expected") and value is None:
        return say("no day")
    return Sentence(value) if name in CODES and isinstance(value, str) and value else value
