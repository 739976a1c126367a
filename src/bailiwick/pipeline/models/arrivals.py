"""What came in for one person and is proposed to them as an activity."""

from django.db import models
from django.db.models import Q

from bailiwick.kit import Scope
from bailiwick.pipeline.models.activities import Activity
from bailiwick.tenancy.models import TenantModel, scoped_constraint


class Arrival(TenantModel):
    """A mail or invitation that came for `person`, as the activity that is proposed for it; nobody else sees it.

    With a `day` it is done, and `due` is a next step; without one it is planned. `account`, `contact` and `opportunity` are ids
    of rows, if any: they may be gone or out of sight when it is looked at. `who`: name and address as the message says them.
    `digest` is that of the message or event for its person, `mark` that of what it would be kept as: nothing comes twice.
    """

    person = models.UUIDField()
    digest = models.CharField(max_length=64)
    mark = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=Activity.Kind.choices)
    text = models.TextField(max_length=4000, blank=True, default="")
    who = models.CharField(max_length=400, blank=True, default="")
    account = models.UUIDField(null=True)
    contact = models.UUIDField(null=True)
    opportunity = models.UUIDField(null=True)
    day = models.DateField(null=True)
    due = models.DateField(null=True)
    due_time = models.TimeField(null=True)
    arrived = models.DateTimeField()

    class Meta:
        constraints = (scoped_constraint("one_arrival_a_message", "person", "digest"),)
        indexes = (models.Index(fields=["network", "person", "arrived"], name="arrival_of_person"),)

    @classmethod
    def sight(cls, viewer: Scope) -> Q:
        return Q(person=viewer.person)
