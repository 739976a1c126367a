"""Why a person must look at an export that came by itself, before it is taken in."""

from collections.abc import Sequence

from bailiwick.exchange.commands.preparing import Prepared
from bailiwick.exchange.matching import plainly_same, taken_before
from bailiwick.exchange.models import Import
from bailiwick.exchange.rules.detecting import detect
from bailiwick.exchange.rules.mapping_file import from_json
from bailiwick.exchange.rules.standing import fresh_columns, lacking, shrunken, strangers
from bailiwick.exchange.rules.tables import Table
from bailiwick.kit import Actor, Refused, Sentence, say


def why_hold(prepared: Prepared, tables: Sequence[Table], before: Import | None, by: Actor) -> list[Sentence]:
    """What is otherwise than in the export before it and only a person can judge; nothing where it can be taken in."""
    if before is None:
        return [say("No import of this source is there any more by which it could be read.")]
    known, headers = from_json(before.mapping), before.report.get("headers", {})
    found = lacking(known, tables)
    if any(set(table.columns) - set(headers.get(table.name, table.columns)) for table in tables):
        try:
            found += fresh_columns(headers, known, detect(tables, source=before.source))
        except Refused:
            return [*found, say("It does not look like sales data by itself.")]
    if prepared.rehearsal is not None:
        found += strangers(_strangers(prepared, before.source, by)) + shrunken(prepared.rehearsal.rows, before.rows)
    return found


def _strangers(prepared: Prepared, source: str, by: Actor) -> list[str]:
    """Owners whom rows name, no table lists, and nobody here is."""
    named = [one for one in (prepared.rehearsal.records if prepared.rehearsal else {}).get("person", ()) if one.line == 0]
    before = taken_before(named, source, by)
    rest = [one for one in named if one.key not in before]
    met = plainly_same(rest, by, {})
    return [str(one.values["name"]) for one in rest if one.key not in met]
