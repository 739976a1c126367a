"""Who can be signed in as with one click on the demo's sign-in page."""

from dataclasses import dataclass
from uuid import UUID

from bailiwick.demo.names import address_of
from bailiwick.kit import Sentence, say
from bailiwick.network.models import Access
from bailiwick.tenancy.models import Network

DIRECTOR, MANAGER, SELLER = say("director"), say("manager"), say("seller")
ADMIN, PARTNER_SELLER, CLIENT = say("partner's admin"), say("partner's seller"), say("client")
COACH, SUPPORT_LEAD, STEWARD = say("coach"), say("support lead"), say("steward")


@dataclass(frozen=True, slots=True)
class Part:
    """A part in the play: who, as what, where, and what they see."""

    name: str
    role: Sentence
    place: str
    sees: Sentence

    @property
    def email(self) -> str:
        return address_of(self.name)


@dataclass(frozen=True, slots=True)
class CastMember:
    """A part with the ids that it has in a built network. Texts are English templates; pages translate them."""

    person: UUID
    login: UUID
    email: str
    name: str
    role: str
    sees: str
    place: str


CAST = (
    Part("Dora Lang", DIRECTOR, "Hafen Vertrieb", say("Sees every project and every deal, and edits none of others.")),
    Part("Aylin Sahin", MANAGER, "Cobalt Payments", say("Answers for a project with three sellers and a partner firm.")),
    Part("Jonas Prinz", MANAGER, "Delta Fasteners", say("Answers for another project; of Cobalt he sees nothing.")),
    Part("Noor Haddad", SELLER, "Cobalt Payments", say("Sees the own day, the own companies and deals.")),
    Part("Sven Berg", SELLER, "Delta Fasteners", say("Sees the own deals; in another project, companies and prices are others.")),
    Part("Paula Kern", ADMIN, "Callwerk", say("Runs a partner firm and sees the rows of its people only.")),
    Part("Piet Vos", PARTNER_SELLER, "Callwerk", say("Sells for the partner firm and sees the own deals.")),
    Part("Arvid Nyman", PARTNER_SELLER, "Nordpart", say("Sells for another partner: neither firm sees the other.")),
    Part("Conny Maas", COACH, "Hafen Vertrieb", say("Helps managers keep good habits; sees no deal and no money.")),
    Part("Luis Ortega", SUPPORT_LEAD, "Hafen Vertrieb", say("Shares out scarce help; sees no deals.")),
    Part("Stefan Roth", STEWARD, "Hafen Vertrieb", say("Keeps process, fields and prices; sees no deals.")),
    Part("Clara Voigt", CLIENT, "Cobalt Payments", say("Is the client of a project: sees no deal, no name and no margin.")),
)  # fmt: skip


def cast(network: Network) -> list[CastMember]:
    """The cast of a built demo in its order, as far as they can be signed in; found through their access."""
    open_ones = Access.objects.filter(network=network, until=None, login__is_active=True).select_related("login")
    theirs = open_ones.filter(login__email__in=[part.email for part in CAST])
    by_email = {access.login.email: (access.person, access.login.pk) for access in theirs if access.login}
    return [
        CastMember(
            person=by_email[part.email][0],
            login=by_email[part.email][1],
            email=part.email,
            name=part.name,
            role=str(part.role),
            sees=str(part.sees),
            place=part.place,
        )
        for part in CAST
        if part.email in by_email
    ]
