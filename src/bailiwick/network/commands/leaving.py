"""Somebody leaves, and somebody is erased."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from bailiwick.kit import Actor, NotSeen, Refused, Role, day_of, say
from bailiwick.ledger import asking
from bailiwick.ledger.asking import Held
from bailiwick.ledger.commands import mark_erased, record
from bailiwick.network import events
from bailiwick.network.commands.access import end_access, end_sessions
from bailiwick.network.commands.people import appoint, ended
from bailiwick.network.models import Access, Invitation, Membership, Person, Unit
from bailiwick.network.queries import leaver, left_behind, receivers, takers
from bailiwick.network.rules import acting_manager, may_staff
from bailiwick.tenancy.turns import take_turns


def leave(*, person: UUID, shares: Mapping[UUID, UUID], by: Actor, now: datetime) -> int:
    """Everything the person holds goes to the one that `shares` names for it; roles and access end this minute.

    What is out of the actor's sight, from a unit of before, goes to the manager there. A unit they managed is managed by the
    manager above, acting. Refuses while a thing has no receiver, or when nobody above could act, and a receiver who does not
    sell, has left or is out of the actor's sight. Returns how many things in sight were handed over.
    """
    take_turns("network.staffing", by.network)  # or two who leave at once would hand things to each other
    leaver(by, person)
    row = Person.objects.in_network(by).select_for_update().filter(pk=person, left=None).first()
    if row is None:
        raise NotSeen
    held, elsewhere = left_behind(by, person)
    missing = [thing for thing in held if thing.id not in shares]
    if missing:
        raise Refused(
            "not_shared_out",
            say("Nobody has these yet: %(n)s, the first is %(first)s.", n=len(missing), first=missing[0].label),
            say("Choose who takes over each of them."),
        )
    shares = {thing.id: shares[thing.id] for thing in held}
    _receiving(shares, person, by)
    handed = asking.hand_over([(thing, shares[thing.id]) for thing in held], by, now)
    asking.hand_over(_by_rule(elsewhere, person, by), by, now)
    _end_roles(person, by, now)
    end_access(person, by=by, now=now)
    row.left = now
    row.save(update_fields=["left"])
    record(
        events.PersonLeft(
            subject=person, happened=now, day=now.date(), person=person, organization=row.organization_id, handed_over=handed
        ),
        by=by,
        now=now,
    )
    return handed


def _receiving(shares: Mapping[UUID, UUID], person: UUID, by: Actor) -> None:
    may = {member.person for member in receivers(by, person)}
    if not may >= set(shares.values()):
        raise Refused(
            "no_receiver",
            say("Not everybody chosen can take something over."),
            say("Choose people who sell in a unit in your sight and who stay."),
        )


def _by_rule(things: Sequence[Held], person: UUID, by: Actor) -> list[tuple[Held, UUID]]:
    found = takers(by, (thing.unit for thing in things), person)
    shared = [(thing, taker) for thing in things if (taker := found[thing.unit]) is not None]
    if len(shared) < len(things):
        raise Refused("nobody_above", say("Nobody above could take over what they held."), say("Ask the director."))
    return shared


def _end_roles(person: UUID, by: Actor, now: datetime) -> None:
    members = list(Membership.objects.in_network(by).filter(person=person, until=None).select_related("unit"))
    parents = dict(Unit.objects.in_network(by).values_list("pk", "parent"))
    managers = dict(Membership.objects.in_network(by).filter(role=Role.MANAGER, until=None).values_list("unit", "person"))
    as_system = Actor(by.scope, by.door, system=True)
    for member in members:
        if member.role != Role.MANAGER:
            member.until = now
            member.save(update_fields=["until"])
            record(ended(member, now), by=by, now=now)
            continue
        successor = acting_manager(member.unit_id, parents, managers, person)
        if successor is None:
            raise Refused(
                "nobody_above",
                say("Nobody above could answer for %(unit)s.", unit=member.unit.name),
                say("Appoint its next manager first."),
            )
        appoint(unit=member.unit_id, person=successor, acting=True, by=as_system, now=now)


def erase_person(*, person: UUID, by: Actor, now: datetime) -> int:
    """Name, contact data and free text of somebody who left are gone everywhere; counts, money and seals stay valid.

    By the director, or by the person's own wish through the director; never a program, which is nobody. The list of erased
    ids is applied again after a restore. Returns how many rows changed.
    """
    may_staff(by, by.network, by.network, Role.DIRECTOR)
    row = Person.objects.in_network(by).filter(pk=person).first()
    if row is None:
        raise NotSeen
    if row.program:
        raise Refused("nobody", say("A service account is nobody: there is nothing to erase."), say("End it; that is enough."))
    if row.left is None:
        raise Refused("still_here", say("Only somebody who has left can be erased."), say("Record first that they leave."))
    changed = asking.erase(person, by, now)
    mark_erased("person", person, by=by, now=now)
    record(
        events.PersonErased(subject=person, happened=now, day=day_of(now, "UTC"), person=person),
        by=by,
        now=now,
    )
    return changed


def forget_login(person: UUID, *, by: Actor, now: datetime) -> None:
    """Access, sessions and invitations of an erased person are gone, and the login too where it opens nothing else."""
    Invitation.objects.filter(network=by.network, person=person).delete()
    for access in Access.objects.filter(network=by.network, person=person).select_related("login"):
        login = access.login
        access.delete()
        if login is None:
            continue
        end_sessions(login, now=now)
        if not login.accesses.exists():
            login.delete()
