"""What a command says when the store or the disk gave up under it: plain words and what to do, never a trace."""

from bailiwick.kit import Refused, say
from bailiwick.vitals.trouble import AWAY, BUG, FULL, status_of


def as_refusal(why: Exception) -> Refused | None:
    """The refusal that tells it; None where it is a bug, which may be loud."""
    status = status_of(why)
    told = next(iter(str(why).strip().splitlines()), type(why).__name__)
    again = say("Run the same command again.")
    if status == FULL:
        return Refused(
            "disk_full", say("The disk is full: %(why)s.", why=told), say("Make room, then run the same command again.")
        )
    if status == AWAY:
        return Refused("store_gave_up", say("The database gave up: %(why)s.", why=told), again)
    if isinstance(why, OSError) and status == BUG:
        return Refused("disk_failed", say("The disk gave up: %(why)s.", why=told), again)
    return None
