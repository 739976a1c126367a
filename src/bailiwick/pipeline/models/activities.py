"""What was done with customers and what is planned, and what they were promised."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from bailiwick.kit import Scope
from bailiwick.pipeline.models.opportunities import Opportunity, Owned
from bailiwick.tenancy.models import Edited, ScopedModel, scoped_constraint
from bailiwick.tenancy.walls import TenantKey, in_sight
from bailiwick.territories.models import Account, Contact


class OnCustomer(Owned, Edited, ScopedModel):
    """Seen by its own columns, and by whoever sees the opportunity it belongs to: who takes over reads what was said."""

    class Meta:
        abstract = True

    @classmethod
    def sight(cls, viewer: Scope) -> Q:
        if viewer.everything:
            return Q()
        return in_sight(viewer) | Q(Exists(Opportunity.objects.seen_by(viewer).filter(pk=OuterRef("opportunity"))))


class Activity(OnCustomer):
    """A call, meeting, mail, visit, note or task. Not done yet, it is a task; `text` is the one place for free words."""

    class Kind(models.TextChoices):
        CALL = "call"
        MEETING = "meeting"
        MAIL = "mail"
        VISIT = "visit"
        NOTE = "note"
        TASK = "task"

    account = TenantKey(Account, null=True, related_name="activities")
    contact = TenantKey(Contact, null=True, related_name="activities")
    opportunity = TenantKey(Opportunity, null=True, related_name="activities")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField(max_length=4000, blank=True, default="")
    due = models.DateField(null=True)
    due_time = models.TimeField(null=True)
    done = models.DateTimeField(null=True)
    day = models.DateField(null=True)
    dropped = models.DateTimeField(null=True)
    created = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(done=None) | Q(day__isnull=False), name="done_on_a_day"),
            scoped_constraint("activity_from_source_once", "source", "source_id", condition=~Q(source_id="")),
        )
        indexes = (
            models.Index(F("network"), F("person"), F("due"), condition=Q(done=None), name="activity_due"),
            models.Index(fields=["network", "opportunity"], name="activity_opportunity"),
            models.Index(fields=["network", "account"], name="activity_account"),
        )


class Promise(OnCustomer):
    """Something a customer was told they will have by a day."""

    account = TenantKey(Account, null=True, related_name="promises")
    opportunity = TenantKey(Opportunity, null=True, related_name="promises")
    text = models.CharField(max_length=400)
    due = models.DateField()
    kept = models.DateTimeField(null=True)
    withdrawn = models.DateTimeField(null=True)
    created = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(F("network"), F("person"), F("due"), condition=Q(kept=None, withdrawn=None), name="promise_open"),
        )
