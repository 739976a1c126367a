"""What happens to people and units."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bailiwick.kit import Event, say


@dataclass(frozen=True, kw_only=True)
class UnitAdded(Event):
    KIND = "network.unit_added"
    SENTENCE = say("%(by)s set up %(subject)s")


@dataclass(frozen=True, kw_only=True)
class UnitRenamed(Event):
    KIND = "network.unit_renamed"
    SENTENCE = say("%(by)s renamed %(subject)s")


@dataclass(frozen=True, kw_only=True)
class PersonJoined(Event):
    KIND = "network.person_joined"
    SENTENCE = say("%(by)s entered %(subject)s")


@dataclass(frozen=True, kw_only=True)
class MembershipBegan(Event):
    KIND = "network.membership_began"
    SENTENCE = say("%(subject)s began as %(role)s in %(in_unit)s")
    role: str
    in_unit: UUID


@dataclass(frozen=True, kw_only=True)
class MembershipEnded(Event):
    KIND = "network.membership_ended"
    SENTENCE = say("%(subject)s ended as %(role)s in %(in_unit)s")
    role: str
    in_unit: UUID


@dataclass(frozen=True, kw_only=True)
class ManagerAppointed(Event):
    KIND = "network.manager_appointed"
    SENTENCE = say("%(manager)s answers for %(subject)s")
    manager: UUID
    acting: bool


@dataclass(frozen=True, kw_only=True)
class InvitationAccepted(Event):
    KIND = "network.invitation_accepted"
    SENTENCE = say("%(subject)s accepted an invitation and can sign in")
    invitation: UUID


@dataclass(frozen=True, kw_only=True)
class ProgramEntrusted(Event):
    KIND = "network.service_entrusted"
    SENTENCE = say("%(answerable)s answers for %(subject)s")
    answerable: UUID


@dataclass(frozen=True, kw_only=True)
class TokenGiven(Event):
    KIND = "network.service_token_given"
    SENTENCE = say("%(by)s gave %(subject)s a token")
    token: UUID
    writes: bool


@dataclass(frozen=True, kw_only=True)
class TokenRevoked(Event):
    KIND = "network.service_token_revoked"
    SENTENCE = say("%(by)s revoked a token of %(subject)s")
    token: UUID


@dataclass(frozen=True, kw_only=True)
class FactorDemanded(Event):
    KIND = "network.factor_demanded"
    SENTENCE = say("%(by)s asked everybody who signs in for a second factor, from %(since)s on")
    since: date


@dataclass(frozen=True, kw_only=True)
class FactorLeftOff(Event):
    KIND = "network.factor_left_off"
    SENTENCE = say("%(by)s asks nobody for a second factor any more")


@dataclass(frozen=True, kw_only=True)
class SightGranted(Event):
    KIND = "network.sight_granted"
    SENTENCE = say("%(by)s gave %(subject)s a sight of rows")
    sight: UUID
    source: str


@dataclass(frozen=True, kw_only=True)
class SightWithdrawn(Event):
    KIND = "network.sight_withdrawn"
    SENTENCE = say("%(by)s took a sight of rows back from %(subject)s")
    sight: UUID
    source: str


@dataclass(frozen=True, kw_only=True)
class PersonLeft(Event):
    KIND = "network.person_left"
    SENTENCE = say("%(subject)s left; access ended that minute; handed over: %(handed_over)s")
    handed_over: int


@dataclass(frozen=True, kw_only=True)
class PersonErased(Event):
    KIND = "network.person_erased"
    SENTENCE = say("A person was erased")
