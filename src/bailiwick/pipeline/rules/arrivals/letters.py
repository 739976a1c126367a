"""A mail and an event of a calendar, as far as they are read, and the bounds within which they are."""

from dataclasses import dataclass
from datetime import date, datetime, time

MOST_BYTES = 10_000_000
MOST_ADDRESSES = 100
LONGEST_ADDRESS = 254


@dataclass(frozen=True, slots=True)
class Address:
    """Somebody of a message: the address in small letters, and the name beside it, if any."""

    email: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail. `key`: what makes it the same mail when it comes again; `around`: it came as one that another one forwards."""

    sender: Address | None
    others: tuple[Address, ...]
    day: date | None
    subject: str
    text: str
    key: str
    around: str = ""

    @property
    def people(self) -> tuple[Address, ...]:
        """Everybody it names, its writer first."""
        return ((self.sender,) if self.sender else ()) + self.others


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of a calendar, on the days and hours of its reader; `time` is None where it lasts the whole day.

    `over`: when it has ended. `cancelled`: it will not be.
    """

    key: str
    sequence: int
    summary: str
    place: str
    day: date
    time: time | None
    over: datetime
    people: tuple[Address, ...]
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What a message tells: letters from the outermost to the innermost, or the events of an invitation."""

    letters: tuple[Letter, ...] = ()
    events: tuple[Happening, ...] = ()
