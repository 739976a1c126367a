"""What a person sees and edits, worked out once per request from today's memberships and sights."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a membership makes of a person in a unit (DESIGN 5, table of roles)."""

    DIRECTOR = "director"
    MANAGER = "manager"
    SELLER = "seller"
    PARTNER_ADMIN = "partner_admin"
    PARTNER_SELLER = "partner_seller"
    CLIENT = "client"
    COACH = "coach"
    SUPPORT_LEAD = "support_lead"
    STEWARD = "steward"


PARTNERS = frozenset({Role.PARTNER_ADMIN, Role.PARTNER_SELLER})
SELLING = frozenset({Role.MANAGER, Role.SELLER, Role.PARTNER_ADMIN, Role.PARTNER_SELLER})
# Who works with deals and companies, and sees the money of those in sight.
DEALING = SELLING | {Role.DIRECTOR}
# Who reads their cards at all: a coach as far as a dated sight reaches, without the money.
READING = DEALING | {Role.COACH}


@dataclass(frozen=True, slots=True)
class Home:
    """Where a person's new rows stand: the unit in which they sell or which they manage, its organization and zone."""

    unit: UUID
    organization: UUID
    zone: str


@dataclass(frozen=True, slots=True)
class Scope:
    """A person's sight at an instant. An empty scope sees nothing: closed, never open.

    `units`: whose rows are seen; `edits`: whose rows are edited besides the own ones; `team`: units whose
    accounts are seen by name and holder only; `organizations` and `people`: seen by those columns; `firm`: the person's own
    organization, not one that they are shown; `home`: where new rows of the person stand; `archive`: nobody has acted in the
    network since it was taken in, its figures stand at a past day; `program`: no human, but a program that works here.
    """

    network: UUID
    person: UUID
    roles: frozenset[Role] = frozenset()
    everything: bool = False
    units: frozenset[UUID] = frozenset()
    edits: frozenset[UUID] = frozenset()
    team: frozenset[UUID] = frozenset()
    organizations: frozenset[UUID] = frozenset()
    people: frozenset[UUID] = frozenset()
    firm: UUID | None = None
    home: Home | None = None
    archive: bool = False
    program: bool = False

    def sees(self, *, unit: UUID | None, person: UUID | None, organization: UUID | None) -> bool:
        """Whether a row with these columns lies in sight; the same rule as `tenancy.walls.in_sight` in SQL."""
        return self.everything or unit in self.units or person in self.people or organization in self.organizations

    def may_edit(self, *, unit: UUID | None, person: UUID | None, organization: UUID | None) -> bool:
        """Own rows, and rows of units that the person manages; a partner's admin those of the own firm."""
        return person == self.person or unit in self.edits or self.runs(organization)

    def runs(self, organization: UUID | None) -> bool:
        """Whether the person is admin of this partner."""
        return Role.PARTNER_ADMIN in self.roles and organization is not None and organization == self.firm

    @property
    def sells(self) -> bool:
        """Whether the person works on deals at all (a client, coach or steward does not)."""
        return bool(self.roles & SELLING)

    @property
    def sees_money(self) -> bool:
        """Whether values, prices and discounts of deals in sight are shown."""
        return bool(self.roles & DEALING)

    @property
    def sees_cost(self) -> bool:
        """Whether cost and margin are shown: to those of the firm who sell or lead, never to partners or clients."""
        return bool(self.roles & {Role.DIRECTOR, Role.MANAGER, Role.SELLER}) and not self.roles & PARTNERS
