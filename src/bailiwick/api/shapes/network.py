"""People and units, as the API shows them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from bailiwick.api.asked import Asked
from bailiwick.api.shapes.plain import Ref, ref
from bailiwick.kit import Sentence, Speech
from bailiwick.network.models import ApiToken, Person, Unit
from bailiwick.network.queries import Member


class NetworkShown(BaseModel):
    """The network in which the token works."""

    id: UUID
    slug: str
    name: str
    currency: str
    zone: str


class Me(BaseModel):
    """Who the token is."""

    id: UUID
    name: str
    email: str
    language: str
    zone: str
    roles: list[str]
    unit: Ref | None
    network: NetworkShown
    token: str
    service: bool

    @classmethod
    def of(cls, asked: Asked, person: Person, home: Unit | None) -> "Me":
        network = asked.network
        return cls(
            id=person.pk,
            name=person.name,
            email=person.email,
            language=asked.speech.locale,
            zone=asked.zone,
            roles=sorted(asked.viewer.roles),
            unit=Ref(id=home.pk, name=home.name) if home else None,
            network=NetworkShown(
                id=network.pk, slug=network.slug, name=network.name, currency=network.currency, zone=network.zone
            ),
            token=asked.caller.token.scope,
            service=asked.viewer.program,
        )


class UnitShown(BaseModel):
    """A place in the tree."""

    id: UUID
    name: str
    kind: str
    parent: UUID | None
    organization: Ref
    client: Ref | None
    goal: str
    zone: str

    @classmethod
    def of(cls, row: Unit) -> "UnitShown":
        return cls(
            id=row.pk,
            name=row.name,
            kind=row.kind,
            parent=row.parent_id,
            organization=Ref(id=row.organization_id, name=row.organization.name),
            client=Ref(id=row.client.pk, name=row.client.name) if row.client else None,
            goal=row.goal,
            zone=row.zone,
        )


class MemberShown(BaseModel):
    """A role in a unit."""

    unit: UUID
    role: str
    acting: bool
    since: datetime


class PersonShown(BaseModel):
    """Somebody in sight."""

    id: UUID
    name: str
    email: str
    phone: str
    service: bool
    roles: list[MemberShown]

    @classmethod
    def of(cls, row: Person, members: Iterable[Member]) -> "PersonShown":
        roles = roles_of(row, members)
        return cls(id=row.pk, name=row.name, email=row.email, phone=row.phone, service=row.program, roles=roles)


class ProgramShown(BaseModel):
    """A service account: a program's own place here, with roles like a person's."""

    id: UUID
    name: str
    purpose: str
    answerable: Ref | None
    roles: list[MemberShown]

    @classmethod
    def of(cls, row: Person, members: Iterable[Member], names: Mapping[UUID, str | Sentence], speech: Speech) -> "ProgramShown":
        answers = ref(row.answerable_id, names, speech)
        return cls(id=row.pk, name=row.name, purpose=row.purpose, answerable=answers, roles=roles_of(row, members))


def roles_of(row: Person, members: Iterable[Member]) -> list[MemberShown]:
    """The open roles of somebody among these."""
    return [MemberShown(unit=m.unit, role=m.role, acting=m.acting, since=m.since) for m in members if m.person == row.pk]


class TokenShown(BaseModel):
    """A token, without its text."""

    id: UUID
    label: str
    scope: str
    created: datetime
    used: datetime | None
    until: datetime | None

    @classmethod
    def of(cls, row: ApiToken) -> "TokenShown":
        return cls(id=row.pk, label=row.label, scope=row.scope, created=row.created, used=row.used, until=row.until)


class TokenGiven(TokenShown):
    """A new token. `text` is shown this once: it is stored nowhere, and a repeated key gets it empty."""

    text: str
