"""What happened to a company or an opportunity, and what was done there."""

from bailiwick.api.asked import Asked, Told
from bailiwick.api.door import endpoint
from bailiwick.api.schemas import Id, Limit
from bailiwick.api.shapes.doings import ActivityShown, DoingsShown, HappeningShown, PromiseShown
from bailiwick.api.shapes.plain import Everything
from bailiwick.api.telling import told
from bailiwick.desk.timeline import timeline
from bailiwick.kit.scope import READING
from bailiwick.pipeline import queries
from bailiwick.pipeline.models import Activity, Promise
from bailiwick.territories.queries import account as seen_account


@endpoint("GET", "/accounts/{uuid:account}/history", name="account_history", roles=READING, gives=Everything[HappeningShown])
def account_history(asked: Asked, account: Id, limit: Limit = 50) -> Told:
    """What happened to a company, newest first, as far as it is in sight."""
    seen_account(asked.viewer, account)
    return _history(asked, account, limit)


@endpoint(
    "GET",
    "/opportunities/{uuid:opportunity}/history",
    name="opportunity_history",
    roles=READING,
    gives=Everything[HappeningShown],
)
def opportunity_history(asked: Asked, opportunity: Id, limit: Limit = 50) -> Told:
    """What happened to an opportunity, newest first."""
    queries.opportunity(asked.viewer, opportunity)
    return _history(asked, opportunity, limit)


@endpoint("GET", "/accounts/{uuid:account}/activities", name="account_activities", roles=READING, gives=DoingsShown)
def account_activities(asked: Asked, account: Id) -> Told:
    """What was done and planned with a company, and what it was promised."""
    seen_account(asked.viewer, account)
    return _doings(*queries.of_account(asked.viewer, account))


@endpoint("GET", "/opportunities/{uuid:opportunity}/activities", name="opportunity_activities", roles=READING, gives=DoingsShown)
def opportunity_activities(asked: Asked, opportunity: Id) -> Told:
    """What was done and planned for an opportunity, and what the customer was promised."""
    queries.opportunity(asked.viewer, opportunity)
    return _doings(*queries.of_opportunity(asked.viewer, opportunity))


def _history(asked: Asked, which: Id, limit: int) -> Told:
    shown = told(timeline(asked.viewer, which), limit, asked)
    return Told(Everything[HappeningShown](items=shown), {one.by for one in shown})


def _doings(activities: list[Activity], promises: list[Promise]) -> Told:
    shown = DoingsShown(
        activities=[ActivityShown.of(row) for row in activities], promises=[PromiseShown.of(row) for row in promises]
    )
    return Told(shown, {row.person_id for row in activities} | {row.person_id for row in promises})
