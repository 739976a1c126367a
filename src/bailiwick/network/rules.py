"""Judgements about membership and leaving, over plain values."""

from collections.abc import Mapping
from uuid import UUID

from bailiwick.kit import Actor, NotAllowed, Refused, Role, say

PARTNER_ROLES = frozenset({Role.PARTNER_ADMIN, Role.PARTNER_SELLER})
NETWORK_ROLES = frozenset({Role.DIRECTOR, Role.COACH, Role.SUPPORT_LEAD, Role.STEWARD, Role.CLIENT})
# Whom others can hold to account, and who the customer is: people, never a program.
OF_PEOPLE = frozenset({Role.MANAGER, Role.CLIENT})


def in_person(by: Actor) -> None:
    """What answers for people, or opens a door for somebody, is done by a person. Raises `NotAllowed` for a program."""
    if by.scope.program:
        raise NotAllowed(
            say("Only a person does this, and a service account is none."), say("Whoever answers for it can do it themselves.")
        )


def may_staff(by: Actor, unit: UUID, organization: UUID, role: Role | None = None) -> None:
    """The director staffs every unit, a manager the own one and those below, a partner's admin the own firm.

    Roles over the whole network (director, coach, client ...) are given by the director only. A program staffs nothing.
    Raises `NotAllowed`.
    """
    in_person(by)
    scope = by.scope
    if by.system or Role.DIRECTOR in scope.roles:
        return
    if role in NETWORK_ROLES:
        raise NotAllowed(say("Only the director gives this role."), say("Ask the director."))
    if unit in scope.edits and role is not Role.MANAGER:
        return
    if scope.runs(organization) and role in PARTNER_ROLES | {None}:
        return
    raise NotAllowed(
        say("People of a unit are entered and changed by its manager."), say("Ask the manager of the unit, or the director.")
    )


def fits(role: Role, kind: str) -> None:
    """A partner's people work in the partner's unit and nobody else does. Raises `Refused`."""
    if (role in PARTNER_ROLES) != (kind == "partner") and role is not Role.MANAGER and role not in NETWORK_ROLES:
        raise Refused("role_does_not_fit", say("This role does not go with a unit of this kind."))


def suits(role: Role, *, program: bool) -> None:
    """A program answers for no unit and is no client. Raises `Refused`."""
    if program and role in OF_PEOPLE:
        raise Refused("only_people", say("A service account cannot have this role."), say("Choose a person."))


def belongs(role: Role, *, person: UUID, unit: UUID, client: UUID | None) -> None:
    """A partner's role needs somebody of the partner, a client's somebody of the unit's client: organizations are compared.

    Both roles see rows by their organization: with one of them somebody of the firm would see the whole firm. Raises `Refused`.
    """
    if role in PARTNER_ROLES and person != unit:
        raise Refused(
            "not_of_partner", say("This role is for people of the partner itself."), say("Enter them in the partner's unit.")
        )
    if role is Role.CLIENT and person != client:
        raise Refused(
            "not_of_client", say("This role is for people of the unit's client."), say("Enter them in the client's project.")
        )


def above(unit: UUID, parents: Mapping[UUID, UUID | None]) -> list[UUID]:
    """The units over `unit`, nearest first; a ring in `parents` (never stored) ends the walk.

    >>> a, b, c = (UUID(int=n) for n in (1, 2, 3))
    >>> above(c, {c: b, b: a, a: None}) == [b, a]
    True
    """
    line: list[UUID] = []
    over = parents.get(unit)
    while over is not None and over not in line:
        line.append(over)
        over = parents.get(over)
    return line


def acting_manager(unit: UUID, parents: Mapping[UUID, UUID | None], managers: Mapping[UUID, UUID], leaver: UUID) -> UUID | None:
    """Who answers for `unit` when its manager leaves: the nearest manager above who is not the leaver."""
    for over in above(unit, parents):
        if managers.get(over) not in (None, leaver):
            return managers[over]
    return None


def closed_link(*, known: bool, used: bool) -> Refused:
    """What somebody hears whose invitation opens nothing: one sentence whatever the cause, and what they can do about it."""
    if not known:
        remedy = say("Check that the whole link is there, or ask for a new one.")
    elif used:
        remedy = say("If it was you who opened it, sign in. Otherwise tell the director that somebody else did.")
    else:
        remedy = say("Ask the director for a new one.")
    return Refused("invitation_closed", say("This link opens nothing, or nothing any more."), remedy)
