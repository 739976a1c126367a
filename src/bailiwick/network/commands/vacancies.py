"""No unit without somebody who answers for it: where nobody is appointed, the nearest manager above acts."""

from datetime import datetime
from uuid import UUID

from bailiwick.kit import Actor, Role
from bailiwick.network.commands.people import appoint
from bailiwick.network.models import Membership, Unit
from bailiwick.network.rules import acting_manager

NOBODY = UUID(int=0)


def act_for_vacant(*, by: Actor, now: datetime) -> int:
    """Each unit of the firm that nobody manages has the nearest manager above as acting one; returns how many were filled.

    Where nobody above is one either it stays vacant. A partner's unit is left to the partner.
    """
    units = {unit.pk: unit for unit in Unit.objects.in_network(by).filter(archived=None)}
    parents = {pk: unit.parent_id for pk, unit in units.items()}
    open_ones = Membership.objects.in_network(by).filter(role=Role.MANAGER, until=None)
    managers = dict(open_ones.values_list("unit_id", "person_id"))
    vacant = [unit for unit in units.values() if unit.pk not in managers and unit.kind != Unit.Kind.PARTNER]
    found = [(unit, acting_manager(unit.pk, parents, managers, NOBODY)) for unit in vacant]
    filled = [(unit, person) for unit, person in found if person]
    for unit, person in filled:
        appoint(unit=unit.pk, person=person, by=by, now=now, acting=True)
    return len(filled)
