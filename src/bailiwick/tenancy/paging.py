"""Keyset pages: the page at any depth costs what the first does."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

from bailiwick.kit import Refused, say

R = TypeVar("R", bound=Model)
SIZE, LARGEST = 50, 200


@dataclass(frozen=True, slots=True)
class Slice(Generic[R]):
    """One page of rows, with the cursors of its neighbours (empty where there are none)."""

    rows: Sequence[R]
    next: str
    previous: str


def page(rows: QuerySet[R], *, key: str, cursor: str = "", size: int = SIZE, falling: bool = False) -> Slice[R]:
    """The rows beyond `cursor` in the order (key, id). `key` names a column or annotation that is never null.

    Raises `Refused` for a cursor that this list never gave.
    """
    back, value, row_id = read(cursor)
    down = falling != back
    try:
        # Ids first: whatever stands beside a row is fetched for one page, not joined to every row that is put in order.
        ids = list(_beyond(rows, key, value, row_id, down).order_by(*_order(key, down)).values_list("pk", flat=True)[: size + 1])
        found = list(rows.filter(pk__in=ids).order_by(*_order(key, down))) if ids else []
    except (ValueError, TypeError, ValidationError):
        raise _bad_cursor() from None
    more = len(found) > size
    found = found[:size]
    if back:
        found.reverse()
    return Slice(
        found,
        _cursor("n", found[-1], key) if found and (more or back) else "",
        _cursor("p", found[0], key) if found and (more if back else bool(cursor)) else "",
    )


def _beyond(rows: QuerySet[R], key: str, value: Any, row_id: UUID | None, down: bool) -> QuerySet[R]:
    if row_id is None:
        return rows
    than = "lt" if down else "gt"
    return rows.filter(Q(**{f"{key}__{than}e": value}), Q(**{f"{key}__{than}": value}) | Q(**{f"id__{than}": row_id}))


def _order(key: str, down: bool) -> tuple[str, str]:
    return (f"-{key}", "-id") if down else (key, "id")


def _cursor(way: str, row: Model, key: str) -> str:
    value = getattr(row, key)
    written = value.isoformat() if isinstance(value, date) else str(value)
    return base64.urlsafe_b64encode(json.dumps([way, written, str(row.pk)]).encode()).decode()


def read(cursor: str) -> tuple[bool, str | None, UUID | None]:
    """(towards the beginning, value of the key, id) of a cursor; refuses what is none."""
    if not cursor:
        return False, None, None
    try:
        way, value, row_id = json.loads(base64.b64decode(cursor, altchars=b"-_", validate=True))
        if way not in ("n", "p") or not isinstance(value, str) or "\x00" in value:
            raise ValueError(cursor)
        return way == "p", value, UUID(row_id)
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise _bad_cursor() from None


def _bad_cursor() -> Refused:
    return Refused("bad_cursor", say("This place in the list does not exist."), say("Begin again at the first page."))
