"""Messages are put into the outbox in the transaction of the act, and leave from there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bailiwick.kit import Actor
from bailiwick.notices.models import Message

MOST_TRIES = 8
FIRST_WAIT = timedelta(minutes=1)
WORTH_WAKING = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class NewMessage:
    """One message to one person. `about` makes it single among those of its kind."""

    person: UUID
    kind: str
    about: str
    subject: str
    body: str
    not_before: datetime


def tell(messages: Sequence[NewMessage], *, by: Actor, now: datetime) -> None:
    """Each message waits in the outbox; what was told before is not told again."""
    Message.objects.in_network(by).bulk_create(
        (
            Message(
                network_id=by.network,
                person=one.person,
                kind=one.kind,
                about=one.about,
                subject=one.subject[:200],
                body=one.body,
                made=now,
                not_before=one.not_before,
            )
            for one in messages
        ),
        ignore_conflicts=True,
    )


def claim_pushes(*, by: Actor, now: datetime, most: int = 100) -> list[Message]:
    """Messages of which devices are to be told now, oldest first, each given out once: a crash after it loses the push.

    That is the promise of a push; the mail and the page are there in any case. What came due more than an hour ago is passed
    over: no device is woken for it.
    """
    due = Message.objects.in_network(by).filter(pushed=None, not_before__lte=now)
    claimed = list(due.order_by("not_before").select_for_update(skip_locked=True)[:most])
    Message.objects.in_network(by).filter(pk__in=[one.pk for one in claimed]).update(pushed=now)
    return [one for one in claimed if one.not_before > now - WORTH_WAKING]


def send_waiting(
    send: Callable[[Message], None],
    *,
    by: Actor,
    now: datetime,
    trouble: tuple[type[Exception], ...] = (OSError,),
    most: int = 100,
) -> int:
    """Messages whose time has come leave, oldest first; one that cannot is tried again, later each time, eight times.

    A row is locked while it leaves, so that two senders never take the same one. At most `most` are tried: what left before a
    crash and was not committed leaves again. Returns how many left.
    """
    due = Message.objects.in_network(by).filter(sent=None, not_before__lte=now, tries__lt=MOST_TRIES)
    left = 0
    for message in due.order_by("not_before").select_for_update(skip_locked=True)[:most]:
        try:
            send(message)
            message.sent, left = now, left + 1
        except trouble as why:
            message.tries += 1
            message.trouble = str(why)[:300]
            message.not_before = now + FIRST_WAIT * 2**message.tries
        message.save(update_fields=["sent", "tries", "trouble", "not_before"])
    return left
