"""What can be done with any list: taken along as a file, kept as a view, several of its rows changed, and that undone."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.template.backends.utils import csrf_input_lazy
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from bailiwick.desk.lists import LISTS
from bailiwick.fields import take
from bailiwick.fields.typed import read
from bailiwick.kit import NotSeen, Refused, say, say_n
from bailiwick.kit.scope import READING
from bailiwick.lists import Act, Chosen, Listing, choose, commands, queries, rows_of
from bailiwick.lists.commands import MOST, Judged, too_many
from bailiwick.lists.fields import VIEW
from bailiwick.web.asked import Asked, Go, Sent, Shown
from bailiwick.web.door import page, tried
from bailiwick.web.forms import Control, choice, controls, problem_of, said
from bailiwick.web.frame import SELLING
from bailiwick.web.lists import cell_of, chosen_in, listing_named, picked, row_of, seen_by
from bailiwick.web.shapes import Cell, Column, Row, back
from bailiwick.web.spreadsheets import as_file

PREVIEWED = 50


@page("lists/<slug:name>/file/<slug:kind>", name="list_file", roles=READING)
def file(asked: Asked, name: str, kind: str) -> Sent:
    """Every row that fits as a file, with exactly the columns and the order that the page shows."""
    listing = listing_named(name)
    if kind not in ("csv", "xlsx"):
        raise NotSeen
    chosen, no = chosen_in(asked, listing)
    if no is not None:
        raise no
    return as_file(chosen, kind, asked)


def _asked_query(asked: Asked) -> Mapping[str, str]:
    """The question that a form carries along, as the list's page was asked it."""
    return dict(parse_qsl(asked.text("query", 2000), keep_blank_values=True))


def _back(listing: Listing, chosen: Chosen) -> str:
    query = chosen.query()
    return reverse(listing.name) + (f"?{query}" if query else "")


@page("lists/<slug:name>/views", name="view_save", roles=READING, methods=("POST",))
def save_view(asked: Asked, name: str) -> Go:
    """The question is kept under a name."""
    listing = listing_named(name)
    chosen = choose(listing, _asked_query(asked), asked.viewer)
    view = commands.save_view(chosen, **take(VIEW, asked.request.POST), by=asked.actor, now=asked.now)
    return Go(_back(listing, chosen), say("%(name)s is kept.", name=view.name))


@page("views/<uuid:which>/drop", name="view_drop", roles=READING, methods=("POST",))
def drop_view(asked: Asked, which: UUID) -> Go:
    """The view is gone."""
    view = commands.drop_view(which, by=asked.actor)
    return Go(reverse(listing_named(view.of).name), say("%(name)s is dropped.", name=view.name))


@page("lists/<slug:name>/changes", name="list_change", roles=SELLING, methods=("POST",))
def change(asked: Asked, name: str) -> Shown | Go:
    """Several rows are changed: first the value is asked, then shown what would change, then it is done."""
    listing = listing_named(name)
    act = listing.act(asked.text("act", 30), asked.viewer)
    if act is None:
        raise NotSeen
    chosen = choose(listing, _asked_query(asked), asked.viewer)
    rows = _rows(asked, chosen)
    if not rows:
        return Go(_back(listing, chosen), say("Tick the rows first that you want to change."), "watch")
    if "value" not in asked.request.POST:
        return _ask(asked, act, chosen, rows, None, None)
    typed = asked.text("value")
    if "confirmed" in asked.request.POST and typed == asked.text("looked"):
        done = tried(lambda: commands.change(listing, act, rows, typed, by=asked.actor, seen=seen_by(asked), now=asked.now))
        if not isinstance(done, Refused):
            return _done(asked, done, chosen)
        return _ask(asked, act, chosen, rows, done, None)
    found = tried(lambda: commands.judge(listing, act, rows, typed, by=asked.actor, seen=seen_by(asked)))
    refused = isinstance(found, Refused)
    return _ask(asked, act, chosen, rows, found if refused else None, None if refused else found)


def _rows(asked: Asked, chosen: Chosen) -> dict[UUID, int]:
    """The rows that are meant, with the versions that were read: ticked ones, or all that fit."""
    if "picked" in asked.request.POST:
        return picked(asked.text("picked", 200_000))
    if asked.text("all", 1):
        found = list(rows_of(chosen, seen_by(asked)).values_list("pk", "version")[: MOST + 1])
        if len(found) > MOST:
            raise too_many()
        return dict(found)
    return picked(" ".join(asked.request.POST.getlist("row")))


def _ask(asked: Asked, act: Act, chosen: Chosen, rows: Mapping[UUID, int], no: Refused | None, found: Judged | None) -> Shown:
    n = len(rows)
    context: dict[str, Any] = {
        "heading": gettext("Change of %(what)s") % {"what": asked.speech.say(act.label)},
        "sentence": ngettext("One row is meant.", "%(n)s rows are meant.", n) % {"n": asked.speech.number(n)},
        "action": reverse("list_change", args=[chosen.listing.name]),
        "query": chosen.query(),
        "act": act.name,
        "picked": " ".join(f"{which}:{version}" for which, version in rows.items()),
        "control": control_of(act, asked, asked.text("value"), no),
        "refusal": said(no, asked.speech),
        "back": _back(chosen.listing, chosen),
        "preview": found is not None,
    }
    if found is not None:
        context |= _preview(asked, act, found, chosen)
    looked = frozenset(person for row in (found.changes if found else ()) for person in chosen.listing.about(row))
    return Shown("pages/list_change.html", context, status=422 if no else 200, looked_at=looked)


def control_of(act: Act, asked: Asked, value: Any, no: Refused | None, name: str = "value") -> Control:
    """What an act takes, as a control of a form."""
    problem = problem_of(no, "value", asked.speech)
    if act.field is None:
        options = [(one, asked.speech.say(label)) for one, label in act.choices(seen_by(asked))] if act.choices else []
        return choice(name, asked.speech.say(act.label), options, value, "", problem=problem)
    made = controls([act.field], {act.field.short: value}, asked.speech)[0]
    return Control(**{**made.__dict__, "name": name, "problem": problem, "readers": ""})


def _preview(asked: Asked, act: Act, found: Judged, chosen: Chosen) -> dict[str, Any]:
    speech, n, m = asked.speech, len(found.changes), len(found.left)
    words = {one: speech.say(label) for one, label in act.choices(seen_by(asked))} if act.choices else {}
    then = words.get(asked.text("value"), "") if act.choices else _shown(act, found.value, asked)
    first, some = chosen.listing.columns[0], found.changes[:PREVIEWED]

    def row(one: Any, *more: str) -> Row:
        return Row([cell_of(first.value(one, seen_by(asked)), first.kind, speech), *(Cell(text) for text in more)])

    return {
        "changes_heading": ngettext("One row would change", "%(n)s rows would change", n) % {"n": speech.number(n)},
        "confirm": ngettext("Change it", "Change all %(n)s", n) % {"n": speech.number(n)},
        "columns": [
            Column("row", speech.say(first.label), "title"),
            Column("now", gettext("Now")),
            Column("then", gettext("Then")),
        ],
        "rows": [row(one, words.get(act.before(one)) or _shown(act, act.before(one), asked), then) for one in some],
        "left_heading": ngettext("One row stays as it is", "%(n)s rows stay as they are", m) % {"n": speech.number(m)},
        "left_columns": [Column("row", speech.say(first.label), "title"), Column("why", gettext("Why"))],
        "left": [row(one, speech.say(why)) for one, why in found.left[:PREVIEWED]],
    }


def _shown(act: Act, value: Any, asked: Asked) -> str:
    """What a row says, as a person reads it."""
    if act.field is None or value in (None, ""):
        return gettext("nothing") if value in (None, "") else str(value)
    return asked.speech.show(read(act.field, value) if isinstance(value, str) else value)


def _done(asked: Asked, done: tuple[Any, Judged], chosen: Chosen) -> Go:
    made, found = done
    n, m = len(found.changes), len(found.left)
    if made is None:
        return Go(_back(chosen.listing, chosen), say("Nothing changed."), "watch")
    told = say_n("One row is changed.", "%(n)s rows are changed.", n)
    if m:
        left = say_n("One stayed as it was.", "%(n)s stayed as they were.", m)
        told = say("%(told)s %(left)s", told=told, left=left)
    return Go(reverse("change", args=[made.pk]), told)


@page("changes/<uuid:which>", name="change", roles=SELLING)
def changed(asked: Asked, which: UUID) -> Shown:
    """A change that one made, with the rows as they are now and the way back."""
    made = queries.change(asked.viewer, which)
    listing = listing_named(made.of)
    act = listing.act(made.act, asked.viewer)
    if act is None:
        raise NotSeen
    chosen = choose(listing, {}, asked.viewer)
    ids = [UUID(row) for row, _, _ in made.rows]
    rows = list(listing.rows(seen_by(asked)).filter(pk__in=ids).order_by("pk")[:PREVIEWED])
    if listing.complete:
        listing.complete(rows, seen_by(asked))
    n = len(made.rows)
    context = {
        "heading": gettext("%(what)s: %(list)s") % {"what": asked.speech.say(act.label), "list": asked.speech.say(listing.label)},
        "sentence": ngettext("One row was changed on %(when)s.", "%(n)s rows were changed on %(when)s.", n)
        % {"n": asked.speech.number(n), "when": asked.speech.instant(made.made)},
        "undone": asked.speech.instant(made.undone),
        "undo_url": reverse("change_undo", args=[made.pk]),
        "columns": [
            Column(one.name, asked.speech.say(one.label), one.kind, change=asked.speech.say(one.label)) for one in chosen.columns
        ],
        "rows": [row_of(row, chosen, seen_by(asked), asked.speech) for row in rows],
        "back": reverse(listing.name),
    }
    return Shown("pages/changed.html", context, looked_at=frozenset(one for row in rows for one in listing.about(row)))


@page("changes/<uuid:which>/undo", name="change_undo", roles=SELLING, methods=("POST",))
def undo(asked: Asked, which: UUID) -> Go:
    """Rows say again what they said before; what somebody changed since stays."""
    n, stays = commands.undo(which, LISTS, by=asked.actor, seen=seen_by(asked), now=asked.now)
    back = say_n("One row says again what it said before.", "%(n)s rows say again what they said before.", n)
    if not stays:
        return Go(reverse("change", args=[which]), back)
    names = ", ".join(str(row) for row in stays[:5])
    left = say_n(
        "One was changed since or is not yours to change, and stays: %(names)s.",
        "%(n)s were changed since or are not yours to change, and stay: %(names)s.",
        len(stays),
        names=names,
    )
    return Go(reverse("change", args=[which]), say("%(told)s %(left)s", told=back, left=left), "watch")


@page("lists/<slug:name>/rows/<uuid:which>/<slug:column>", name="list_cell", roles=SELLING, methods=("GET", "POST"))
def cell(asked: Asked, name: str, which: UUID, column: str) -> Shown | Go | HttpResponse:
    """One value is changed in its place; without scripts on a page of its own."""
    listing = listing_named(name)
    chosen = choose(listing, {"columns": column}, asked.viewer)
    act = listing.act(chosen.columns[0].edit, asked.viewer)
    row = listing.rows(seen_by(asked)).filter(pk=which).first()
    if act is None or row is None:
        raise NotSeen
    no: Refused | None = None
    if asked.posted:
        done = tried(lambda: _one(asked, listing, act, which))
        if not isinstance(done, Refused):
            return _cell(asked, listing, chosen, which) or Go(_where(asked, listing), say("Saved."))
        no = done
    elif asked.text("shown", 1):
        return _cell(asked, listing, chosen, which) or Go(_where(asked, listing))
    value = asked.text("value") if asked.posted else act.before(row)
    context = {
        "heading": str(row),
        "action": reverse("list_cell", args=[name, which, column]),
        "back": _where(asked, listing),
        "version": row.version,
        "control": _told(control_of(act, asked, value, no), no, asked),
    }
    looked = frozenset(listing.about(row))
    if "HX-Request" in asked.request.headers:
        return render(asked.request, "fragments/cell_form.html", context | _csrf(asked))
    return Shown("pages/cell.html", context, status=422 if no else 200, looked_at=looked)


def _where(asked: Asked, listing: Listing) -> str:
    """The list as it was asked when somebody went to change a value; without scripts they come back there."""
    place = urlsplit(asked.request.headers.get("Referer", ""))
    told = asked.text("next", 2500) or f"{place.path}?{place.query}"
    return back(told, listing.name) if told.startswith(reverse(listing.name)) else reverse(listing.name)


def _one(asked: Asked, listing: Listing, act: Act, which: UUID) -> None:
    version = max(0, asked.whole("version"))
    commands.change_one(listing, act, which, version, asked.text("value"), by=asked.actor, seen=seen_by(asked), now=asked.now)


def _told(control: Control, no: Refused | None, asked: Asked) -> Control:
    """A refusal of the whole stands beside the one control there is."""
    if no is None or control.problem:
        return control
    return Control(**{**control.__dict__, "problem": asked.speech.say(no.sentence)})


def _csrf(asked: Asked) -> dict[str, Any]:
    return {"csrf_input": csrf_input_lazy(asked.request)}


def _cell(asked: Asked, listing: Listing, chosen: Chosen, which: UUID) -> HttpResponse | None:
    """The one cell as the table prints it, where a script asks; it may have left the viewer's sight by the act."""
    if "HX-Request" not in asked.request.headers:
        return None
    row = listing.rows(seen_by(asked)).filter(pk=which).first()
    if row is None:
        return HttpResponse("")
    shown = row_of(row, chosen, seen_by(asked), asked.speech).cells[0]
    one = chosen.columns[0]
    label = asked.speech.say(one.label)
    column = Column(one.name, label, one.kind, change=gettext("Change %(what)s") % {"what": label})
    return render(asked.request, "fragments/cell.html", {"cell": shown, "column": column})
