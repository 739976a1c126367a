"""Working days and hours of the simulated past. Nothing here lies after the day before today."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

ZONE = "Europe/Berlin"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """The calendar as seen from `today`."""

    today: date

    @classmethod
    def seen_from(cls, now: datetime) -> "Days":
        return cls(now.astimezone(ZoneInfo(ZONE)).date())

    @property
    def last(self) -> date:
        """The newest working day that is over."""
        return working(self.today - DAY, back=True)

    def ago(self, days: float) -> date:
        """The working day on or after the day `days` ago, but over already."""
        return min(working(self.today - timedelta(days=int(days))), self.last)

    def back(self, day: date) -> int:
        """How many days ago `day` was."""
        return (self.today - day).days


def working(day: date, back: bool = False) -> date:
    """`day`, or on a weekend the Monday after (the Friday before with `back`)."""
    while day.weekday() > 4:
        day += -DAY if back else DAY
    return day


def at_work(day: date, random: Random) -> datetime:
    """An instant of the working hours of `day`."""
    return at(day, 8 * 60 + 30 + random.randrange(8 * 60))


def at(day: date, minute: int) -> datetime:
    """The instant so many minutes after midnight of `day` in the firm's zone."""
    return datetime.combine(day, time(minute // 60, minute % 60), ZoneInfo(ZONE)).astimezone(UTC)
