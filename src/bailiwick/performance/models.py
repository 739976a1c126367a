"""What is aimed at."""

from django.db import models
from django.db.models import F, Q

from bailiwick.kit import Scope
from bailiwick.network.models import Organization, Person, Unit
from bailiwick.tenancy.models import Edited, ScopedModel
from bailiwick.tenancy.walls import TenantKey, in_sight


class Target(Edited, ScopedModel):
    """So much of a measure by the end of a period, for a unit with everything below it or for a person.

    `person` None: the target is the unit's; else it is of what the person does in the unit and below. It is never overwritten
    in the record: each statement of it is an event. `withdrawn` ends it.
    """

    measure = models.CharField(max_length=60)
    unit = TenantKey(Unit, related_name="targets")
    person = TenantKey(Person, null=True, related_name="targets")
    organization = TenantKey(Organization, related_name="+")
    since = models.DateField()
    until = models.DateField()
    amount = models.DecimalField(max_digits=18, decimal_places=4)
    currency = models.CharField(max_length=3, blank=True, default="")
    created = models.DateTimeField()
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["network", "measure", "unit", "person", "since", "until", "currency"],
                condition=Q(withdrawn=None),
                nulls_distinct=False,
                name="one_target_a_holder_and_period",
            ),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="target_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="target_above_zero"),
        )
        indexes = (models.Index(fields=["network", "until"], condition=Q(withdrawn=None), name="target_open"),)

    @classmethod
    def sight(cls, viewer: Scope) -> Q:
        """Those in sight, and the goals of the own teams, which everybody in them knows."""
        if viewer.everything:
            return Q()
        return in_sight(viewer) | Q(unit__in=viewer.team, person=None)
