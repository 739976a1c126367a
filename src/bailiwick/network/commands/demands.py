"""What a network asks of whoever signs in to it."""

from datetime import datetime

from bailiwick.kit import Actor, Event, NotAllowed, Role, day_of, say
from bailiwick.ledger.commands import record
from bailiwick.network import events
from bailiwick.network.models import Unit
from bailiwick.network.rules import in_person
from bailiwick.tenancy.models import Network


def demand_factor(since: datetime | None, *, by: Actor, now: datetime) -> None:
    """From `since` on whoever signs in to the network has a second factor; None: nobody is asked for one. Director only.

    That whoever asks for it has one is the door's to see: factors belong to logins, not to a network.
    """
    in_person(by)
    if Role.DIRECTOR not in by.scope.roles:
        raise NotAllowed(say("The director says how everybody signs in."), say("Ask the director."))
    network = Network.objects.select_for_update().get(pk=by.network)
    if network.factor_from == since:
        return
    network.factor_from = since
    network.save(update_fields=["factor_from"])
    root = Unit.objects.in_network(by).get(parent=None)
    day = day_of(now, root.zone)
    told: Event
    if since:
        told = events.FactorDemanded(subject=root.pk, happened=now, day=day, unit=root.pk, since=day_of(since, root.zone))
    else:
        told = events.FactorLeftOff(subject=root.pk, happened=now, day=day, unit=root.pk)
    record(told, by=by, now=now)
