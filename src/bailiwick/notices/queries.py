"""What a person was told."""

from collections.abc import Collection, Sequence
from uuid import UUID

from bailiwick.kit import Actor, Scope
from bailiwick.notices.models import Message


def told(viewer: Scope, *, most: int = 50) -> Sequence[Message]:
    """The viewer's own messages, newest first, sent or waiting."""
    return list(Message.objects.seen_by(viewer).order_by("-made")[:most])


def told_already(by: Actor, kind: str, about: Collection[str]) -> set[tuple[UUID, str]]:
    """Which people have a message of this kind about which of these things: the clock does not compose it again."""
    rows = Message.objects.in_network(by).filter(kind=kind, about__in=list(about))
    return set(rows.values_list("person", "about"))
