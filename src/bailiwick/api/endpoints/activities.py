"""Activities are logged and planned, tasks done or dropped; promises made and kept."""

from datetime import time
from typing import Annotated

from pydantic import AfterValidator, Field, create_model

from bailiwick.api.asked import Asked, Told
from bailiwick.api.door import endpoint
from bailiwick.api.schemas import TYPED, Day, Id, Taken, built
from bailiwick.api.shapes.doings import ActivityShown, PromiseShown
from bailiwick.api.shapes.plain import Everything
from bailiwick.kit.scope import DEALING, SELLING
from bailiwick.pipeline import commands, queries
from bailiwick.pipeline.fields import ACTIVITY, PROMISE
from bailiwick.pipeline.models.opportunities import NEVER

Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"), AfterValidator(time.fromisoformat)]


class OneActivity(Taken):
    """Something done (`day`) or planned (`due`, or no day at all)."""

    account: Id | None = None
    contact: Id | None = Field(default=None, description="Somebody at `account`.")
    opportunity: Id | None = None
    day: Day | None = Field(default=None, description="The day on which it was done; left out for what is planned.")
    due_time: Clock | None = Field(default=None, description="The hour of what is planned: 14:30.")


class Activities(Taken):
    """Several at once: all are kept, or none."""

    activities: list[OneActivity]


class Done(Taken):
    """What came of it."""

    text: str = Field(default="", max_length=2000, pattern=TYPED, description="Added to the words of the task.")


class OnePromise(Taken):
    """To whom."""

    account: Id | None = None
    opportunity: Id | None = None


ActivityNew = built("ActivityNew", ACTIVITY, OneActivity)
ActivitiesNew = create_model(
    "ActivitiesNew",
    __base__=Activities,
    activities=(list[ActivityNew], Field(min_length=1, max_length=200)),  # type: ignore[valid-type]
)
PromiseNew = built("PromiseNew", PROMISE, OnePromise)


@endpoint("GET", "/tasks", name="tasks", roles=DEALING, gives=Everything[ActivityShown])
def tasks(asked: Asked) -> Told:
    """My open tasks, the next due first, at most a hundred."""
    rows = queries.tasks(asked.viewer, asked.person, until=NEVER)
    return Told(Everything[ActivityShown](items=[ActivityShown.of(row) for row in rows]))


@endpoint(
    "POST",
    "/activities",
    name="activities_new",
    roles=SELLING,
    takes=ActivitiesNew,
    gives=Everything[ActivityShown],
    status=201,
)
def activities_new(asked: Asked, given: Activities) -> Told:
    """Log what was done, plan what is to do."""
    new = [
        commands.NewActivity(
            account=one.account,
            contact=one.contact,
            opportunity=one.opportunity,
            day=one.day,
            due_time=one.due_time,  # type: ignore[arg-type]
            **one.values(),
        )
        for one in given.activities
    ]
    rows = commands.log_activities(new, by=asked.actor, now=asked.now)
    return Told(Everything[ActivityShown](items=[ActivityShown.of(row) for row in rows]))


@endpoint("POST", "/activities/{uuid:activity}/complete", name="complete", roles=SELLING, takes=Done, gives=ActivityShown)
def complete(asked: Asked, activity: Id, given: Done) -> Told:
    """The task is done now."""
    row = commands.complete_task(activity, text=given.text, by=asked.actor, now=asked.now)
    return Told(ActivityShown.of(row), {row.person_id})


@endpoint("POST", "/activities/{uuid:activity}/drop", name="drop", roles=SELLING, gives=ActivityShown)
def drop(asked: Asked, activity: Id) -> Told:
    """The task will not be done."""
    row = commands.drop_task(activity, by=asked.actor, now=asked.now)
    return Told(ActivityShown.of(row), {row.person_id})


@endpoint("GET", "/promises", name="promises", roles=DEALING, gives=Everything[PromiseShown])
def promises(asked: Asked, person: Id | None = None) -> Told:
    """Open promises in sight, the next due first, at most a hundred; of one person if named."""
    rows = queries.promises(asked.viewer, person)
    shown = Everything[PromiseShown](items=[PromiseShown.of(row) for row in rows])
    return Told(shown, {row.person_id for row in rows})


@endpoint("POST", "/promises", name="promise_new", roles=SELLING, takes=PromiseNew, gives=PromiseShown, status=201)
def promise_new(asked: Asked, given: OnePromise) -> Told:
    """Record what a customer was promised."""
    row = commands.promise(account=given.account, opportunity=given.opportunity, by=asked.actor, now=asked.now, **given.values())
    return Told(PromiseShown.of(row), {row.person_id})


@endpoint("POST", "/promises/{uuid:promise}/keep", name="keep", roles=SELLING, gives=PromiseShown)
def keep(asked: Asked, promise: Id) -> Told:
    """What was promised is with the customer."""
    row = commands.keep_promise(promise, by=asked.actor, now=asked.now)
    return Told(PromiseShown.of(row), {row.person_id})
