"""`people`: the tree of units in sight, each with the one person who answers for it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from bailiwick.desk.people import Place, tree
from bailiwick.fields import take
from bailiwick.kit import Invalid, Problem, Refused, Role, Speech, say
from bailiwick.network import queries
from bailiwick.network.commands import add_organizations, add_units, appoint
from bailiwick.network.commands.setting_up import NewUnit
from bailiwick.network.fields import MEMBER_ROLE, UNIT, UNIT_KIND
from bailiwick.network.lists import EVERYBODY
from bailiwick.network.models import Organization, Unit
from bailiwick.web.asked import Asked, Go, Shown
from bailiwick.web.door import page, tried
from bailiwick.web.forms import Control, choice, controls, problem_of, said
from bailiwick.web.frame import LEADING, SELLING
from bailiwick.web.lists import as_list, chosen_in
from bailiwick.web.shapes import initials

WHO = LEADING | SELLING
NAMED = 3


@page("people", name="people", roles=WHO)
def show(asked: Asked) -> Shown | Go:
    """Every unit in sight; whoever sees one only goes straight to it."""
    places = tree(asked.viewer)
    if len(places) == 1:
        return Go(reverse("unit", args=[places[0].unit.pk]))
    context = {
        "heading": _heading(places),
        "sentence": _sentence(places),
        "places": [_line(place, asked) for place in places],
        "gone": queries.gone(asked.viewer) if asked.viewer.everything else [],
        "director": Role.DIRECTOR in asked.viewer.roles,
    }
    return Shown("pages/people.html", context)


@page("people/list", name="everybody", roles=WHO)
def everybody(asked: Asked) -> Shown:
    """People in sight as a list."""
    chosen, no = chosen_in(asked, EVERYBODY)
    shown, looked = as_list(asked, EVERYBODY, chosen, no)
    context = {
        "list": shown,
        "sentence": gettext("People in units that you see."),
        "buttons": [(gettext("Units"), reverse("people"), False)],
        "empty": {"sentence": gettext("Nobody fits."), "act_label": "", "act_url": "", "note": ""},
    }
    return Shown("pages/list.html", context, looked_at=looked)


def _heading(places: Sequence[Place]) -> str:
    """A fact: what needs somebody, else how many there are."""
    nobody = [place for place in places if place.manager is None]
    acting = [place for place in places if place.manager and place.manager.acting]
    if len(nobody) == 1:
        return gettext("Nobody answers for %(unit)s") % {"unit": nobody[0].unit.name}
    if nobody:
        return gettext("Nobody answers for %(n)s units") % {"n": len(nobody)}
    if len(acting) == 1:
        return gettext("%(unit)s has an acting manager") % {"unit": acting[0].unit.name}
    if acting:
        return gettext("%(n)s units have an acting manager") % {"n": len(acting)}
    return gettext("Every unit has its manager")


def _sentence(places: Sequence[Place]) -> str:
    people = {one.person for place in places for one in (*place.people, place.manager) if one}
    units = ngettext("one unit", "%(n)s units", len(places)) % {"n": len(places)}
    many = ngettext("One person in %(units)s in your sight.", "%(n)s people in %(units)s in your sight.", len(people))
    return many % {"n": len(people), "units": units}


def _line(place: Place, asked: Asked) -> dict[str, Any]:
    """One unit as the tree prints it."""
    manager = place.manager
    others = list({one.person: one.name for one in place.people if manager is None or one.person != manager.person}.values())
    names, more = others[:NAMED], len(others) - NAMED
    return {
        "name": place.unit.name,
        "url": reverse("unit", args=[place.unit.pk]),
        "depth": min(place.depth, 6),
        "kind": kind_of(place.unit, asked.speech),
        "manager": manager.name if manager else "",
        "initials": initials(manager.name) if manager else "",
        "acting": bool(manager and manager.acting),
        "since": asked.speech.day(asked.speech.local_day(manager.since)) if manager else "",
        "people": ", ".join(names),
        "more": ngettext("and one more", "and %(n)s more", more) % {"n": more} if more > 0 else "",
    }


def kind_of(unit: Unit, speech: Speech) -> str:
    """`project for Cobalt`, `partner`: what a unit is, in words."""
    if unit.kind == Unit.Kind.PROJECT and unit.client:
        return gettext("project for %(client)s") % {"client": unit.client.name}
    return speech.say(dict(UNIT_KIND.choices)[unit.kind])


def role_word(role: str, speech: Speech) -> str:
    """What a role is called."""
    return speech.say(dict(MEMBER_ROLE.choices)[role])


@page("units", name="unit_new", roles=frozenset({Role.DIRECTOR}), methods=("GET", "POST"))
def unit_new(asked: Asked) -> Shown | Go:
    """The director adds a unit, with its manager: none is ever without one."""
    no: Refused | None = None
    if asked.posted:
        done = tried(lambda: _add(asked))
        if not isinstance(done, Refused):
            return Go(reverse("unit", args=[done.pk]), say("%(unit)s stands in the tree.", unit=done.name))
        no = done
    typed: Any = asked.request.POST if asked.posted else {"kind": "project"}
    fields = [*controls(UNIT, typed, asked.speech, no), *_around(asked, typed, no)]
    context = {
        "heading": gettext("A new unit"),
        "place": asked.network.name,
        "action": reverse("unit_new"),
        "fields": fields,
        "refusal": said(no, asked.speech),
        "cancel": reverse("people"),
        "version": "",
        "conflict": None,
        "submit": gettext("Add"),
    }
    return Shown("pages/form.html", context, status=422 if no else 200)


def _around(asked: Asked, typed: Any, no: Refused | None) -> list[Control]:
    """What the new unit stands below, and who answers for it."""
    over = [(str(one.unit.pk), one.unit.name) for one in tree(asked.viewer)]
    able = {str(one.person): one.name for one in queries.members(asked.viewer) if one.role is not Role.CLIENT}
    managers = sorted(able.items(), key=lambda pair: pair[1])
    chosen = typed.get("parent") or (over[0][0] if over else "")
    why = gettext("Its manager sees the new unit and answers when nobody else does.")
    who = gettext("The one person who answers for it.")
    wrong = {name: problem_of(no, name, asked.speech) for name in ("parent", "manager")}
    return [
        choice("parent", gettext("Below"), over, chosen, why, problem=wrong["parent"]),
        choice("manager", gettext("Manager"), managers, typed.get("manager"), who, problem=wrong["manager"]),
    ]


def _add(asked: Asked) -> Unit:
    values = take(UNIT, asked.request.POST)
    parent, manager = asked.id("parent"), asked.id("manager")
    if parent is None or manager is None:
        missing = "manager" if parent else "parent"
        raise Invalid([Problem(missing, say("Choose one of the values offered."))])
    kind = values["kind"]
    company = _company(asked, kind, values["company"])
    new = NewUnit(
        name=values["name"],
        kind=kind,
        parent=parent,
        organization=company if kind == Unit.Kind.PARTNER else None,
        client=company if kind == Unit.Kind.PROJECT else None,
        goal=values["goal"],
    )
    unit = add_units([new], by=asked.actor, now=asked.now)[0]
    appoint(unit=unit.pk, person=manager, by=asked.actor, now=asked.now)
    return unit


def _company(asked: Asked, kind: str, name: str) -> UUID | None:
    """The client of a project or a partner's firm, by name: the one that is there, else a new one."""
    what = {"project": Organization.Kind.CLIENT, "partner": Organization.Kind.PARTNER}.get(kind)
    if what is None:
        return None
    if not name:
        raise Invalid([Problem("company", say("A project has a client, a partner's unit its firm: type the name."))])
    there = queries.organizations(asked.viewer).filter(kind=what, name__iexact=name).first()
    return (there or add_organizations([(name, what)], by=asked.actor)[0]).pk
