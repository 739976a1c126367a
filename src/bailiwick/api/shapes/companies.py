"""Accounts, contacts and holders, as the API shows them."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from bailiwick.api.shapes.plain import Ref, ref
from bailiwick.desk.account import AccountCard
from bailiwick.kit import Sentence, Speech
from bailiwick.territories.models import Account, Contact, Holding


class AccountShown(BaseModel):
    """A company."""

    id: UUID
    name: str
    website: str
    phone: str
    registration: str
    city: str
    country: str
    sector: str
    territory: Ref | None
    last_contact: date | None
    version: int

    @classmethod
    def of(cls, row: Account) -> "AccountShown":
        return cls(
            id=row.pk,
            name=row.name,
            website=row.website,
            phone=row.phone,
            registration=row.registration,
            city=row.city,
            country=row.country,
            sector=row.sector,
            territory=Ref(id=row.territory.pk, name=row.territory.name) if row.territory else None,
            last_contact=row.last_contact,
            version=row.version,
        )


class ContactShown(BaseModel):
    """A person at a company."""

    id: UUID
    name: str
    position: str
    email: str
    phone: str

    @classmethod
    def of(cls, row: Contact) -> "ContactShown":
        return cls(id=row.pk, name=row.name, position=row.position, email=row.email, phone=row.phone)


class HoldingShown(BaseModel):
    """Who may call on a company in a sales line; a contested one has no holder."""

    line: Ref
    holder: Ref | None
    contested: bool
    since: datetime

    @classmethod
    def of(cls, row: Holding, names: Mapping[UUID, str | Sentence], speech: Speech) -> "HoldingShown":
        line = Ref(id=row.line_id, name=row.line.name)
        return cls(line=line, holder=ref(row.person_id, names, speech), contested=row.contested, since=row.since)


class AccountCardShown(BaseModel):
    """A company with its contacts and holders."""

    account: AccountShown
    contacts: list[ContactShown]
    holdings: list[HoldingShown] = Field(description="As far as the viewer sees them.")

    @classmethod
    def of(cls, card: AccountCard, speech: Speech) -> "AccountCardShown":
        return cls(
            account=AccountShown.of(card.account),
            contacts=[ContactShown.of(row) for row in card.contacts],
            holdings=[HoldingShown.of(row, card.names, speech) for row in card.holdings],
        )
