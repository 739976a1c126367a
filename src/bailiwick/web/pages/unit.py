"""One unit: who answers for it, who works in it, and what those who staff it may do."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from bailiwick.desk.people import UnitCard, unit_card
from bailiwick.fields import take
from bailiwick.kit import Invalid, NotAllowed, Problem, Refused, Role, say
from bailiwick.kit.scope import SELLING
from bailiwick.network.commands import add_members, add_people, appoint
from bailiwick.network.commands.people import NewMember
from bailiwick.network.fields import MEMBER_ROLE, PERSON
from bailiwick.network.models import Person
from bailiwick.network.queries import Member
from bailiwick.web.asked import Asked, Go, Shown
from bailiwick.web.door import page, tried
from bailiwick.web.forms import Control, choice, controls, problem_of, said
from bailiwick.web.pages.people import WHO, kind_of, role_word
from bailiwick.web.shapes import Cell, Column, Row, initials


@page("units/<uuid:which>", name="unit", roles=WHO)
def show(asked: Asked, which: UUID) -> Shown:
    """The unit with its people."""
    card = unit_card(asked.actor, which)
    unit, manager = card.place.unit, card.place.manager
    columns = [
        Column("name", gettext("Name"), "person"),
        Column("role", gettext("Role"), "text"),
        Column("since", gettext("Since"), "day"),
    ]
    context = {
        "unit": unit,
        "kind": kind_of(unit, asked.speech),
        "manager": manager,
        "since": asked.speech.day(asked.speech.local_day(manager.since)) if manager else "",
        "columns": columns,
        "rows": [_row(one, asked) for one in card.place.people],
        "enters": bool(card.gives),
        "appoints": bool(card.candidates),
        "only": len(asked.viewer.units | asked.viewer.team) == 1 and not asked.viewer.everything,
    }
    return Shown("pages/unit.html", context)


def _row(one: Member, asked: Asked) -> Row:
    since = asked.speech.local_day(one.since)
    name = Cell(one.name, reverse("person", args=[one.person]), initials=initials(one.name))
    role = role_word(one.role, asked.speech)
    if one.program:
        role = gettext("%(role)s, service account") % {"role": role}
    return Row([name, Cell(role), Cell(asked.speech.day(since))])


@page("units/<uuid:which>/people", name="unit_people", roles=WHO, methods=("GET", "POST"))
def enter(asked: Asked, which: UUID) -> Shown | Go:
    """Enter somebody new, with their role here."""
    card = unit_card(asked.actor, which)
    if not card.gives:
        raise NotAllowed(
            say("People of a unit are entered and changed by its manager."), say("Ask the manager of the unit, or the director.")
        )
    no: Refused | None = None
    if asked.posted:
        done = tried(lambda: _enter(asked, card))
        if not isinstance(done, Refused):
            return Go(reverse("person", args=[done.pk]), say("%(name)s is entered.", name=done.name))
        no = done
    typed: Any = asked.request.POST if asked.posted else {}
    usual = next((role for role in card.gives if role in SELLING), card.gives[0])
    fields = controls(PERSON, typed, asked.speech, no)
    fields.append(role_control(card.gives, typed.get("role", usual), asked, no))
    return unit_form(asked, card, gettext("Enter a person"), "unit_people", fields, gettext("Enter"), no)


def role_control(gives: Sequence[Role], value: str, asked: Asked, no: Refused | None) -> Control:
    """The choice among the roles that the viewer may give."""
    control = controls([MEMBER_ROLE], {"role": value}, asked.speech, no)[0]
    return replace(control, choices=[(one.value, role_word(one, asked.speech)) for one in gives])


def _enter(asked: Asked, card: UnitCard) -> Person:
    values, unit = take(PERSON, asked.request.POST), card.place.unit
    role = next((role for role in card.gives if role == asked.text("role")), None)
    if role is None:
        raise Invalid([Problem("role", say("Choose one of the values offered."))])
    firm = unit.client_id if role is Role.CLIENT and unit.client_id else unit.organization_id
    person = add_people([values], organization=firm, unit=unit.pk, by=asked.actor, now=asked.now)[0]
    add_members([NewMember(person=person.pk, unit=unit.pk, role=role)], by=asked.actor, now=asked.now)
    return person


@page("units/<uuid:which>/manager", name="unit_manager", roles=WHO, methods=("GET", "POST"))
def manager(asked: Asked, which: UUID) -> Shown | Go:
    """Appoint the one person who answers for the unit; whoever did so until now no longer does."""
    card = unit_card(asked.actor, which)
    if not card.candidates:
        raise NotAllowed(say("The manager of a unit is appointed from above."), say("Ask the manager above, or the director."))
    no: Refused | None = None
    if asked.posted:
        done = tried(lambda: _appoint(asked, card))
        if not isinstance(done, Refused):
            return Go(reverse("unit", args=[which]), say("%(name)s answers for it from now on.", name=done.name))
        no = done
    now = card.place.manager
    people = [
        (
            str(one.person),
            f"{one.name}, {role_word(one.role, asked.speech)}" + ("" if one.unit == which else gettext(", elsewhere")),
        )
        for one in card.candidates
    ]
    why = gettext("Now it is %(name)s.") % {"name": now.name} if now else gettext("Nobody answers for it now.")
    terms = [("good", gettext("for good")), ("acting", gettext("acting, until somebody is found"))]
    wrong = problem_of(no, "person", asked.speech)
    fields = [
        choice("person", gettext("Manager"), people, asked.text("person"), why, problem=wrong),
        choice("terms", gettext("Appointed"), terms, asked.text("terms") or "good", gettext("Everybody in the unit sees which.")),
    ]
    return unit_form(asked, card, gettext("Appoint a manager"), "unit_manager", fields, gettext("Appoint"), no)


def _appoint(asked: Asked, card: UnitCard) -> Member:
    person = next((one for one in card.candidates if one.person == asked.id("person")), None)
    if person is None:
        raise Invalid([Problem("person", say("Choose one of the values offered."))])
    seen, acting = asked.id("version"), asked.text("terms") == "acting"
    appoint(unit=card.place.unit.pk, person=person.person, acting=acting, instead_of=seen, by=asked.actor, now=asked.now)
    return person


def unit_form(
    asked: Asked, card: UnitCard, heading: str, route: str, fields: list[Any], submit: str, no: Refused | None
) -> Shown:
    """A form about the unit. The manager seen goes along as its version, so that two appointments at once are noticed."""
    unit = card.place.unit
    context = {
        "heading": heading,
        "place": unit.name,
        "action": reverse(route, args=[unit.pk]),
        "fields": fields,
        "refusal": said(no, asked.speech),
        "cancel": reverse("unit", args=[unit.pk]),
        "version": str(card.place.manager.person) if card.place.manager else "",
        "conflict": None,
        "submit": submit,
    }
    return Shown("pages/form.html", context, status=422 if no else 200)
