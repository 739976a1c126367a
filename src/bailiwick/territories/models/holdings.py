"""Who may call on an account in a sales line."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from bailiwick.kit import Scope
from bailiwick.offer.models import SalesLine
from bailiwick.tenancy.models import TenantModel
from bailiwick.tenancy.walls import TenantKey, in_sight
from bailiwick.territories.models.accounts import Account


class Holding(TenantModel):
    """One caller: the holder of an account in a sales line during a period, or *contested* with no holder.

    Periods of one account and line never overlap: of simultaneous claims the database lets exactly one in.
    """

    account = TenantKey(Account, related_name="holdings")
    line = TenantKey(SalesLine, related_name="holdings")
    person_id = models.UUIDField(null=True)
    unit_id = models.UUIDField(null=True)
    organization_id = models.UUIDField(null=True)
    contested = models.BooleanField(default=False)
    reason = models.CharField(max_length=30)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="one_holder_an_account_and_line",
                index_type="gist",
                expressions=[
                    (Func(F("account"), F("account"), models.Value("[]"), function="uuid_range"), RangeOperators.OVERLAPS),
                    (Func(F("line"), F("line"), models.Value("[]"), function="uuid_range"), RangeOperators.OVERLAPS),
                    (Func(F("since"), F("until"), function="tstzrange"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(contested=True) ^ Q(person_id__isnull=False), name="held_or_contested"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="holding_ends_later"),
        )
        indexes = (models.Index(fields=["network", "person_id"], condition=Q(until=None), name="holding_person"),)

    @classmethod
    def sight(cls, viewer: Scope) -> Q:
        """The holder's side and the own team: who in my team may call whom is no secret there."""
        if viewer.everything:
            return Q()  # an empty Q joined with another by "or" is that other: the director would see the own team only
        return in_sight(viewer) | Q(unit_id__in=viewer.team)
