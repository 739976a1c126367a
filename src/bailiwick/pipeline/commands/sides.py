"""On whose side a new row stands, and whether an actor may work on an old one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from bailiwick.kit import Actor, NotAllowed, NotSeen, Refused, day_of, say
from bailiwick.ledger.masters import refuse_kept_elsewhere
from bailiwick.pipeline.fields import OPPORTUNITY
from bailiwick.pipeline.models import Activity, Lead, Opportunity, Promise
from bailiwick.tenancy.walls import InNetwork
from bailiwick.territories.commands import Whose

R = TypeVar("R", Opportunity, Activity, Promise, Lead)


@dataclass(frozen=True, slots=True)
class Hand:
    """Who does one of many acts, when, and on whose side a new row stands."""

    by: Actor
    now: datetime
    whose: Whose


def own_side(by: Actor) -> Whose:
    """The actor's own: unit in which they sell, organization of that unit. Refuses whoever works on no deals."""
    home = by.scope.home
    if home is None or not by.scope.sells:
        raise NotAllowed(say("You have no unit in which you sell."), say("Ask the director for a role in a unit."))
    return Whose(unit=home.unit, person=by.person, organization=home.organization, zone=home.zone)


def side_of(row: Opportunity | Activity | Promise | Lead) -> Whose:
    """The side on which a stored row stands; `unit` must be loaded."""
    return Whose(unit=row.unit_id, person=row.person_id, organization=row.organization_id, zone=row.unit.zone)


def editable(rows: QuerySet[R], which: UUID, by: Actor) -> R:
    """The row, locked until the end of the act, if the actor sees and may work on it."""
    row = rows.filter(pk=which).select_related("unit").select_for_update(of=("self",)).first()
    if row is None:
        raise NotSeen
    _may_edit(row, by)
    return row


def _may_edit(row: Opportunity | Activity | Promise | Lead, by: Actor) -> None:
    if not (by.system or by.scope.may_edit(unit=row.unit_id, person=row.person_id, organization=row.organization_id)):
        raise NotAllowed(say("You see this, but somebody else works on it."), say("Ask its owner, or the manager of the unit."))


def open_ones(asked: Iterable[tuple[Actor, UUID]], by: InNetwork) -> dict[UUID, Opportunity]:
    """The opportunities, locked, if everyone may work on those that they ask for and none is decided."""
    rows = worked_on(asked, by)
    if any(row.outcome != Opportunity.Outcome.OPEN for row in rows.values()):
        raise Refused("decided", say("This is decided already."), say("Reopen it first."))
    return rows


KEPT = {field.short: field.label for field in OPPORTUNITY}
KEPT |= {"account": say("Company"), "stage": say("Step"), "lines": say("Lines"), "owner": say("Who works on it")}


def ours_to_change(changes: Iterable[tuple[str, Iterable[str]]], by: InNetwork) -> None:
    """Raises where a field of a deal would change that is kept in the source of the deal: pairs of source and fields."""
    refuse_kept_elsewhere("opportunity", changes, KEPT, by)


def worked_on(asked: Iterable[tuple[Actor, UUID]], by: InNetwork) -> dict[UUID, Opportunity]:
    """The opportunities, locked, if everyone may work on those that they ask for."""
    wanted = list(asked)
    # Many rows share a few units: fetched beside them, not once for each row.
    found = Opportunity.objects.in_network(by).filter(pk__in={which for _, which in wanted}).prefetch_related("unit")
    actors = {id(actor): actor for actor, _ in wanted}
    if len(actors) == 1:  # what somebody does not see they neither lock nor wait for: no clock tells it from what is not there
        found = found.filter(*(Opportunity.sight(actor.scope) for actor in actors.values()))
    rows = {row.pk: row for row in found.select_for_update(of=("self",)).order_by("pk")}
    for actor, which in wanted:
        row = rows.get(which)
        if row is None:
            raise NotSeen
        judge(row, actor)
    return rows


def judge(row: Opportunity | Activity | Promise | Lead, by: Actor) -> None:
    """Raises where the actor does not see the row by its own columns, or may not work on it."""
    if not by.scope.sees(unit=row.unit_id, person=row.person_id, organization=row.organization_id):
        raise NotSeen
    _may_edit(row, by)


def columns(whose: Whose) -> dict[str, Any]:
    """The three columns of sight of a new row."""
    return {"unit_id": whose.unit, "person_id": whose.person, "organization_id": whose.organization}


def sided(whose: Whose, happened: datetime, day: date | None = None) -> dict[str, Any]:
    """The common columns of an event on this side; `day` where the day of the act differs from that of the instant."""
    return {
        "happened": happened,
        "day": day or day_of(happened, whose.zone),
        "unit": whose.unit,
        "person": whose.person,
        "organization": whose.organization,
    }


def instant(day: date | None, whose: Whose, now: datetime) -> datetime:
    """When it was: now, if it was today; noon on this side, if only another day is known."""
    if day is None or day == today(whose, now):
        return now
    return datetime.combine(day, time(12), ZoneInfo(whose.zone))


def today(whose: Whose, now: datetime) -> date:
    """The local day on this side."""
    return day_of(now, whose.zone)


def about(row: Opportunity) -> tuple[UUID, ...]:
    """On whose timeline besides its own an event of the deal stands."""
    return (row.account_id,) if row.account_id else ()
