"""Roles in units and rights to see, both dated: figures ask who it was then, sight asks who it is now."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from bailiwick.kit import Role, Scope
from bailiwick.network.models.people import Person
from bailiwick.network.models.units import Organization, Unit
from bailiwick.tenancy.models import TenantModel
from bailiwick.tenancy.walls import TenantKey, in_sight


def during() -> Func:
    """The period of a dated row as PostgreSQL compares it; the end is not part of it."""
    return Func(F("since"), F("until"), function="tstzrange")


def key_range(column: str) -> Func:
    """A UUID as a range of one, because an exclusion constraint needs a range (store: `uuid_range`)."""
    return Func(F(column), F(column), models.Value("[]"), function="uuid_range")


class Membership(TenantModel):
    """A person's role in a unit. The manager is the one accountable person of the unit at an instant, possibly acting."""

    person = TenantKey(Person, related_name="memberships")
    unit = TenantKey(Unit, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    acting = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="one_manager_a_unit",
                index_type="gist",
                expressions=[(key_range("unit_id"), RangeOperators.OVERLAPS), (during(), RangeOperators.OVERLAPS)],
                condition=Q(role="manager"),
            ),
            models.UniqueConstraint(fields=["network", "person", "unit", "role"], condition=Q(until=None), name="one_open_role"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="membership_ends_after_it_begins"),
        )
        indexes = (models.Index(fields=["network", "unit", "role"], name="membership_unit"),)

    @classmethod
    def sight(cls, viewer: Scope) -> Q:
        if viewer.everything:
            return Q()
        return Q(person__in=viewer.people) | Q(unit__in=viewer.units | viewer.team)


class Sight(TenantModel):
    """`viewer` may see rows of a unit, a person or an organization, from/until, because of `source`."""

    viewer = TenantKey(Person, related_name="sights")
    unit = TenantKey(Unit, null=True, related_name="+")
    person = TenantKey(Person, null=True, related_name="+")
    organization = TenantKey(Organization, null=True, related_name="+")
    purpose = models.CharField(max_length=200)
    source = models.CharField(max_length=60)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=(
                    Q(unit__isnull=False, person=None, organization=None)
                    | Q(unit=None, person__isnull=False, organization=None)
                    | Q(unit=None, person=None, organization__isnull=False)
                ),
                name="sight_of_exactly_one_thing",
            ),
        )

    @classmethod
    def sight(cls, viewer: Scope) -> Q:
        """Whoever is seen, sees by whom and why; who sees everything sees all of them."""
        return Q() if viewer.everything else Q(viewer=viewer.person) | in_sight(viewer)
