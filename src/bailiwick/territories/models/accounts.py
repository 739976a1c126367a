"""Accounts (companies), their exact identity keys, and contacts."""

from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from bailiwick.kit import Scope
from bailiwick.tenancy.models import Edited, TenantModel, scoped_constraint
from bailiwick.tenancy.walls import TenantKey, in_sight
from bailiwick.territories.models.areas import Territory


class Account(Edited, TenantModel):
    """A company. It has no columns of sight: who holds it, or has or had a tie to it, sees its card."""

    name = models.CharField(max_length=200)
    city = models.CharField(max_length=120, blank=True, default="")
    country = models.CharField(max_length=60, blank=True, default="")
    phone = models.CharField(max_length=60, blank=True, default="")
    website = models.CharField(max_length=200, blank=True, default="")
    domain = models.CharField(max_length=200, blank=True, default="")
    registration = models.CharField(max_length=60, blank=True, default="")
    tax_number = models.CharField(max_length=60, blank=True, default="")
    sector = models.CharField(max_length=120, blank=True, default="")
    territory = TenantKey(Territory, null=True, related_name="accounts")
    last_contact = models.DateField(null=True)
    created = models.DateTimeField()
    archived = models.DateTimeField(null=True)

    class Meta:
        constraints = (scoped_constraint("account_from_source_once", "source", "source_id", condition=~Q(source_id="")),)
        indexes = (models.Index(F("network"), F("name"), F("id"), name="account_by_name"),)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def sight(cls, viewer: Scope) -> Q:
        """Cards in sight: a tie of somebody in sight leads there."""
        if viewer.everything:
            return Q()
        ties = Tie.objects.in_network(viewer).filter(in_sight(viewer), account=OuterRef("pk"))
        return Q(Exists(ties))


class Tie(TenantModel):
    """Somebody has or had to do with an account: holds it, entered it, or worked an opportunity on it. Never taken away."""

    account = TenantKey(Account, related_name="ties")
    unit_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    organization_id = models.UUIDField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["network", "account", "unit_id", "person_id", "organization_id"],
                nulls_distinct=False,
                name="one_tie_a_person_and_unit",
            ),
        )
        indexes = (
            models.Index(fields=["network", "person_id", "account"], name="tie_person"),
            models.Index(fields=["network", "unit_id", "account"], name="tie_unit"),
        )

    @classmethod
    def sight(cls, viewer: Scope) -> Q:
        return in_sight(viewer)


def editable_ties(viewer: Scope) -> "models.QuerySet[Tie]":
    """Ties by which the viewer may work on a card: own ones, those of units that they manage, those of the partner they run."""
    mine = Q(person_id=viewer.person) | Q(unit_id__in=viewer.edits)
    if viewer.firm is not None and viewer.runs(viewer.firm):
        mine |= Q(organization_id=viewer.firm)
    return Tie.objects.seen_by(viewer).filter(mine)


class AccountKey(TenantModel):
    """An exact identity key of an account: domain, registration number, tax number or telephone, normalised."""

    account = TenantKey(Account, related_name="keys")
    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=200)

    class Meta:
        constraints = (scoped_constraint("one_key_of_a_kind_an_account", "account", "kind", "value"),)
        indexes = (models.Index(fields=["network", "kind", "value"], name="account_key"),)

    @classmethod
    def sight(cls, viewer: Scope) -> Q:
        return _with_account(viewer)


class Contact(Edited, TenantModel):
    """A person at a company. Erasable: everything else refers to the id."""

    account = TenantKey(Account, related_name="contacts")
    name = models.CharField(max_length=200)
    position = models.CharField(max_length=120, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    phone = models.CharField(max_length=60, blank=True, default="")
    created = models.DateTimeField()
    archived = models.DateTimeField(null=True)
    erased = models.DateTimeField(null=True)

    class Meta:
        constraints = (scoped_constraint("contact_from_source_once", "source", "source_id", condition=~Q(source_id="")),)
        indexes = (models.Index(fields=["network", "account"], name="contact_account"),)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def sight(cls, viewer: Scope) -> Q:
        return _with_account(viewer)


def _with_account(viewer: Scope) -> Q:
    if viewer.everything:
        return Q()
    return Q(Exists(Account.objects.seen_by(viewer).filter(pk=OuterRef("account"))))


def seen_account_ids(viewer: Scope) -> "models.QuerySet[Account, UUID]":
    """The ids of accounts in sight, as a subquery."""
    return Account.objects.seen_by(viewer).values_list("pk", flat=True)
