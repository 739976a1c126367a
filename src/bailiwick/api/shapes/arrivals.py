"""Arrivals as the API shows them, to their own person only."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from bailiwick.api.shapes.plain import clock
from bailiwick.pipeline.arrived import Arrived


class ArrivalShown(BaseModel):
    """A mail or invitation as the activity that is proposed: done (`day`), or planned; with a day, `due` is a next step."""

    id: UUID
    kind: str
    text: str
    who: str = Field(description="The name and address of whom it is from or with, as the message says them.")
    account: UUID | None
    contact: UUID | None
    opportunity: UUID | None
    day: date | None
    due: date | None
    due_time: str | None = Field(examples=["14:30"])
    arrived: datetime

    @classmethod
    def of(cls, one: Arrived) -> "ArrivalShown":
        row = one.row
        return cls(
            id=row.pk,
            kind=row.kind,
            text=row.text,
            who=row.who,
            account=one.account.pk if one.account else None,
            contact=one.contact.pk if one.contact else None,
            opportunity=one.opportunity.pk if one.opportunity else None,
            day=row.day,
            due=row.due,
            due_time=clock(row.due_time),
            arrived=row.arrived,
        )


class TakenInShown(BaseModel):
    """What came of a message."""

    proposed: list[ArrivalShown]
    known: int = Field(ge=0, description="How many that it tells of had come before, and are not proposed again.")
    withdrawn: int = Field(ge=0, description="How many that it calls off are not proposed any more.")
