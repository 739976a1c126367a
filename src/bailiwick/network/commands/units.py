"""What a unit is called, and in which currency a network counts."""

from datetime import datetime
from uuid import UUID

from bailiwick.kit import Actor, NotAllowed, NotSeen, Role, Sentence, Stale, day_of, say
from bailiwick.ledger.commands import record
from bailiwick.network import events
from bailiwick.network.models import Unit
from bailiwick.tenancy.models import Network


def rename_unit(unit: UUID, *, name: str, version: int, by: Actor, now: datetime) -> Unit:
    """Everybody speaks of the unit as `name` from now on. Director only; a stale version is refused with what is stored.

    The event tells that it was renamed and by whom, never how it was or is called.
    """
    _director(by, say("Units are renamed by the director."))
    row = Unit.objects.in_network(by).select_for_update().filter(pk=unit, archived=None).first()
    if row is None:
        raise NotSeen
    if row.version != version:
        raise Stale({"name": row.name}, row.version)
    if row.name == name:
        return row
    row.name, row.version = name, row.version + 1
    row.save(update_fields=["name", "version"])
    renamed = events.UnitRenamed(
        subject=unit, happened=now, day=day_of(now, row.zone), unit=unit, organization=row.organization_id
    )
    record(renamed, by=by, now=now)
    return row


def state_currency(currency: str, *, by: Actor) -> None:
    """New amounts of a network that had no currency are in `currency`. Director only; one that is there stays."""
    _director(by, say("The currency is stated by the director."))
    Network.objects.filter(pk=by.network, currency="").update(currency=currency)


def _director(by: Actor, rule: Sentence) -> None:
    if not (by.system or Role.DIRECTOR in by.scope.roles):
        raise NotAllowed(rule, say("Ask the director."))
