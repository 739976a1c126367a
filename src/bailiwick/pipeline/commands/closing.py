"""Won, lost, withdrawn; and the way back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from bailiwick.kit import Actor, Event, Refused, say
from bailiwick.ledger.commands import record, record_many
from bailiwick.pipeline import events
from bailiwick.pipeline.commands.opening import stay
from bailiwick.pipeline.commands.sides import about, editable, instant, open_ones, ours_to_change, side_of, sided, today
from bailiwick.pipeline.commands.stepping import sold_of
from bailiwick.pipeline.models import Line, Opportunity, Stage
from bailiwick.pipeline.rules.amounts import discount, margin
from bailiwick.tenancy.changing import change_many
from bailiwick.tenancy.walls import InNetwork
from bailiwick.territories.commands import Whose


@dataclass(frozen=True, slots=True)
class Decided:
    """An opportunity is won, lost or withdrawn, on `day` or the day of the act."""

    by: Actor
    now: datetime
    which: UUID
    outcome: str
    reason: str = ""
    day: date | None = None


def win(which: UUID, *, by: Actor, now: datetime, day: date | None = None) -> Opportunity:
    """The customer bought, on `day` (today unless said): value, discount and margin of the whole deal are in the event."""
    return decide_many([Decided(by, now, which, Opportunity.Outcome.WON, "", day)], by=by)[which]


def lose(which: UUID, *, reason: str, by: Actor, now: datetime, day: date | None = None) -> Opportunity:
    """The customer did not buy; the reason stays with the opportunity and can be erased, the event holds none."""
    return decide_many([Decided(by, now, which, Opportunity.Outcome.LOST, reason, day)], by=by)[which]


def withdraw(which: UUID, *, reason: str, by: Actor, now: datetime, day: date | None = None) -> Opportunity:
    """We stopped trying: counts as lost."""
    return decide_many([Decided(by, now, which, Opportunity.Outcome.WITHDRAWN, reason, day)], by=by)[which]


def decide_many(decided: Sequence[Decided], *, by: InNetwork) -> dict[UUID, Opportunity]:
    """Each opportunity is decided, its last stay ends that day; one event each. Refuses a day to come."""
    rows = open_ones(((one.by, one.which) for one in decided), by)
    ours_to_change([(row.source, ("stage",)) for row in rows.values()], by)
    stays = {stay.opportunity_id: stay for stay in Stage.objects.in_network(by).filter(opportunity__in=rows, open=True)}
    for one in decided:
        row = rows[one.which]
        today_here = today(side_of(row), one.now)
        day = one.day or today_here
        if day > today_here:
            raise Refused("decided_in_future", say("What has not happened yet is not decided: %(day)s is to come.", day=day))
        row.outcome, row.decided, row.reason, row.stale_on_arrival = one.outcome, day, one.reason, False
        row.version += 1
        stays[row.pk].open, stays[row.pk].left = False, day
    change_many(rows.values(), ["outcome", "decided", "reason", "stale_on_arrival", "version"], by=by)
    change_many(stays.values(), ["open", "left"], by=by)
    lines: dict[UUID, list[Line]] = {}
    for line in Line.objects.in_network(by).filter(opportunity__in=rows).select_related("price_version"):
        lines.setdefault(line.opportunity_id, []).append(line)
    record_many(
        [(outcome(row := rows[one.which], lines.get(one.which, []), one.now, side_of(row)), one.by, one.now) for one in decided],
        by=by,
    )
    return rows


def outcome(row: Opportunity, lines: Sequence[Line], now: datetime, whose: Whose) -> Event:
    """What a decided opportunity tells the ledger: its value and, where it is won, discount and margin of the whole deal."""
    facts: dict[str, Any] = {"subject": row.pk, "about": about(row), "value": row.value, "currency": row.currency}
    facts |= sided(whose, instant(row.decided, whose, now), row.decided)
    if row.outcome == Opportunity.Outcome.WON:
        sold = sold_of(lines)
        derived = discount(sold)
        return events.OpportunityWon(
            discount=row.stated_discount if derived is None else derived,
            margin=margin(sold) if sold else row.stated_margin,
            **facts,
        )
    kind = events.OpportunityLost if row.outcome == Opportunity.Outcome.LOST else events.OpportunityWithdrawn
    return kind(**facts)


def reopen(which: UUID, *, by: Actor, now: datetime) -> Opportunity:
    """A decision recorded by mistake, or a customer who came back: open again in its step, the history stays."""
    row = editable(Opportunity.objects.seen_by(by.scope), which, by)
    if row.outcome == Opportunity.Outcome.OPEN:
        raise Refused("open_already", say("This is open already."))
    ours_to_change([(row.source, ("stage",))], by)
    was, whose = row.outcome, side_of(row)
    row.outcome, row.decided, row.reason = Opportunity.Outcome.OPEN, None, ""
    row.version += 1
    row.save(update_fields=["outcome", "decided", "reason", "version"])
    stay(row, row.step_id, today(whose, now), now, whose).save(force_insert=True)
    record(events.OpportunityReopened(subject=row.pk, about=about(row), was=was, **sided(whose, now)), by=by, now=now)
    return row
