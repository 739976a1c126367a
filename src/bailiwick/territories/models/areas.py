"""Territories and their potential: dated and sourced, set before the period, never derived from results."""

from django.db import models

from bailiwick.kit import Scope
from bailiwick.tenancy.models import Edited, OpenToNetwork, TenantModel, scoped_constraint
from bailiwick.tenancy.walls import TenantKey, in_sight


class Territory(Edited, OpenToNetwork):
    """A boundary and its holder. Lines that everyone knows: everybody in the network may read it."""

    name = models.CharField(max_length=200)
    boundary = models.CharField(max_length=400, blank=True, default="")
    unit_id = models.UUIDField(null=True)

    class Meta:
        constraints = (scoped_constraint("one_territory_a_name", "name"),)


class Potential(TenantModel):
    """What a territory could yield in a year, from a day on, and who says so."""

    territory = TenantKey(Territory, related_name="potentials")
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=3)
    since = models.DateField()
    stated_by = models.CharField(max_length=200)
    unit_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    organization_id = models.UUIDField(null=True)

    class Meta:
        constraints = (scoped_constraint("one_potential_a_day", "territory", "since"),)

    @classmethod
    def sight(cls, viewer: Scope) -> "models.Q":
        return in_sight(viewer)
