"""`pipeline`: the deals in sight, the next to close first."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from bailiwick.kit import Money
from bailiwick.kit.scope import READING
from bailiwick.pipeline import queries
from bailiwick.pipeline.models import Opportunity
from bailiwick.tenancy.paging import Slice
from bailiwick.web.asked import Asked, Shown
from bailiwick.web.door import page
from bailiwick.web.jinja import address
from bailiwick.web.shapes import Cell, Column, Row, initials, money_of, standing_of


@page("pipeline", name="pipeline", roles=READING)
def show(asked: Asked) -> Shown:
    """One keyset table; filters stand in the address, so that a view can be sent to somebody."""
    standing = asked.text("standing") or "open"
    text, mine, at = asked.text("q", 100), asked.text("person") == "me", asked.text("at")
    rows, found = _found(asked, standing, text, mine, at)
    if not found.rows and not asked.text("standing"):
        standing = "undecided"  # the first day after an import: nothing has a day to come, and much waits for one
        rows, found = _found(asked, standing, text, mine, at)
    kept = {"standing": standing, "q": text, "person": "me" if mine else ""}
    money = asked.viewer.sees_money
    context = {
        "columns": _columns(money),
        "rows": [_row(deal, asked) for deal in queries.shown(asked.viewer, found.rows)],
        "next_url": address("pipeline", **kept, at=found.next) if found.next else "",
        "previous_url": address("pipeline", **kept, at=found.previous) if found.previous else "",
        "tally": [
            {
                "step": one.step,
                "count": asked.speech.number(one.count),
                "value": asked.speech.money(Money(one.value, one.currency)) if one.value is not None and money else "",
            }
            for one in (queries.by_step(rows) if standing in ("open", "undecided") and not at else [])
        ],
        "standings": _standings(),
        "standing": standing,
        "q": text,
        "mine": mine,
        "sells": asked.viewer.sells,
    }
    return Shown("pages/pipeline.html", context, looked_at=frozenset(deal.person_id for deal in found.rows))


def _found(asked: Asked, standing: str, text: str, mine: bool, at: str) -> tuple[QuerySet[Opportunity], Slice[Opportunity]]:
    person = asked.viewer.person if mine else None
    rows = queries.opportunities(asked.viewer, today=asked.today, standing=standing, text=text, person=person)
    return rows, queries.opportunity_page(rows, cursor=at)


def _standings() -> list[tuple[str, str]]:
    return [
        ("open", gettext("open")),
        ("undecided", gettext("undecided")),
        ("lapsed", gettext("lapsed")),
        ("undated", gettext("undated")),
        ("stale", gettext("stale on arrival")),
        ("won", gettext("won")),
        ("lost", gettext("lost or withdrawn")),
    ]


def _columns(money: bool) -> list[Column]:
    return [
        Column("title", gettext("Opportunity"), "title"),
        Column("standing", gettext("Standing"), "state"),
        Column("step", gettext("Step")),
        *([Column("value", gettext("Value"), "money")] if money else []),
        Column("expected", gettext("Expected close"), "day"),
        Column("person", gettext("Seller"), "person"),
    ]


def _row(deal: Opportunity, asked: Asked) -> Row:
    state = standing_of(deal, asked.today, asked.speech)
    return Row([
        Cell(deal.title, reverse("opportunity", args=[deal.pk]), note=deal.account.name if deal.account else ""),
        Cell(state.word, state=state.kind),
        Cell(deal.step.name),
        *([Cell(asked.speech.money(money_of(deal)))] if asked.viewer.sees_money else []),
        Cell(asked.speech.day(deal.expected)),
        Cell(deal.person.name, initials=initials(deal.person.name)),
    ])  # fmt: skip
