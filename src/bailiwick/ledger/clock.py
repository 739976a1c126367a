"""The clock of the ledger is lifted where entries come in that were made by another store's."""

import os

import psycopg

from bailiwick.kit import Refused, say

HIGHEST = 2**60  # no store counts so far; a file that says so would leave no room for what comes
PATIENCE = "10s"  # whoever writes meanwhile waits so long, too


def lift_above(moment: int) -> None:
    """Every entry that any transaction writes from now on has a moment above `moment`.

    By the owner, in a transaction of its own that is committed at once: a clock that is too far on does no harm. A running
    transaction that has written entries took its moment from the old clock; lifted under it, a seal could be closed above
    entries that are still to come. So the clock is lifted when none such runs, and none begins meanwhile.
    """
    if moment >= HIGHEST:
        raise Refused("bad_moment", say("The ledger of this export counts further than any ledger does."))
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        if _stands_above(owner, moment):
            return
        with owner.transaction():
            owner.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
            try:
                owner.execute("LOCK TABLE ledger_clock IN ACCESS EXCLUSIVE MODE")
            except psycopg.errors.LockNotAvailable:
                raise Refused(
                    "busy",
                    say("Something long is being written here, an import for instance."),
                    say("Try again when it is done."),
                ) from None
            owner.execute(
                "UPDATE ledger_clock SET shift = greatest(shift, %s + 1 - pg_current_xact_id()::text::bigint)", [moment]
            )


def _stands_above(owner: "psycopg.Connection[tuple[bool]]", moment: int) -> bool:
    found = owner.execute("SELECT ledger_moment() > %s", [moment]).fetchone()
    return bool(found and found[0])
