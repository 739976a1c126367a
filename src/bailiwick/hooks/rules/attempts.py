"""When a delivery is tried again, and what its answer means."""

from datetime import timedelta

# As Standard Webhooks advises: at once, then these waits, a little over three days in all.
WAITS = (
    timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=5),
    timedelta(hours=10), timedelta(hours=14), timedelta(hours=20), timedelta(hours=24),
)  # fmt: skip
JITTER = 0.2
GONE = 410
# A hook whose delivery was given up is switched off if nothing at all got through for so long.
FAILING_FOR = timedelta(days=3)


def wait_after(attempts: int, chance: float) -> timedelta | None:
    """How long until the next attempt after so many; None: it is given up. `chance` (0 to 1) spreads them by a fifth.

    >>> wait_after(1, 0.0), wait_after(2, 0.5), wait_after(10, 0.0)
    (datetime.timedelta(seconds=5), datetime.timedelta(seconds=330), None)
    """
    return WAITS[attempts - 1] * (1 + JITTER * chance) if 1 <= attempts <= len(WAITS) else None


def got_through(status: int | None) -> bool:
    """Whether an answer says that the message was taken; a redirect does not."""
    return status is not None and 200 <= status < 300
