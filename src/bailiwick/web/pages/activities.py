"""`activities`: what was done with customers in sight, and what is planned."""

from django.utils.translation import gettext

from bailiwick.kit.scope import READING
from bailiwick.pipeline.lists import ACTIVITIES
from bailiwick.web.asked import Asked, Shown
from bailiwick.web.door import page
from bailiwick.web.lists import as_list, chosen_in


@page("activities", name="activities", roles=READING)
def show(asked: Asked) -> Shown:
    """The newest first."""
    chosen, no = chosen_in(asked, ACTIVITIES)
    shown, looked = as_list(asked, ACTIVITIES, chosen, no)
    context = {
        "list": shown,
        "sentence": gettext("What was done with customers, and what is planned."),
        "buttons": [],
        "empty": {
            "sentence": gettext("Nothing fits."),
            "act_label": "",
            "act_url": "",
            "note": gettext("You see what you did, what was done on your deals, and what units that you manage did."),
        },
    }
    return Shown("pages/list.html", context, looked_at=looked)
