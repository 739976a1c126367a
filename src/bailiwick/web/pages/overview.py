"""`overview`: what is off course and what waits first, every project with its one manager below."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from bailiwick.desk.overview import Line, Overview, overview
from bailiwick.desk.setup import setup
from bailiwick.kit import Money, Role
from bailiwick.performance.queries import today_of
from bailiwick.performance.rules.course import SAID, Course
from bailiwick.performance.rules.periods import Period, a_year, before, period_of, read_period
from bailiwick.web.asked import Asked, Shown
from bailiwick.web.door import page
from bailiwick.web.drawings import CourseLabels, attainment, course, interval
from bailiwick.web.figures import amounts, figure_of, joined, rate_said
from bailiwick.web.frame import LEADING
from bailiwick.web.jinja import address
from bailiwick.web.shapes import Cell, Column, Row, initials

KINDS = {Course.ON: "good", Course.WATCH: "watch", Course.OFF: "off", Course.TOO_FEW: "none", Course.NONE: "none"}


@page("overview", name="overview", roles=LEADING)
def show(asked: Asked) -> Shown:
    """Everything in sight for a period: the quarter of the figures' day unless another is asked for."""
    day = today_of(asked.network, asked.today)
    period = period_asked(asked)
    found = overview(asked.viewer, period, as_of=day)
    context = {
        "heading": _heading(found),
        "sentence": _sentence(found, asked),
        "periods": periods(period, asked),
        "needs": [_row(one, found, asked, why=True) for one in found.needs],
        "quiet": [_row(one, found, asked, why=False) for one in found.quiet],
        "columns": _columns(why=True),
        "quiet_columns": _columns(why=False),
        "chart": chart(found.progress, found.whole, period, asked) if found.side.won else "",
        "figures": _figures(found, asked),
        "period": period,
        "lines": found.lines,
        "stale": _stale(found.side.rate.beside.get("stale", 0), asked),
        "archive": asked.network.as_of is not None,
        "to_settle": _to_settle(asked, day),
        "day": asked.speech.day(day),
    }
    return Shown("pages/overview.html", context)


def _to_settle(asked: Asked, day: date) -> str:
    """What is still open after an import, for whoever can settle it."""
    if asked.network.as_of is None or Role.DIRECTOR not in asked.viewer.roles:
        return ""
    n = setup(asked.actor, asked.now, day).open
    return (
        ngettext("%(n)s thing to settle after the import.", "%(n)s things to settle after the import.", n) % {"n": n} if n else ""
    )


def period_asked(asked: Asked) -> Period:
    """The period of the address, else the quarter of the figures' day."""
    text = asked.text("period", 30)
    return read_period(text) if text else period_of(today_of(asked.network, asked.today))


def periods(now: Period, asked: Asked) -> list[tuple[str, str, bool]]:
    """Periods to choose from: this quarter, the one before, this month, this year. (name, word, chosen)"""
    day = today_of(asked.network, asked.today)
    quarter = period_of(day)
    offered = [
        (quarter, gettext("this quarter")),
        (before(quarter), gettext("last quarter")),
        (period_of(day, "month"), gettext("this month")),
        (period_of(day, "year"), gettext("this year")),
    ]
    if now not in [one for one, _ in offered]:
        offered.append((now, gettext("other")))
    return [(one.name, f"{word} ({one.name})", one == now) for one, word in offered]


def _heading(found: Overview) -> str:
    """A fact, the worst first."""
    off = [one.unit.name for one in found.lines if one.course is Course.OFF]
    if len(off) == 1:
        return gettext("%(unit)s is off course") % {"unit": off[0]}
    if off:
        return gettext("%(n)s are off course: %(units)s") % {"n": len(off), "units": joined(off, 3)}
    if found.needs:
        said = ngettext("%(n)s needs a look", "%(n)s need a look", len(found.needs)) % {"n": len(found.needs)}
        return said + ": " + joined([one.unit.name for one in found.needs], 3)
    if all(one.course is Course.NONE for one in found.lines):
        return gettext("Nothing waits; no targets are set yet")
    return gettext("Everything is on course")


def _sentence(found: Overview, asked: Asked) -> str:
    quiet = ngettext("%(n)s of %(all)s needs nothing from you.", "%(n)s of %(all)s need nothing from you.", len(found.quiet))
    passed = asked.speech.percent(found.period.elapsed(found.as_of))
    time = gettext("%(share)s of %(period)s has passed.") % {"share": passed, "period": found.period.name}
    return quiet % {"n": len(found.quiet), "all": len(found.lines)} + " " + time


def _stale(count: int, asked: Asked) -> str:
    """Open deals that were past their time when they were taken in."""
    said = ngettext(
        "%(n)s open deal was past its time when it was taken in.",
        "%(n)s open deals were past their time when they were taken in.",
        count,
    )
    return said % {"n": asked.speech.number(count)} if count else ""


def _columns(why: bool) -> list[Column]:
    return [
        Column("unit", gettext("Project"), "title"),
        Column("manager", gettext("Accountable"), "person"),
        Column("state", gettext("State"), "state"),
        Column("attained", gettext("Reached of target (tick: time passed)"), "drawing"),
        Column("rate", gettext("Win rate, one year (tick: all)"), "drawing"),
        *([Column("why", gettext("What"))] if why else [Column("won", gettext("Won"), "money")]),
    ]


def _row(one: Line, found: Overview, asked: Asked, *, why: bool) -> Row:
    speech, name = asked.speech, one.manager.name if one.manager else ""
    rate = one.figures.rate
    return Row([
        Cell(one.unit.name, reverse("project", args=[one.unit.pk])),
        Cell(name, initials=initials(name)) if name else Cell(gettext("nobody yet"), state="off"),
        Cell(speech.say(SAID[one.course]), state=KINDS[one.course]),
        attained_cell(one.figures.standing, asked),
        Cell(
            rate_said(rate, speech),
            address("measure", "win_rate", by="unit"),
            drawing=interval(rate.value, rate.low, rate.high, scale=(0, 1), said=rate_said(rate, speech),
                             tick=found.side.rate.value) if rate.value is not None else "",
        ),
        Cell("; ".join(speech.say(need) for need in one.needs)) if why else Cell(amounts(one.figures.won, speech)),
    ])  # fmt: skip


def attained_cell(standing: Any, asked: Asked) -> Cell:
    """How much of a target is reached, drawn against the time that has passed."""
    if standing is None or standing.attained is None:
        return Cell("")
    share, passed = asked.speech.percent(standing.attained), asked.speech.percent(standing.elapsed)
    said = gettext("%(share)s of the target, %(passed)s of the time") % {"share": share, "passed": passed}
    return Cell(said, drawing=attainment(standing.attained, standing.elapsed, said=said), note=share)


def chart(progress: Any, whole: Any, period: Period, asked: Asked) -> Any:
    """Won value through the period against its target."""
    speech = asked.speech
    aim = float(whole.target.amount) if whole and whole.target.currency == progress.currency else None
    so_far = speech.money(Money(_whole(progress.points[-1][1]), progress.currency))
    said = gettext("%(won)s won so far") % {"won": so_far}
    target = speech.money(Money(whole.target.amount, whole.target.currency)) if aim else ""
    aimed = gettext("target %(target)s") % {"target": target} if aim else ""
    last = progress.points[-1][0]
    labels = CourseLabels(
        first=speech.day(period.since),
        today=gettext("today") if last < 1 else "",
        last=speech.day(period.until),
        reached=so_far,
        target=aimed,
        rows=[
            (speech.day(period.day_at(share)), speech.money(Money(_whole(sum_), progress.currency)))
            for share, sum_ in progress.points[1:]
        ],
    )
    title = gettext("Won value through %(period)s") % {"period": period.name}
    return course(
        progress.points, target=aim, until=last, title=title, name="course", labels=labels,
        description=", ".join(part for part in (said, aimed) if part),
    )  # fmt: skip


def _whole(amount: float) -> Any:
    from decimal import Decimal

    return Decimal(round(amount))


def _figures(found: Overview, asked: Asked) -> Sequence[dict[str, Any]]:
    period, year = found.period.name, a_year(found.as_of).name
    named = [
        *((gettext("Won, %(period)s") % {"period": period}, "won_value", won, period) for won in found.side.won[:2]),
        (gettext("Win rate of the year, of decided"), "win_rate", found.side.rate, year),
        *((gettext("Pipeline"), "pipeline", still, "") for still in found.side.open[:1] if still.value is not None),
        *([(gettext("Days to decision, of the year"), "days_to_decision", found.days, year)] if found.days else []),
    ]
    return [figure_of(name, measure, figure, asked.speech, period=during) for name, measure, figure, during in named]
