"""An import that was taken in or undone, as its page prints it."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from bailiwick.desk import imports as desk
from bailiwick.desk.imports import Kept
from bailiwick.exchange.models import Import
from bailiwick.exchange.rules.mapping import TableMapping
from bailiwick.exchange.standing import standing_of
from bailiwick.kit import Speech
from bailiwick.web.asked import Asked
from bailiwick.web.exports import holds, label_of, summed
from bailiwick.web.jinja import address
from bailiwick.web.read_tables import findings, refused_table

CARDS = {"account": "account", "opportunity": "opportunity", "person": "person"}  # kinds with a page of their own


def as_taken(asked: Asked, of: Import) -> dict[str, Any]:
    """The context of the page of an import that was taken in."""
    found, speech, told = desk.taken_in(asked.viewer, of, asked.today), asked.speech, of.report
    return {
        "of": of,
        "undone": of.state == Import.State.UNDONE,
        "when": speech.instant(of.undone or of.taken),
        "made": summed(found.counts, "made", speech),
        "changed": summed(found.counts, "changed", speech),
        "unchanged": summed(found.counts, "unchanged", speech),
        "duplicates": told.get("duplicates", 0),
        "refused_rows": told.get("refused", 0),
        "kept_here": len(told.get("kept", ())),
        "contested": told.get("contested", 0),
        "stale": found.stale,
        "absent": told.get("absent", 0),
        "standing": standing_of(asked.viewer, of.source),
        "removed": told.get("removed", 0),
        "kept": [_kept(one, speech) for one in found.kept],
        "kept_more": found.kept_more,
        "findings": findings(found.findings, sum(1 for one in found.reading.tables if one.kind) > 1, speech),
        "refused": _refused(asked, of, found.refused),
        "tables": [_mapping(one, told.get("headers", {}).get(one.table, ()), speech) for one in found.reading.tables],
        "number": speech.number,
    }


def _kept(one: Kept, speech: Speech) -> dict[str, str]:
    url = reverse(CARDS[one.kind], args=[one.row]) if one.kind in CARDS else ""
    return {"kind": holds(one.kind, speech), "name": speech.say(one.name) or gettext("a row"), "url": url}


def _refused(asked: Asked, of: Import, tables: Any) -> dict[str, Any]:
    """The refused rows of one table; the others are a click away."""
    if not tables:
        return {"rows": []}
    wanted = asked.text("table")
    table = wanted if wanted in {name for name, _ in tables} else tables[0][0]
    found = desk.refused_page(asked.viewer, of, table, asked.text("at"))
    shown = refused_table([(table, row.line, desk.reason(of, row)) for row in found.rows], False, asked.speech)
    return shown | {
        "table": table,
        "csv": address("import_refused", of.pk, table=table),
        "others": [
            {"name": name, "rows": rows, "url": address("import_", of.pk, table=name)} for name, rows in tables if name != table
        ],
        "next_url": address("import_", of.pk, table=table, at=found.next) if found.next else "",
        "previous_url": address("import_", of.pk, table=table, at=found.previous) if found.previous else "",
    }


def _mapping(table: TableMapping, header: Sequence[str], speech: Speech) -> dict[str, Any]:
    """A table as it was read, its columns in the order of the file where that is known."""
    order = {name: place for place, name in enumerate(header)}
    columns = sorted(table.columns, key=lambda one: order.get(one.column, len(order)))
    return {
        "name": table.table,
        "holds": holds(table.kind, speech),
        "aside": speech.say(table.aside),
        "columns": [{"column": one.column, "label": label_of(one.target, speech)} for one in columns],
    }
