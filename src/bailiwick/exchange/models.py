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


class StandingSource(OfDirector):
    """A source whose exports are taken in again by themselves, in the name of the director who made or changed it last.

    `folder` is its folder's name below the inbox. `night`: when what came is taken in, by the clock of the network; None as
    soon as it is there. `token` opens the delivery of its files and nothing else. `masters` says for a field of ours
    ("opportunity.value") who is its master, `links` for a kind where its rows are seen in the source. `trouble` says why it
    does not go on, as sentences. Of those that ended only what came by them is of interest.
    """

    source = models.CharField(max_length=60)
    folder = models.CharField(max_length=60)
    by = models.UUIDField()
    night = models.TimeField(null=True)
    token = models.UUIDField(null=True)
    masters = models.JSONField(default=dict)
    links = models.JSONField(default=dict)
    began = models.DateTimeField()
    taken = models.DateTimeField(null=True)
    trouble = models.JSONField(null=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            scoped_constraint("one_standing_a_source", "source", condition=Q(ended=None)),
            scoped_constraint("one_standing_a_folder", "folder", condition=Q(ended=None)),
        )


class Incoming(OfDirector):
    """A file that came for a standing source: it waits, was given to an import, was taken in by it, or was refused.

    `size`, `stamp` (of the file in the folder, 0 of one that was delivered) and `digest` tell the very file again, so that
    none is taken in twice. `content` is there while it waits; `export` is the import that it was given to.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        GIVEN = "given"
        TAKEN = "taken"
        AGAIN = "again"
        REFUSED = "refused"

    of = TenantKey(StandingSource, models.CASCADE, related_name="incoming")
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    stamp = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64)
    came = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    content = models.BinaryField(null=True)
    export = models.UUIDField(null=True)

    class Meta:
        indexes = (models.Index(fields=["network", "of", "came"], name="incoming_by_day"),)


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
