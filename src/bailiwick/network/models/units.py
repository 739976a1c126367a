"""Organizations and the tree of units."""

from django.db import models
from django.db.models import Q

from bailiwick.kit import Scope
from bailiwick.kit.scope import Role
from bailiwick.tenancy.models import Edited, TenantModel, scoped_constraint
from bailiwick.tenancy.walls import TenantKey


class Organization(Edited, TenantModel):
    """A company taking part: the firm that runs the network, a client, a partner."""

    class Kind(models.TextChoices):
        FIRM = "firm"
        CLIENT = "client"
        PARTNER = "partner"

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["network"], condition=Q(kind="firm"), name="one_firm_a_network"),
            scoped_constraint("organization_from_source_once", "source", "source_id", condition=~Q(source_id="")),
        )

    @classmethod
    def sight(cls, viewer: Scope) -> Q:
        """The own organizations, the firm, and those of units in sight: a partner never learns of another."""
        if viewer.everything:
            return Q()
        if not viewer.roles:
            return Q(pk__in=())
        theirs = Unit.objects.in_network(viewer).filter(pk__in=viewer.units | viewer.team)
        return Q(kind="firm") | Q(pk__in=viewer.organizations) | Q(pk__in=theirs.values("organization"))


class Unit(Edited, TenantModel):
    """A place in the tree: office, team, project (with a client and a goal) or partner."""

    class Kind(models.TextChoices):
        OFFICE = "office"
        TEAM = "team"
        PROJECT = "project"
        PARTNER = "partner"

    parent = TenantKey("self", null=True, related_name="children")
    organization = TenantKey(Organization, related_name="unit")
    client = TenantKey(Organization, null=True, related_name="projects")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=200)
    goal = models.CharField(max_length=400, blank=True, default="")
    zone = models.CharField(max_length=60, default="Europe/Berlin")
    archived = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["network"], condition=Q(parent=None), name="one_root_a_network"),
            models.CheckConstraint(condition=~Q(parent=models.F("id")), name="unit_not_below_itself"),
            scoped_constraint("unit_from_source_once", "source", "source_id", condition=~Q(source_id="")),
        )

    @classmethod
    def sight(cls, viewer: Scope) -> Q:
        """Units in sight and the own teams by name; the client sees the own project."""
        if viewer.everything:
            return Q()
        own = Q(pk__in=viewer.units | viewer.team)
        return own | Q(client__in=viewer.organizations) if Role.CLIENT in viewer.roles else own
