"""People in a network. Name and contact data are erasable; everything else refers to the id."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from bailiwick.kit import Scope
from bailiwick.network.models.units import Organization
from bailiwick.tenancy.models import Edited, TenantModel, scoped_constraint
from bailiwick.tenancy.walls import TenantKey


class Person(Edited, TenantModel):
    """Somebody in a network. `left` is the instant from which no request succeeds; `erased` empties name and contact data.

    `told_until`: when they last looked at their messages; what was told later is new to them.

    `program`: no human, but a program that works here (on pages: a service account). It has roles like everybody, no address
    and no login; `purpose` says what it is for, `answerable` is the person who answers for it.
    """

    organization = TenantKey(Organization, related_name="people")
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True, default="")
    phone = models.CharField(max_length=60, blank=True, default="")
    language = models.CharField(max_length=10, blank=True, default="")
    theme = models.CharField(max_length=5, blank=True, default="")
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    digest = models.BooleanField(default=True)
    remind_tasks = models.BooleanField(default=True)
    remind_promises = models.BooleanField(default=True)
    told_until = models.DateTimeField(null=True)
    program = models.BooleanField(default=False)
    purpose = models.CharField(max_length=200, blank=True, default="")
    answerable = TenantKey("self", null=True, related_name="programs")
    left = models.DateTimeField(null=True)
    erased = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            # Of an organization, not of the network: a partner must not learn who else is in it.
            models.UniqueConstraint(
                "network", "organization", Lower("email"), condition=~Q(email=""), name="one_person_an_email"
            ),
            models.CheckConstraint(
                condition=Q(program=False, answerable=None) | Q(program=True, answerable__isnull=False, email=""),
                name="program_has_a_person_and_no_address",
            ),
            scoped_constraint("person_from_source_once", "source", "source_id", condition=~Q(source_id="")),
        )

    def __str__(self) -> str:
        return self.name

    @classmethod
    def sight(cls, viewer: Scope) -> Q:
        """Oneself, people with a membership in a unit in sight or in an own team, and the own firm's people for its admin."""
        from bailiwick.network.models.memberships import Membership

        if viewer.everything:
            return Q()
        in_units = Membership.objects.in_network(viewer).filter(
            person=OuterRef("pk"), unit__in=viewer.units | viewer.team, until=None
        )
        return Q(pk__in=viewer.people) | Q(organization__in=viewer.organizations) | Q(Exists(in_units))
