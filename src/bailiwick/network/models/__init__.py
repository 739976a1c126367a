"""Tables of who takes part."""

from bailiwick.network.models.logins import Access, ApiToken, Invitation, Login, PushDevice, Session
from bailiwick.network.models.memberships import Membership, Sight
from bailiwick.network.models.people import Person
from bailiwick.network.models.units import Organization, Unit

__all__ = [
    "Access",
    "ApiToken",
    "Invitation",
    "Login",
    "Membership",
    "Organization",
    "Person",
    "PushDevice",
    "Session",
    "Sight",
    "Unit",
]
