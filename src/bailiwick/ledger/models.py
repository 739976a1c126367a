"""Entries (stored events), seals, access records, and acts that were asked for with a key."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q

from bailiwick.kit import Scope
from bailiwick.tenancy.models import ScopedModel, TenantModel, scoped_constraint


class Moment(Func):
    """The place of the running transaction in the order of all transactions, also after a restore (migration 0002)."""

    function = "ledger_moment"
    output_field = models.BigIntegerField()
    template = "%(function)s()"


class Entry(ScopedModel):
    """One event as stored. Append-only by grant; read in the order (moment, seq), which late commits cannot disturb."""

    seq = models.BigIntegerField(db_default=Func(function="nextval", template="nextval('ledger_seq')"), editable=False)
    moment = models.BigIntegerField(db_default=Moment(), editable=False)
    kind = models.CharField(max_length=60)
    schema = models.PositiveSmallIntegerField(default=1)
    happened = models.DateTimeField()
    recorded = models.DateTimeField()
    day = models.DateField()
    subject = models.UUIDField()
    about = ArrayField(models.UUIDField(), default=list)
    unit_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    organization_id = models.UUIDField(null=True)
    by = models.UUIDField()
    door = models.CharField(max_length=10)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = (
            models.Index(F("network"), F("moment"), F("seq"), name="ledger_order"),
            models.Index(F("network"), F("kind"), F("day"), name="ledger_kind"),
            GinIndex(fields=["about"], name="ledger_about"),
        )


class Seal(TenantModel):
    """A finished range of entries, `after < moment <= upto`, closed by a hash that includes the seal before it."""

    number = models.PositiveIntegerField()
    after = models.BigIntegerField()
    upto = models.BigIntegerField()
    entries = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    made = models.DateTimeField()

    class Meta:
        constraints = (scoped_constraint("one_seal_a_number", "number"),)

    @classmethod
    def sight(cls, viewer: Scope) -> Q:
        return Q() if viewer.everything else Q(pk__in=())


class AccessRecord(TenantModel):
    """`viewer` looked at rows of `person` on a page: one row a day, with a count. The person sees it."""

    viewer = models.UUIDField()
    person = models.UUIDField()
    page = models.CharField(max_length=60)
    day = models.DateField()
    count = models.PositiveIntegerField(default=1)
    last = models.DateTimeField()

    class Meta:
        constraints = (scoped_constraint("one_access_record_a_day", "person", "viewer", "page", "day"),)

    @classmethod
    def sight(cls, viewer: Scope) -> Q:
        return Q(person=viewer.person) | Q(viewer=viewer.person)


class Kept(TenantModel):
    """The answer once given to an act that came with an Idempotency-Key; the same key gets it again."""

    person = models.UUIDField()
    key = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    answer = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = (scoped_constraint("one_answer_a_key", "person", "key"),)

    @classmethod
    def sight(cls, viewer: Scope) -> Q:
        return Q(person=viewer.person)


class Erasure(TenantModel):
    """A person or contact was erased at this time; applied again after every restore."""

    kind = models.CharField(max_length=20)
    subject = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = (scoped_constraint("erased_once", "subject"),)

    @classmethod
    def sight(cls, viewer: Scope) -> Q:
        return Q() if viewer.everything else Q(pk__in=())
