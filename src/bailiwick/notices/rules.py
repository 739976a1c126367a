"""When a message may reach somebody."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


def after_quiet(now: datetime, zone: str, quiet_from: time | None, quiet_until: time | None) -> datetime:
    """`now`, or the end of the quiet hours that `now` falls into, in the person's zone. Quiet hours may pass midnight.

    >>> from datetime import UTC
    >>> late = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
    >>> after_quiet(late, "UTC", time(20), time(7)).isoformat()
    '2026-11-23T07:00:00+00:00'
    >>> after_quiet(late, "UTC", None, None) == late
    True
    """
    if quiet_from is None or quiet_until is None or quiet_from == quiet_until:
        return now
    local = now.astimezone(ZoneInfo(zone))
    clock = local.time()
    passes_midnight = quiet_from > quiet_until
    inside = clock >= quiet_from or clock < quiet_until if passes_midnight else quiet_from <= clock < quiet_until
    if not inside:
        return now
    end = local.replace(hour=quiet_until.hour, minute=quiet_until.minute, second=0, microsecond=0)
    return end if end > local else end + timedelta(days=1)
