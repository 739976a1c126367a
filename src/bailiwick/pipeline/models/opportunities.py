"""Leads, opportunities, what is in them, and their stays in steps."""

from datetime import date

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from bailiwick.kit import Scope
from bailiwick.network.models import Organization, Person, Unit
from bailiwick.offer.models import Price, Product
from bailiwick.pipeline.models.processes import Process, Step
from bailiwick.tenancy.models import Edited, ScopedModel, scoped_constraint
from bailiwick.tenancy.walls import TenantKey
from bailiwick.territories.models import Account

NEVER = date(9999, 12, 31)


def due() -> Case:
    """The day by which a deal is expected to close, NEVER where none is stated: what the pipeline is put in order by.

    A CASE and no COALESCE: of the two PostgreSQL takes only the first for leakproof, and behind row-level security no other
    condition lets an index begin where the rows do.
    """
    return Case(When(expected=None, then=Value(NEVER)), default=F("expected"), output_field=models.DateField())


class Owned(models.Model):
    """The three columns by which a row of selling is seen: whose, of which unit, of which organization."""

    unit = TenantKey(Unit, related_name="+")
    person = TenantKey(Person, related_name="+")
    organization = TenantKey(Organization, related_name="+")

    class Meta:
        abstract = True


class Lead(Owned, Edited, ScopedModel):
    """Somebody who may want to buy; becomes an opportunity or is put aside with a reason."""

    name = models.CharField(max_length=200)
    company = models.CharField(max_length=200, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    phone = models.CharField(max_length=60, blank=True, default="")
    origin = models.CharField(max_length=120, blank=True, default="")
    entered = models.DateField(null=True)
    closed = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = (scoped_constraint("lead_from_source_once", "source", "source_id", condition=~Q(source_id="")),)
        indexes = (models.Index(fields=["network", "person"], condition=Q(closed=None), name="lead_open"),)


class Opportunity(Owned, Edited, ScopedModel):
    """A chance to sell. Account, day of entry and currency may be unknown; unknown is not zero.

    `lapsed` is no outcome of its own but follows from an expected close that was stated and has passed (rules.standing).
    """

    class Outcome(models.TextChoices):
        OPEN = "open"
        WON = "won"
        LOST = "lost"
        WITHDRAWN = "withdrawn"

    account = TenantKey(Account, null=True, related_name="opportunities")
    lead = TenantKey(Lead, null=True, related_name="opportunities")
    process = TenantKey(Process, related_name="+")
    step = TenantKey(Step, related_name="+")
    title = models.CharField(max_length=200)
    value = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True, default="")
    expected = models.DateField(null=True)
    entered = models.DateField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    decided = models.DateField(null=True)
    reason = models.CharField(max_length=200, blank=True, default="")
    origin = models.CharField(max_length=120, blank=True, default="")
    stated_discount = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    stated_margin = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    stale_on_arrival = models.BooleanField(default=False)
    created = models.DateTimeField()

    class Meta:
        constraints = (
            scoped_constraint("opportunity_from_source_once", "source", "source_id", condition=~Q(source_id="")),
            models.CheckConstraint(
                condition=Q(outcome="open", decided=None) | (~Q(outcome="open") & Q(decided__isnull=False)),
                name="decided_exactly_if_not_open",
            ),
        )
        indexes = (
            # The order of the pipeline: the next to close first, undated ones last, at any depth for the same price.
            models.Index(F("network"), due(), F("id"), name="opportunity_due"),
            # The same of open ones by step, with all that the board, its totals and sight ask: no row need be looked at.
            models.Index(
                F("network"), F("step"), due(), F("id"),
                name="opportunity_open_by_step",
                condition=Q(outcome="open"),
                include=["currency", "value", "expected", "stale_on_arrival", "process", "unit", "person", "organization"],
            ),
            models.Index(fields=["network", "person", "outcome"], name="opportunity_person"),
            models.Index(fields=["network", "unit", "outcome"], name="opportunity_unit"),
            models.Index(fields=["network", "account"], name="opportunity_account"),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.title


class OfDeal(Owned, ScopedModel):
    """A row that is seen by whoever sees its opportunity, also after that went to somebody else."""

    class Meta:
        abstract = True

    @classmethod
    def sight(cls, viewer: Scope) -> Q:
        if viewer.everything:
            return Q()
        return Q(Exists(Opportunity.objects.seen_by(viewer).filter(pk=OuterRef("opportunity"))))


class Line(OfDeal):
    """So much of a product at a price; `price_version` keeps the list, floor and cost that held when it was written.

    An imported line may have no price: what was asked is unknown, which is neither zero nor the list price.
    """

    opportunity = TenantKey(Opportunity, models.CASCADE, related_name="lines")
    product = TenantKey(Product, related_name="+")
    price_version = TenantKey(Price, null=True, related_name="+")
    quantity = models.DecimalField(max_digits=14, decimal_places=3)
    price = models.DecimalField(max_digits=18, decimal_places=4, null=True)

    class Meta:
        indexes = (models.Index(fields=["network", "opportunity"], name="line_opportunity"),)
        constraints = (models.CheckConstraint(condition=Q(quantity__gt=0), name="quantity_above_zero"),)


class Stage(OfDeal):
    """An opportunity's stay in a step. `left` is written once; nothing else ever changes."""

    opportunity = TenantKey(Opportunity, related_name="stages")
    step = TenantKey(Step, related_name="+")
    entered = models.DateField(null=True)
    left = models.DateField(null=True)
    open = models.BooleanField(default=True)
    recorded = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["network", "opportunity"], condition=Q(open=True), name="one_open_stage"),)
        indexes = (models.Index(fields=["network", "opportunity"], name="stage_opportunity"),)
