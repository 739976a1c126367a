"""Plain values that every floor speaks: no database, no request, no setting, no clock."""

from bailiwick.kit.actor import Actor, Door
from bailiwick.kit.day import day_of
from bailiwick.kit.event import Event
from bailiwick.kit.money import Money
from bailiwick.kit.refusal import Invalid, NotAllowed, NotSeen, Problem, Refused, Stale
from bailiwick.kit.scope import Role, Scope
from bailiwick.kit.sentence import Sentence, say, say_n
from bailiwick.kit.speech import Speech

__all__ = [
    "Actor",
    "Door",
    "Event",
    "Invalid",
    "Money",
    "NotAllowed",
    "NotSeen",
    "Problem",
    "Refused",
    "Role",
    "Scope",
    "Sentence",
    "Speech",
    "Stale",
    "day_of",
    "say",
    "say_n",
]
