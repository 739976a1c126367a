"""What people do."""

from typing import Any

from bailiwick.kit import say
from bailiwick.measures.catalogue.deals import HAPPENED
from bailiwick.measures.definition import Measure, Shape, Unit
from bailiwick.measures.tables import Tables

WITH_CUSTOMERS = ("call", "mail", "meeting", "visit")


def _done(tables: Tables) -> Any:
    row = tables.activity
    row = row.filter(row.kind.isin(WITH_CUSTOMERS), row.day.notnull())
    return row.select(
        "unit_id", "person_id", "organization_id", "account_id", "opportunity_id", subject="id", moment="day", ending="kind"
    )


MEASURES = (
    Measure(
        name="activities_per_week",
        label=say("Activities a week"),
        meaning=say("How many calls, mails, meetings and visits were done in a week."),
        population=say(
            "Activities done with customers in the period, over its weeks up to today; without a period since the first."
        ),
        interval=HAPPENED,
        purpose=say("To see where the time goes. It is no measure of a person's worth."),
        shape=Shape.PACE,
        unit=Unit.WEEKLY,
        cases=_done,
        subject="activity",
    ),
)
