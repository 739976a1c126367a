"""One line of the doctor: what was looked at, how it stands, what was found, what to do."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta

GOOD, WATCH, OFF = "good", "watch", "off"


@dataclass(frozen=True, slots=True)
class Line:
    """`state` is good, watch or off; `remedy` says what to do and is empty where nothing is."""

    state: str
    check: str
    found: str
    remedy: str = ""

    def plain(self) -> dict[str, str]:
        """The line as JSON has it."""
        return asdict(self)

    def text(self) -> str:
        """The line as a terminal shows it, what to do below what was found."""
        first = f"{self.state:<6}{self.check:<10}{self.found}"
        return f"{first}\n{'':16}-> {self.remedy}" if self.remedy else first


def look(check: str, ask: Callable[[], Sequence[Line]]) -> list[Line]:
    """What a check found. One that breaks says so and is off: a doctor that falls silent reads like good health."""
    try:
        return list(ask())
    except Exception as why:
        reason = (str(why).strip().splitlines() or [""])[0][:200]
        return [Line(OFF, check, f"This could not be looked at: {type(why).__name__} {reason}".strip())]


def worse(value: float, watch: float, off: float) -> str:
    """How a value stands of which more is worse.

    >>> [worse(age, 2, 8) for age in (1.9, 2, 8)]
    ['good', 'watch', 'off']
    """
    return OFF if value >= off else WATCH if value >= watch else GOOD


def ago(age: timedelta) -> str:
    """An age as a person says it.

    >>> ago(timedelta(seconds=59)), ago(timedelta(minutes=90)), ago(timedelta(days=3))
    ('59 seconds', '90 minutes', '3 days')
    """
    seconds = max(0, int(age.total_seconds()))
    for size, word in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size or (size == 60 and seconds >= 60):
            return f"{seconds // size} {word}"
    return f"{seconds} seconds"


def size(count: int) -> str:
    """An amount of bytes as a person says it.

    >>> size(900), size(2_500_000), size(41_000_000_000)
    ('900 bytes', '2.5 MB', '41.0 GB')
    """
    for unit, word in ((10**9, "GB"), (10**6, "MB")):
        if count >= unit:
            return f"{count / unit:.1f} {word}"
    return f"{count} bytes"
