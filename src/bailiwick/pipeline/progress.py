"""How a project moves, for the client it is done for: counts and days, and nothing else that is known about it.

An allow list. No value, name, word, outcome of a single deal or row of a person is read here, so that none can be shown.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from django.db.models import Count, Max, Q

from bailiwick.pipeline.models import Activity, Opportunity
from bailiwick.pipeline.queries import winnable
from bailiwick.tenancy.walls import InNetwork

APPOINTMENTS = (Activity.Kind.MEETING, Activity.Kind.VISIT)
WEEKS = 12
AHEAD = timedelta(days=14)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Progress:
    """`weeks`: appointments held by the Monday of each of the last twelve; `open`: deals that can still be won in time, `steps`:
    the same by step in the order of the process; `appointments`: when the next ones are; `next_steps`: other things planned for
    the next fortnight, by kind; `last`: the newest day on which something was done.
    """

    held_this_month: int
    held: int
    weeks: Sequence[tuple[date, int]]
    steps: Sequence[tuple[str, int]]
    won: int
    open: int
    appointments: Sequence[tuple[date, time | None]]
    next_steps: Sequence[tuple[str, int]]
    last: date | None


def progress_of(units: Collection[UUID], today: date, *, by: InNetwork) -> Progress:
    """The progress of a project: of these units together. Whoever asks has judged that they are the viewer's to know of."""
    acts = Activity.objects.in_network(by).filter(unit__in=units, dropped=None)
    held = acts.filter(kind__in=APPOINTMENTS, day__lte=today)
    monday = today - timedelta(days=today.weekday())
    since = monday - (WEEKS - 1) * WEEK
    held_on = [day for day in held.filter(day__gte=since).values_list("day", flat=True) if day]
    days = Counter(day - timedelta(days=day.weekday()) for day in held_on)
    totals = held.aggregate(all=Count("pk"), month=Count("pk", filter=Q(day__gte=today.replace(day=1))))
    planned = acts.filter(done=None, due__gte=today, due__lte=today + AHEAD)
    due = planned.filter(kind__in=APPOINTMENTS).order_by("due", "due_time").values_list("due", "due_time")
    deals = Opportunity.objects.in_network(by).filter(unit__in=units)
    still = winnable(today)
    counts = deals.aggregate(won=Count("pk", filter=Q(outcome="won")), open=Count("pk", filter=still))
    steps = deals.filter(still).values_list("step__name", "step__place").annotate(n=Count("pk")).order_by("step__place")
    return Progress(
        held_this_month=totals["month"],
        held=totals["all"],
        weeks=[(since + week * WEEK, days[since + week * WEEK]) for week in range(WEEKS)],
        steps=[(name, n) for name, _, n in steps],
        won=counts["won"],
        open=counts["open"],
        appointments=[(day, hour) for day, hour in due if day],
        next_steps=sorted(Counter(planned.exclude(kind__in=APPOINTMENTS).values_list("kind", flat=True)).items()),
        last=acts.filter(day__lte=today).aggregate(last=Max("day"))["last"],
    )
