"""A link that makes its opener somebody of the network, once."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q

from bailiwick.kit import Actor, Door, Invalid, NotAllowed, NotSeen, Problem, Refused, Role, Scope, day_of, say
from bailiwick.ledger.commands import record
from bailiwick.network import events
from bailiwick.network.commands.access import let_in, never_signs_in, void_invitations
from bailiwick.network.commands.people import NewMember, add_members, add_people, appoint
from bailiwick.network.commands.vacancies import act_for_vacant
from bailiwick.network.models import Access, Invitation, Login, Membership, Person, Unit
from bailiwick.network.queries import digest_of, open_invitation
from bailiwick.network.rules import belongs, closed_link, fits
from bailiwick.tenancy.turns import take_turns
from bailiwick.tenancy.within import set_network

OPEN_FOR = timedelta(days=14)
LONGEST_PASSWORD = 200
NOBODY = UUID(int=0)  # who enters the opener: the invitation, so the system
SAID = {
    "password_too_short": say("Too short: at least ten characters."),
    "password_too_common": say("Too many people use this one. Choose another."),
}


def invite(*, unit: UUID, role: Role, by: Actor, now: datetime, person: UUID | None = None) -> str:
    """Whoever opens the link with the returned token within 14 days is `person` with a login, or somebody new, in `unit`.

    The token is told this once and kept as a hash. Director only. For somebody of the network who has no login: links
    that they were given before open nothing from then on. Refuses a role that they could not have there.
    """
    if not by.system and Role.DIRECTOR not in by.scope.roles:
        raise NotAllowed(say("Only the director invites people."), say("Ask the director."))
    place = Unit.objects.in_network(by).filter(pk=unit, archived=None).first()
    if place is None:
        raise NotSeen
    who = _without_login(person, by) if person else None
    _could_have(place, role, who, by)
    if person:
        void_invitations(person, by=by, now=now)
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        network_id=by.network,
        digest=digest_of(token),
        person=person,
        unit=unit,
        role=role,
        created=now,
        until=now + OPEN_FOR,
    )
    return token


def invite_directors(*, by: Actor, now: datetime) -> list[tuple[UUID | None, str, str]]:
    """Whoever directs the network and has no login gets a link: person, name and token of each.

    Where nobody does, one makes its opener the director (no person, no name). A network without units has no way in.
    """
    rows = Membership.objects.in_network(by).filter(role=Role.DIRECTOR, until=None, person__left=None, person__erased=None)
    rows = rows.filter(person__program=False)
    rows = rows.exclude(person__in=Access.objects.filter(network=by.network).values("person")).select_related("person")
    found: list[tuple[UUID | None, str, str]] = [
        (row.person_id, row.person.name, invite(unit=row.unit_id, role=Role.DIRECTOR, person=row.person_id, by=by, now=now))
        for row in rows.order_by("person__name", "person")
    ]
    root = None if found else Unit.objects.in_network(by).filter(parent=None, archived=None).first()
    return [(None, "", invite(unit=root.pk, role=Role.DIRECTOR, by=by, now=now))] if root else found


def accept(*, token: str, name: str, email: str, password: str, now: datetime, login: Login | None = None) -> Access:
    """The link is used up, and its opener can sign in as the invited person, or as a new one called `name`, with the role.

    Of simultaneous openings exactly one succeeds; a refused one leaves the link as it was. `login` is whoever is signed in
    already: `email` and `password` are not asked then. Refuses a link that opens nothing, an address with which somebody
    signs in already (no login is ever taken over), and a password that is too easy. Sets the network of the transaction.
    """
    with transaction.atomic():
        if login is None:
            take_turns("network.login", email.lower())
        invitation = _taken(digest_of(token), now)
        set_network(invitation.network_id)
        login = login or _new_login(email, password, now)
        person = _opener(invitation, name, login.email, now)
        by = _acting(invitation, person.pk)
        _give_role(invitation, person.pk, by, now)
        access = let_in(login, person=person.pk, by=by, now=now)
        place = Unit.objects.in_network(by).get(pk=invitation.unit)
        accepted = events.InvitationAccepted(
            subject=person.pk,
            happened=now,
            day=day_of(now, place.zone),
            unit=place.pk,
            person=person.pk,
            organization=person.organization_id,
            invitation=invitation.pk,
        )
        record(accepted, by=by, now=now)
        return access


def _taken(digest: str, now: datetime) -> Invitation:
    """The invitation, used from now on: the one update that decides between two who open it at once."""
    for network in Invitation.objects.filter(digest=digest).values_list("network", flat=True):
        take_turns("network.staffing", network)  # before the row is held: whoever leaves at this instant takes them in this order
    if not Invitation.objects.filter(digest=digest, used=None, until__gt=now).update(used=now):
        open_invitation(digest, now)  # says why not
        raise closed_link(known=True, used=True)
    return Invitation.objects.get(digest=digest)


def _new_login(email: str, password: str, now: datetime) -> Login:
    """A login of its own. The database decides whether the address is free: a look before would leave a gap to slip into."""
    login = Login(email=email.lower(), claimed=now)
    _good_enough(password, login)
    login.set_password(password)
    try:
        with transaction.atomic():
            login.save()
    except IntegrityError:
        raise Refused(
            "login_exists",
            say("Somebody signs in with that address already."),
            say("If it is you, sign in with it first and open this link again. Otherwise use another address."),
        ) from None
    return login


def _good_enough(password: str, login: Login) -> None:
    if "\x00" in password or len(password) > LONGEST_PASSWORD:
        raise Invalid(
            [Problem("password", say("At most %(longest)s characters, without a null byte.", longest=LONGEST_PASSWORD))]
        )
    try:
        validate_password(password, login)
    except ValidationError as why:
        codes = [one.code or "" for one in why.error_list]
        raise Invalid([Problem("password", SAID.get(codes[0], say("Too easy to guess. Choose another.")))]) from None


def _acting(invitation: Invitation, person: UUID) -> Actor:
    """The opener, on the word of the director who invited: as the system, and for this act only."""
    scope = Scope(invitation.network_id, person, roles=frozenset({Role.DIRECTOR}), everything=True)
    return Actor(scope, Door.PAGE, system=True)


def _opener(invitation: Invitation, name: str, email: str, now: datetime) -> Person:
    """The invited person, who gets the address if the card has none, or a new one in the unit's organization."""
    by = _acting(invitation, NOBODY)
    place = Unit.objects.in_network(by).filter(pk=invitation.unit, archived=None).first()
    if place is None:
        raise closed_link(known=True, used=False)
    try:
        with transaction.atomic():
            if invitation.person is None:
                firm = _organization(place, Role(invitation.role))
                return add_people([{"name": name, "email": email}], organization=firm, unit=place.pk, by=by, now=now)[0]
            there = Person.objects.in_network(by).filter(pk=invitation.person, left=None, erased=None)
            there.filter(email="").update(email=email)
            found = there.first()
    except (IntegrityError, Refused):  # the one rule of both that can be broken here: an address is one person's
        raise Invalid([Problem("email", say("Somebody of this organization has that e-mail address already."))]) from None
    if found is None:
        raise closed_link(known=True, used=False)
    return found


def _give_role(invitation: Invitation, person: UUID, by: Actor, now: datetime) -> None:
    """The role, unless they have it, or had it when invited and it was taken from them since.

    A director also manages the unit if nobody does; somebody else's place as its manager is never taken.
    """
    role, unit = Role(invitation.role), invitation.unit
    own = Membership.objects.in_network(by).filter(person=person, unit=unit, role=role)
    if own.filter(Q(until=None) | Q(until__gt=invitation.created)).exists():
        return
    Unit.objects.in_network(by).select_for_update().get(pk=unit)  # or two who are invited to manage it would both find it free
    managed = Membership.objects.in_network(by).filter(unit=unit, role=Role.MANAGER, until=None).exists()
    if role is Role.MANAGER and managed:
        raise _managed()
    if role is not Role.MANAGER:
        add_members([NewMember(person=person, unit=unit, role=role)], by=by, now=now)
    if role is Role.MANAGER or (role is Role.DIRECTOR and not managed):
        appoint(unit=unit, person=person, by=by, now=now)
        act_for_vacant(by=by, now=now)


def _without_login(person: UUID, by: Actor) -> Person:
    """Somebody who is here; locked, so that of two links made at once only the later one opens anything."""
    found = Person.objects.in_network(by).select_for_update().filter(pk=person, left=None, erased=None).first()
    if found is None:
        raise NotSeen
    if found.program:
        raise never_signs_in()
    if Access.objects.filter(network=by.network, person=person).exists():
        raise Refused("has_login", say("They have a login here already."))
    return found


def _could_have(place: Unit, role: Role, person: Person | None, by: Actor) -> None:
    """Whether the role could be given now: better said to the director today than to the opener next week."""
    fits(role, place.kind)
    firm = person.organization_id if person else _organization(place, role)
    belongs(role, person=firm, unit=place.organization_id, client=place.client_id)
    if role is Role.DIRECTOR and place.parent_id is not None:
        raise Refused("director_of_all", say("A director stands at the top of the tree."), say("Choose the first unit."))
    managers = Membership.objects.in_network(by).filter(unit=place, role=Role.MANAGER, until=None)
    if role is Role.MANAGER and managers.exclude(person=person.pk if person else None).exists():
        raise _managed()


def _organization(place: Unit, role: Role) -> UUID:
    """To whom somebody new belongs: a client's people to the client."""
    if role is not Role.CLIENT:
        return place.organization_id
    if place.client_id is None:
        raise Refused("no_client", say("This unit has no client."), say("Choose the project of the client."))
    return place.client_id


def _managed() -> Refused:
    return Refused(
        "unit_has_manager",
        say("Somebody manages this unit already."),
        say("The director appoints another manager on the page of the unit."),
    )
