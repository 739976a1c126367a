"""Hooks and their deliveries, as the API shows them."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from bailiwick.hooks.models import Delivery
from bailiwick.hooks.queries import HookSeen


class HookShown(BaseModel):
    """A hook, without its secret."""

    id: UUID
    label: str
    url: str
    kinds: list[str]
    created: datetime
    off: datetime | None = Field(description="Since when it tells nothing.")
    why_off: str = Field(description="person, gone, failing or access; empty while it is on.")
    failing: datetime | None = Field(description="Since when nothing got through.")
    waiting: int = Field(description="How many deliveries are on their way.")
    delivered: datetime | None = Field(description="When the last one got through.")

    @classmethod
    def of(cls, seen: HookSeen) -> "HookShown":
        row = seen.hook
        return cls(
            id=row.pk,
            label=row.label,
            url=row.url,
            kinds=row.kinds,
            created=row.made,
            off=row.off,
            why_off=row.why_off,
            failing=row.failing,
            waiting=seen.waiting,
            delivered=seen.delivered,
        )


class HookGiven(HookShown):
    """A hook with a new secret, which is shown this once: it is stored nowhere, and a repeated key gets it empty."""

    secret: str


class DeliveryShown(BaseModel):
    """One event on its way to a hook, or there; `event` is null for a test."""

    id: UUID
    kind: str
    event: UUID | None
    message: str = Field(description="The webhook-id, the same at each attempt.")
    made: datetime
    attempts: int
    tried: datetime | None = Field(description="When the last attempt was made.")
    status: int | None = Field(description="What the last attempt was answered.")
    trouble: str = Field(description="Why it was not: no_address, unreachable, tls, silent, no_http; unseen is not told at all.")
    due: datetime | None = Field(description="When it is tried next; null where it is not.")
    delivered: datetime | None

    @classmethod
    def of(cls, row: Delivery) -> "DeliveryShown":
        return cls(
            id=row.pk,
            kind=row.kind,
            event=row.entry,
            message=row.message,
            made=row.made,
            attempts=row.attempts,
            tried=row.tried,
            status=row.status,
            trouble=row.trouble,
            due=row.due,
            delivered=row.delivered,
        )


class Again(BaseModel):
    """How many events are told again."""

    events: int
