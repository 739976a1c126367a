"""What happened, as a typed record of ids, amounts and codes; never names or free text.

Each package's `events.py` has one frozen record per kind of event. A record's own columns are its facts.
"""

from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar, get_type_hints
from uuid import UUID

from bailiwick.kit.sentence import Sentence

KINDS: dict[str, type["Event"]] = {}
BASE = ("subject", "happened", "day", "unit", "person", "organization", "about")


@dataclass(frozen=True, kw_only=True)
class Event:
    """One fact. `subject` is the thing it happened to, `about` others on whose timelines it stands.

    `unit`, `person` and `organization` decide who sees it; `happened` is when it was, `day` its local date. `WAKES`: where a
    person does it, the network is no archive any more.
    """

    KIND: ClassVar[str] = ""
    SCHEMA: ClassVar[int] = 1
    SENTENCE: ClassVar[Sentence] = Sentence("")
    WAKES: ClassVar[bool] = False

    subject: UUID
    happened: datetime
    day: date
    unit: UUID | None = None
    person: UUID | None = None
    organization: UUID | None = None
    about: tuple[UUID, ...] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "KIND" not in cls.__dict__:
            return  # what several kinds have in common is no kind
        if cls.KIND in KINDS:
            raise TypeError(f"two events are called {cls.KIND}")
        KINDS[cls.KIND] = cls

    def facts(self) -> dict[str, object]:
        """The record's own columns as JSON values: ids and amounts as text, days in ISO form."""
        return {f.name: written(getattr(self, f.name)) for f in fields(self) if f.name not in BASE}


def read_facts(kind: str, facts: dict[str, object]) -> dict[str, object]:
    """The facts of a stored event with their types restored; a kind that is no longer known comes back as stored.

    A column that came with a later schema reads as its default.
    """
    record = KINDS.get(kind)
    if record is None:
        return facts
    hints = get_type_hints(record)
    later = {f.name: f.default for f in fields(record) if f.name not in BASE and f.default is not MISSING}
    return later | {name: _read(value, hints.get(name)) for name, value in facts.items()}


def written(value: object) -> object:
    """A fact as a JSON value."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, tuple):
        return [written(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _read(value: object, hint: object) -> object:
    if isinstance(value, list):
        return tuple(_read(part, hint) for part in value)
    if not isinstance(value, str):
        return value
    for kind, make in ((UUID, UUID), (Decimal, Decimal), (datetime, datetime.fromisoformat), (date, date.fromisoformat)):
        if hint == kind or kind in getattr(hint, "__args__", ()):
            return make(value)
    return value
