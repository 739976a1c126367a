"""`targets`: what is aimed at, how it stands, and the forms to set, restate and withdraw."""

from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from bailiwick.desk.targets import Holder, holders, may_change, target_page
from bailiwick.fields import take
from bailiwick.kit import Invalid, Problem, Refused, Stale, say
from bailiwick.kit.scope import DEALING
from bailiwick.measures import MEASURES, Measure, Shape, Unit
from bailiwick.performance.commands import NewTarget, from_above, set_targets, withdraw_target
from bailiwick.performance.fields import AMOUNT, TARGET
from bailiwick.performance.queries import Standing, target, today_of
from bailiwick.performance.rules.course import SAID
from bailiwick.performance.rules.periods import Period, period_of, read_period
from bailiwick.web.asked import Asked, Go, Shown
from bailiwick.web.door import page, tried
from bailiwick.web.figures import valued
from bailiwick.web.forms import Control, choice, conflict, controls, problem_of, said
from bailiwick.web.frame import LEADING
from bailiwick.web.pages.overview import KINDS, attained_cell, period_asked, periods
from bailiwick.web.shapes import Cell, Column, Row

AIMED_AT = {name: one for name, one in MEASURES.items() if one.shape is not Shape.TARGET}


@page("targets", name="targets", roles=DEALING)
def show(asked: Asked) -> Shown:
    """The targets of a period: the quarter of the figures' day unless another is asked for."""
    period = period_asked(asked)
    found = target_page(asked.actor, period, as_of=today_of(asked.network, asked.today))
    context = {
        "columns": _columns(),
        "units": [_row(one, asked) for one in found.units],
        "people": [_row(one, asked) for one in found.people],
        "periods": periods(period, asked),
        "period": period,
        "sets": bool(found.holders),
    }
    people = {one.target.person_id for one in found.people if one.target.person_id}
    return Shown("pages/targets.html", context, looked_at=frozenset(people))


def _columns() -> list[Column]:
    return [
        Column("holder", gettext("Whose"), "title"),
        Column("target", gettext("Target"), "number"),
        Column("period", gettext("Period")),
        Column("state", gettext("State"), "state"),
        Column("reached", gettext("Reached (tick: time passed)"), "drawing"),
        Column("so_far", gettext("So far"), "number"),
    ]


def _row(one: Standing, asked: Asked) -> Row:
    row, speech = one.target, asked.speech
    measure = MEASURES[row.measure]
    name, place = (row.person.name, row.unit.name) if row.person else (row.unit.name, "")
    what = " · ".join(part for part in (place, speech.say(measure.label)) if part)
    so_far = valued(measure, one.figure.value, row.currency, speech) if one.figure else gettext("not yours to count")
    return Row([
        Cell(name, reverse("target", args=[row.pk]) if may_change(row, asked.actor) else "", note=what),
        Cell(valued(measure, row.amount, row.currency, speech)),
        Cell(gettext("%(since)s to %(until)s") % {"since": speech.day(row.since), "until": speech.day(row.until)}),
        Cell(speech.say(SAID[one.course]), state=KINDS[one.course]) if one.figure else Cell(""),
        attained_cell(one, asked),
        Cell(so_far),
    ])  # fmt: skip


@page("targets/new", name="target_new", roles=LEADING, methods=("GET", "POST"))
def enter(asked: Asked) -> Shown | Go:
    """Set a target."""
    offered = holders(asked.actor)
    if not offered:
        raise from_above()
    no: Refused | None = None
    if asked.posted:
        done = tried(lambda: _set(asked, offered))
        if not isinstance(done, Refused):
            return Go(reverse("targets"), say("The target is set."))
        no = _typed_so(done, AIMED_AT.get(asked.text("measure")))
    period = period_of(today_of(asked.network, asked.today)).name
    typed: Any = asked.request.POST if asked.posted else {"period": period}
    wrong = problem_of(no, "holder", asked.speech)
    fields: list[Control] = [
        choice("holder", gettext("Whose"), [(one.key, one.name) for one in offered], asked.text("holder"),
               gettext("A unit’s target counts everything below it."), problem=wrong),
        choice("measure", gettext("Of what"), [(name, asked.speech.say(one.label)) for name, one in AIMED_AT.items()],
               asked.text("measure") or "won_value", gettext("What is counted towards it."),
               problem=problem_of(no, "measure", asked.speech)),
        *controls(TARGET, typed, asked.speech, no),
    ]  # fmt: skip
    return _form(asked, gettext("Set a target"), reverse("target_new"), fields, gettext("Set"), no)


def _set(asked: Asked, offered: list[Holder]) -> None:
    holder = next((one for one in offered if one.key == asked.text("holder")), None)
    measure = AIMED_AT.get(asked.text("measure"))
    choose = say("Choose one of the values offered.")
    wrong = [Problem(name, choose) for name, found in (("holder", holder), ("measure", measure)) if found is None]
    values = take(TARGET, asked.request.POST)
    if wrong or holder is None or measure is None:
        raise Invalid(wrong)
    new = NewTarget(
        measure=measure.name,
        unit=holder.unit,
        person=holder.person,
        period=_period(values["period"]),
        amount=_stored(measure, values["amount"]),
        currency=asked.network.currency if measure.unit is Unit.MONEY else "",
        version=max(asked.whole("version"), 0),  # of the one that was there, once both were shown
    )
    set_targets([new], by=asked.actor, now=asked.now)


def _period(text: str) -> Period:
    try:
        return read_period(text)
    except Refused as no:
        raise Invalid([Problem("period", no.remedy or no.sentence)]) from None


def _stored(measure: Measure, typed: Decimal) -> Decimal:
    """A share is typed in percent."""
    return typed / 100 if measure.unit is Unit.SHARE else typed


@page("targets/<uuid:which>", name="target", roles=LEADING, methods=("GET", "POST"))
def restate(asked: Asked, which: UUID) -> Shown | Go:
    """State another amount, or withdraw the target."""
    row = target(asked.viewer, which)
    if not may_change(row, asked.actor):
        raise from_above()
    measure, no = MEASURES[row.measure], None
    gone = asked.posted and asked.text("act") == "withdraw"
    if asked.posted:
        done = tried(lambda: _withdraw(asked, which) if gone else _restate(asked, row, measure))
        if not isinstance(done, Refused):
            told = say("The target is withdrawn. To have it back, set it again.") if gone else say("The target is restated.")
            return Go(reverse("targets"), told)
        no = _typed_so(done, measure)
    stored = row.amount * 100 if measure.unit is Unit.SHARE else row.amount
    fields = controls([AMOUNT], asked.request.POST if asked.posted and not gone else {"amount": stored}, asked.speech, no)
    fields = [replace(one, unit=row.currency) for one in fields]
    name = row.person.name if row.person else row.unit.name
    place = f"{asked.speech.say(measure.label)}, {asked.speech.day(row.since)} – {asked.speech.day(row.until)}"
    shown = _form(asked, name, reverse("target", args=[which]), fields, gettext("Restate"), no)
    seen = shown.context["version"] or (asked.whole("version") if asked.posted else row.version)
    return replace(shown, template="pages/target.html", context=shown.context | {"version": seen, "place": place})


def _withdraw(asked: Asked, which: UUID) -> None:
    withdraw_target(which, version=asked.whole("version"), by=asked.actor, now=asked.now)


def _restate(asked: Asked, row: Any, measure: Measure) -> None:
    new = NewTarget(
        measure=row.measure,
        unit=row.unit_id,
        person=row.person_id,
        period=Period(row.since, row.until, ""),
        amount=_stored(measure, take([AMOUNT], asked.request.POST)["amount"]),
        currency=row.currency,
        version=asked.whole("version"),
    )
    set_targets([new], by=asked.actor, now=asked.now)


def _typed_so(no: Refused, measure: Measure | None) -> Refused:
    """A refusal that tells what is stored tells a share in percent, as it is typed."""
    if isinstance(no, Stale) and measure and measure.unit is Unit.SHARE:
        return Stale({"amount": Decimal(str(no.stored["amount"])) * 100}, no.version)
    return no


def _form(asked: Asked, heading: str, action: str, fields: list[Control], submit: str, no: Refused | None) -> Shown:
    """A form; where somebody else restated the target meanwhile both amounts are shown."""
    clash = conflict([AMOUNT], no, asked.request.POST, asked.speech)
    context = {
        "heading": heading,
        "place": "",
        "action": action,
        "fields": fields,
        "refusal": said(no, asked.speech),
        "cancel": reverse("targets"),
        "version": clash["version"] if clash else "",
        "conflict": clash,
        "submit": submit,
    }
    return Shown("pages/form.html", context, status=409 if clash else 422 if no else 200)
