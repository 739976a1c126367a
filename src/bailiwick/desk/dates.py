"""The dates of one person: what a calendar beside the product shows."""

from dataclasses import dataclass
from datetime import date, timedelta

from bailiwick.kit import Scope
from bailiwick.pipeline import queries
from bailiwick.pipeline.models import Activity, Opportunity, Promise

BACK, AHEAD = timedelta(days=30), timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Dates:
    """Planned activities, promises to customers, and the days on which own deals are expected to close."""

    tasks: list[Activity]
    promises: list[Promise]
    closing: list[Opportunity]


def own_dates(viewer: Scope, today: date) -> Dates:
    """Only what is the viewer's own, from a month ago on; whoever no longer works on deals has none."""
    if not viewer.sells:
        return Dates([], [], [])
    me = viewer.person
    since, until = today - BACK, today + AHEAD
    return Dates(
        tasks=queries.tasks(viewer, me, since=since, until=until),
        promises=queries.promises(viewer, me, since=since, until=until),
        closing=queries.closing(viewer, me, since=since, until=until),
    )
