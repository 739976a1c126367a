"""`activities`: what was done with customers in sight, and what is planned."""

from datetime import date
from uuid import UUID

from django.db.models import Case, DateField, F, Value, When
from django.db.models.functions import Coalesce

from bailiwick.kit import Sentence, say
from bailiwick.lists import Column, Filter, Listing, Seen, State, Takes, Thing
from bailiwick.lists.listing import Rows
from bailiwick.network.queries import people_to_choose, units_to_choose
from bailiwick.pipeline.fields import ACTIVITY_KIND
from bailiwick.pipeline.lists.deals import within_unit
from bailiwick.pipeline.models import Activity

EVER = date(1, 1, 1)
KINDS = dict(ACTIVITY_KIND.choices)
STATES: tuple[tuple[str, Sentence], ...] = (("done", say("done")), ("planned", say("planned")), ("late", say("late")))


def _rows(seen: Seen) -> Rows:
    rows = Activity.objects.seen_by(seen.viewer).filter(dropped=None)
    rows = rows.prefetch_related("account", "contact", "opportunity", "person", "unit")
    # The day on which it was done, else the one for which it is planned: one order for what was and what will be.
    when = Case(When(done=None, then=F("due")), default=F("day"))
    return rows.annotate(at=Coalesce(when, Value(EVER), output_field=DateField()))


def _state(row: Activity, seen: Seen) -> State:
    if row.done is not None:
        return State("good", say("done"))
    if row.due is not None and row.due < seen.today:
        return State("off", say("late"))
    return State("none", say("planned"))


def _in_state(rows: Rows, text: str, seen: Seen) -> Rows:
    if text == "done":
        return rows.filter(done__isnull=False)
    return rows.filter(done=None, due__lt=seen.today) if text == "late" else rows.filter(done=None)


def _what(row: Activity, seen: Seen) -> Thing | str:
    if row.opportunity is not None:
        return Thing(row.text or row.opportunity.title, "opportunity", row.opportunity.pk, row.opportunity.title)
    return Thing(row.text or row.account.name, "account", row.account.pk) if row.account is not None else row.text


def _account(row: Activity, seen: Seen) -> Thing | None:
    return Thing(row.account.name, "account", row.account.pk) if row.account else None


def _about(row: Activity) -> tuple[UUID, ...]:
    return (row.person_id,)


ACTIVITIES = Listing(
    name="activities",
    label=say("Activities"),
    model=Activity,
    rows=_rows,
    columns=(
        Column(name="what", label=say("What happened"), kind="title", value=_what),
        Column(name="kind", label=say("Kind"), value=lambda row, seen: KINDS[row.kind]),
        Column(name="state", label=say("State"), kind="state", value=_state),
        Column(name="on", label=say("On"), kind="day", order="at", value=lambda row, seen: row.day if row.done else row.due),
        Column(name="account", label=say("Company"), value=_account),
        Column(name="contact", label=say("With"), value=lambda row, seen: row.contact.name if row.contact else "", first=False),
        Column(name="person", label=say("Seller"), kind="person", value=lambda row, seen: row.person.name),
        Column(name="unit", label=say("Unit"), value=lambda row, seen: row.unit.name, first=False),
    ),
    filters=(
        Filter(
            name="q", label=say("Words"), takes=Takes.WORDS,
            keep=lambda rows, value, seen: rows.filter(text__icontains=value),
        ),
        Filter(
            name="kind", label=say("Kind"), takes=Takes.CHOICE, choices=lambda seen: ACTIVITY_KIND.choices,
            keep=lambda rows, value, seen: rows.filter(kind=value),
        ),
        Filter(name="state", label=say("State"), takes=Takes.CHOICE, choices=lambda seen: STATES, keep=_in_state),
        Filter(
            name="person", label=say("Seller"), takes=Takes.ID, choices=people_to_choose,
            keep=lambda rows, value, seen: rows.filter(person=value),
        ),
        Filter(
            name="unit", label=say("Unit, with everything below it"), takes=Takes.ID, choices=units_to_choose,
            keep=within_unit,
        ),
        Filter(
            name="on_from", label=say("From"), takes=Takes.DAY,
            keep=lambda rows, value, seen: rows.filter(at__gte=value),
        ),
        Filter(
            name="on_to", label=say("Up to"), takes=Takes.DAY,
            keep=lambda rows, value, seen: rows.filter(at__lte=value, at__gt=EVER),
        ),
    ),
    order="on",
    falling=True,
    about=_about,
)  # fmt: skip
