"""What the clock tells sellers: in the morning what the day asks, at its hour a task, a day ahead a promise."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bailiwick.desk.my_day import MyDay, my_day
from bailiwick.kit import Actor
from bailiwick.network.models import Person
from bailiwick.network.queries import reachable, scope_of
from bailiwick.notices.queries import told_already
from bailiwick.pipeline.models import Activity, Promise

FROM, UNTIL = 6, 10  # the morning, in hours where the person works
LATE = timedelta(hours=2)  # a task whose hour passed longer ago is late, not due: the next morning says so
MOST = 200
TASK, PROMISE, DIGEST = "task", "promise", "digest"


@dataclass(frozen=True, slots=True)
class Morning:
    """One person's morning: `day` without tasks that have no day. `things` 0: nothing to say."""

    person: Person
    zone: str
    today: date
    day: MyDay

    @property
    def tasks(self) -> list[Activity]:
        return [task for task in self.day.tasks if task.due]

    @property
    def things(self) -> int:
        return len(self.day.lapsing) + len(self.day.promises) + len(self.tasks)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A task whose hour has come, or a promise due tomorrow; `about` makes it single and changes when it is moved."""

    person: Person
    zone: str
    thing: Activity | Promise
    about: str


def mornings(by: Actor, now: datetime, looked: Collection[tuple[UUID, date]], *, most: int = MOST) -> list[Morning]:
    """Whose morning it is and who was told nothing yet today, apart from those `looked` after already."""
    waiting = []
    for person, zone in reachable(by, now):
        local = now.astimezone(ZoneInfo(zone))
        if person.digest and FROM <= local.hour < UNTIL and (person.pk, local.date()) not in looked:
            waiting.append((person, zone, local.date()))
    told = told_already(by, DIGEST, {today.isoformat() for _, _, today in waiting})
    fresh = [one for one in waiting if (one[0].pk, one[2].isoformat()) not in told][:most]
    return [Morning(person, zone, today, my_day(scope_of(by.network, person.pk, now), today)) for person, zone, today in fresh]


def tasks_now(by: Actor, now: datetime) -> list[Reminder]:
    """Open tasks whose hour has come, in the zone where their person works."""
    people = {person.pk: (person, zone) for person, zone in reachable(by, now) if person.remind_tasks}
    days = [now.date() + timedelta(days=step) for step in (-1, 0, 1)]
    rows = Activity.objects.seen_by(by.scope).filter(
        person__in=people, due__in=days, due_time__isnull=False, done=None, dropped=None
    )
    found = []
    for task in rows.select_related("account", "contact", "opportunity"):
        person, zone = people[task.person_id]
        if task.due and task.due_time:
            moment = datetime.combine(task.due, task.due_time, ZoneInfo(zone))
            if moment <= now < moment + LATE:
                found.append(Reminder(person, zone, task, f"{task.pk}:{task.due}:{task.due_time:%H:%M}"))
    return _untold(by, TASK, found)


def promises_tomorrow(by: Actor, now: datetime) -> list[Reminder]:
    """Open promises due tomorrow, told in the morning of the day before."""
    people = {
        person.pk: (person, zone, local.date() + timedelta(days=1))
        for person, zone in reachable(by, now)
        if person.remind_promises and FROM <= (local := now.astimezone(ZoneInfo(zone))).hour < UNTIL
    }
    tomorrows = {tomorrow for _, _, tomorrow in people.values()}
    rows = Promise.objects.seen_by(by.scope).filter(person__in=people, due__in=tomorrows, kept=None, withdrawn=None)
    found = [
        Reminder(*people[row.person_id][:2], row, f"{row.pk}:{row.due}")
        for row in rows.select_related("account", "opportunity")
        if row.due == people[row.person_id][2]
    ]
    return _untold(by, PROMISE, found)


def _untold(by: Actor, kind: str, found: list[Reminder]) -> list[Reminder]:
    told = told_already(by, kind, {one.about for one in found}) if found else set()
    return [one for one in found if (one.person.pk, one.about) not in told]
