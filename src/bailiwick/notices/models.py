"""The outbox: a message is there exactly if the act that caused it is, and leaves at least once, recognisable by its id."""

from django.db import models
from django.db.models import Q

from bailiwick.kit import Scope
from bailiwick.tenancy.models import TenantModel, scoped_constraint


class Message(TenantModel):
    """One message to one person. `about` makes it single: nothing is told twice.

    `sent`: when it left as mail; `pushed`: when the devices of its person were told, whether or not one was there.
    """

    person = models.UUIDField()
    kind = models.CharField(max_length=30)
    about = models.CharField(max_length=120)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    made = models.DateTimeField()
    not_before = models.DateTimeField()
    sent = models.DateTimeField(null=True)
    pushed = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = (scoped_constraint("told_once", "person", "kind", "about"),)
        indexes = (
            models.Index(fields=["network", "not_before"], condition=Q(sent=None), name="message_waiting"),
            models.Index(fields=["network", "not_before"], condition=Q(pushed=None), name="message_to_push"),
        )

    @classmethod
    def sight(cls, viewer: Scope) -> Q:
        return Q(person=viewer.person)
