"""The network, and what every row inside one carries."""

from typing import Any, ClassVar, Self
from uuid import UUID

import uuid_utils.compat
from django.db import models
from django.db.models import Q

from bailiwick.kit import Role, Scope
from bailiwick.tenancy.walls import Walled, in_sight


def new_id() -> UUID:
    """A UUIDv7: unique without asking, ordered by its time of making."""
    return uuid_utils.compat.uuid7()


class Network(models.Model):
    """One sales organization with its partners and clients: the tenant.

    Not a tenant table itself, because it is found before a network is set. `as_of` is "today" for figures only. From
    `factor_from` on whoever signs in to it has a second factor; None asks for none.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    zone = models.CharField(max_length=60, default="Europe/Berlin")
    currency = models.CharField(max_length=3, default="EUR")
    language = models.CharField(max_length=10, default="en")
    demo = models.BooleanField(default=False)
    as_of = models.DateField(null=True)
    factor_from = models.DateTimeField(null=True)
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class TenantModel(models.Model):
    """A row of a network. `sight` is closed unless a table opens it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+", db_index=False)

    objects: ClassVar[Walled[Self]] = Walled()

    class Meta:
        abstract = True

    @classmethod
    def sight(cls, viewer: Scope) -> Q:
        """Which rows of this table the viewer sees."""
        raise NotImplementedError(f"{cls.__name__} does not say who sees it")


class OpenToNetwork(TenantModel):
    """A table that everybody in the network but its clients may read (products, processes)."""

    class Meta:
        abstract = True

    @classmethod
    def sight(cls, viewer: Scope) -> Q:
        return Q() if viewer.everything or viewer.roles - {Role.CLIENT} else Q(pk__in=())


class ScopedModel(TenantModel):
    """A table whose rows carry unit, person and organization, by which they are seen."""

    class Meta:
        abstract = True

    @classmethod
    def sight(cls, viewer: Scope) -> Q:
        return in_sight(viewer)


class Edited(models.Model):
    """What people edit: a version that a stale edit does not match, where it came from, and the fields of the network's own."""

    version = models.PositiveIntegerField(default=1)
    source = models.CharField(max_length=60, blank=True, default="")
    source_id = models.CharField(max_length=200, blank=True, default="")
    custom = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True


def scoped_constraint(name: str, *fields: str, condition: Any = None) -> models.UniqueConstraint:
    """A unique constraint inside a network."""
    return models.UniqueConstraint(fields=["network", *fields], name=name, condition=condition)


class Word(TenantModel):
    """A word of a name, folded (`words_of` in the store), and the row that has it: what search finds rows by.

    Kept by the store itself (`findable.Findable`), whichever door a row came in by. Compared as text and nothing else: behind
    row-level security no other comparison that finds words may enter an index (docs/decisions/0010). Nobody sees words: they
    lead to rows, and each row is seen or not by its own rule.
    """

    id = None  # type: ignore[assignment]
    pk = models.CompositePrimaryKey("network_id", "kind", "word", "row")
    kind = models.CharField(max_length=20, db_collation="C")
    word = models.CharField(max_length=40, db_collation="C")
    row = models.UUIDField()

    class Meta:
        indexes = (models.Index(fields=["row", "word"], name="word_of_row"),)

    @classmethod
    def sight(cls, viewer: Scope) -> Q:
        return Q(row__in=())
