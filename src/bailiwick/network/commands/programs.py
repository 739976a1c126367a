"""Programs that work here (on pages: service accounts): made, given tokens, answered for. They end like everybody, by `leave`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from bailiwick.kit import Actor, NotSeen, Refused, Role, day_of, say
from bailiwick.ledger.commands import record
from bailiwick.network import events
from bailiwick.network.commands.access import new_token
from bailiwick.network.commands.people import NewMember, add_members, add_people, present
from bailiwick.network.models import Access, ApiToken, Person, Unit
from bailiwick.network.queries import places_of, program_staffed
from bailiwick.network.rules import may_staff, suits

SCOPES = frozenset({"read", "write"})


def add_program(*, name: str, purpose: str, unit: UUID, role: Role, answerable: UUID, by: Actor, now: datetime) -> Person:
    """A program works in `unit` with `role` from now on, and `answerable`, a person of its organization, answers for it.

    By whoever staffs the unit. Refuses a role that only people have, and somebody of another organization.
    """
    place = Unit.objects.in_network(by).filter(pk=unit, archived=None).first()
    if place is None:
        raise NotSeen
    may_staff(by, unit, place.organization_id, role)
    suits(role, program=True)
    there = present(by).filter(pk=answerable, program=False).first()
    if there is None:
        raise NotSeen
    if there.organization_id != place.organization_id:
        raise of_another()
    row = add_people([{"name": name}], organization=place.organization_id, unit=unit, by=by, now=now)[0]
    row.program, row.purpose, row.answerable = True, purpose, there
    row.save(update_fields=["program", "purpose", "answerable"])
    add_members([NewMember(person=row.pk, unit=unit, role=role)], by=by, now=now)
    record(events.ProgramEntrusted(answerable=there.pk, about=(there.pk,), **_of(row, place, now)), by=by, now=now)
    return row


def give_program_token(
    program: UUID, *, label: str, scope: str, by: Actor, now: datetime, until: datetime | None = None
) -> tuple[ApiToken, str]:
    """A token with which the program reads, or writes as well. Its text is shown this once.

    By whoever staffs each unit of the program.
    """
    row = program_staffed(by, program)
    if scope not in SCOPES:
        raise Refused("no_dates", say("A service account has no dates to show."), say("Choose read, or read and write."))
    access, _ = Access.objects.get_or_create(network_id=by.network, person=row.pk, login=None)
    token, text = new_token(access, label=label, scope=scope, now=now, until=until)
    place = places_of([row.pk], by)[row.pk]
    record(events.TokenGiven(token=token.pk, writes=scope == "write", **_of(row, place, now)), by=by, now=now)
    return token, text


def revoke_program_token(program: UUID, token: UUID, *, by: Actor, now: datetime) -> None:
    """The token opens nothing from now on. By whoever staffs each unit of the program."""
    row = program_staffed(by, program)
    if not ApiToken.objects.filter(pk=token, access__network=by.network, access__person=row.pk).update(until=now):
        raise NotSeen
    record(events.TokenRevoked(token=token, **_of(row, places_of([row.pk], by)[row.pk], now)), by=by, now=now)


def entrust(programs: Mapping[UUID, UUID], *, by: Actor, now: datetime) -> int:
    """The person named for each program answers for it from now on; the number of programs. For `hand_over`.

    Refuses somebody of another organization, unless they are of the firm, which is over all of them.
    """
    rows = Person.objects.in_network(by).filter(pk__in=programs, program=True, left=None)
    people = {
        one.pk: one for one in Person.objects.in_network(by).filter(pk__in=programs.values()).select_related("organization")
    }
    places = places_of(programs.keys(), by)
    for row in rows:
        chosen = people[programs[row.pk]]
        if chosen.organization_id != row.organization_id and chosen.organization.kind != "firm":
            raise of_another()
        row.answerable = chosen
        row.save(update_fields=["answerable"])
        record(events.ProgramEntrusted(answerable=chosen.pk, about=(chosen.pk,), **_of(row, places[row.pk], now)), by=by, now=now)
    return len(rows)


def of_another() -> Refused:
    """What is refused to whoever names somebody of another organization."""
    return Refused(
        "answers_elsewhere",
        say("Somebody of another organization cannot answer for this service account."),
        say("Choose somebody of its own organization."),
    )


def _of(row: Person, place: Unit, now: datetime) -> dict[str, Any]:
    """The common columns of an event about a program."""
    return {
        "subject": row.pk,
        "happened": now,
        "day": day_of(now, place.zone),
        "unit": place.pk,
        "person": row.pk,
        "organization": row.organization_id,
    }
