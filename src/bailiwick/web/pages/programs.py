"""Service accounts: added in a unit, given tokens on their page."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from bailiwick.desk.people import UnitCard, person_card, unit_card
from bailiwick.fields import take
from bailiwick.kit import Invalid, NotAllowed, Problem, Refused, Role, say
from bailiwick.kit.scope import SELLING
from bailiwick.network import queries
from bailiwick.network.commands import add_program, give_program_token, revoke_program_token
from bailiwick.network.fields import PROGRAM, PROGRAM_TOKEN
from bailiwick.network.models import ApiToken, Person
from bailiwick.network.rules import OF_PEOPLE
from bailiwick.web.asked import Asked, Go, Shown
from bailiwick.web.door import page, tried
from bailiwick.web.forms import choice, controls, problem_of
from bailiwick.web.pages.people import WHO
from bailiwick.web.pages.person import card_page
from bailiwick.web.pages.unit import role_control, unit_form


@page("units/<uuid:which>/services", name="unit_program", roles=WHO, methods=("GET", "POST"))
def add(asked: Asked, which: UUID) -> Shown | Go:
    """Add a service account: a program's own place in this unit, with somebody who answers for it."""
    card = unit_card(asked.actor, which)
    gives = [role for role in card.gives if role not in OF_PEOPLE]
    if not gives:
        raise NotAllowed(
            say("People of a unit are entered and changed by its manager."), say("Ask the manager of the unit, or the director.")
        )
    no: Refused | None = None
    if asked.posted:
        done = tried(lambda: _add(asked, card, gives))
        if not isinstance(done, Refused):
            told = say("%(name)s works here from now on; give it a token.", name=done.name)
            return Go(reverse("person", args=[done.pk]), told)
        no = done
    typed: Any = asked.request.POST if asked.posted else {}
    usual = next((role for role in gives if role in SELLING), gives[0])
    people = queries.colleagues(asked.viewer).filter(organization=card.place.unit.organization_id)
    options = [(str(pk), name) for pk, name in people.values_list("pk", "name")]
    why = gettext("Whoever asks what it does turns to them; when they leave, it goes to somebody else.")
    wrong = problem_of(no, "answerable", asked.speech)
    fields = controls(PROGRAM, typed, asked.speech, no)
    fields.append(role_control(gives, typed.get("role", usual), asked, no))
    fields.append(
        choice("answerable", gettext("Answers for it"), options, typed.get("answerable", asked.person.pk), why, problem=wrong)
    )
    return unit_form(asked, card, gettext("Add a service account"), "unit_program", fields, gettext("Add"), no)


def _add(asked: Asked, card: UnitCard, gives: list[Role]) -> Person:
    values, answerable = take(PROGRAM, asked.request.POST), asked.id("answerable")
    role = next((role for role in gives if role == asked.text("role")), None)
    if role is None or answerable is None:
        raise Invalid([Problem("answerable" if role else "role", say("Choose one of the values offered."))])
    return add_program(**values, unit=card.place.unit.pk, role=role, answerable=answerable, by=asked.actor, now=asked.now)


@page("services/<uuid:who>/tokens", name="program_tokens", roles=WHO, methods=("GET", "POST"))
def give(asked: Asked, who: UUID) -> Shown | Go:
    """A new token of a service account; its text is in this one answer and nowhere else."""
    queries.program_staffed(asked.actor, who)
    if not asked.posted:
        return Go(reverse("person", args=[who]))
    card = person_card(asked.actor, who)
    done = tried(lambda: _give(asked, who))
    if isinstance(done, Refused):
        return card_page(asked, card, no=done)
    return card_page(asked, card, text=done[1])


def _give(asked: Asked, who: UUID) -> tuple[ApiToken, str]:
    values = take(PROGRAM_TOKEN, asked.request.POST)
    days = int(values.pop("days"))
    until = asked.now + timedelta(days=days) if days else None
    return give_program_token(who, **values, until=until, by=asked.actor, now=asked.now)


@page("services/<uuid:who>/tokens/<uuid:which>/revoke", name="program_token_revoke", roles=WHO, methods=("POST",))
def revoke(asked: Asked, who: UUID, which: UUID) -> Go:
    """The token opens nothing from now on."""
    revoke_program_token(who, which, by=asked.actor, now=asked.now)
    return Go(reverse("person", args=[who]), say("Revoked; it opens nothing from now on."))
