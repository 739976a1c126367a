"""`imports`: give an export of another system, and what became of those before."""

from django.urls import reverse
from django.utils.translation import gettext

from bailiwick.desk.imports import Summed, former, sources, summed
from bailiwick.exchange.commands.giving import give
from bailiwick.exchange.fields import GIVEN
from bailiwick.exchange.models import Import
from bailiwick.exchange.standing import standing_sources
from bailiwick.fields import take
from bailiwick.kit import Refused, Role
from bailiwick.web.asked import Asked, Go, Shown
from bailiwick.web.door import page, tried
from bailiwick.web.exports import state_of
from bailiwick.web.forms import controls, said
from bailiwick.web.jinja import address
from bailiwick.web.shapes import Cell, Column, Row
from bailiwick.web.standing import sources_table
from bailiwick.web.uploads import given

DIRECTOR = frozenset({Role.DIRECTOR})


@page("imports", name="imports", roles=DIRECTOR, methods=("GET", "POST"))
def show(asked: Asked) -> Shown | Go:
    """The form, and every former import; POST gives files, which are read and then wait on a page of their own."""
    no: Refused | None = None
    if asked.posted:
        done = tried(lambda: _give(asked))
        if not isinstance(done, Refused):
            return Go(reverse("import_", args=[done.pk]))
        no = done
    found = former(asked.viewer, asked.text("at"))
    source, currency = controls(GIVEN, asked.request.POST, asked.speech, no)
    context = {
        "source": source,
        "currency": currency,
        "sources": sources(asked.viewer),
        "refusal": said(no, asked.speech),
        "standing": sources_table(standing_sources(asked.viewer), asked),
        "columns": [
            Column("source", gettext("Source"), "title"),
            Column("day", gettext("Day"), "day"),
            Column("state", gettext("State"), "state"),
            Column("rows", gettext("Rows"), "number"),
            Column("made", gettext("Made"), "number"),
            Column("changed", gettext("Changed"), "number"),
            Column("refused", gettext("Refused"), "number"),
        ],
        "rows": [_row(summed(of), asked) for of in found.rows],
        "next_url": address("imports", at=found.next) if found.next else "",
        "previous_url": address("imports", at=found.previous) if found.previous else "",
    }
    return Shown("pages/imports.html", context, status=422 if no else 200)


def _give(asked: Asked) -> Import:
    typed = take(GIVEN, asked.request.POST)
    return give(given(asked.request, "files"), typed["source"], typed["currency"], by=asked.actor, now=asked.now)


def _row(one: Summed, asked: Asked) -> Row:
    state, of = state_of(one.of, asked.speech), one.of
    numbers = (of.rows, one.made, one.changed, one.refused)
    return Row([
        Cell(of.source, reverse("import_", args=[of.pk])),
        Cell(asked.speech.day(asked.speech.local_day(of.created))),
        Cell(state.word, state=state.kind),
        *(Cell("" if number is None else asked.speech.number(number)) for number in numbers),
    ])  # fmt: skip
