"""`measures` and `measure`: what each number means, what it says of the rows in sight, and those rows."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from bailiwick.kit import NotAllowed, NotSeen, Refused, Role, say
from bailiwick.kit.scope import SELLING
from bailiwick.measures import MEASURES, Measure, Shape
from bailiwick.measures.dimensions import LABELS, dimensions_of
from bailiwick.mirror import Question
from bailiwick.network import queries as network
from bailiwick.network.models import Unit
from bailiwick.performance.queries import Answer, cases_behind, figures, today_of
from bailiwick.performance.queries.figures import may_read
from bailiwick.performance.queries.tree import units_below
from bailiwick.performance.rules.figures import Figure
from bailiwick.performance.rules.periods import before, period_of, read_period
from bailiwick.web.asked import Asked, Sent, Shown
from bailiwick.web.cases import case_columns, case_row, rows_behind
from bailiwick.web.door import page
from bailiwick.web.drawings import interval
from bailiwick.web.figures import between, figure_of, valued
from bailiwick.web.jinja import address
from bailiwick.web.pages.people import role_word
from bailiwick.web.shapes import Cell, Column, Row
from bailiwick.web.spreadsheets import TYPES, as_csv

WHO = SELLING | {Role.DIRECTOR, Role.STEWARD}
PEOPLE = frozenset({"seller", "manager"})
ROWS, MOST_EXPORTED = 20, 100_000


@page("measures", name="measures", roles=WHO)
def every(asked: Asked) -> Shown:
    """All measures that the viewer may read; a steward reads the definitions."""
    found = [one for one in MEASURES.values() if _reads(one, asked)]
    columns = [
        Column("measure", gettext("Measure"), "title"),
        Column("meaning", gettext("What it tells")),
        Column("minimum", gettext("Least cases"), "number"),
        Column("owner", gettext("Owner")),
        Column("review", gettext("Review"), "day"),
    ]
    return Shown("pages/measures.html", {"columns": columns, "rows": [_listed(one, asked) for one in found]})


def _reads(measure: Measure, asked: Asked) -> bool:
    return bool(asked.viewer.roles & {*measure.readers, Role.STEWARD})


def _listed(one: Measure, asked: Asked) -> Row:
    return Row([
        Cell(asked.speech.say(one.label), reverse("measure", args=[one.name])),
        Cell(asked.speech.say(one.meaning)),
        Cell(asked.speech.number(one.minimum)),
        Cell(role_word(one.owner, asked.speech)),
        Cell(asked.speech.day(one.review)),
    ])  # fmt: skip


@page("measures/<slug:name>", name="measure", roles=WHO)
def show(asked: Asked, name: str) -> Shown:
    """One measure: its figure over everything in sight, by a dimension if asked, its definition, and the rows behind it."""
    measure = _measure(name, asked)
    context: dict[str, Any] = {"measure": measure, "label": asked.speech.say(measure.label), "facts": _facts(measure, asked)}
    looked: set[UUID] = set()
    if _counts(measure, asked):
        answer = _answer(measure, asked)
        context |= _told(answer, asked)
        if measure.shape is not Shape.TARGET:
            behind = cases_behind(measure, asked.viewer, _of_one(answer.question, asked), cursor=asked.text("at"), size=ROWS)
            context |= rows_behind(measure, behind, asked)
            looked |= behind.people
        if answer.question.by and answer.question.by[0] in PEOPLE:
            looked |= {UUID(figure.keys[0]) for figure in answer.figures if figure.keys[0]}
    return Shown("pages/measure.html", {"told": False} | context, looked_at=frozenset(looked))


@page("measures/<slug:name>/rows", name="measure_rows", roles=WHO)
def export(asked: Asked, name: str) -> Sent:
    """The rows behind a figure as CSV, exactly those that the page lists, with the company in a column of its own."""
    measure = _measure(name, asked)
    may_read(measure, asked.viewer)
    if measure.shape is Shape.TARGET:
        raise NotSeen
    question = _of_one(_question(measure, asked), asked)
    found = cases_behind(measure, asked.viewer, question, size=MOST_EXPORTED)
    first, *others = [column.label for column in case_columns(measure, asked)]
    cases = (case_row(case, measure, asked).cells for case in found.rows)
    rows = [[title.text, title.note, *(cell.text for cell in cells)] for title, *cells in cases]
    response = HttpResponse(as_csv([first, gettext("Company"), *others], rows), content_type=TYPES["csv"])
    response["Content-Disposition"] = f'attachment; filename="{measure.name}.csv"'
    return Sent(response, found.people)


def _measure(name: str, asked: Asked) -> Measure:
    if name not in MEASURES:
        raise NotSeen
    measure = MEASURES[name]
    if not _reads(measure, asked):
        raise NotAllowed(say("This measure is not for your role."), say("Ask the director if it should be."))
    return measure


def _counts(measure: Measure, asked: Asked) -> bool:
    """A steward owns definitions and counts nobody's rows."""
    return bool(asked.viewer.roles & set(measure.readers))


def _question(measure: Measure, asked: Asked) -> Question:
    period = read_period(text) if (text := asked.text("period", 30)) else None
    by = asked.text("by", 20) or ("unit" if measure.shape is Shape.TARGET else "")  # shares of different targets add to nothing
    if by and by not in dimensions_of(measure):
        raise Refused("no_dimension", say("This measure is not told apart by that."), say("Choose one of the values offered."))
    return Question(
        as_of=today_of(asked.network, asked.today),
        since=period.since if period else None,
        until=period.until if period else None,
        by=(by,) if by else (),
        where={"unit": units_below(asked.viewer, unit.pk)} if (unit := _unit(asked)) else {},
    )


def _unit(asked: Asked) -> Unit | None:
    """The unit of the address: the figure is of it and everything below it."""
    text = asked.text("unit", 40)
    if not text:
        return None
    try:
        return network.unit(asked.viewer, UUID(text))
    except ValueError:
        raise NotSeen from None


def _of_one(question: Question, asked: Asked) -> Question:
    """The question about the cases of one key only, where one was chosen."""
    if not question.by or "key" not in asked.request.GET:
        return replace(question, by=())
    return replace(question, by=(), where={**question.where, question.by[0]: (asked.text("key", 200),)})


def _answer(measure: Measure, asked: Asked) -> Answer:
    return figures(measure, asked.viewer, _question(measure, asked))


def _told(answer: Answer, asked: Asked) -> dict[str, Any]:
    measure, speech, question = answer.measure, asked.speech, answer.question
    by = question.by[0] if question.by else ""
    unit = _unit(asked)
    of = gettext("%(unit)s, with everything below it") % {"unit": unit.name} if unit else gettext("Everything in sight")
    whole = [figure_of(of, measure.name, one, speech) for one in answer.whole]
    return {
        "told": True,
        "whole": whole,
        "by": by,
        "dimensions": [(name, speech.say(LABELS[name]), name == by) for name in dimensions_of(measure)],
        "order": gettext("in the order of the process")
        if by == "step"
        else gettext("in the order of the names, not of the values"),
        "periods": _periods(asked),
        "period": asked.text("period", 30),
        "unit": unit,
        "day": speech.day(question.as_of),
        "columns": _columns(measure, by, asked) if by else [],
        "rows": [_row(answer, one, asked) for one in answer.figures] if by else [],
    }


def _periods(asked: Asked) -> list[tuple[str, str, bool]]:
    day, chosen = today_of(asked.network, asked.today), asked.text("period", 30)
    quarter = period_of(day)
    offered = [
        ("", gettext("all time")),
        (quarter.name, gettext("this quarter")),
        (before(quarter).name, gettext("last quarter")),
        (period_of(day, "month").name, gettext("this month")),
        (period_of(day, "year").name, gettext("this year")),
    ]
    if chosen not in [name for name, _ in offered]:
        offered.append((chosen, gettext("other")))
    return [(name, f"{word} ({name})" if name else word, name == chosen) for name, word in offered]


def _columns(measure: Measure, by: str, asked: Asked) -> list[Column]:
    drawn = [Column("between", gettext("Interval (tick: all)"), "drawing")] if measure.shape in DRAWN else []
    pooled = [Column("pooled", gettext("Pooled with the others"), "number")] if measure.pools else []
    return [
        Column("key", asked.speech.say(LABELS[by]), "title"),
        Column("value", asked.speech.say(measure.label), "number"),
        *drawn,
        *pooled,
        Column("n", gettext("Cases"), "number"),
    ]


DRAWN = (Shape.RATE, Shape.PER_HIT, Shape.QUANTILE, Shape.CYCLE)


def _row(answer: Answer, one: Figure, asked: Asked) -> Row:
    """One key. Too few cases say so before their value does."""
    measure, speech = answer.measure, asked.speech
    value, span = valued(measure, one.value, one.currency, speech), between(measure, one, speech)
    said = ", ".join(part for part in (value, span) if part)
    few = "" if one.enough or one.value is None else gettext("too few to tell")
    kept = {name: asked.text(name, 40) for name in ("period", "unit")}
    asked_so = address("measure", measure.name, by=answer.question.by[0], **kept)
    behind = f"{asked_so}&{urlencode({'key': one.keys[0]})}#rows"
    cells = [Cell(speech.say(answer.name(one))), Cell(value or gettext("nothing yet"), note=few)]
    if measure.shape in DRAWN:
        whole = answer.whole[0].value if answer.whole else None
        drawn = (
            interval(one.value, one.low, one.high, scale=_scale(answer), said=said, tick=whole) if one.value is not None else ""
        )
        cells.append(Cell(said, drawing=drawn, note=span))
    if measure.pools:
        cells.append(Cell(valued(measure, one.pooled, "", speech)))
    cells.append(Cell(speech.number(one.n), behind if measure.shape is not Shape.TARGET else ""))
    return Row(cells)


def _scale(answer: Answer) -> tuple[float, float]:
    """From nothing to the largest value; a share that can be negative begins where the smallest is."""
    if answer.measure.shape is Shape.RATE:
        return (0.0, 1.0)
    ends = [float(end) for one in answer.figures for end in (one.value, one.high, one.low) if end is not None]
    return (min([0.0, *ends]), max([*ends, 0.0]) or 1.0)


def _facts(measure: Measure, asked: Asked) -> list[tuple[str, str]]:
    speech = asked.speech
    return [
        (gettext("What it tells"), speech.say(measure.meaning)),
        (gettext("Of which cases"), speech.say(measure.population)),
        (gettext("Interval"), speech.say(measure.interval)),
        (gettext("Purpose"), speech.say(measure.purpose)),
        (gettext("Least cases"), speech.number(measure.minimum)),
        (gettext("Owner"), role_word(measure.owner, speech)),
        (gettext("Read by"), ", ".join(role_word(role, speech) for role in measure.readers)),
        (gettext("Review"), speech.day(measure.review)),
        (gettext("Version"), speech.number(measure.version)),
    ]
