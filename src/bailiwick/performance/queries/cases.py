"""The cases behind a figure: the very rows that it is made of, as the viewer sees them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from bailiwick.kit import Refused, Scope, say
from bailiwick.measures import Measure
from bailiwick.mirror import Question, cases
from bailiwick.performance.queries.figures import may_read
from bailiwick.performance.queries.tree import of_projects
from bailiwick.pipeline.models import Activity, Opportunity
from bailiwick.pipeline.queries import shown


@dataclass(frozen=True, slots=True)
class Case:
    """One row of a figure: the opportunity (None: an activity without one), its day, and what it adds."""

    subject: UUID
    day: date | None
    opportunity: Opportunity | None
    activity: Activity | None
    hit: bool | None
    amount: Decimal | None
    value: Decimal | None
    ending: str
    aside: str


@dataclass(frozen=True, slots=True)
class Cases:
    """One page of cases, the newest first; `next` is the cursor of the page after it, "" at the end."""

    rows: Sequence[Case]
    next: str

    @property
    def people(self) -> frozenset[UUID]:
        """Whose rows these are."""
        things = (case.opportunity or case.activity for case in self.rows)
        return frozenset(thing.person_id for thing in things if thing)


def cases_behind(measure: Measure, viewer: Scope, question: Question, *, cursor: str = "", size: int = 50) -> Cases:
    """The cases of the question, a page at a time; refuses a cursor that this list never gave."""
    may_read(measure, viewer)
    found = cases(measure, of_projects(question, viewer), within=viewer, after=_after(cursor), size=size + 1)
    more, found = len(found) > size, found[:size]
    ids = [row["subject"] for row in found]
    deals: Mapping[UUID, Opportunity] = {}
    acts: Mapping[UUID, Activity] = {}
    if measure.subject == "activity":
        rows = Activity.objects.seen_by(viewer).filter(pk__in=ids).select_related("opportunity", "account", "person")
        acts = {row.pk: row for row in rows}
    else:
        seen = Opportunity.objects.seen_by(viewer).filter(pk__in=ids).select_related("account", "person", "step")
        deals = {row.pk: row for row in shown(viewer, seen)}
    made = [
        Case(
            row["subject"],
            None if row["moment"] == date.min else row["moment"],
            deals.get(row["subject"]),
            acts.get(row["subject"]),
            row.get("hit"),
            row.get("amount") if viewer.sees_money else None,
            row.get("value", row.get("days")),
            row.get("ending") or "",
            row.get("aside") or "",
        )
        for row in found
    ]
    return Cases(made, written(found[-1]["moment"], found[-1]["case"]) if more else "")


def written(moment: date, case: str) -> str:
    """The cursor of the page beyond a case."""
    return f"{moment.isoformat()}_{case}"


def _after(cursor: str) -> tuple[date, str] | None:
    if not cursor:
        return None
    moment, _, case = cursor.partition("_")
    try:
        for part in case.split("/"):
            UUID(part)
        return date.fromisoformat(moment), case
    except ValueError:
        raise Refused(
            "bad_cursor", say("This place in the list does not exist."), say("Begin again at the first page.")
        ) from None
