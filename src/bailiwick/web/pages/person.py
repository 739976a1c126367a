"""One person: where they work and worked, whether they can sign in, and what those who staff their units may do."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from bailiwick.desk.people import PersonCard, person_card
from bailiwick.fields import take
from bailiwick.kit import Invalid, NotAllowed, NotSeen, Problem, Refused, Role, say
from bailiwick.network import queries
from bailiwick.network.commands import add_members, end_membership, erase_person, invite, open_access
from bailiwick.network.commands.people import NewMember
from bailiwick.network.fields import ERASURE_SURE, PROGRAM_TOKEN
from bailiwick.network.models import Membership
from bailiwick.web.asked import Asked, Go, Shown
from bailiwick.web.door import page, tried
from bailiwick.web.forms import choice, controls, problem_of, said
from bailiwick.web.pages.people import WHO, role_word
from bailiwick.web.pages.unit import role_control
from bailiwick.web.shapes import State
from bailiwick.web.token_lines import token_line


@page("people/<uuid:who>", name="person", roles=WHO)
def show(asked: Asked, who: UUID) -> Shown:
    """The card of a person in sight; opening somebody else's is recorded, and they see it."""
    return card_page(asked, person_card(asked.actor, who))


def card_page(asked: Asked, card: PersonCard, link: str = "", text: str = "", no: Refused | None = None) -> Shown:
    """The card; with a link or the text of a token that were made just now, or what refused a token."""
    lets_in = card.may_let_go and card.access is None and not card.person.program
    context = {
        "card": card,
        "who": card.person,
        "name": name_of(card),
        "signs_in": _signs_in(card, asked),
        "roles": [_role(row, card, asked) for row in card.roles],
        "invites": lets_in and Role.DIRECTOR in asked.viewer.roles and _open_role(card) is not None,
        "opens": lets_in and bool(card.person.email),
        "link": link,
        "own": card.person.pk == asked.person.pk,
        **(_tokens(asked, card, no) if card.may_give_tokens else {}),
        "text": text,
    }
    looked, once = frozenset({card.person.pk}), bool(link or text)
    return Shown("pages/person.html", context, status=422 if no else 200, looked_at=looked, once=once)


def _tokens(asked: Asked, card: PersonCard, no: Refused | None) -> dict[str, Any]:
    """What a service account's tokens are, for whoever may give it others."""
    typed: Any = asked.request.POST
    who = card.person.pk
    rows = queries.program_tokens(asked.actor, who, asked.now)
    return {
        "tokens": [token_line(one, reverse("program_token_revoke", args=[who, one.pk]), asked.speech) for one in rows],
        "token_fields": controls(PROGRAM_TOKEN, typed if no else {"scope": "read", "days": "365"}, asked.speech, no),
        "token_refusal": said(no, asked.speech),
    }


def _open_role(card: PersonCard) -> Membership | None:
    return next((row for row in card.roles if row.until is None), None)


def name_of(card: PersonCard) -> str:
    """The name, or that it is erased."""
    return card.person.name or gettext("erased person")


def _signs_in(card: PersonCard, asked: Asked) -> State:
    if card.person.left or (card.access and card.access.until and card.access.until <= asked.now):
        return State("none", gettext("no access any more"))
    if card.person.program:
        return State("none", gettext("never"))
    if card.access is None:
        return State("watch", gettext("no login yet"))
    return State("good", gettext("can sign in"))


def _role(row: Membership, card: PersonCard, asked: Asked) -> dict[str, Any]:
    speech = asked.speech
    return {
        "role": role_word(row.role, speech),
        "acting": row.acting,
        "unit": row.unit.name,
        "url": reverse("unit", args=[row.unit_id]) if row.unit_id in card.units else "",
        "since": speech.day(speech.local_day(row.since)),
        "until": speech.day(speech.local_day(row.until)) if row.until else "",
        "end": reverse("role_end", args=[card.person.pk, row.pk]) if row.pk in card.ends else "",
    }


@page("people/<uuid:who>/roles", name="person_roles", roles=WHO, methods=("GET", "POST"))
def roles(asked: Asked, who: UUID) -> Shown | Go:
    """Give somebody a further role."""
    card = person_card(asked.actor, who)
    if not card.places:
        raise NotAllowed(
            say("People of a unit are entered and changed by its manager."), say("Ask the manager of the unit, or the director.")
        )
    no: Refused | None = None
    if asked.posted:
        done = tried(lambda: _give(asked, card))
        if not isinstance(done, Refused):
            return Go(reverse("person", args=[who]), say("%(name)s has the role from now on.", name=card.person.name))
        no = done
    units = [(str(unit.pk), unit.name) for unit, _ in card.places]
    gives = [role for role in Role if any(role in given for _, given in card.places)]
    fields = [
        choice(
            "unit",
            gettext("Unit"),
            units,
            asked.text("unit"),
            gettext("Where they work."),
            problem=problem_of(no, "unit", asked.speech),
        ),
        role_control(gives, asked.text("role"), asked, no),
    ]
    return _form(asked, card, gettext("Give a role"), "person_roles", fields, gettext("Give"), no)


def _give(asked: Asked, card: PersonCard) -> None:
    unit, role = asked.id("unit"), asked.text("role")
    gives = next((given for place, given in card.places if place.pk == unit), None)
    if unit is None or gives is None:
        raise Invalid([Problem("unit", say("Choose one of the values offered."))])
    if role not in gives:
        raise Invalid([Problem("role", say("This role does not go with a unit of this kind."))])
    add_members([NewMember(person=card.person.pk, unit=unit, role=Role(role))], by=asked.actor, now=asked.now)


@page("people/<uuid:who>/roles/<uuid:which>/end", name="role_end", roles=WHO, methods=("POST",))
def role_end(asked: Asked, who: UUID, which: UUID) -> Go:
    """A role ends now; what the person holds stays theirs until it is handed over."""
    card = person_card(asked.actor, who)
    row = next((row for row in card.roles if row.pk == which), None)
    if row is None:
        raise NotSeen
    end_membership(which, by=asked.actor, now=asked.now)
    return Go(reverse("unit", args=[row.unit_id]), say("%(name)s no longer has this role.", name=card.person.name))


@page("people/<uuid:who>/access", name="person_access", roles=WHO, methods=("POST",))
def access(asked: Asked, who: UUID) -> Go:
    """Somebody may sign in from now on, with the e-mail address on the card."""
    card = person_card(asked.actor, who)
    if not card.person.email:
        raise Refused("no_email", say("Without an e-mail address nobody can sign in."))
    open_access(person=who, email=card.person.email, password=None, by=asked.actor, now=asked.now)
    told = say(
        "%(name)s can sign in as %(email)s; “Forgotten?” on the sign-in page sets the first password.",
        name=card.person.name,
        email=card.person.email,
    )
    return Go(reverse("person", args=[who]), told)


@page("people/<uuid:who>/invitation", name="person_invitation", roles=frozenset({Role.DIRECTOR}), methods=("GET", "POST"))
def invitation(asked: Asked, who: UUID) -> Shown | Go:
    """A link by which somebody without a login chooses a password and comes in; it is in this one answer and nowhere else."""
    card = person_card(asked.actor, who)
    if not asked.posted:
        return Go(reverse("person", args=[who]))
    role = _open_role(card)
    if role is None:
        raise Refused("no_role", say("Without a role nothing can be seen or done."), say("Give them a role first."))
    token = invite(unit=role.unit_id, role=Role(role.role), person=who, by=asked.actor, now=asked.now)
    return card_page(asked, card, asked.request.build_absolute_uri(reverse("welcome", args=[token])))


@page("people/<uuid:who>/erasure", name="person_erasure", roles=frozenset({Role.DIRECTOR}), methods=("GET", "POST"))
def erasure(asked: Asked, who: UUID) -> Shown | Go:
    """Somebody who has left is erased: name, contact data and words go for good, counts and money stay."""
    card, no = person_card(asked.actor, who), None
    if asked.posted:
        no = tried(lambda: _erase(asked, who))
        if not isinstance(no, Refused):
            return Go(reverse("people"), say("The person is erased; what was done stays without the name."))
    elif not card.may_erase:
        raise Refused("still_here", say("Only somebody who has left can be erased."), say("Record first that they leave."))
    fields = controls([ERASURE_SURE], {}, asked.speech, no)
    return _form(asked, card, gettext("Erase %(name)s") % {"name": name_of(card)}, "person_erasure", fields, gettext("Erase"), no)


def _erase(asked: Asked, who: UUID) -> None:
    if not take([ERASURE_SURE], asked.request.POST)["sure"]:
        raise Invalid([Problem("sure", say("Tick it, if it is meant."))])
    erase_person(person=who, by=asked.actor, now=asked.now)


def _form(asked: Asked, card: PersonCard, heading: str, route: str, fields: list[Any], submit: str, no: Refused | None) -> Shown:
    context = {
        "heading": heading,
        "place": name_of(card),
        "action": reverse(route, args=[card.person.pk]),
        "fields": fields,
        "refusal": said(no, asked.speech),
        "cancel": reverse("person", args=[card.person.pk]),
        "version": "",
        "conflict": None,
        "submit": submit,
    }
    return Shown("pages/form.html", context, status=422 if no else 200, looked_at=frozenset({card.person.pk}))
