"""The rows behind a figure, as a list."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from bailiwick.kit import Money
from bailiwick.measures import Measure, Shape
from bailiwick.performance.queries import Cases
from bailiwick.performance.queries.cases import Case
from bailiwick.web.asked import Asked
from bailiwick.web.figures import valued
from bailiwick.web.shapes import Cell, Column, Row, initials


def rows_behind(measure: Measure, behind: Cases, asked: Asked) -> dict[str, Any]:
    """One page of cases, with the way to the next and to all of them as a file."""
    return {
        "case_columns": case_columns(measure, asked),
        "cases": [case_row(case, measure, asked) for case in behind.rows],
        "next_url": _here("measure", measure, asked) + f"&at={behind.next}#rows" if behind.next else "",
        "export_url": _here("measure_rows", measure, asked),
        "key": "key" in asked.request.GET,
    }


def _here(route: str, measure: Measure, asked: Asked) -> str:
    """The address of the same question; the empty key is "not known", and none is every key."""
    names = [name for name in ("by", "period", "unit", "key") if name in asked.request.GET]
    return reverse(route, args=[measure.name]) + "?" + urlencode({name: asked.text(name, 200) for name in names})


def case_columns(measure: Measure, asked: Asked) -> list[Column]:
    """The columns of the cases of a measure, without money for those who see none."""
    money = [Column("value", gettext("Value"), "money")] if asked.viewer.sees_money else []
    adds = {Shape.QUANTILE: gettext("Adds"), Shape.CYCLE: gettext("Age")}.get(measure.shape)
    return [
        Column("case", gettext("Case"), "title"),
        Column("day", gettext("Day"), "day"),
        Column("how", gettext("Counts as")),
        *([Column("adds", adds, "number")] if adds else []),
        *money,
        Column("person", gettext("Seller"), "person"),
    ]


def case_row(case: Case, measure: Measure, asked: Asked) -> Row:
    """A case, leading to its deal."""
    speech, thing = asked.speech, case.opportunity or case.activity
    deal = case.opportunity or (case.activity.opportunity if case.activity else None)
    title = deal.title if deal else gettext("activity")
    url = reverse("opportunity", args=[deal.pk]) if deal else ""
    adds = [] if measure.shape not in (Shape.QUANTILE, Shape.CYCLE) else [Cell(valued(measure, case.value, "", speech))]
    amount = case.amount if case.opportunity is None or case.amount is not None else case.opportunity.value
    money = [Cell(_money(amount, deal, asked) if case.opportunity else "")] if asked.viewer.sees_money else []
    name = thing.person.name if thing else ""
    account = thing.account.name if thing and thing.account else ""
    return Row([
        Cell(title, url, note=account),
        Cell(speech.day(case.day)),
        Cell(_counts_as(case)),
        *adds,
        *money,
        Cell(name, initials=initials(name)),
    ])  # fmt: skip


def _money(amount: Any, deal: Any, asked: Asked) -> str:
    return asked.speech.money(Money(amount, deal.currency)) if amount is not None else ""


def _counts_as(case: Case) -> str:
    words = {
        "undated": gettext("beside it: undated"),
        "stale": gettext("beside it: stale on arrival"),
        "undated stale": gettext("beside it: undated, stale on arrival"),
        "still": gettext("beside it: still in the step"),
        "won": gettext("won"),
        "lost": gettext("lost"),
        "open": gettext("open"),
        "call": gettext("call"),
        "mail": gettext("mail"),
        "meeting": gettext("meeting"),
        "visit": gettext("visit"),
    }
    if case.aside:
        return words.get(case.aside, case.aside)
    if case.hit is not None and not case.ending:
        return gettext("went on") if case.hit else gettext("did not go on")
    return words.get(case.ending, "")
