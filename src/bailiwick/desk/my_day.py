"""What needs a seller today, the most urgent first."""

from dataclasses import dataclass
from datetime import date, timedelta

from bailiwick.kit import Scope
from bailiwick.pipeline import queries
from bailiwick.pipeline.models import Activity, Opportunity, Promise

LAPSED_FOR = timedelta(days=30)
AHEAD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class MyDay:
    """`lapsing`: open deals that lapsed lately or will within a week; `promises` and `tasks` are due today or before."""

    lapsing: list[Opportunity]
    promises: list[Promise]
    tasks: list[Activity]
    tally: list[queries.StepTally]

    @property
    def things(self) -> int:
        """How many things wait."""
        return len(self.lapsing) + len(self.promises) + len(self.tasks)


def my_day(viewer: Scope, today: date) -> MyDay:
    """The day of the viewer: own deals, promises and tasks only."""
    me = viewer.person
    return MyDay(
        lapsing=queries.closing(viewer, me, since=today - LAPSED_FOR, until=today + AHEAD),
        promises=queries.promises(viewer, me, until=today),
        tasks=queries.tasks(viewer, me, until=today),
        tally=queries.by_step(queries.opportunities(viewer, today=today, standing="undecided", person=me)),
    )
