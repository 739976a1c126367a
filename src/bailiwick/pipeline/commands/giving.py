"""Deals go from one seller to another, because somebody who may decide it gives them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from bailiwick.kit import Actor, Refused, say
from bailiwick.ledger.commands import record
from bailiwick.network.models import Person
from bailiwick.network.queries import receivers
from bailiwick.pipeline import events
from bailiwick.pipeline.commands.sides import about, open_ones, ours_to_change, sided
from bailiwick.pipeline.models import Opportunity
from bailiwick.tenancy.changing import change_many
from bailiwick.territories.answers import sides_of
from bailiwick.territories.commands import Whose, tie


def give_many(which: Sequence[UUID], *, to: UUID, by: Actor, now: datetime) -> dict[UUID, Opportunity]:
    """Each open deal is the receiver's, in the unit where they sell; what was done with it stays with its author.

    By whoever may work on the deal; refuses a receiver who does not sell, has left or is out of the actor's sight.
    """
    # Held until the end: or somebody who leaves at this instant would be left with them.
    list(Person.objects.in_network(by).filter(pk=to).select_for_update(no_key=True).values_list("pk"))
    if to not in {member.person for member in receivers(by, by.network)}:
        raise Refused("no_receiver", say("Nobody in your sight who sells is called that."), say("Choose one of those offered."))
    rows = open_ones(((by, one) for one in which), by)
    ours_to_change([(row.source, ("owner",)) for row in rows.values()], by)
    side = sides_of({to}, by)[to]
    givers = {row.pk: row.person_id for row in rows.values()}
    for row in rows.values():
        row.unit_id, row.person_id, row.organization_id = side.unit, to, side.organization
        row.version += 1
    change_many(rows.values(), ["unit", "person", "organization", "version"], by=by)
    handed(givers, side, by, now)
    return rows


def handed(givers: Mapping[UUID, UUID], side: Whose, by: Actor, now: datetime) -> None:
    """The receiver has to do with the companies of these deals from now on, and the ledger knows who gave them."""
    rows = list(Opportunity.objects.in_network(by).filter(pk__in=givers))
    tie([row.account_id for row in rows if row.account_id], whose=side, by=by)
    record(
        *(
            events.OpportunityHandedOver(
                subject=row.pk,
                about=about(row),
                giver=givers[row.pk],
                receiver=side.person or by.person,
                **sided(side, now),
            )
            for row in rows
        ),
        by=by,
        now=now,
    )
