"""Targets are read, set, restated and withdrawn."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from bailiwick.api.asked import Asked, Told
from bailiwick.api.door import endpoint
from bailiwick.api.schemas import Cursor, Id, Limit, Seen, Taken, Versioned, built
from bailiwick.api.shapes.measures import TargetShown
from bailiwick.api.shapes.plain import Page
from bailiwick.kit.scope import DEALING
from bailiwick.performance import queries
from bailiwick.performance.commands import NewTarget, set_targets, withdraw_target
from bailiwick.performance.fields import AMOUNT, TARGET
from bailiwick.performance.models import Target
from bailiwick.performance.rules.periods import Period, read_period
from bailiwick.tenancy.paging import SIZE, page


class TargetOf(Taken):
    """Whose, and of what."""

    measure: str = Field(max_length=60, pattern="^[a-z_]+$", description="One of `/measures`.")
    unit: Annotated[Id, Field(description="The unit, or the one in which the person sells.")]
    person: Id | None = Field(default=None, description="The person; left out: the unit with everything below it.")
    currency: str = Field(
        default="", max_length=3, pattern="^([A-Z]{3})?$", description="Of money; the network's own if left out."
    )


TargetNew = built("TargetNew", TARGET, TargetOf)
TargetRestated = built("TargetRestated", (AMOUNT,), Versioned)


@endpoint("GET", "/targets", name="targets", roles=DEALING, gives=Page[TargetShown])
def targets(asked: Asked, limit: Limit = SIZE, cursor: Cursor = "") -> Told:
    """Targets in sight that hold, the newest first, each with how it stands."""
    found = page(queries.targets(asked.viewer), key="id", cursor=cursor, size=limit, falling=True)
    stand = queries.standings(asked.viewer, found.rows, as_of=queries.today_of(asked.network, asked.today))
    shown = [TargetShown.of(one) for one in stand]
    looked = {row.person_id for row in found.rows if row.person_id}
    return Told(Page[TargetShown](items=shown, next=found.next), looked)


def _shown(row: Target, asked: Asked) -> TargetShown:
    day = queries.today_of(asked.network, asked.today)
    return TargetShown.of(queries.standings(asked.viewer, [row], as_of=day)[0])


@endpoint("POST", "/targets", name="target_new", roles=DEALING, takes=TargetNew, gives=TargetShown, status=201)
def target_new(asked: Asked, given: TargetOf) -> Told:
    """Set a target; one that is there for this holder and period is restated through its own address."""
    values = given.values()
    period: Period = read_period(values["period"])
    new = NewTarget(
        measure=given.measure,
        unit=given.unit,
        person=given.person,
        period=period,
        amount=values["amount"],
        currency=given.currency or asked.network.currency,
    )
    row = set_targets([new], by=asked.actor, now=asked.now)[0]
    return Told(_shown(queries.target(asked.viewer, row.pk), asked))


@endpoint("PATCH", "/targets/{uuid:target}", name="target_restate", roles=DEALING, takes=TargetRestated, gives=TargetShown)
def target_restate(asked: Asked, target: Id, given: Versioned) -> Told:
    """State another amount."""
    row = queries.target(asked.viewer, target)
    amount: Decimal = given.values()["amount"]
    new = NewTarget(
        measure=row.measure,
        unit=row.unit_id,
        person=row.person_id,
        period=Period(row.since, row.until, ""),
        amount=amount,
        currency=row.currency,
        version=given.version,
    )
    set_targets([new], by=asked.actor, now=asked.now)
    return Told(_shown(queries.target(asked.viewer, row.pk), asked))


@endpoint("DELETE", "/targets/{uuid:target}", name="target_withdraw", roles=DEALING)
def target_withdraw(asked: Asked, target: Id, version: Seen) -> Told:
    """It no longer holds."""
    withdraw_target(target, version=version, by=asked.actor, now=asked.now)
    return Told()
