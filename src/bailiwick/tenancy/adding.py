"""Many rows are added by one statement, for commands that take a sequence; five times faster than Django's `bulk_create`."""

import json
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import (
    BinaryField,
    BooleanField,
    DateField,
    DateTimeField,
    DecimalField,
    Field,
    ForeignKey,
    IntegerField,
    JSONField,
    Model,
    UUIDField,
)
from django.db.models.fields import NOT_PROVIDED

Writer = Callable[[Any], str]
AT_ONCE = 5000  # rows in one statement: some megabytes of text


def add_many(rows: Sequence[Model], *, ignore_conflicts: bool = False) -> None:
    """These rows of one table are stored as they stand; with `ignore_conflicts` those that are there already are left out.

    Columns that the database fills itself (a number of its own) are left to it.
    """
    if not rows:
        return
    columns = [field for field in rows[0]._meta.local_concrete_fields if field.db_default is NOT_PROVIDED]
    names = [field.attname for field in columns]
    add_values(rows[0].__class__, names, [[getattr(row, name) for name in names] for row in rows], ignore_conflicts)
    for row in rows:
        row._state.adding = False


def add_values(model: Any, names: Sequence[str], rows: Sequence[Sequence[Any]], ignore_conflicts: bool = False) -> None:
    """Rows of plain values, in the order of the columns called `names` (attribute names), are stored."""
    statement, writers = _adding(model, tuple(names), ignore_conflicts)
    left = iter(rows)
    with connection.cursor() as cursor:
        while part := list(islice(left, AT_ONCE)):
            values = [_array(write, cells) for write, cells in zip(writers, zip(*part, strict=True), strict=True)]
            cursor.execute(statement, values)


@lru_cache(maxsize=256)
def _adding(model: Any, names: tuple[str, ...], ignore_conflicts: bool) -> tuple[str, list[Writer]]:
    """The statement, and what writes each of its columns."""
    fields = [next(field for field in model._meta.local_concrete_fields if field.attname == name) for name in names]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    arrays = ", ".join(f"%s::{_carrier(field)}[]" for field in fields)
    chosen = ", ".join(f"told.{quote(field.column)}::{unbound(field)}" for field in fields)
    statement = (
        f"INSERT INTO {quote(model._meta.db_table)} ({columns}) "  # noqa: S608
        f"SELECT {chosen} FROM unnest({arrays}) AS told({columns})"
    )
    return statement + (" ON CONFLICT DO NOTHING" if ignore_conflicts else ""), [_writer(field) for field in fields]


def _carrier(field: "Field[Any, Any]") -> str:
    """The type in which a column travels: lists and documents as text, because `unnest` would take lists apart."""
    return "text" if isinstance(field, ArrayField | JSONField) else unbound(field)


def unbound(field: "Field[Any, Any]") -> str:
    """The type without its limits: a cast to `varchar(200)` would cut what is longer, where storing it refuses."""
    return re.sub(r"\([\d, ]+\)", "", str(field.db_type(connection)))


def _array(write: Writer, cells: Sequence[Any]) -> str:
    """A column as PostgreSQL writes an array: three times faster than handing the driver a list."""
    return "{" + ",".join("NULL" if cell is None else write(cell) for cell in cells) + "}"


BARE = (BooleanField, DateField, DecimalField, IntegerField)  # their texts hold nothing that an array would part by


def _writer(field: "Field[Any, Any]") -> Writer:
    writers: tuple[tuple[Any, Writer], ...] = (
        (JSONField, lambda cell: _quoted(json.dumps(cell, cls=field.encoder))),  # type: ignore[attr-defined]
        (ArrayField, lambda cell: _quoted(_list(cell))),
        (UUIDField, _hex),
        (ForeignKey, _hex),
        (DateTimeField, lambda cell: f'"{cell}"'),
        (BinaryField, lambda cell: _quoted("\\x" + bytes(cell).hex())),
        (BARE, str),
    )
    return next((write for kind, write in writers if isinstance(field, kind)), lambda cell: _quoted(str(cell)))


def _list(cells: Sequence[Any]) -> str:
    return "{" + ",".join("NULL" if one is None else _quoted(str(one)) for one in cells) + "}"


def _hex(cell: Any) -> str:
    """An id (every key of ours is one) without its hyphens, which takes Python a quarter of the time."""
    return cell.hex if isinstance(cell, UUID) else str(cell)


def _quoted(text: str) -> str:
    if "\\" in text or '"' in text:
        text = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
