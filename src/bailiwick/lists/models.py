"""Saved views of lists, and changes of many rows that can be undone as a whole."""

from django.db import models
from django.db.models import Q

from bailiwick.kit import Scope
from bailiwick.tenancy.models import TenantModel


class View(TenantModel):
    """A question asked of the list `of` under a name: columns, order, conditions. Everybody sees their own rows in it.

    `person`, `unit` and `organization` are ids of those who may use it, by `shared`.
    """

    class Shared(models.TextChoices):
        ME = "me"
        UNIT = "unit"
        FIRM = "firm"

    of = models.CharField(max_length=30)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000, blank=True, default="")
    shared = models.CharField(max_length=10, choices=Shared.choices, default=Shared.ME)
    person = models.UUIDField()
    unit = models.UUIDField(null=True)
    organization = models.UUIDField(null=True)
    made = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["network", "person", "of", "name"], name="one_view_a_name"),)

    @classmethod
    def sight(cls, viewer: Scope) -> Q:
        """One's own, and those that somebody of the same organization shares with the unit or with everybody in it."""
        unit = Q(shared=cls.Shared.UNIT, unit__in=viewer.team | viewer.units)
        return Q(person=viewer.person) | (Q(organization=viewer.firm) & (unit | Q(shared=cls.Shared.FIRM)))


class Change(TenantModel):
    """One act on many rows of the list `of` by one person. `rows`: id, version after it, and what the row said before, each.

    What was said before may be words of a person: it goes with the erasure of whom it names, and after `KEPT` days.
    """

    of = models.CharField(max_length=30)
    act = models.CharField(max_length=30)
    person = models.UUIDField()
    rows = models.JSONField(default=list)
    made = models.DateTimeField()
    undone = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["network", "person", "made"], name="change_of_person"),)

    @classmethod
    def sight(cls, viewer: Scope) -> Q:
        return Q(person=viewer.person)
