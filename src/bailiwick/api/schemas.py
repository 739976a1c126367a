"""What endpoints take: models built from the declared fields, so that form and API ask the same, for the same reason.

Shares go in as shares of one (0.15 is 15 percent); the fields read percent, so they are multiplied here, once.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, TypeVar
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, WithJsonSchema, create_model

from bailiwick.fields import Field as Declared
from bailiwick.fields import Kind, take
from bailiwick.kit import say

TYPED = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$"
LARGEST, MOST = Decimal(9_999_999_999_999), Decimal(9_999_999_999)
LARGEST_SHARE = Decimal(10)
WHOLE = 2_147_483_647


def _day(typed: Any) -> Any:
    if isinstance(typed, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", typed):
        try:
            day = date.fromisoformat(typed)
        except ValueError:
            day = date.min
        if 1900 <= day.year <= 2200:
            return day
    raise ValueError(say("A day looks like 2026-11-27.").template)


def _id(typed: Any) -> Any:
    if isinstance(typed, str) and re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", typed):
        return UUID(typed)
    raise ValueError(say("This is no id.").template)


def _whole(typed: Any) -> Any:
    """A whole number of an address is digits only: `5.0`, `1_0` and blanks are none."""
    if isinstance(typed, str) and not re.fullmatch(r"-?[0-9]{1,9}", typed):
        raise ValueError(say("This is no whole number.").template)
    return typed


def _number(places: int) -> BeforeValidator:
    """A number with at most so many decimals, as text or as JSON's own; what the store would round away is refused."""

    def read(typed: Any) -> Any:
        text = "" if isinstance(typed, bool) else str(typed)
        if isinstance(typed, str) and re.fullmatch(rf"-?[0-9]{{1,14}}(\.[0-9]{{1,{places}}})?", text):
            return Decimal(text)
        if isinstance(typed, int | float) and re.fullmatch(r"-?[0-9.]{1,24}([eE][+-]?[0-9]{1,3})?", text):
            value = Decimal(text)
            if value == round(value, places):
                return value
        raise ValueError(say("A number looks like 84000 or 84000.50, with few decimals.").template)

    return BeforeValidator(read)


def _described(largest: Decimal, places: int) -> WithJsonSchema:
    number = {"type": "number", "minimum": -int(largest), "maximum": int(largest)}
    digits = len(str(int(largest - 1)))
    return WithJsonSchema({"anyOf": [{"type": "string", "pattern": rf"^-?[0-9]{{1,{digits}}}(\.[0-9]{{1,{places}}})?$"}, number]})


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Id = Annotated[UUID, BeforeValidator(_id), WithJsonSchema({"type": "string", "format": "uuid"})]
Amount = Annotated[Decimal, Field(ge=-LARGEST, le=LARGEST), _number(4), _described(LARGEST, 4)]
Quantity = Annotated[Decimal, Field(ge=-MOST, le=MOST), _number(3), _described(MOST, 3)]
Share = Annotated[Decimal, Field(ge=-LARGEST_SHARE, le=LARGEST_SHARE), _number(4), _described(LARGEST_SHARE, 4)]
Version = Annotated[StrictInt, Field(ge=1, le=WHOLE, description="The version that was read; a stale one is refused with 409.")]
Seen = Annotated[
    int,
    Field(ge=1, le=WHOLE),
    BeforeValidator(_whole),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": WHOLE, "description": "The version that was read."}),
]
Limit = Annotated[
    int,
    Field(ge=1, le=200),
    BeforeValidator(_whole),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 200, "description": "At most so many."}),
]
FileName = Annotated[
    str,
    Field(min_length=1, max_length=200, pattern=TYPED),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 200, "description": "What the file is called: deals.csv."}),
]
Cursor = Annotated[
    str,
    Field(max_length=2000, pattern=TYPED),
    WithJsonSchema({"type": "string", "maxLength": 2000, "description": "`next` of the page before; empty for the first."}),
]
Text = Annotated[
    str,
    Field(max_length=200, pattern=TYPED),
    WithJsonSchema({"type": "string", "maxLength": 200, "pattern": TYPED, "description": "Beginnings of words to look for."}),
]


class Taken(BaseModel):
    """A body. What nobody declared is refused, so that a misspelt property is not lost in silence."""

    model_config = ConfigDict(extra="forbid")
    FIELDS: ClassVar[tuple[Declared, ...]] = ()
    PARTIAL: ClassVar[bool] = False

    def values(self) -> dict[str, Any]:
        """The declared fields as the commands take them, read like a form; of a partial body only those that were sent."""
        sent = {field.short: getattr(self, field.short) for field in self.FIELDS if field.short in self.model_fields_set}
        return take(
            self.FIELDS, {field.short: _as_typed(field, sent.get(field.short)) for field in self._asked(sent)}, self.PARTIAL
        )

    def _asked(self, sent: dict[str, Any]) -> list[Declared]:
        return [field for field in self.FIELDS if field.short in sent]


class Versioned(Taken):
    """A change of what was read in a version."""

    version: Version


T = TypeVar("T", bound=Taken)


def built(name: str, fields: Iterable[Declared], base: type[T], *, partial: bool = False) -> type[T]:
    """`base` with the declared fields; all of them optional where `partial`."""
    fields = tuple(fields)
    columns: dict[str, Any] = {field.short: _column(field, partial) for field in fields}
    model = create_model(name, __base__=base, **columns)
    model.FIELDS, model.PARTIAL = fields, partial
    return model


def _column(field: Declared, partial: bool) -> tuple[Any, Any]:
    about: dict[str, Any] = {"title": str(field.label), "description": str(field.purpose)}
    if field.example:
        about["examples"] = [field.example]
    kind = _type(field, about)
    if field.required and not partial:
        return kind, Field(**about)
    if field.kind in (Kind.DAY, Kind.MONEY, Kind.NUMBER, Kind.PERCENT):
        return (kind if field.required else kind | None), Field(default=None, **about, json_schema_extra=_no_default)
    return kind, Field(default="" if field.kind is not Kind.CHECK else False, **about, json_schema_extra=_no_default)


TYPES: dict[Kind, Any] = {Kind.DAY: Day, Kind.MONEY: Amount, Kind.NUMBER: Quantity, Kind.PERCENT: Share, Kind.CHECK: StrictBool}


def _type(field: Declared, about: dict[str, Any]) -> Any:
    """The type of a field's values; lengths and patterns are added to what is said about it."""
    if field.kind is Kind.CHOICE:
        return Literal[tuple(value for value, _ in field.choices)]
    if field.kind is Kind.PERCENT:
        about["description"] += " As a share of one: 0.15 is 15 percent."
    if field.kind in TYPES:
        return TYPES[field.kind]
    about |= {"max_length": field.longest, "pattern": TYPED} | ({"min_length": 1} if field.required else {})
    return str


def _no_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)


def _as_typed(field: Declared, value: Any) -> Any:
    """A value as `fields.take` reads it. Numbers in the form 1.234E+0, in which no point can group thousands."""
    if isinstance(value, Decimal):
        return f"{value * 100 if field.kind is Kind.PERCENT else value:E}"
    return value
