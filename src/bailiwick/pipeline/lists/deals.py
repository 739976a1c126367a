"""`deals`: opportunities in sight."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import DateField, DecimalField, F, Value
from django.db.models.functions import Coalesce

from bailiwick.kit import Money, Sentence, say
from bailiwick.lists import Column, Filter, Listing, Seen, State, Takes, Thing
from bailiwick.lists.listing import Rows
from bailiwick.network.queries import people_to_choose, units_below, units_to_choose
from bailiwick.pipeline import queries
from bailiwick.pipeline.lists.acts import ACTS, not_workable
from bailiwick.pipeline.models import Opportunity, Step
from bailiwick.pipeline.models.opportunities import due
from bailiwick.pipeline.rules.standing import SAID, Standing, standing

KINDS = {Standing.WON: "good", Standing.LOST: "off", Standing.WITHDRAWN: "off", Standing.LAPSED: "off", Standing.STALE: "watch"}
EVER = date(1, 1, 1)
STANDINGS: tuple[tuple[str, Sentence], ...] = (
    ("open", say("open")),
    ("winnable", say("open or undated")),
    ("undecided", say("undecided")),
    ("lapsed", say("lapsed")),
    ("undated", say("undated")),
    ("stale", say("stale on arrival")),
    ("won", say("won")),
    ("lost", say("lost or withdrawn")),
)


def _rows(seen: Seen) -> Rows:
    rows = Opportunity.objects.seen_by(seen.viewer).prefetch_related("account", "step", "person", "unit")
    return rows.annotate(
        due=due(),
        begun=Coalesce(F("entered"), Value(EVER), output_field=DateField()),
        ended=Coalesce(F("decided"), Value(EVER), output_field=DateField()),
        worth=Coalesce(F("value"), Value(Decimal(0)), output_field=DecimalField(max_digits=18, decimal_places=2)),
    )


def standing_of(row: Opportunity, seen: Seen) -> State:
    """How a deal stands on the viewer's day."""
    found = standing(row.outcome, row.expected, seen.today, row.stale_on_arrival)
    return State(KINDS.get(found, "none"), SAID[found])


def _words(rows: Rows, text: str, seen: Seen) -> Rows:
    return queries.with_words(rows, text, seen.viewer)


def _standing(rows: Rows, text: str, seen: Seen) -> Rows:
    return rows.filter(queries.STANDING[text](seen.today))


def steps_to_choose(seen: Seen) -> list[tuple[str, str | Sentence]]:
    """The names of steps, each once, in the order of their process: editions of one process share them."""
    names = Step.objects.seen_by(seen.viewer).order_by("process__since", "place").values_list("name", flat=True)
    return [(name, name) for name in dict.fromkeys(names)]


def within_unit(rows: Rows, unit: UUID, seen: Seen) -> Rows:
    """Rows of a unit in sight and of everything below it."""
    return rows.filter(unit__in=units_below(seen.viewer, unit))


def _worth(row: Opportunity, seen: Seen) -> Money | None:
    return None if row.value is None else Money(row.value, row.currency)


def _account(row: Opportunity, seen: Seen) -> Thing | None:
    return Thing(row.account.name, "account", row.account.pk) if row.account else None


def _about(row: Opportunity) -> tuple[UUID, ...]:
    return (row.person_id,)


DEALS = Listing(
    name="pipeline",
    label=say("Opportunities"),
    model=Opportunity,
    rows=_rows,
    columns=(
        Column(
            name="title", label=say("Opportunity"), kind="title", order="title", edit="title",
            value=lambda row, seen: Thing(row.title, "opportunity", row.pk, row.account.name if row.account else ""),
        ),
        Column(name="account", label=say("Company"), value=_account, first=False),
        Column(name="standing", label=say("Standing"), kind="state", value=standing_of),
        Column(name="step", label=say("Step"), value=lambda row, seen: row.step.name, edit="step"),
        Column(name="value", label=say("Value"), kind="money", value=_worth, order="worth", edit="value", money=True),
        Column(
            name="expected", label=say("Expected close"), kind="day", order="due", edit="expected",
            value=lambda row, seen: row.expected,
        ),
        Column(name="person", label=say("Seller"), kind="person", value=lambda row, seen: row.person.name, edit="person"),
        Column(name="unit", label=say("Unit"), value=lambda row, seen: row.unit.name, first=False),
        Column(name="entered", label=say("Entered"), kind="day", order="begun", value=lambda row, seen: row.entered, first=False),
        Column(name="decided", label=say("Decided"), kind="day", order="ended", value=lambda row, seen: row.decided, first=False),
        Column(name="reason", label=say("Why"), value=lambda row, seen: row.reason, first=False),
        Column(name="origin", label=say("Where it came from"), value=lambda row, seen: row.origin, edit="origin", first=False),
    ),
    filters=(
        Filter(name="q", label=say("Words"), takes=Takes.WORDS, keep=_words),
        Filter(name="standing", label=say("Standing"), takes=Takes.CHOICE, keep=_standing, choices=lambda seen: STANDINGS),
        Filter(
            name="person", label=say("Seller"), takes=Takes.ID, choices=people_to_choose,
            keep=lambda rows, value, seen: rows.filter(person=value),
        ),
        Filter(
            name="unit", label=say("Unit, with everything below it"), takes=Takes.ID, choices=units_to_choose,
            keep=within_unit,
        ),
        Filter(
            name="step", label=say("Step"), takes=Takes.CHOICE, choices=steps_to_choose,
            keep=lambda rows, value, seen: rows.filter(step__name=value),
        ),
        Filter(
            name="value_from", label=say("Value from"), takes=Takes.AMOUNT, money=True,
            keep=lambda rows, value, seen: rows.filter(value__gte=value),
        ),
        Filter(
            name="value_to", label=say("Value up to"), takes=Takes.AMOUNT, money=True,
            keep=lambda rows, value, seen: rows.filter(value__lte=value),
        ),
        Filter(
            name="expected_from", label=say("Expected from"), takes=Takes.DAY,
            keep=lambda rows, value, seen: rows.filter(expected__gte=value),
        ),
        Filter(
            name="expected_to", label=say("Expected up to"), takes=Takes.DAY,
            keep=lambda rows, value, seen: rows.filter(expected__lte=value),
        ),
        Filter(
            name="origin", label=say("Where it came from"), takes=Takes.WORDS,
            keep=lambda rows, value, seen: rows.filter(origin__icontains=value),
        ),
        Filter(
            name="account", label=say("Company"), takes=Takes.ID,
            keep=lambda rows, value, seen: rows.filter(account=value),
        ),
    ),
    order="expected",
    standard={"standing": "open"},
    about=_about,
    acts=ACTS,
    works_on=lambda row, viewer: not_workable(row, viewer) is None,
)  # fmt: skip
