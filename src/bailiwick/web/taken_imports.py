"""An import that was taken in or undone, as its page prints it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from bailiwick.desk import imports as desk
from bailiwick.desk.imports import Kept
from bailiwick.exchange.models import Import
from bailiwick.kit import Speech
from bailiwick.web.asked import Asked
from bailiwick.web.exports import HOLDS, holds, label_of, state_of, summed
from bailiwick.web.jinja import address
from bailiwick.web.read_tables import findings, refused_table

CARDS = {"account": "account", "opportunity": "opportunity", "person": "person"}  # kinds with a page of their own


def as_taken(asked: Asked, of: Import) -> dict[str, Any]:
    """The context of the page of an import that was taken in."""
    found, speech, told = desk.taken_in(asked.viewer, of, asked.today), asked.speech, of.report
    return {
        "of": of,
        "state": state_of(of, speech),
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
        "removed": told.get("removed", 0),
        "kept": [_kept(one, speech) for one in found.kept],
        "kept_more": found.kept_more,
        "findings": findings(found.findings, sum(1 for one in found.reading.tables if one.kind) > 1, speech),
        "refused": _refused(asked, of, found.refused),
        "tables": [_mapping(one, speech) for one in found.reading.tables],
        "number": speech.number,
    }


def _kept(one: Kept, speech: Speech) -> dict[str, str]:
    url = reverse(CARDS[one.kind], args=[one.row]) if one.kind in CARDS else ""
    return {"kind": holds(one.kind, speech), "name": speech.say(one.name) or gettext("a row"), "url": url}


def _refused(asked: Asked, of: Import, tables: Any) -> dict[str, Any]:
    """The refused rows of one table; the others are a click away."""
    if not tables:
        return {"rows": [], "files": []}
    wanted = asked.text("table")
    table = wanted if wanted in {name for name, _ in tables} else tables[0][0]
    found = desk.refused_page(asked.viewer, of, table, asked.text("at"))
    shown = refused_table([(table, row.line, desk.reason(of, row)) for row in found.rows], False, asked.speech)
    return shown | {
        "table": table,
        "files": [
            {
                "name": name,
                "rows": rows,
                "url": address("import_", of.pk, table=name),
                "csv": address("import_refused", of.pk, table=name),
                "current": name == table,
            }
            for name, rows in tables
        ],
        "next_url": address("import_", of.pk, table=table, at=found.next) if found.next else "",
        "previous_url": address("import_", of.pk, table=table, at=found.previous) if found.previous else "",
    }


def _mapping(table: Any, speech: Speech) -> dict[str, Any]:
    return {
        "name": table.table,
        "holds": speech.say(HOLDS[table.kind]) if table.kind in HOLDS else "",
        "aside": speech.say(table.aside),
        "columns": [{"column": one.column, "label": label_of(one.target, speech)} for one in table.columns],
    }
