"""Targets are set, restated and withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from bailiwick.kit import Actor, Invalid, NotAllowed, NotSeen, Problem, Refused, Role, Stale, day_of, say
from bailiwick.kit.scope import SELLING
from bailiwick.ledger.commands import record
from bailiwick.measures import MEASURES, Shape, Unit, measure_of
from bailiwick.network.models import Membership, Person
from bailiwick.network.models import Unit as Place
from bailiwick.performance import events
from bailiwick.performance.models import Target
from bailiwick.performance.rules.periods import Period

FINEST = Decimal("0.0001")
MONEY = [name for name, measure in MEASURES.items() if measure.unit is Unit.MONEY]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTarget:
    """So much of `measure` in `period` for `person` in `unit`, or for the unit with everything below it.

    `amount` in what the measure is counted in (a share as a share, 0.25); `version` of the target seen, 0 where there was none.
    """

    measure: str
    unit: UUID
    period: Period
    amount: Decimal
    person: UUID | None = None
    currency: str = ""
    version: int = 0


def set_targets(new: Sequence[NewTarget], *, by: Actor, now: datetime) -> list[Target]:
    """Each target holds from now on; one that was there is restated, and the event says what it was.

    The director sets every target; a manager those of people and units below, never that of the unit they answer for; a
    partner's admin those of the own people. Refused: what is no measure with a target, and a target that somebody else
    restated meanwhile (`Stale`). One event each.
    """
    return [_set(one, by, now) for one in new]


def _set(one: NewTarget, by: Actor, now: datetime) -> Target:
    measure = measure_of(one.measure)
    if measure.shape is Shape.TARGET:
        raise Invalid([Problem("measure", say("A target cannot be set for attainment: it follows from the other targets."))])
    one = replace(one, amount=one.amount.quantize(FINEST), currency=one.currency if measure.unit is Unit.MONEY else "")
    if one.amount <= 0:
        raise Invalid([Problem("amount", say("A target is above zero."))])
    place = Place.objects.seen_by(by.scope).filter(pk=one.unit, archived=None).first()
    if place is None:
        raise NotSeen
    if one.person:
        _sells_there(one.person, place, by)
    _may_set(place, one.person, by)
    row = _there(one, place, by)
    was = row.amount if row else None
    if row is None and one.version:
        raise Refused("withdrawn", say("This target was withdrawn meanwhile."), say("Set it anew if it is to hold."))
    if row is None:
        row = Target(network_id=by.network, unit=place, person_id=one.person, created=now, version=0)
    elif was == one.amount:
        return row
    elif row.version != one.version:
        raise Stale({"amount": row.amount}, row.version)
    row.measure, row.since, row.until = measure.name, one.period.since, one.period.until
    row.amount, row.currency, row.organization_id = one.amount, one.currency, place.organization_id
    row.version += 1
    row.save()
    record(events.TargetSet(**_told(row, now), was=was), by=by, now=now)
    return row


def _sells_there(person: UUID, place: Place, by: Actor) -> None:
    if not Person.objects.seen_by(by.scope).filter(pk=person, left=None).exists():
        raise NotSeen
    seats = Membership.objects.in_network(by).filter(
        person=person, unit=place, until=None, role__in=SELLING, person__program=False
    )
    if not seats.exists():
        raise Refused("sells_elsewhere", say("This person does not sell in this unit."), say("Choose the unit they sell in."))


def _there(one: NewTarget, place: Place, by: Actor) -> Target | None:
    """The target that holds; whoever sets one of the same unit meanwhile waits."""
    Place.objects.in_network(by).select_for_update(of=("self",)).get(pk=place.pk)
    rows = Target.objects.in_network(by).select_for_update(of=("self",)).select_related("unit")
    period = {"since": one.period.since, "until": one.period.until}
    return rows.filter(
        measure=one.measure, unit=place, person=one.person, withdrawn=None, currency=one.currency, **period
    ).first()


def withdraw_target(target: UUID, *, version: int, by: Actor, now: datetime) -> None:
    """The target no longer holds; what it was stays in the ledger. Whoever may set it may; a stale version is refused."""
    row = Target.objects.seen_by(by.scope).filter(pk=target, withdrawn=None).select_related("unit").first()
    if row is None:
        raise NotSeen
    _may_set(row.unit, row.person_id, by)
    if (
        not Target.objects.in_network(by)
        .filter(pk=target, version=version, withdrawn=None)
        .update(withdrawn=now, version=version + 1)
    ):
        raise Stale({"amount": row.amount}, row.version)
    record(events.TargetWithdrawn(**_told(row, now)), by=by, now=now)


def state_currency(currency: str, *, by: Actor) -> int:
    """Targets in money that named no currency are in `currency`; their number. One that is there in it already stays alone."""
    rows = Target.objects.in_network(by).filter(measure__in=MONEY, withdrawn=None)
    taken = {_holder(row) for row in rows.filter(currency=currency)}
    free = [row.pk for row in rows.filter(currency="") if _holder(row) not in taken]
    return rows.filter(pk__in=free).update(currency=currency)


def _holder(row: Target) -> tuple[object, ...]:
    return row.measure, row.unit_id, row.person_id, row.since, row.until


def may_set(place: Place, person: UUID | None, by: Actor) -> bool:
    """Whether the actor sets targets of this unit, or of this person in it."""
    scope = by.scope
    if by.system or Role.DIRECTOR in scope.roles:
        return True
    if person == by.person:
        return False
    if scope.runs(place.organization_id):
        return person is not None
    if place.pk not in scope.edits:
        return False
    answers_for = Membership.objects.in_network(by).filter(person=by.person, unit=place, role=Role.MANAGER, until=None)
    return person is not None or not answers_for.exists()


def from_above() -> NotAllowed:
    """The refusal of whoever may not set a target."""
    return NotAllowed(
        say("A target is set from above, never by whoever it is for."), say("Ask the manager above, or the director.")
    )


def _may_set(place: Place, person: UUID | None, by: Actor) -> None:
    if not may_set(place, person, by):
        raise from_above()


def _told(row: Target, now: datetime) -> dict[str, Any]:
    return {
        "subject": row.pk,
        "happened": now,
        "day": day_of(now, row.unit.zone),
        "unit": row.unit_id,
        "person": row.person_id,
        "organization": row.organization_id,
        "measure": row.measure,
        "since": row.since,
        "until": row.until,
        "amount": row.amount,
        "currency": row.currency,
    }
