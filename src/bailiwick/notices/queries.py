"""What a person was told."""

from collections.abc import Sequence

from bailiwick.kit import Scope
from bailiwick.notices.models import Message


def told(viewer: Scope, *, most: int = 50) -> Sequence[Message]:
    """The viewer's own messages, newest first, sent or waiting."""
    return list(Message.objects.seen_by(viewer).order_by("-made")[:most])
