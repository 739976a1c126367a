"""Imports: what was given, what came of it, and which rows it made."""

from django.db import models
from django.db.models import F, Q

from bailiwick.kit import Role, Scope
from bailiwick.tenancy.models import TenantModel, scoped_constraint
from bailiwick.tenancy.walls import TenantKey


class OfDirector(TenantModel):
    """An import holds rows of everybody: only who sees everything sees it."""

    class Meta:
        abstract = True

    @classmethod
    def sight(cls, viewer: Scope) -> Q:
        return Q() if viewer.everything and Role.DIRECTOR in viewer.roles else Q(pk__in=())


class Import(OfDirector):
    """One export on its way in: waiting for answers, asked for, taken in, undone, or failed with the reason.

    `mapping` is how its tables were read, remembered for the next export of the same source; `report` what came of it.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        ASKED = "asked"
        TAKEN = "taken"
        UNDONE = "undone"
        FAILED = "failed"

    source = models.CharField(max_length=60)
    by = models.UUIDField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    mapping = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    created = models.DateTimeField()
    taken = models.DateTimeField(null=True)
    undone = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(F("network"), F("created"), name="import_by_day"),)


class GivenFile(OfDirector):
    """A file as it was given on the page; gone when its import is taken in, or after a week."""

    of = TenantKey(Import, models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    content = models.BinaryField()


class Taken(OfDirector):
    """A row of ours that a row of a source stands for. `key` is the digest of the source's own key, for keys may be names.

    `content` is the digest of what was taken in, `version` the row's version after that: a row of a later version was
    worked on by people since. `made` says that this import made the row; `before` holds what it changed in an older one.
    """

    of = TenantKey(Import, models.CASCADE, related_name="taken_rows")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    row = models.UUIDField()
    content = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    made = models.BooleanField()
    before = models.JSONField(null=True)

    class Meta:
        constraints = (scoped_constraint("one_row_a_source_and_import", "of", "kind", "key"),)
        indexes = (models.Index(fields=["network", "kind", "key"], name="taken_key"),)


class Refusal(OfDirector):
    """A row of a source that was not taken in, with its cells as they stood and the reason in English."""

    of = TenantKey(Import, models.CASCADE, related_name="refusals")
    table = models.CharField(max_length=200)
    line = models.PositiveIntegerField()
    reason = models.CharField(max_length=400)
    cells = models.JSONField(default=list)

    class Meta:
        indexes = (models.Index(fields=["network", "of", "table", "line"], name="refusal_line"),)


class SetupAnswer(OfDirector):
    """A question of the setup that is not asked at present: put off, or answered by agreeing with what is there.

    Questions whose answer changes rows close themselves by those rows and stand here only while they are put off.
    """

    class State(models.TextChoices):
        LATER = "later"
        AGREED = "agreed"

    question = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State.choices)
    since = models.DateTimeField()

    class Meta:
        constraints = (scoped_constraint("one_setup_answer_a_question", "question"),)
