"""Questions about saved views and changes."""

from uuid import UUID

from bailiwick.kit import NotSeen, Scope
from bailiwick.lists.models import Change, View


def views(viewer: Scope, of: str) -> list[View]:
    """The views of a list that the viewer has, own ones first, by name."""
    rows = View.objects.seen_by(viewer).filter(of=of).order_by("name", "pk")
    return sorted(rows, key=lambda view: view.person != viewer.person)


def change(viewer: Scope, which: UUID) -> Change:
    """A change of one's own; raises `NotSeen`."""
    found = Change.objects.seen_by(viewer).filter(pk=which).first()
    if found is None:
        raise NotSeen
    return found
