"""Standing sources and the files that came for them, as the API shows them."""

from collections.abc import Mapping
from datetime import datetime, time
from uuid import UUID

from pydantic import BaseModel, Field

from bailiwick.api.shapes.plain import clock
from bailiwick.exchange.models import Incoming
from bailiwick.exchange.sentences import spoken
from bailiwick.exchange.standing import Standing
from bailiwick.kit import Speech


class SourceShown(BaseModel):
    """A source whose exports are taken in again by themselves."""

    id: UUID
    source: str
    folder: str = Field(description="The name of its folder, below the inbox and the name of the network.")
    night: str | None = Field(description="When it is taken in, by the clock of the network; null: as soon as it is there.")
    began: datetime
    taken: datetime | None = Field(description="When an export of it was taken in last.")
    waiting: int = Field(description="How many files wait for their turn.")
    trouble: str = Field(description="Why it does not go on; empty while it does.")
    delivers: bool = Field(description="Whether a token may deliver files of it.")
    masters: Mapping[str, str] = Field(description="By field who is its master: source or here; all others: the latest.")
    links: Mapping[str, str] = Field(description="By kind the address of a row in the source, with {id} for its id there.")

    @classmethod
    def of(cls, seen: Standing, speech: Speech) -> "SourceShown":
        row, night = seen.row, seen.row.night
        return cls(
            id=row.pk,
            source=row.source,
            folder=row.folder,
            night=clock(night if isinstance(night, time) else None),
            began=row.began,
            taken=row.taken,
            waiting=seen.waiting,
            trouble=speech.say(spoken(row.trouble["why"])) if row.trouble else "",
            delivers=row.token is not None,
            masters=row.masters,
            links=row.links,
        )


class IncomingShown(BaseModel):
    """A file that came for a standing source."""

    id: UUID
    name: str
    size: int
    digest: str = Field(description="SHA-256 of its content: the file that came last is not kept a second time.")
    came: datetime
    state: str = Field(description="waiting, given, taken, again or refused.")

    @classmethod
    def of(cls, row: Incoming) -> "IncomingShown":
        return cls(id=row.pk, name=row.name, size=row.size, digest=row.digest, came=row.came, state=row.state)
