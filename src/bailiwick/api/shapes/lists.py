"""Lists, their rows, views and changes, as the API shows them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from bailiwick.api.shapes.plain import MoneyShown, Ref, money
from bailiwick.kit import Money, Sentence, Speech
from bailiwick.lists import Chosen, Listing, Seen, State, Thing
from bailiwick.lists.commands import Judged
from bailiwick.lists.models import Change, View


class ColumnShown(BaseModel):
    """One thing that a list can say of a row; `orders`: the list can be put in order by it."""

    name: str
    label: str
    kind: str
    orders: bool


class ConditionShown(BaseModel):
    """One condition; `values` are those that can be meant, where they are few."""

    name: str
    label: str
    takes: str
    values: list[str]


class ActShown(BaseModel):
    """Something that can be done to many rows at once."""

    name: str
    label: str


class ListShown(BaseModel):
    """A list with everything that can be asked of it by this person."""

    name: str
    label: str
    columns: list[ColumnShown]
    conditions: list[ConditionShown]
    acts: list[ActShown]

    @classmethod
    def of(cls, one: Listing, seen: Seen, speech: Speech) -> "ListShown":
        return cls(
            name=one.name,
            label=speech.say(one.label),
            columns=[
                ColumnShown(name=column.name, label=speech.say(column.label), kind=column.kind, orders=bool(column.order))
                for column in one.columns_for(seen.viewer)
            ],
            conditions=[
                ConditionShown(
                    name=condition.name,
                    label=speech.say(condition.label),
                    takes=condition.takes.value,
                    values=[value for value, _ in condition.choices(seen)] if condition.choices else [],
                )
                for condition in one.filters_for(seen.viewer)
            ],
            acts=[ActShown(name=act.name, label=speech.say(act.label)) for act in one.acts_for(seen.viewer)],
        )


CellShown = MoneyShown | Ref | list[str] | str | None


class RowShown(BaseModel):
    """One row: its cells by the names of the columns that were asked for. Days are 2026-11-27, unknown is null."""

    id: UUID
    version: int
    cells: dict[str, CellShown]

    @classmethod
    def of(cls, row: Any, chosen: Chosen, seen: Seen, speech: Speech) -> "RowShown":
        cells = {one.name: _cell(one.value(row, seen), speech) for one in chosen.columns}
        return cls(id=row.pk, version=row.version, cells=cells)


def _cell(value: Any, speech: Speech) -> CellShown:  # noqa: PLR0911 - one answer a kind
    match value:
        case None:
            return None
        case Money():
            return money(value.amount, value.currency)
        case Thing():
            return Ref(id=value.id, name=value.name)
        case State():
            return speech.say(value.word)
        case tuple():
            return [speech.say(one) for one in value]
        case date() | datetime():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case Sentence():
            return speech.say(value)
        case _:
            return str(value)


class ViewShown(BaseModel):
    """A question kept under a name; `where` is what the list is asked by it."""

    id: UUID
    name: str
    where: str
    shared: str
    mine: bool

    @classmethod
    def of(cls, row: View, person: UUID) -> "ViewShown":
        return cls(id=row.pk, name=row.name, where=row.query, shared=row.shared, mine=row.person == person)


class LeftShown(BaseModel):
    """A row that stays as it is, and why."""

    id: UUID
    why: str


class ChangedShown(BaseModel):
    """What an act did, or would do: rows changed and rows left. `id` is there where it can be undone."""

    id: UUID | None
    changed: list[UUID]
    left: list[LeftShown]

    @classmethod
    def of(cls, made: Change | None, found: Judged, speech: Speech) -> "ChangedShown":
        return cls(
            id=made.pk if made else None,
            changed=[row.pk for row in found.changes],
            left=[LeftShown(id=row.pk, why=speech.say(why)) for row, why in found.left],
        )


class UndoneShown(BaseModel):
    """How many rows say again what they said before, and which stayed because somebody changed them since."""

    back: int
    stayed: list[UUID]
