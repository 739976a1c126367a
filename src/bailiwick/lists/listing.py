"""What a list is: which columns it can show, by what it is filtered and ordered, what can be done to many of its rows.

A column that the viewer may not see can be neither shown, nor filtered, nor ordered by: the same declaration answers for all.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from bailiwick.fields import Field
from bailiwick.kit import Actor, Money, Scope, Sentence, say

Rows = QuerySet[Any]


SAME = say("it says so already")  # why a row is left that needs no change


@dataclass(frozen=True, slots=True)
class Seen:
    """Who looks, and their local day."""

    viewer: Scope
    today: date


@dataclass(frozen=True, slots=True)
class State:
    """A standing: `kind` is shape and colour (`good`, `watch`, `off`, `none`), `word` says the same."""

    kind: str
    word: Sentence


@dataclass(frozen=True, slots=True)
class Thing:
    """Something with a page of its own: its name, the route and id that lead there, and a quiet second name."""

    name: str
    route: str
    id: UUID
    note: str = ""


Word = str | Sentence
Value = str | int | Decimal | date | datetime | Money | Sentence | State | Thing | tuple[Word, ...] | None


@dataclass(frozen=True, kw_only=True)
class Column:
    """One thing that a list can say of a row.

    `order` names a column or annotation of the rows, never null, by which the list can be put in order; `edit` the act that
    changes it; `money`: only for whoever sees the money of deals.
    """

    name: str
    label: Sentence
    value: Callable[[Any, Seen], Value]
    kind: str = "text"
    order: str = ""
    edit: str = ""
    first: bool = True
    money: bool = False


class Takes(StrEnum):
    """What a filter takes."""

    WORDS = "words"
    CHOICE = "choice"
    DAY = "day"
    AMOUNT = "amount"
    ID = "id"


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One condition. `keep` gives the rows that fulfil it; `choices` what there is to choose from, in sight."""

    name: str
    label: Sentence
    takes: Takes
    keep: Callable[[Rows, Any, Seen], Rows]
    choices: Callable[[Seen], Sequence[tuple[str, str | Sentence]]] | None = None
    money: bool = False


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something done to many rows at once, or to one in its place.

    What it takes is typed into `field` or chosen from `choices`. `before` is what a row says now, as it could be stated
    again (the undo does); `means` turns what was chosen into what the others are asked with, once for all rows; `refuses`
    tells why this row would stay as it is; `apply` makes it so, by the commands. `states` is the kind and field that it
    changes, which may be kept in the source of a row.
    """

    name: str
    label: Sentence
    before: Callable[[Any], str]
    refuses: Callable[[Any, Any, Actor], Sentence | None]
    apply: Callable[[Sequence[UUID], Any, Actor, datetime], None]
    field: Field | None = None
    choices: Callable[[Seen], Sequence[tuple[str, str | Sentence]]] | None = None
    means: Callable[[str, Seen], Any] = lambda text, seen: text
    states: tuple[str, str] = ("", "")


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list of the rows that the viewer sees.

    `order` is the column that orders it unless another is chosen; `standard`: filters that hold until the person says
    otherwise; `complete` adds what one query for all rows of a page tells (who calls on each company); `about`: whose rows
    they are, for the record of reads; `works_on`: whether the viewer may change a row at all.
    """

    name: str
    label: Sentence
    model: type[Any]
    rows: Callable[[Seen], Rows]
    columns: Sequence[Column]
    filters: Sequence[Filter]
    order: str
    falling: bool = False
    standard: Mapping[str, str] | None = None
    complete: Callable[[Sequence[Any], Seen], None] | None = None
    about: Callable[[Any], Iterable[UUID]] = lambda row: ()
    acts: Sequence[Act] = ()
    works_on: Callable[[Any, Scope], bool] = lambda row, viewer: False

    def columns_for(self, viewer: Scope) -> list[Column]:
        """The columns that the viewer may see."""
        return [one for one in self.columns if viewer.sees_money or not one.money]

    def filters_for(self, viewer: Scope) -> list[Filter]:
        """The filters that the viewer may use."""
        return [one for one in self.filters if viewer.sees_money or not one.money]

    def acts_for(self, viewer: Scope) -> list[Act]:
        """What the viewer may do to many rows at once: those who work on deals, and each row still judged."""
        return list(self.acts) if viewer.sells else []

    def act(self, name: str, viewer: Scope) -> Act | None:
        """The act called `name`, if the viewer has it."""
        return next((one for one in self.acts_for(viewer) if one.name == name), None)
