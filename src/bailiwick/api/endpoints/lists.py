"""Lists as people ask for them: any column, condition and order; views; many rows changed at once, and back."""

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import parse_qsl

from pydantic import Field, WithJsonSchema

from bailiwick.api.asked import Asked, Told
from bailiwick.api.door import endpoint
from bailiwick.api.schemas import TYPED, WHOLE, Cursor, Id, Limit, Taken, built
from bailiwick.api.shapes.lists import ChangedShown, ListShown, RowShown, UndoneShown, ViewShown
from bailiwick.api.shapes.plain import Everything, Page
from bailiwick.desk.lists import LISTS
from bailiwick.kit import NotSeen
from bailiwick.kit.scope import READING, SELLING
from bailiwick.lists import Listing, Seen, choose, commands, page_of, queries
from bailiwick.lists.asking import people_of
from bailiwick.lists.commands import MOST
from bailiwick.lists.fields import VIEW
from bailiwick.tenancy.paging import SIZE

WHERE = {
    "type": "string",
    "maxLength": 2000,
    "pattern": TYPED,
    "description": "Conditions, order and columns as the page's address has them: standing=open&order=-value&columns=title,value",
}
ListName = Annotated[str, Field(max_length=30, pattern="^[a-z]+$")]
Where = Annotated[str, Field(max_length=2000, pattern=TYPED), WithJsonSchema(WHERE)]


class Row(Taken):
    """One row; with the version that was read it stays as it is if somebody changed it since."""

    id: Id
    version: int = Field(default=0, ge=0, le=WHOLE, description="The version that was read; 0 for whatever it is.")


class ChangeNew(Taken):
    """One act on many rows."""

    act: str = Field(max_length=30, pattern=TYPED, description="The name of the act, as the list tells it.")
    value: str = Field(max_length=4000, pattern=TYPED, description="What is typed or chosen; empty for nothing.")
    rows: list[Row] = Field(max_length=MOST, description="The rows that are meant.")
    preview: bool = Field(default=False, description="Only tell what would change.")


class Question(Taken):
    """What the list is asked."""

    where: Where = ""


ViewNew = built("ViewNew", VIEW, Question)


def _named(name: str) -> Listing:
    if name not in LISTS:
        raise NotSeen
    return LISTS[name]


def _asked(where: str) -> Mapping[str, str]:
    return dict(parse_qsl(where, keep_blank_values=True))  # bounded by its length, not by how many there are


@endpoint("GET", "/lists", name="lists", roles=READING, gives=Everything[ListShown])
def lists(asked: Asked) -> Told:
    """Every list with its columns, conditions and acts, as far as they are for this person."""
    seen = Seen(asked.viewer, asked.today)
    return Told(Everything[ListShown](items=[ListShown.of(one, seen, asked.speech) for one in LISTS.values()]))


@endpoint("GET", "/lists/{slug:name}", name="list_rows", roles=READING, gives=Page[RowShown])
def list_rows(asked: Asked, name: ListName, where: Where = "", limit: Limit = SIZE, cursor: Cursor = "") -> Told:
    """The rows of a list in sight, exactly as its page shows them to this person."""
    listing, seen = _named(name), Seen(asked.viewer, asked.today)
    chosen = choose(listing, _asked(where), asked.viewer)
    found = page_of(chosen, seen, cursor=cursor, size=limit)
    rows = [RowShown.of(row, chosen, seen, asked.speech) for row in found.rows]
    return Told(Page[RowShown](items=rows, next=found.next), people_of(listing, found.rows))


@endpoint("POST", "/lists/{slug:name}/changes", name="list_change", roles=SELLING, takes=ChangeNew, gives=ChangedShown)
def list_change(asked: Asked, name: ListName, given: ChangeNew) -> Told:
    """Many rows are changed by one act; those that the rule leaves alone are named with the reason."""
    listing, seen = _named(name), Seen(asked.viewer, asked.today)
    act = listing.act(given.act, asked.viewer)
    if act is None:
        raise NotSeen
    rows = {row.id: row.version for row in given.rows}
    if given.preview:
        found = commands.judge(listing, act, rows, given.value, by=asked.actor, seen=seen)
        return Told(ChangedShown.of(None, found, asked.speech), people_of(listing, found.changes))
    made, found = commands.change(listing, act, rows, given.value, by=asked.actor, seen=seen, now=asked.now)
    return Told(ChangedShown.of(made, found, asked.speech), people_of(listing, found.changes))


@endpoint("POST", "/changes/{uuid:change}/undo", name="change_undo", roles=SELLING, gives=UndoneShown)
def change_undo(asked: Asked, change: Id) -> Told:
    """Rows say again what they said before; those that somebody changed since stay."""
    seen = Seen(asked.viewer, asked.today)
    back, stays = commands.undo(change, LISTS, by=asked.actor, seen=seen, now=asked.now)
    return Told(UndoneShown(back=back, stayed=[row.pk for row in stays]))


@endpoint("GET", "/lists/{slug:name}/views", name="views", roles=READING, gives=Everything[ViewShown])
def views(asked: Asked, name: ListName) -> Told:
    """The views of a list that this person has."""
    found = queries.views(asked.viewer, _named(name).name)
    return Told(Everything[ViewShown](items=[ViewShown.of(one, asked.person) for one in found]))


@endpoint("POST", "/lists/{slug:name}/views", name="view_save", roles=READING, takes=ViewNew, gives=ViewShown, status=201)
def view_save(asked: Asked, name: ListName, given: Question) -> Told:
    """The question is kept under a name; one's own view of that name asks this from now on."""
    chosen = choose(_named(name), _asked(given.where), asked.viewer)
    view = commands.save_view(chosen, **given.values(), by=asked.actor, now=asked.now)
    return Told(ViewShown.of(view, asked.person))


@endpoint("DELETE", "/views/{uuid:view}", name="view_drop", roles=READING)
def view_drop(asked: Asked, view: Id) -> Told:
    """The view is gone for everybody who had it."""
    commands.drop_view(view, by=asked.actor)
    return Told()
