"""Search over everything in sight."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from bailiwick.api.asked import Asked, Told
from bailiwick.api.door import endpoint
from bailiwick.api.schemas import TYPED
from bailiwick.desk.search import MOST, search
from bailiwick.kit.scope import READING

Text = Annotated[str, Field(max_length=200, pattern=TYPED, description="Beginnings of words, in any order.")]
Few = Annotated[int, Field(ge=1, le=MOST, description="At most so many of each kind.")]


class FoundShown(BaseModel):
    """A row that was found. `note` tells what it belongs to: a city, a company, an organization."""

    kind: str = Field(examples=["accounts"])
    id: UUID
    name: str
    note: str


class SearchShown(BaseModel):
    """What was found, by kind, the closest first. `slipped`: nothing has the words as typed, these are one slip away."""

    items: list[FoundShown]
    slipped: bool


@endpoint("GET", "/search", name="search", roles=READING, gives=SearchShown)
def found(asked: Asked, q: Text = "", limit: Few = MOST) -> Told:
    """Companies, contacts, opportunities, open leads and people in sight that have the words; a slip is forgiven."""
    told = search(asked.viewer, q, most=limit)
    items = [
        FoundShown(kind=group.kind.name, id=one.id, name=one.thing.name, note=one.thing.note)
        for group in told.groups
        for one in group.found
    ]
    return Told(SearchShown(items=items, slipped=told.slipped), told.about)
