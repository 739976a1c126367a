"""What it means for the answer that something broke: the store is away, there is no room left, or it is a bug."""

import errno
import logging

import psycopg
from django.db import InterfaceError, OperationalError

from bailiwick.vitals import metrics

log = logging.getLogger("bailiwick.trouble")
AWAY, FULL, BUG = 503, 507, 500
RETRY_AFTER = "5"  # seconds
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
DISK_FULL = "53100"
STORE = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)


def status_of(why: BaseException | None) -> int:
    """503 where the store does not answer, 507 where the store's disk or ours is full, 500 for everything else.

    >>> status_of(OSError(errno.ENOSPC, "No space left on device")), status_of(OperationalError()), status_of(KeyError())
    (507, 503, 500)
    """
    if isinstance(why, OSError) and why.errno in NO_ROOM:
        return FULL
    if isinstance(why, STORE):
        return FULL if DISK_FULL in (getattr(one, "sqlstate", None) for one in (why, why.__cause__)) else AWAY
    return BUG


def noted(why: BaseException | None) -> int:
    """The same, and it stands in the log and is counted: a bug with its places, trouble of the store in a line."""
    status = status_of(why)
    if status == BUG:
        log.error("failed", exc_info=why)
        return status
    metrics.STORE_ERRORS.labels("full" if status == FULL else "away").inc()
    log.error("store: %s", (str(why).strip().splitlines() or [type(why).__name__])[0])
    return status
