"""A timeline: what happened as sentences, with names for ids and words for codes. Pages and endpoints tell it alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from bailiwick.kit import Money, Scope, Sentence, say
from bailiwick.ledger import asking
from bailiwick.ledger.queries import Happening, history
from bailiwick.network.fields import MEMBER_ROLE
from bailiwick.pipeline.fields import ACTIVITY_KIND
from bailiwick.pipeline.queries import texts
from bailiwick.pipeline.rules.standing import SAID

UNSEEN = say("something out of your sight")
NOBODY = say("the system")
# What a stored code is called. A code without words is shown as it stands, which a test of the samples notices.
CODES: Mapping[str, Sentence] = {
    **{str(code): words for code, words in (*MEMBER_ROLE.choices, *ACTIVITY_KIND.choices)},
    **{standing.value: words for standing, words in SAID.items()},
    "opportunity": say("it became a deal"),
    "put aside": say("put aside"),
    "erased": say("erased"),
}
CODED = ("kind", "role", "was", "outcome")
HIDDEN = say("a value that you do not see")
UNKNOWN: Mapping[str, Sentence] = {"value": say("no value"), "due": say("no day"), "expected": say("no day")}


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happened, newest first, the names of the ids in it, and the words of what was logged.

    `money`: whether values are in it; otherwise they were left out for this reader.
    """

    happened: Sequence[Happening]
    names: Mapping[UUID, str | Sentence]
    words: Mapping[UUID, str]
    money: bool = True

    def sentence(self, one: Happening) -> Sentence:
        """One event as a sentence, its places filled."""
        places: dict[str, Any] = {name: self._place(name, value, one) for name, value in one.facts.items()}
        places |= {"by": self.names.get(one.by, NOBODY), "subject": self.names.get(one.subject, UNSEEN)}
        return Sentence(one.sentence.template, places)

    def _place(self, name: str, value: object, one: Happening) -> object:
        if isinstance(value, UUID):
            return self.names.get(value, UNSEEN)
        if value is None:
            return UNKNOWN.get(name, "") if self.money or name != "value" else HIDDEN
        if name == "value" and isinstance(value, Decimal):
            return Money(value, str(one.facts.get("currency") or ""))
        return CODES.get(str(value), value) if name in CODED else value


def timeline(viewer: Scope, which: UUID, *, whole: bool = False) -> Timeline:
    """The timeline of a thing, as far as the viewer sees it; `whole` as in `ledger.queries.history`."""
    return told(viewer, history(viewer, which, whole=whole))


def told(viewer: Scope, happened: Sequence[Happening]) -> Timeline:
    """These events with the names and words that the viewer may read."""
    ids = {one.by for one in happened} | {one.subject for one in happened}
    ids |= {value for one in happened for value in one.facts.values() if isinstance(value, UUID)}
    words = texts(viewer, [one.subject for one in happened])
    return Timeline(happened, asking.names(ids, viewer), words, viewer.sees_money)
