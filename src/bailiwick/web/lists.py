"""A list as its page prints it: conditions, columns to choose, saved views, rows, and what is done to several of them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from bailiwick.desk.lists import LISTS
from bailiwick.kit import Invalid, Money, NotSeen, Refused, Sentence, Speech
from bailiwick.lists import Chosen, Column, Filter, Listing, Seen, State, Takes, Thing, choose, page_of
from bailiwick.lists.asking import people_of
from bailiwick.lists.fields import VIEW
from bailiwick.lists.queries import views
from bailiwick.web import shapes
from bailiwick.web.asked import Asked
from bailiwick.web.forms import controls
from bailiwick.web.shapes import Cell, Row, initials

NOBODY = UUID(int=0)
# What most people ask stands open, the rest one step away.
IN_SIGHT = (
    "q",
    "standing",
    "state",
    "kind",
    "person",
    "held",
    "company",
    "role",
)


def listing_named(name: str) -> Listing:
    """The list called so; raises `NotSeen`."""
    if name not in LISTS:
        raise NotSeen
    return LISTS[name]


def seen_by(asked: Asked) -> Seen:
    """Who looks, on their day."""
    return Seen(asked.viewer, asked.today)


def params(asked: Asked) -> dict[str, str]:
    """What the address asks, one value a name; the columns ticked in the form as one."""
    found = {name: asked.text(name) for name in asked.request.GET}
    if ticked := asked.request.GET.getlist("column"):
        found["columns"] = ",".join(ticked)
    return found


def chosen_in(asked: Asked, listing: Listing, query: Mapping[str, str] | None = None) -> tuple[Chosen, Refused | None]:
    """What is asked of the list; what cannot be meant is said, and the list shown as if it had not been asked."""
    told = params(asked) if query is None else query
    try:
        return choose(listing, told, asked.viewer), None
    except Invalid as no:
        wrong = {problem.field for problem in no.problems}
        return choose(listing, {name: value for name, value in told.items() if name not in wrong}, asked.viewer), no


def as_list(asked: Asked, listing: Listing, chosen: Chosen, no: Refused | None = None) -> tuple[dict[str, Any], frozenset[UUID]]:
    """The context of a list's page, and whose rows it shows."""
    seen, speech = seen_by(asked), asked.speech
    found = page_of(chosen, seen, cursor=asked.text("at"))
    here = reverse(listing.name)
    acts = listing.acts_for(asked.viewer)
    context = {
        "name": listing.name,
        "label": speech.say(listing.label),
        "here": here,
        "asked_query": chosen.query(),
        "columns": [_column(one, chosen, here, speech) for one in chosen.columns],
        "rows": [row_of(one, chosen, seen, speech) for one in found.rows],
        "next_url": f"{here}?{chosen.query(at=found.next)}" if found.next else "",
        "previous_url": f"{here}?{chosen.query(at=found.previous)}" if found.previous else "",
        "filters": conditions_of(chosen, no, asked),
        "problems": [speech.say(problem.sentence) for problem in no.problems] if isinstance(no, Invalid) else [],
        "choosable": [_choosable(one, chosen, speech) for one in listing.columns_for(asked.viewer)],
        "order_word": _order_word(chosen, speech),
        "order": ("-" if chosen.falling else "") + chosen.order.name,
        "orders": [(one.name, speech.say(one.label)) for one in listing.columns_for(asked.viewer) if one.order],
        "views": [_view(one, chosen, asked, here) for one in views(asked.viewer, listing.name)],
        "view_fields": controls(VIEW, {"shared": "me"}, speech),
        "acts": [(one.name, speech.say(one.label)) for one in acts],
        "files": [(kind.upper(), f"{_file(listing, kind)}?{chosen.query()}") for kind in ("csv", "xlsx")],
        "picks": [f"{one.pk}:{one.version}" for one in found.rows] if acts else [],
        "change_url": reverse("list_change", args=[listing.name]),
        "save_url": reverse("view_save", args=[listing.name]),
    }
    return context, people_of(listing, found.rows)


def conditions_of(chosen: Chosen, no: Refused | None, asked: Asked) -> list[dict[str, Any]]:
    """Every condition that the viewer may set, with what is set and what was wrong with it."""
    speech, seen = asked.speech, seen_by(asked)
    problems = {problem.field: speech.say(problem.sentence) for problem in no.problems} if isinstance(no, Invalid) else {}
    return [_filter(one, chosen, seen, problems, speech) for one in chosen.listing.filters_for(asked.viewer)]


def _file(listing: Listing, kind: str) -> str:
    return reverse("list_file", args=[listing.name, kind])


def _column(one: Column, chosen: Chosen, here: str, speech: Speech) -> shapes.Column:
    label = speech.say(one.label)
    change = gettext("Change %(what)s") % {"what": label} if one.edit else ""
    if not one.order:
        return shapes.Column(one.name, label, one.kind, change=change)
    now = one.name == chosen.order.name
    falls = now and not chosen.falling
    url = f"{here}?{chosen.query(order=('-' if falls else '') + one.name)}"
    sorts = ("descending" if chosen.falling else "ascending") if now else ""
    return shapes.Column(one.name, label, one.kind, url, sorts, change)


@cache
def _pattern(route: str, before: tuple[str, ...], after: tuple[str, ...]) -> str:
    return reverse(route, args=[*before, NOBODY, *after])


def place_of(route: str, which: UUID, before: tuple[str, ...] = (), after: tuple[str, ...] = ()) -> str:
    """The address of a thing: looked up once a route, because a page of fifty rows asks three hundred times."""
    return _pattern(route, before, after).replace(str(NOBODY), str(which))


def row_of(row: Any, chosen: Chosen, seen: Seen, speech: Speech) -> Row:
    """One row; a cell that can be changed in its place says where."""
    works = seen.viewer.sells and chosen.listing.works_on(row, seen.viewer)
    cells = []
    for one in chosen.columns:
        cell = cell_of(one.value(row, seen), one.kind, speech)
        if one.edit and works:
            cell = replace(cell, edit=place_of("list_cell", row.pk, (chosen.listing.name,), (one.name,)))
        cells.append(cell)
    return Row(cells)


def cell_of(value: Any, kind: str, speech: Speech) -> Cell:
    """A value as a cell."""
    match value:
        case Thing():
            return Cell(value.name, place_of(value.route, value.id), note=value.note)
        case State():
            return Cell(speech.say(value.word), state=value.kind)
        case str() if kind == "person":
            return Cell(value, initials=initials(value))
        case tuple():
            return Cell(", ".join(map(speech.say, value)))
        case None:
            return Cell("")
        case _:
            return Cell(speech.show(value))


def as_plain(value: Any, speech: Speech) -> str | Decimal | date | None:  # noqa: PLR0911 - one answer a kind
    """A value for a spreadsheet: numbers and days stay what they are."""
    match value:
        case Thing():
            return value.name
        case State():
            return speech.say(value.word)
        case Money():
            return value.amount
        case tuple():
            return ", ".join(map(speech.say, value))
        case Sentence():
            return speech.say(value)
        case datetime():
            return speech.instant(value)
        case int():
            return Decimal(value)
        case str() | Decimal() | date() | None:
            return value
        case _:
            return str(value)


def _filter(one: Filter, chosen: Chosen, seen: Seen, problems: Mapping[str, str], speech: Speech) -> dict[str, Any]:
    options = [(value, speech.say(label)) for value, label in one.choices(seen)] if one.choices else []
    value = chosen.typed.get(one.name, "")
    return {
        "name": one.name,
        "label": speech.say(one.label),
        "takes": "choice" if options and one.takes is Takes.ID else str(one.takes),
        "choices": options,
        "value": "me" if options and value == str(seen.viewer.person) else value,
        "problem": problems.get(one.name, ""),
        "open": one.name in IN_SIGHT,
        "hidden": one.takes is Takes.ID and not options,
    }


def _choosable(one: Column, chosen: Chosen, speech: Speech) -> dict[str, Any]:
    return {"name": one.name, "label": speech.say(one.label), "shown": one in chosen.columns}


def _order_word(chosen: Chosen, speech: Speech) -> str:
    label = speech.say(chosen.order.label)
    return (gettext("by %(what)s, falling") if chosen.falling else gettext("by %(what)s, rising")) % {"what": label}


def _view(one: Any, chosen: Chosen, asked: Asked, here: str) -> dict[str, Any]:
    return {
        "name": one.name,
        "url": f"{here}?{one.query or urlencode({'order': _plain_order(chosen)})}",
        "current": one.query == chosen.query(),
        "mine": one.person == asked.person.pk,
        "shared": one.shared != "me",
        "drop": reverse("view_drop", args=[one.pk]),
    }


def _plain_order(chosen: Chosen) -> str:
    return ("-" if chosen.listing.falling else "") + chosen.listing.order


def picked(text: str) -> dict[UUID, int]:
    """Rows named in a form as `id:version id:version`; what is none of that names no row."""
    found: dict[UUID, int] = {}
    for part in text.split():
        which, _, version = part.partition(":")
        try:
            found[UUID(which)] = int(version or 0)
        except ValueError:
            raise NotSeen from None
    return found
