"""Hooks, and each event on its way to one."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from bailiwick.hooks.rules.signing import message_id
from bailiwick.kit import Scope
from bailiwick.tenancy.models import TenantModel, scoped_constraint
from bailiwick.tenancy.walls import TenantKey


class Hook(TenantModel):
    """An address of another system that is told, as its person, of events whose kind is one of `kinds`.

    Its secret is worked out from `salt` and stored nowhere; until `overlap` the one of `salt_before` signs too. `off`: since
    when it tells nothing, and why. `failing`: since when nothing got through. `moment` and `seq`: up to which entry of the
    ledger its deliveries stand.
    """

    class Why(models.TextChoices):
        PERSON = "person"
        GONE = "gone"
        FAILING = "failing"
        ACCESS = "access"

    person = models.UUIDField()
    label = models.CharField(max_length=60, blank=True)
    url = models.CharField(max_length=500)
    kinds = ArrayField(models.CharField(max_length=60))
    salt = models.CharField(max_length=64)
    salt_before = models.CharField(max_length=64, blank=True, default="")
    overlap = models.DateTimeField(null=True)
    made = models.DateTimeField()
    off = models.DateTimeField(null=True)
    why_off = models.CharField(max_length=10, choices=Why.choices, blank=True, default="")
    failing = models.DateTimeField(null=True)
    moment = models.BigIntegerField()
    seq = models.BigIntegerField()

    class Meta:
        indexes = (models.Index(fields=["network", "person"], name="hook_of_person"),)

    @classmethod
    def sight(cls, viewer: Scope) -> Q:
        return Q(person=viewer.person)


class Delivery(TenantModel):
    """One event on its way to one hook; without an `entry` a test.

    `due`: when it is tried next, None when it is not tried again. `claimed`: until when the attempt at hand may last.
    `status` and `trouble` are of the last attempt; what is told is not kept: it is read from the ledger at each attempt.
    """

    hook = TenantKey(Hook, on_delete=models.CASCADE)
    entry = models.UUIDField(null=True)
    kind = models.CharField(max_length=60)
    made = models.DateTimeField()
    due = models.DateTimeField(null=True)
    claimed = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    tried = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    trouble = models.CharField(max_length=20, blank=True, default="")
    delivered = models.DateTimeField(null=True)

    class Meta:
        constraints = (scoped_constraint("one_delivery_an_event", "hook", "entry"),)
        indexes = (
            models.Index(fields=["network", "hook", "due"], condition=Q(due__isnull=False), name="delivery_waiting"),
            models.Index(fields=["network", "hook", "id"], name="delivery_of_hook"),
        )

    @classmethod
    def sight(cls, viewer: Scope) -> Q:
        return Q(hook__person=viewer.person)

    @property
    def message(self) -> str:
        """Its webhook-id."""
        return message_id(self.hook_id, self.entry or self.pk)
