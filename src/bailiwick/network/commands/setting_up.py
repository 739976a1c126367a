"""A network, its organizations and its tree of units come into being."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from bailiwick.kit import Actor, Door, NotAllowed, Refused, Role, Scope, day_of, say
from bailiwick.ledger.commands import record
from bailiwick.network import events
from bailiwick.network.models import Organization, Unit
from bailiwick.network.rules import may_staff
from bailiwick.tenancy.models import Network, new_id
from bailiwick.tenancy.within import set_network

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


@dataclass(frozen=True, kw_only=True)
class NewUnit:
    """A unit to be; `organization` None means that of the unit above."""

    name: str
    kind: str
    parent: UUID | None
    organization: UUID | None = None
    client: UUID | None = None
    goal: str = ""
    zone: str = ""
    source: str = ""
    source_id: str = ""


def found_network(
    *, slug: str, name: str, now: datetime, zone: str = "Europe/Berlin", currency: str = "EUR", demo: bool = False
) -> tuple[Actor, Unit]:
    """A new network with its firm and the root of its tree; the running transaction is inside it from now on.

    The returned actor may set it up (`system`). Refuses a slug that is taken or that no address could hold.
    """
    check_slug(slug)
    try:
        with transaction.atomic():
            network = Network.objects.create(slug=slug, name=name, zone=zone, currency=currency, demo=demo)
    except IntegrityError:
        raise Refused("network_exists", say("There is a network called %(slug)s already.", slug=slug)) from None
    set_network(network.pk)
    by = Actor(Scope(network.pk, new_id(), roles=frozenset({Role.DIRECTOR}), everything=True), Door.COMMAND, system=True)
    firm = Organization.objects.in_network(by).create(network=network, name=name, kind=Organization.Kind.FIRM)
    root = add_units([NewUnit(name=name, kind="office", parent=None, organization=firm.pk, zone=zone)], by=by, now=now)[0]
    return by, root


def check_slug(slug: str) -> None:
    """Refuses a slug that no address could hold."""
    if not SLUG.fullmatch(slug):
        raise Refused(
            "bad_slug",
            say("“%(slug)s” cannot name a network.", slug=slug[:60]),
            say("Use up to 60 small letters, digits and hyphens, for instance north-sales."),
        )


def add_organizations(
    organizations: Sequence[tuple[str, str]], *, by: Actor, source: str = "", source_ids: Sequence[str] = ()
) -> list[Organization]:
    """Organizations of (name, kind) take part: clients and partners. By the director."""
    may_staff(by, by.network, by.network, Role.DIRECTOR)
    ids = source_ids or [""] * len(organizations)
    rows = [
        Organization(network_id=by.network, name=name, kind=kind, source=source, source_id=source_id)
        for (name, kind), source_id in zip(organizations, ids, strict=True)
    ]
    return Organization.objects.in_network(by).bulk_create(rows)


def add_units(new: Sequence[NewUnit], *, by: Actor, now: datetime) -> list[Unit]:
    """Units stand in the tree, each below its parent; one event each. By the director, or the manager above.

    Only the director names another organization or a client: whoever is entered there sees rows by their organization.
    """
    parents = {unit.pk: unit for unit in Unit.objects.in_network(by).filter(pk__in=[unit.parent for unit in new])}
    partners = set(
        Organization.objects.in_network(by)
        .filter(kind=Organization.Kind.PARTNER, pk__in=[unit.organization for unit in new])
        .values_list("pk", flat=True)
    )
    rows = []
    for unit in new:
        parent = parents.get(unit.parent) if unit.parent else None
        if unit.parent and parent is None:
            raise Refused("no_such_unit", say("The unit above does not exist here."))
        may_staff(by, unit.parent or by.network, by.network)
        _may_name(unit, parent, by)
        if unit.kind == Unit.Kind.PARTNER and unit.organization not in partners:
            raise Refused(
                "partner_needs_firm", say("A partner's unit belongs to the partner's own firm."), say("Choose the partner.")
            )
        rows.append(
            Unit(
                network_id=by.network,
                parent=parent,
                organization_id=unit.organization or _organization(parent),
                client_id=unit.client,
                kind=unit.kind,
                name=unit.name,
                goal=unit.goal,
                zone=unit.zone or (parent.zone if parent else "UTC"),
                source=unit.source,
                source_id=unit.source_id,
            )
        )
    Unit.objects.in_network(by).bulk_create(rows)
    record(
        *(
            events.UnitAdded(
                subject=row.pk, happened=now, day=day_of(now, row.zone), unit=row.pk, organization=row.organization_id
            )
            for row in rows
        ),
        by=by,
        now=now,
    )
    return rows


def _may_name(unit: NewUnit, parent: Unit | None, by: Actor) -> None:
    own = {None, parent.organization_id if parent else None}
    if by.system or Role.DIRECTOR in by.scope.roles or (unit.organization in own and unit.client is None):
        return
    raise NotAllowed(say("Only the director brings in clients and partners."), say("Ask the director."))


def _organization(parent: Unit | None) -> UUID:
    if parent is None:
        raise Refused("no_organization", say("The first unit needs an organization."))
    return parent.organization_id
