"""The ways in which an act is refused. Each says which rule spoke and what the person can do; doors translate it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bailiwick.kit.sentence import Sentence, say


class Refused(Exception):
    """A rule says no. `code` is stable for programs; `sentence` and `remedy` are for people; nothing was changed."""

    def __init__(self, code: str, sentence: Sentence, remedy: Sentence | None = None) -> None:
        super().__init__(f"{code}: {sentence}")
        self.code, self.sentence, self.remedy = code, sentence, remedy


class NotSeen(Refused):
    """The thing does not exist or is out of sight: both answer alike, so that nobody learns which."""

    def __init__(self) -> None:
        super().__init__(
            "not_found",
            say("There is nothing here that you can see."),
            say("Check the address, or ask the manager of the unit for a sight of it."),
        )


class NotAllowed(Refused):
    """The thing is in sight, but this act on it is not the person's."""

    def __init__(self, sentence: Sentence, remedy: Sentence | None = None) -> None:
        super().__init__("not_allowed", sentence, remedy)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one typed value; `field` is the field's short name, empty for the whole."""

    field: str
    sentence: Sentence


class Invalid(Refused):
    """Typed values that cannot be taken; what was typed is kept and shown again."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("invalid", say("Some of this cannot be taken as it is."))
        self.problems = tuple(problems)


class Stale(Refused):
    """Somebody changed the thing since it was read: both versions are shown, nothing is overwritten."""

    def __init__(self, stored: Mapping[str, object], version: int) -> None:
        super().__init__(
            "stale",
            say("Somebody changed this while you were writing."),
            say("Compare both versions and save again what should stay."),
        )
        self.stored, self.version = dict(stored), version
