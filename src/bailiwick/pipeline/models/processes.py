"""The sales process as versioned data."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from bailiwick.tenancy.models import OpenToNetwork, scoped_constraint
from bailiwick.tenancy.walls import TenantKey


class Process(OpenToNetwork):
    """An edition of a way to sell. A changed process is a new edition; opportunities stay in theirs."""

    name = models.CharField(max_length=120)
    edition = models.PositiveIntegerField(default=1)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = (scoped_constraint("one_edition_a_process", "name", "edition"),)


class Step(OpenToNetwork):
    """One step: what it needs, what it gives, when it is left, and how long it usually takes."""

    process = TenantKey(Process, related_name="steps")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    inputs = ArrayField(models.CharField(max_length=120), default=list)
    outputs = ArrayField(models.CharField(max_length=120), default=list)
    exit_criteria = models.CharField(max_length=400, blank=True, default="")
    usual_days = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = (scoped_constraint("one_step_a_place", "process", "place"),)
