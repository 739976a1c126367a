"""The description that lies in a parcel, for programs: what is in it, how it is written, what is not in it and why."""

from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from django.utils.module_loading import autodiscover_modules

from bailiwick.fields import Field, every_field
from bailiwick.moving.digest import Counted, whole_of
from bailiwick.moving.tables import LEFT_OUT, Column, Table, moved
from bailiwick.tenancy.models import Network

FORMAT = 1
WRITTEN = {
    "file": "UTF-8; each line is one row as an object of JSON, in the order of ids",
    "uuid": "text; unique everywhere, and kept by whoever takes the network in",
    "numeric": "text, with every decimal: 84000.5000",
    "date": "text by ISO 8601: 2026-11-30",
    "timestamp with time zone": "text by ISO 8601, in UTC",
    "time": "text: 22:00:00, of the person's or unit's own day",
    "jsonb": "a value of JSON; of equal names in an object there is one",
    "refers_to": "the table that has the id; kept: the row is there; otherwise it may be gone, or be nobody (all zeros)",
    "digest": "SHA-256 of a line for each table in the order of names: its name, a blank, the SHA-256 of its file, a line end",
}


def describe(network: Network, told: Mapping[str, Counted], now: datetime) -> dict[str, Any]:
    """The description of a parcel that holds what was counted."""
    autodiscover_modules("fields")
    declared = {field.name: field for field in every_field()}
    return {
        "format": FORMAT,
        "release": version("bailiwick"),
        "exported": now.astimezone(UTC).isoformat(),
        "network": {"id": str(network.pk), "slug": network.slug, "name": network.name},
        "digest": whole_of(told),
        "rows": sum(one.rows for one in told.values()),
        "written": WRITTEN,
        "tables": [_of_table(table, told[table.name], declared) for table in moved()],
        "left_out": [{"table": name, "why": why} for name, why in LEFT_OUT.items()],
    }


def _of_table(table: Table, told: Counted, declared: Mapping[str, Field]) -> dict[str, Any]:
    columns = []
    for column in table.columns:
        field = declared.get(column.field)
        spoken = {"label": str(field.label), "purpose": str(field.purpose)} if field else {}
        columns.append({**shape(column), **_leads(column), **_choices(column), **spoken})
    return {
        "table": table.name,
        "what": table.what,
        "file": table.file,
        "rows": told.rows,
        "bytes": told.size,
        "sha256": told.sha256,
        "columns": columns,
    }


def shape(column: Column) -> dict[str, Any]:
    """What two installations must agree about to exchange a column."""
    return {"name": column.name, "type": column.type, "null": column.null}


def _leads(column: Column) -> dict[str, Any]:
    return {"refers_to": column.leads_to, "kept": column.kept} if column.leads_to else {}


def _choices(column: Column) -> dict[str, Any]:
    return {"choices": list(column.choices)} if column.choices else {}
