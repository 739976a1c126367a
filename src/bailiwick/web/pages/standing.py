"""`standing`: a source whose exports are taken in again by themselves; and the acts on it."""

from datetime import time
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from bailiwick.exchange import standing as queries
from bailiwick.exchange.commands.standing import change_standing, end_key, end_standing, give_key, make_standing
from bailiwick.exchange.fields import STANDING
from bailiwick.exchange.models import StandingSource
from bailiwick.exchange.standing import Standing
from bailiwick.fields import take
from bailiwick.kit import Refused, say
from bailiwick.web.asked import Asked, Go, Shown
from bailiwick.web.door import page, tried
from bailiwick.web.forms import controls, said
from bailiwick.web.pages.imports import DIRECTOR
from bailiwick.web.standing import incoming_table, masters_chosen, masters_of, next_look, state_of, trouble_of


@page("imports/<uuid:which>/standing", name="import_stand", roles=DIRECTOR, methods=("POST",))
def stand(asked: Asked, which: UUID) -> Go:
    """Its source is taken in again by itself from now on."""
    row = make_standing(which, by=asked.actor, now=asked.now)
    return Go(reverse("standing", args=[row.pk]), say("“%(source)s” is taken in by itself from now on.", source=row.source))


@page("imports/sources/<uuid:which>", name="standing", roles=DIRECTOR, methods=("GET", "POST"))
def show(asked: Asked, which: UUID) -> Shown | Go:
    """How it goes, what came last, and how it is kept; POST changes that."""
    seen = queries.standing_source(asked.viewer, which)
    if not asked.posted:
        return Shown("pages/standing.html", _context(asked, seen))
    done = tried(lambda: _change(asked, which))
    if isinstance(done, Refused):
        return Shown("pages/standing.html", _context(asked, seen, done), status=422)
    return Go(reverse("standing", args=[which]), say("Saved."))


def _change(asked: Asked, which: UUID) -> StandingSource:
    typed = take(STANDING, asked.request.POST)
    return change_standing(
        which,
        night=time.fromisoformat(typed["night"]) if typed["night"] else None,
        links={"opportunity": typed["deals"], "account": typed["companies"]},
        masters=masters_chosen(asked),
        by=asked.actor,
        now=asked.now,
    )


def _context(asked: Asked, seen: Standing, no: Refused | None = None, key: str = "") -> dict[str, Any]:
    row, speech = seen.row, asked.speech
    stored = {
        "night": f"{row.night:%H:%M}" if row.night else "",
        "deals": row.links.get("opportunity", ""),
        "companies": row.links.get("account", ""),
    }
    chosen = masters_chosen(asked) if no else row.masters
    return {
        "of": row,
        "state": state_of(seen, speech),
        "trouble": trouble_of(row, speech),
        "facts": [
            (gettext("Next"), next_look(row, asked)),
            (gettext("Taken in last"), speech.instant(row.taken) or gettext("not yet")),
            (gettext("Waiting"), speech.number(seen.waiting)),
            (gettext("Folder"), f"{asked.network.slug}/{row.folder}/"),
        ],
        "key": key,
        "deliver_url": asked.request.build_absolute_uri(f"/api/v1/sources/{row.pk}/files?name=export.csv"),
        "fields": controls(STANDING, asked.request.POST if no else stored, speech, no),
        "masters": masters_of(queries.fields_of(row.source, asked.viewer), chosen, speech),
        "refusal": said(no, speech),
        "came": incoming_table(queries.incoming(asked.viewer, row.pk), speech),
    }


@page("imports/sources/<uuid:which>/key", name="standing_key", roles=DIRECTOR, methods=("POST",))
def key(asked: Asked, which: UUID) -> Shown:
    """A new token, in this one answer and nowhere else."""
    _, text = give_key(which, by=asked.actor, now=asked.now)
    return Shown("pages/standing.html", _context(asked, queries.standing_source(asked.viewer, which), key=text), once=True)


@page("imports/sources/<uuid:which>/key/end", name="standing_key_end", roles=DIRECTOR, methods=("POST",))
def key_end(asked: Asked, which: UUID) -> Go:
    """Its token delivers nothing any more."""
    end_key(which, by=asked.actor, now=asked.now)
    return Go(reverse("standing", args=[which]), say("The token delivers nothing any more."))


@page("imports/sources/<uuid:which>/end", name="standing_end", roles=DIRECTOR, methods=("POST",))
def end(asked: Asked, which: UUID) -> Go:
    """Nothing of it is taken in by itself any more."""
    row = end_standing(which, by=asked.actor, now=asked.now)
    return Go(reverse("imports"), say("“%(source)s” is no longer taken in by itself.", source=row.source))
