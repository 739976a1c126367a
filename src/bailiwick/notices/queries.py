"""What a person was told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Q

from bailiwick.kit import Actor, Scope
from bailiwick.notices.commands import MOST_TRIES
from bailiwick.notices.models import Message
from bailiwick.tenancy.walls import InNetwork


def told(viewer: Scope, *, most: int = 50) -> Sequence[Message]:
    """The viewer's own messages, newest first, sent or waiting."""
    return list(Message.objects.seen_by(viewer).order_by("-made")[:most])


def unread(viewer: Scope, since: datetime | None, now: datetime) -> int:
    """How many messages the viewer was told later than `since`, those that still wait for the end of quiet hours left out."""
    rows = Message.objects.seen_by(viewer).filter(not_before__lte=now)
    return (rows.filter(not_before__gt=since) if since else rows).count()


def told_already(by: Actor, kind: str, about: Collection[str]) -> set[tuple[UUID, str]]:
    """Which people have a message of this kind about which of these things: the clock does not compose it again."""
    rows = Message.objects.in_network(by).filter(kind=kind, about__in=list(about))
    return set(rows.values_list("person", "about"))


@dataclass(frozen=True, slots=True)
class Outbox:
    """How many messages wait and since when the longest is due, how many were given up, and what failed last."""

    waiting: int
    due_since: datetime | None
    given_up: int
    trouble: str


def outbox(by: InNetwork, now: datetime) -> Outbox:
    """The outbox of the network at `now`; its messages are not read."""
    rows = Message.objects.in_network(by).filter(sent=None)
    due = Q(tries__lt=MOST_TRIES, made__lte=now, not_before__lte=now)
    told = rows.aggregate(
        waiting=Count("pk", filter=Q(tries__lt=MOST_TRIES)),
        due_since=Min("not_before", filter=due),
        given_up=Count("pk", filter=Q(tries__gte=MOST_TRIES)),
    )
    failed = rows.exclude(trouble="").order_by("-not_before").values_list("trouble", flat=True).first()
    return Outbox(**told, trouble=failed or "")
