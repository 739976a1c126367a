"""`pipeline`: the deals in sight, the next to close first."""

from django.urls import reverse
from django.utils.translation import gettext

from bailiwick.kit import Money
from bailiwick.kit.scope import READING
from bailiwick.lists import Chosen, rows_of
from bailiwick.pipeline import queries
from bailiwick.pipeline.lists import DEALS
from bailiwick.web.asked import Asked, Shown
from bailiwick.web.door import page
from bailiwick.web.jinja import address
from bailiwick.web.lists import as_list, chosen_in, params, seen_by


@page("pipeline", name="pipeline", roles=READING)
def show(asked: Asked) -> Shown:
    """The list of deals, with a tally by step of all that fit."""
    chosen, no = chosen_in(asked, DEALS)
    shown, looked = as_list(asked, DEALS, chosen, no)
    if not shown["rows"] and "standing" not in asked.request.GET:
        # The first day after an import: nothing has a day to come, and much waits for one.
        chosen, no = chosen_in(asked, DEALS, {**params(asked), "standing": "undecided"})
        shown, looked = as_list(asked, DEALS, chosen, no)
    sells = asked.viewer.sells
    context = {
        "list": shown,
        "sentence": gettext(
            "Won or lost and nothing in between: what passes its stated day counts as lost until somebody restates it."
        ),
        "buttons": [
            *([(gettext("New opportunity"), reverse("opportunity_new"), True)] if sells else []),
            (gettext("Board"), reverse("board"), False),
            *([(gettext("Leads"), reverse("leads"), False)] if sells else []),
        ],
        "tally": _tally(asked, chosen) if not asked.text("at") else [],
        "empty": {
            "sentence": gettext("Nothing fits."),
            "act_label": gettext("Show everything undecided"),
            "act_url": address("pipeline", standing="undecided"),
            "note": gettext("You see your own deals, and those of units that you manage."),
        },
    }
    return Shown("pages/pipeline.html", context, looked_at=looked)


def _tally(asked: Asked, chosen: Chosen) -> list[dict[str, str]]:
    if chosen.typed.get("standing") not in ("open", "undecided"):
        return []
    money = asked.viewer.sees_money
    return [
        {
            "step": one.step,
            "count": asked.speech.number(one.count),
            "value": asked.speech.money(Money(one.value, one.currency)) if one.value is not None and money else "",
        }
        for one in queries.by_step(rows_of(chosen, seen_by(asked)))
    ]
