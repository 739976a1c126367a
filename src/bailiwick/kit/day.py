"""The business day of an instant, in the zone of the unit where it happened."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def day_of(instant: datetime, zone: str) -> date:
    """The local calendar day of `instant` (aware) in `zone` (IANA name)."""
    return instant.astimezone(ZoneInfo(zone)).date()
