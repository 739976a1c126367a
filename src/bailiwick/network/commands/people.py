"""People join, take roles, manage, and are given sights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from bailiwick.kit import Actor, NotAllowed, NotSeen, Refused, Role, day_of, say
from bailiwick.ledger.commands import record
from bailiwick.ledger.models import Entry
from bailiwick.network import events
from bailiwick.network.models import Membership, Organization, Person, Sight, Unit
from bailiwick.network.rules import belongs, fits, may_staff, suits
from bailiwick.tenancy.turns import take_turns


@dataclass(frozen=True, kw_only=True)
class NewMember:
    """A person taking a role in a unit."""

    person: UUID
    unit: UUID
    role: Role
    since: datetime | None = None


def add_people(
    people: Sequence[Mapping[str, str]], *, organization: UUID, unit: UUID, by: Actor, now: datetime, source: str = ""
) -> list[Person]:
    """People stand in the network without a login; each mapping has `name` and may have `email`, `phone`, `source_id`.

    By whoever staffs `unit`, for its own organization or its client; the director enters people of any. Refuses an e-mail
    address that another person of the organization has; of other organizations it tells nothing.
    """
    may_staff(by, unit, organization)
    place = _unit(unit, by)
    if not by.scope.everything and organization not in (place.organization_id, place.client_id):
        raise NotAllowed(say("Only the director enters people of other organizations."), say("Ask the director."))
    zone = place.zone
    rows = [
        Person(
            network_id=by.network,
            organization_id=organization,
            name=person["name"],
            email=person.get("email", ""),
            phone=person.get("phone", ""),
            source=source,
            source_id=person.get("source_id", ""),
        )
        for person in people
    ]
    try:
        with transaction.atomic():
            Person.objects.in_network(by).bulk_create(rows)
    except IntegrityError:
        raise Refused("email_taken", say("Somebody of this organization has that e-mail address already.")) from None
    record(
        *(
            events.PersonJoined(
                subject=row.pk, happened=now, day=day_of(now, zone), unit=unit, person=row.pk, organization=organization
            )
            for row in rows
        ),
        by=by,
        now=now,
    )
    return rows


def add_members(new: Sequence[NewMember], *, by: Actor, now: datetime) -> list[Membership]:
    """People have roles in units from now (or `since`); a manager is appointed with `appoint` instead.

    The people are in sight or in no unit yet, and of the organization that the role needs (`rules.belongs`).
    """
    take_turns("network.staffing", by.network)  # or somebody who leaves at this instant would have a role
    units = {unit.pk: unit for unit in Unit.objects.in_network(by).filter(pk__in={member.unit for member in new})}
    people = present(by).filter(Q(pk__in={member.person for member in new}))
    there = {pk: (firm, program) for pk, firm, program in people.values_list("pk", "organization", "program")}
    rows, happened = [], []
    for member in new:
        unit = units.get(member.unit)
        if unit is None or member.person not in there:
            raise NotSeen
        firm, program = there[member.person]
        may_staff(by, unit.pk, unit.organization_id, member.role)
        fits(member.role, unit.kind)
        suits(member.role, program=program)
        belongs(member.role, person=firm, unit=unit.organization_id, client=unit.client_id)
        since = member.since or now
        rows.append(Membership(network_id=by.network, person_id=member.person, unit=unit, role=member.role, since=since))
        happened.append(
            events.MembershipBegan(
                subject=member.person,
                happened=since,
                day=day_of(since, unit.zone),
                unit=unit.pk,
                person=member.person,
                organization=unit.organization_id,
                role=member.role,
                in_unit=unit.pk,
            )
        )
    try:
        with transaction.atomic():
            Membership.objects.in_network(by).bulk_create(rows)
    except IntegrityError:
        raise Refused("has_role_already", say("They have this role in this unit already.")) from None
    record(*happened, by=by, now=now)
    return rows


def appoint(
    *,
    unit: UUID,
    person: UUID,
    by: Actor,
    now: datetime,
    acting: bool = False,
    since: datetime | None = None,
    instead_of: UUID | None = None,
) -> None:
    """`person` is the one accountable manager of `unit` from now on; whoever was it is not any more.

    Two simultaneous appointments leave exactly one: the row of the unit is taken first, the database holds the rest.
    `instead_of` names the manager whom the actor saw: if it is somebody else by now, nothing happens.
    """
    take_turns("network.staffing", by.network)  # or somebody who leaves at this instant would manage it
    place = Unit.objects.in_network(by).select_for_update().filter(pk=unit).first()
    if place is None:
        raise NotSeen
    may_staff(by, place.parent_id or place.pk, place.organization_id)
    chosen = present(by).filter(pk=person).select_related("organization").first()
    if chosen is None:
        raise NotSeen
    suits(Role.MANAGER, program=chosen.program)
    if chosen.organization.kind == Organization.Kind.CLIENT:
        raise Refused("client_manages_nothing", say("People of a client manage no unit."), say("Choose somebody who works here."))
    begins = since or now
    manager = Membership.objects.in_network(by).filter(unit=unit, role=Role.MANAGER, until=None).first()
    if manager is not None and manager.person_id == person and manager.acting == acting:
        raise Refused("is_manager_already", say("They manage this unit already."))
    overtaken = instead_of is not None and (manager is None or manager.person_id != instead_of)
    if overtaken or (manager is not None and manager.since > begins):
        raise Refused("appointed_meanwhile", say("Somebody else was appointed meanwhile."), say("Look at the unit again."))
    if manager is not None:
        manager.until = begins
        manager.save(update_fields=["until"])
    Membership.objects.in_network(by).create(
        network_id=by.network, person_id=person, unit=place, role=Role.MANAGER, acting=acting, since=begins
    )
    record(
        events.ManagerAppointed(
            subject=unit,
            happened=begins,
            day=day_of(begins, place.zone),
            unit=unit,
            person=person,
            organization=place.organization_id,
            about=(person,),
            manager=person,
            acting=acting,
        ),
        by=by,
        now=now,
    )


def end_membership(membership: UUID, *, by: Actor, now: datetime) -> None:
    """The role ends now. A manager's ends by appointing another, so that no unit is without one."""
    take_turns("network.staffing", by.network)  # or the last two directors would each end the other
    seen = Membership.objects.in_network(by) if by.system else Membership.objects.seen_by(by.scope)
    row = seen.select_for_update(of=("self",)).select_related("unit").filter(pk=membership).first()
    if row is None or row.until is not None:
        raise NotSeen
    may_staff(by, row.unit_id, row.unit.organization_id, Role(row.role))
    if row.role == Role.MANAGER:
        raise Refused("unit_needs_manager", say("A unit always has one manager."), say("Appoint the next one instead."))
    if row.role == Role.DIRECTOR:
        _another_directs(row, by)
    row.until = now
    row.save(update_fields=["until"])
    record(ended(row, now), by=by, now=now)


def _another_directs(row: Membership, by: Actor) -> None:
    directors = Membership.objects.in_network(by).filter(role=Role.DIRECTOR, until=None, person__left=None)
    directors = directors.filter(person__program=False)
    if not directors.exclude(pk=row.pk).exists():
        raise Refused("last_director", say("A network always has a director."), say("Make somebody else director first."))


def ended(row: Membership, now: datetime) -> events.MembershipEnded:
    """The event of a membership's end."""
    return events.MembershipEnded(
        subject=row.person_id,
        happened=now,
        day=day_of(now, row.unit.zone),
        unit=row.unit_id,
        person=row.person_id,
        organization=row.unit.organization_id,
        role=row.role,
        in_unit=row.unit_id,
    )


def grant_sight(
    *,
    viewer: UUID,
    purpose: str,
    source: str,
    by: Actor,
    now: datetime,
    unit: UUID | None = None,
    person: UUID | None = None,
    organization: UUID | None = None,
    until: datetime | None = None,
) -> Sight:
    """`viewer` may see rows of exactly one unit, person or organization, dated and with its purpose; director only."""
    may_staff(by, unit or by.network, organization or by.network, Role.DIRECTOR)
    if sum(what is not None for what in (unit, person, organization)) != 1:
        raise Refused("one_subject", say("A sight is of one unit, one person or one organization."))
    sight = Sight.objects.in_network(by).create(
        network_id=by.network,
        viewer_id=viewer,
        unit_id=unit,
        person_id=person,
        organization_id=organization,
        purpose=purpose,
        source=source,
        since=now,
        until=until,
    )
    record(
        events.SightGranted(
            subject=viewer,
            happened=now,
            day=now.date(),
            unit=unit,
            person=person or viewer,
            organization=organization,
            sight=sight.pk,
            source=source,
        ),
        by=by,
        now=now,
    )
    return sight


def withdraw_sight(sight: UUID, *, by: Actor, now: datetime) -> None:
    """The sight ends now, once; rows seen until then stay in the access records."""
    may_staff(by, by.network, by.network, Role.DIRECTOR)
    row = Sight.objects.in_network(by).select_for_update(of=("self",)).filter(pk=sight).first()
    told = Entry.objects.in_network(by).filter(kind=events.SightWithdrawn.KIND, facts__sight=str(sight))
    if row is None or (row.until and row.until <= now) or told.filter(subject=row.viewer_id).exists():
        raise NotSeen
    row.until = now
    row.save(update_fields=["until"])
    record(
        events.SightWithdrawn(
            subject=row.viewer_id,
            happened=now,
            day=now.date(),
            unit=row.unit_id,
            person=row.person_id or row.viewer_id,
            organization=row.organization_id,
            sight=sight,
            source=row.source,
        ),
        by=by,
        now=now,
    )


def present(by: Actor) -> QuerySet[Person]:
    """Whom the actor may give something to: people who have not left, in sight, or of their units' firms and in no unit yet."""
    people = Person.objects.in_network(by).filter(left=None, erased=None)
    if by.system or by.scope.everything:
        return people
    led = Unit.objects.in_network(by).filter(pk__in=by.scope.edits)
    theirs = Q(organization__in=led.values("organization")) | Q(organization__in=led.values("client"))
    return people.filter(Person.sight(by.scope) | (Q(memberships=None) & theirs)).distinct()


def _unit(unit: UUID, by: Actor) -> Unit:
    found = Unit.objects.in_network(by).filter(pk=unit).first()
    if found is None:
        raise NotSeen
    return found
