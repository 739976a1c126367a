"""What is kept of a reading and its rehearsal, so that a page shows them without opening the files again."""

from collections.abc import Mapping, Sequence
from typing import Any

from bailiwick.exchange.commands.preparing import Prepared, rehearsed
from bailiwick.exchange.rules.records import Finding, RefusedRow, Rehearsal
from bailiwick.exchange.rules.tables import Table
from bailiwick.exchange.sentences import written
from bailiwick.kit import Actor

EXAMPLES, LONGEST_EXAMPLE = 3, 60
REFUSED_SHOWN = 50
REASONS = 500  # different reasons whose sentences are kept beside their English text


def shown(prepared: Prepared, tables: Sequence[Table], by: Actor) -> dict[str, Any]:
    """The tables with examples, what is asked, and, where nothing is, what taking in would do."""
    reading, rehearsal = prepared.reading, prepared.rehearsal
    told: dict[str, Any] = {
        "tables": [_table(table) for table in tables],
        "aside": {table.table: written(table.aside) for table in reading.tables if table.aside},
        "questions": {
            question.key: [
                written(question.sentence),
                [[answer, written(meaning)] for answer, meaning in question.choices],
            ]
            for question in reading.questions
        },
    }
    return told if rehearsal is None else told | rehearsed(prepared, by) | sentences(rehearsal)


def _table(table: Table) -> dict[str, Any]:
    columns = [[name, examples([row[place] for row in table.rows[:1000]])] for place, name in enumerate(table.columns)]
    return {"table": table.name, "rows": len(table.rows), "columns": columns}


def examples(cells: Sequence[str]) -> list[str]:
    """The first different values of a column."""
    return [cell[:LONGEST_EXAMPLE] for cell in dict.fromkeys(cell.strip() for cell in cells) if cell][:EXAMPLES]


def sentences(rehearsal: Rehearsal) -> dict[str, Any]:
    """Findings and reasons as sentences that can be said in any language."""
    return {
        "said": [_finding(one) for one in rehearsal.findings],
        "refused_rows": [_refused(row) for row in rehearsal.refused[:REFUSED_SHOWN]],
        "reasons": reasons(rehearsal.refused),
    }


def reasons(refused: Sequence[RefusedRow]) -> dict[str, Any]:
    """By the English text that is kept with each refused row, the sentence it was made of."""
    known: dict[str, Any] = {}
    for row in refused:
        if len(known) >= REASONS:
            break
        if row.reason.places:
            known.setdefault(str(row.reason)[:400], written(row.reason))
    return known


def _finding(one: Finding) -> dict[str, Any]:
    return {"kind": one.kind, "rows": one.rows, "sentence": written(one.sentence), "examples": [list(at) for at in one.examples]}


def _refused(row: RefusedRow) -> list[Any]:
    return [row.table, row.line, written(row.reason)]


def headers(tables: Sequence[Table]) -> Mapping[str, Sequence[str]]:
    """The column names of each table in order: the files are gone once the export is taken in."""
    return {table.name: list(table.columns) for table in tables}
