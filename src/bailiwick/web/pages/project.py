"""`project`: where one project stands, for whoever answers for it and whoever it answers to."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from bailiwick.desk.project import Project, Seller, project
from bailiwick.kit import Money, say
from bailiwick.measures import MEASURES
from bailiwick.performance.queries import Standing, today_of
from bailiwick.performance.rules.course import SAID, Course
from bailiwick.performance.rules.periods import a_year
from bailiwick.pipeline.models import Opportunity
from bailiwick.web.asked import Asked, Shown
from bailiwick.web.door import page
from bailiwick.web.drawings import FunnelStep, funnel, interval
from bailiwick.web.figures import amounts, beside_said, between, figure_of, rate_said, valued
from bailiwick.web.frame import LEADING
from bailiwick.web.jinja import address
from bailiwick.web.pages.overview import KINDS, attained_cell, chart, period_asked, periods
from bailiwick.web.shapes import Cell, Column, Row, due, initials, money_of
from bailiwick.web.todos import promise_todo

FIRST, ALL = 8, 200


@page("projects/<uuid:which>", name="project", roles=LEADING)
def show(asked: Asked, which: UUID) -> Shown:
    """A unit with everything below it, through a period."""
    period, day = period_asked(asked), today_of(asked.network, asked.today)
    most = ALL if asked.text("all") else FIRST
    found = project(asked.viewer, which, period, as_of=day, most=most)
    main = next((one for one in found.targets if one.target.measure == "won_value" and one.target.since == period.since), None)
    context = {
        "unit": found.unit,
        "heading": _heading(found, main),
        "manager": found.manager,
        "periods": periods(period, asked),
        "period": period,
        "figures": _figures(found, asked),
        "targets": [_target(one, asked) for one in found.targets],
        "target_columns": [
            Column("what", gettext("Target"), "title"),
            Column("state", gettext("State"), "state"),
            Column("reached", gettext("Reached (tick: time passed)"), "drawing"),
            Column("coverage", gettext("Pipeline over what is missing"), "number"),
        ],
        "chart": chart(found.progress, main, period, asked) if len(found.progress.points) > 1 and found.won else "",
        "funnel": _funnel(found, asked),
        "tally": [_tally(one, asked) for one in found.tally],
        "team": [_seller(one, found, asked) for one in found.team],
        "team_columns": _team_columns(period.name),
        "stuck": [_deal(one, found, asked) for one in found.stuck.deals],
        "stuck_said": _stuck(found, asked),
        "deal_columns": _deal_columns(),
        "promises": [promise_todo(one, asked, reverse("project", args=[which])) for one in found.promises],
        "lapsing": [_deal(one, found, asked) for one in found.lapsing],
        "more": {
            name
            for name, rows in (("stuck", found.stuck.deals), ("promises", found.promises), ("lapsing", found.lapsing))
            if len(rows) == FIRST
        },
        "all_url": address("project", which, period=asked.text("period", 30), all="1"),
        "archive": asked.network.as_of is not None,
        "day": asked.speech.day(day),
    }
    looked = {one.person for one in found.team} | {one.person_id for one in (*found.stuck.deals, *found.lapsing)}
    return Shown("pages/project.html", context, looked_at=frozenset(looked))


def _heading(found: Project, main: Standing | None) -> str:
    name = found.unit.name
    if main is None or main.course is Course.NONE:
        return name
    words = {
        Course.ON: gettext("%(unit)s is on course"),
        Course.WATCH: gettext("%(unit)s is a little behind"),
        Course.OFF: gettext("%(unit)s is off course"),
        Course.TOO_FEW: gettext("%(unit)s: too few deals to tell"),
    }
    return words[main.course] % {"unit": name}


def _figures(found: Project, asked: Asked) -> list[dict[str, Any]]:
    speech, period, year = asked.speech, found.period.name, a_year(found.as_of).name
    named = [
        *((gettext("Won, %(period)s") % {"period": period}, "won_value", won, period) for won in found.won[:2]),
        (gettext("Win rate of the year, of decided"), "win_rate", found.rate, year),
        (gettext("Cycle length"), "cycle_length", found.cycle, year),
        (gettext("Appointments per close"), "appointments_per_close", found.appointments, year),
        (gettext("Activities a week"), "activities_per_week", found.activities, period),
    ]
    unit = str(found.unit.pk)
    return [
        figure_of(name, measure, figure, speech, unit=unit, period=during)
        for name, measure, figure, during in named
        if figure is not None and (figure.n or measure == "won_value")
    ]


def _target(one: Standing, asked: Asked) -> Row:
    measure, speech = MEASURES[one.target.measure], asked.speech
    amount = valued(measure, one.target.amount, one.target.currency, speech)
    until = gettext("by %(day)s") % {"day": speech.day(one.target.until)}
    covered = gettext("%(n)s times") % {"n": speech.number(round(_tenth(one.coverage), 1))} if one.coverage is not None else ""
    return Row([
        Cell(f"{speech.say(measure.label)}: {amount}", note=until),
        Cell(speech.say(SAID[one.course]), state=KINDS[one.course]),
        attained_cell(one, asked),
        Cell(covered),
    ])  # fmt: skip


def _tenth(value: float) -> Any:
    from decimal import Decimal

    return Decimal(str(round(value, 1)))


def _funnel(found: Project, asked: Asked) -> Any:
    """The steps that deals entered in the last year, in the order of the process."""
    speech, rows = asked.speech, []
    for figure in sorted(found.steps.figures, key=lambda one: found.places.get(one.keys[0], 0)):
        entered = figure.n + figure.beside.get("still", 0)
        measure = MEASURES["stage_conversion"]
        went = (
            gettext("%(share)s of %(n)s went on (%(between)s)")
            if figure.enough
            else gettext("too few to tell: %(share)s of %(n)s (%(between)s)")
        )
        words = {"share": valued(measure, figure.value, "", speech), "between": between(measure, figure, speech)}
        note = went % (words | {"n": speech.number(figure.n)}) if figure.value is not None else beside_said(figure, speech)
        rows.append(
            FunnelStep(
                str(found.steps.name(figure)), entered, figure.k, figure.beside.get("still", 0),
                float(figure.value) if figure.value is not None else None, figure.low, figure.high, note,
            )
        )  # fmt: skip
    if not rows:
        return ""
    said = "; ".join(f"{row.name}: {speech.number(row.entered)}, {row.said}" for row in rows)
    return funnel(rows, title=gettext("Deals that entered each step in a year"), description=said, name="funnel")


def _tally(one: Any, asked: Asked) -> dict[str, str]:
    value = asked.speech.money(Money(one.value, one.currency)) if one.value is not None else gettext("no value stated")
    return {"step": one.step, "count": asked.speech.number(one.count), "value": value}


def _team_columns(period: str) -> list[Column]:
    return [
        Column("seller", gettext("Seller"), "person"),
        Column("won", gettext("Won, %(period)s") % {"period": period}, "money"),
        Column("rate", gettext("Win rate, one year (tick: all here)"), "drawing"),
        Column("open", gettext("Open"), "number"),
    ]


def _seller(one: Seller, found: Project, asked: Asked) -> Row:
    speech = asked.speech
    rate, all_here = one.rate, found.rate
    said = rate_said(rate, speech) if rate else gettext("nothing decided yet")
    tick = float(all_here.value) if all_here and all_here.value is not None else None
    drawn = (
        interval(rate.value, rate.low, rate.high, scale=(0, 1), said=said, tick=tick) if rate and rate.value is not None else ""
    )
    few = gettext("too few to tell") if rate and not rate.enough else ""
    return Row([
        Cell(one.name, reverse("person", args=[one.person]), initials=initials(one.name)),
        Cell(amounts(one.won, speech)),
        Cell(said, drawing=drawn, note=few or f"n = {speech.number(rate.n)}" if rate else ""),
        Cell(speech.number(one.open)),
    ])  # fmt: skip


def _deal_columns() -> list[Column]:
    return [
        Column("title", gettext("Opportunity"), "title"),
        Column("step", gettext("Step")),
        Column("value", gettext("Value"), "money"),
        Column("expected", gettext("Expected close"), "state"),
        Column("age", gettext("Open for"), "number"),
        Column("person", gettext("Seller"), "person"),
    ]


def _deal(one: Opportunity, found: Project, asked: Asked) -> Row:
    state = due(one.expected, found.as_of, asked.speech, say("lapsed"))
    days = (found.as_of - one.entered).days if one.entered else None
    return Row([
        Cell(one.title, reverse("opportunity", args=[one.pk]), note=one.account.name if one.account else ""),
        Cell(one.step.name),
        Cell(asked.speech.money(money_of(one))),
        Cell(state.word if one.expected else gettext("undated"), state=state.kind),
        Cell(ngettext("%(n)s day", "%(n)s days", days) % {"n": asked.speech.number(days)} if days is not None else ""),
        Cell(one.person.name, initials=initials(one.person.name)),
    ])  # fmt: skip


def _stuck(found: Project, asked: Asked) -> str:
    """Why these are here, with the peers that they are held against."""
    stuck, number = found.stuck, asked.speech.number
    if stuck.late is None:
        return gettext("Too few wins to tell when a deal is late: %(n)s, and thirty are needed.") % {"n": number(stuck.wins)}
    peers = gettext("wins here") if stuck.peers_here else gettext("wins in sight, because there are too few here")
    said = gettext("95%% of %(n)s %(peers)s came within %(days)s days; these are open longer.")
    return said % {"n": number(stuck.wins), "peers": peers, "days": number(int(stuck.late))}
