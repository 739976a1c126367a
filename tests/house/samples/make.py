"""One stored sample of every kind of event: `.venv/bin/python -m tests.house.samples.make` adds what is missing.

A sample that is there is never written again: it stands for what stores out there hold, whatever the code becomes.
"""

import json
from dataclasses import fields
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

FILE = Path(__file__).with_name("events.json")
VALUES: dict[Any, Any] = {
    UUID: UUID("019ab8c4-7d11-7c31-9f6e-3a5b8c2d1e0f"),
    Decimal: Decimal("84000.50"),
    int: 3,
    bool: True,
    datetime: datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
    date: date(2026, 11, 27),
    str: "code",
}


def stored() -> list[dict[str, Any]]:
    """The samples as they are checked in."""
    return json.loads(FILE.read_text()) if FILE.exists() else []


def sample(record: Any) -> dict[str, Any]:
    """A record with a value in every column, as it would be stored now."""
    from bailiwick.kit.event import BASE

    hints = get_type_hints(record)
    columns = {field.name: _value(hints[field.name]) for field in fields(record) if field.name not in BASE}
    common = {"subject": VALUES[UUID], "happened": VALUES[datetime], "day": VALUES[date]}
    return {"kind": record.KIND, "schema": record.SCHEMA, "facts": record(**common, **columns).facts()}


def _value(hint: Any) -> Any:
    if get_origin(hint) is UnionType:
        return _value(next(part for part in get_args(hint) if part is not type(None)))
    if get_origin(hint) is tuple:
        return (_value(get_args(hint)[0]),)
    return VALUES[hint]


def main() -> None:
    """Add a sample of each kind and schema that has none."""
    from importlib import import_module

    from django import setup

    setup()
    import_module("bailiwick.config.urls")  # every kind is declared from here on
    from bailiwick.kit.event import KINDS

    have = stored()
    known = {(one["kind"], one["schema"]) for one in have}
    have += [sample(KINDS[kind]) for kind in sorted(KINDS) if (kind, KINDS[kind].SCHEMA) not in known]
    have.sort(key=lambda one: (one["kind"], one["schema"]))
    FILE.write_text(json.dumps(have, indent=1) + "\n")


if __name__ == "__main__":
    import os

    os.environ["DJANGO_SETTINGS_MODULE"] = "bailiwick.config.typing"
    main()
