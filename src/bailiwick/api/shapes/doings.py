"""Activities, promises, leads and what happened, as the API shows them. Other things stand in them by id only."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from bailiwick.api.shapes.plain import clock
from bailiwick.pipeline.models import Activity, Lead, Promise


class ActivityShown(BaseModel):
    """Something done (`day`) or planned (`due`, or no day at all)."""

    id: UUID
    kind: str
    text: str
    account: UUID | None
    contact: UUID | None
    opportunity: UUID | None
    person: UUID
    due: date | None
    due_time: str | None = Field(examples=["14:30"])
    day: date | None
    done: bool
    dropped: bool

    @classmethod
    def of(cls, row: Activity) -> "ActivityShown":
        return cls(
            id=row.pk,
            kind=row.kind,
            text=row.text,
            account=row.account_id,
            contact=row.contact_id,
            opportunity=row.opportunity_id,
            person=row.person_id,
            due=row.due,
            due_time=clock(row.due_time),
            day=row.day,
            done=row.done is not None,
            dropped=row.dropped is not None,
        )


class PromiseShown(BaseModel):
    """What a customer was told they will have by a day."""

    id: UUID
    text: str
    due: date
    account: UUID | None
    opportunity: UUID | None
    person: UUID
    kept: datetime | None

    @classmethod
    def of(cls, row: Promise) -> "PromiseShown":
        return cls(
            id=row.pk,
            text=row.text,
            due=row.due,
            account=row.account_id,
            opportunity=row.opportunity_id,
            person=row.person_id,
            kept=row.kept,
        )


class DoingsShown(BaseModel):
    """Activities (newest first, at most a hundred) and open promises."""

    activities: list[ActivityShown]
    promises: list[PromiseShown]


class LeadShown(BaseModel):
    """Somebody who may want to buy."""

    id: UUID
    name: str
    company: str
    email: str
    phone: str
    origin: str
    entered: date | None
    person: UUID
    closed: datetime | None

    @classmethod
    def of(cls, row: Lead) -> "LeadShown":
        return cls(
            id=row.pk,
            name=row.name,
            company=row.company,
            email=row.email,
            phone=row.phone,
            origin=row.origin,
            entered=row.entered,
            person=row.person_id,
            closed=row.closed,
        )


class LeadClosed(BaseModel):
    """What became of a lead."""

    opportunity: UUID | None = Field(description="The opportunity it became, if it did.")


class HappeningShown(BaseModel):
    """One entry of a history."""

    id: UUID
    kind: str
    sentence: str = Field(description="In the language of the person.")
    words: str = Field(description="What was written down with it, if anything.")
    facts: dict[str, Any] = Field(description="Ids, amounts and codes of the event.")
    happened: datetime
    recorded: datetime
    by: UUID
    door: str


class KeptRowsShown(BaseModel):
    """Rows of one kind that are kept about the person."""

    what: str
    rows: list[dict[str, Any]]


class KeptShown(BaseModel):
    """Everything that is kept about the person, and the names of those who looked."""

    items: list[KeptRowsShown]
    names: dict[UUID, str]
