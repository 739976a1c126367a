"""Territories and their potential come into being."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from bailiwick.kit import Actor, NotAllowed, Role, say
from bailiwick.territories.models import Potential, Territory


def add_territories(new: Sequence[tuple[str, str, UUID | None]], *, by: Actor) -> list[Territory]:
    """Territories of (name, boundary in words, unit) stand for everyone to read. By the director."""
    _may_draw(by)
    rows = [Territory(network_id=by.network, name=name, boundary=boundary, unit_id=unit) for name, boundary, unit in new]
    return Territory.objects.in_network(by).bulk_create(rows)


def state_potential(stated: Sequence[tuple[Territory, Decimal, str, date, str]], *, by: Actor) -> list[Potential]:
    """What territories could yield a year, of (territory, amount, currency, from day, source). Earlier statements stay."""
    _may_draw(by)
    rows = [
        Potential(
            network_id=by.network,
            territory=territory,
            amount=amount,
            currency=currency,
            since=since,
            stated_by=source,
            unit_id=territory.unit_id,
        )
        for territory, amount, currency, since, source in stated
    ]
    return Potential.objects.in_network(by).bulk_create(rows)


def _may_draw(by: Actor) -> None:
    if not (by.system or Role.DIRECTOR in by.scope.roles):
        raise NotAllowed(say("Territories are drawn by the director."), say("Suggest it to the director."))
