"""One import: what is asked and would happen, how far it is, what came of it; and the acts on it."""

from io import StringIO
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext

from bailiwick.desk import imports as desk
from bailiwick.exchange.commands.giving import answer, ask_for, forget
from bailiwick.exchange.commands.undoing import undo
from bailiwick.exchange.models import Import
from bailiwick.exchange.queries import one_import
from bailiwick.exchange.refused_rows import write_rows
from bailiwick.exchange.rules.remapping import Columns
from bailiwick.kit import Refused, say
from bailiwick.web.asked import Asked, Go, Shown
from bailiwick.web.door import page, tried
from bailiwick.web.exports import summed
from bailiwick.web.forms import said
from bailiwick.web.pages.imports import DIRECTOR
from bailiwick.web.problems import status_of
from bailiwick.web.read_tables import answers_given, as_prepared, chosen_columns
from bailiwick.web.taken_imports import as_taken

WAITS = (Import.State.WAITING, Import.State.FAILED)


@page("imports/<uuid:which>", name="import_", roles=DIRECTOR)
def show(asked: Asked, which: UUID) -> Shown:
    """The import as it stands."""
    of = one_import(asked.viewer, which)
    if of.state in WAITS:
        return _waiting(asked, of)
    if of.state == Import.State.ASKED:
        return Shown("pages/import_asked.html", {"of": of, "back": reverse("import_", args=[which])})
    return Shown("pages/import_taken.html", as_taken(asked, of))


def _waiting(asked: Asked, of: Import, no: Refused | None = None, chosen: Columns | None = None) -> Shown:
    context = as_prepared(asked, desk.prepared(of), no, chosen) | {"refusal": said(no, asked.speech)}
    return Shown("pages/import_waiting.html", context, status=status_of(no) if no else 200)


@page("imports/<uuid:which>/answers", name="import_answer", roles=DIRECTOR, methods=("POST",))
def answered(asked: Asked, which: UUID) -> Shown | Go:
    """Questions are answered, or columns chosen otherwise, and everything is read again."""
    of = one_import(asked.viewer, which)
    anew = bool(asked.text("anew"))
    was = desk.prepared(of) if of.state in WAITS else None
    chosen = chosen_columns(asked, was) if was and not anew and asked.text("columns") else None
    replies = answers_given(asked, was) if was and chosen is None and not anew else None
    done = tried(lambda: answer(which, answers=replies, columns=chosen, anew=anew, by=asked.actor, now=asked.now))
    if isinstance(done, Refused):
        if was is None:
            raise done
        return _waiting(asked, of, done, chosen)
    return Go(reverse("import_", args=[which]), say("It was read again."))


@page("imports/<uuid:which>/taking", name="import_take", roles=DIRECTOR, methods=("POST",))
def taking(asked: Asked, which: UUID) -> Shown | Go:
    """Take it in: it is on its way from now on, and its page says how far."""
    of = one_import(asked.viewer, which)
    done = tried(lambda: ask_for(which, by=asked.actor, now=asked.now))
    if isinstance(done, Refused):
        if of.state not in WAITS:
            raise done
        return _waiting(asked, of, done)
    return Go(reverse("import_", args=[which]))


@page("imports/<uuid:which>/forgetting", name="import_forget", roles=DIRECTOR, methods=("POST",))
def forgetting(asked: Asked, which: UUID) -> Go:
    """Its files and what was answered are gone; nothing was taken in."""
    of = one_import(asked.viewer, which)
    forget(which, by=asked.actor, now=asked.now)
    return Go(reverse("imports"), say("“%(source)s” is forgotten; nothing of it was taken in.", source=of.source))


@page("imports/<uuid:which>/progress", name="import_progress", roles=DIRECTOR)
def progress(asked: Asked, which: UUID) -> HttpResponse | Shown:
    """How far it is, for a page that asks every second; the whole page once it has ended."""
    of = one_import(asked.viewer, which)
    if of.state == Import.State.ASKED:
        return Shown("fragments/progress.html", {"of": of, "back": reverse("import_", args=[which])})
    return HttpResponse(status=204, headers={"HX-Refresh": "true"})


@page("imports/<uuid:which>/refused.csv", name="import_refused", roles=DIRECTOR)
def refused(asked: Asked, which: UUID) -> HttpResponse:
    """The refused rows of a table with line and reason, to be put right and given again."""
    of, table = one_import(asked.viewer, which), asked.text("table")
    columns, rows = desk.refused_file(asked.viewer, of, table)
    out = StringIO()
    write_rows(out, columns, ((line, asked.speech.say(reason), cells) for line, reason, cells in rows))
    response = HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{of.source} {table}.refused.csv")
    response["Cache-Control"] = "no-store"
    return response


@page("imports/<uuid:which>/undoing", name="import_undo", roles=DIRECTOR, methods=("GET", "POST"))
def undoing(asked: Asked, which: UUID) -> Shown | Go:
    """What undoing would take away; POST does it."""
    of, no = one_import(asked.viewer, which), None
    if asked.posted:
        done = tried(lambda: undo(which, by=asked.actor, now=asked.now))
        if not isinstance(done, Refused):
            return Go(reverse("import_", args=[which]))
        no = done
    made, changed = desk.would_go(asked.viewer, of)
    context: dict[str, Any] = {
        "of": of,
        "made": summed(made, "made", asked.speech) or gettext("nothing"),
        "changed": changed,
        "refusal": said(no, asked.speech),
    }
    return Shown("pages/import_undo.html", context, status=status_of(no) if no else 200)
