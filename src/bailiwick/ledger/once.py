"""An act with a key happens once: the same key gets the same answer, across retries, crashes and simultaneous sends."""

import hashlib
from collections.abc import Callable
from datetime import datetime

from django.db import connection

from bailiwick.kit import Actor, Refused, say
from bailiwick.ledger.commands import keep_answer
from bailiwick.ledger.queries import kept_answer

LONGEST_KEY = 100


def once(key: str, asked: str, act: Callable[[], str], *, by: Actor, now: datetime) -> tuple[str, bool]:
    """The answer of `act`, and whether it was given before. Runs inside the transaction of the act.

    The lock makes a second sender wait for the first; both then read the one kept answer. The same key with other content
    is refused. A refused act keeps nothing, so that it may be sent again when the reason is gone.
    """
    if not 0 < len(key) <= LONGEST_KEY or not key.isprintable():
        raise Refused("bad_key", say("The key of this act is missing or too long."), say("Load the page again."))
    digest = hashlib.sha256(asked.encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), hashtext(%s))", [str(by.person), key])
    before = kept_answer(by, key)
    if before is None:
        answer = act()
        keep_answer(key, digest=digest, status=200, answer=answer, by=by, now=now)
        return answer, False
    if before.digest != digest:
        raise Refused("key_used", say("Another act was sent with this key."), say("Load the page again and repeat it."))
    return before.answer, True
