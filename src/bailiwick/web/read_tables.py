"""How an export is read, as its page prints it and as the page's forms say it back."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from bailiwick.desk.imports import Prepared, Table
from bailiwick.exchange.models import Import
from bailiwick.exchange.rules.mapping import Question, TableMapping
from bailiwick.exchange.rules.records import Finding
from bailiwick.exchange.rules.remapping import Chosen, Columns
from bailiwick.exchange.sentences import spoken
from bailiwick.kit import Invalid, Refused, Sentence, Speech, say
from bailiwick.web.asked import Asked
from bailiwick.web.exports import HOLDS, SYSTEMS, choices, holds, label_of, summed
from bailiwick.web.shapes import Cell, Column, Row

ALL_AT_ONCE = 150  # columns to choose for on one page; with more it is one table at a time, and never more than a form may hold
MOST = 900
READ_AS = {
    "dmy": say("the day comes first"),
    "mdy": say("the month comes first"),
    "ymd": say("the year comes first"),
    ".": say("a point before the decimals"),
    ",": say("a comma before the decimals"),
}


def name_of(question: Question) -> str:
    """What the answer is called in the form."""
    return f"answer-{hashlib.sha256(question.key.encode()).hexdigest()[:16]}"


def answers_given(asked: Asked, of: Prepared) -> dict[str, str]:
    """The answers in a form, by question."""
    return {one.key: reply for one in of.questions if (reply := asked.text(name_of(one)))}


def chosen_columns(asked: Asked, of: Prepared) -> Columns:
    """Tables and columns as chosen in a form; those that were not in it are not in here."""
    found: dict[str, Chosen] = {}
    for place, table in enumerate(of.tables):
        if f"kind-{place}" in asked.request.POST:
            names = [(f"column-{place}-{n}", column) for n, (column, _) in enumerate(table.columns)]
            told = {column: asked.text(name) for name, column in names if name in asked.request.POST}
            found[table.name] = Chosen(asked.text(f"kind-{place}"), told)
    return found


def as_prepared(asked: Asked, of: Prepared, no: Refused | None, chosen: Columns | None) -> dict[str, Any]:
    """The context of the page of an export that waits."""
    speech, wide = asked.speech, sum(len(table.columns) for table in of.tables if table.read.kind)
    wanted = asked.text("table")
    problems = {one.field: speech.say(one.sentence) for one in no.problems} if isinstance(no, Invalid) else {}
    tables = []
    for place, table in enumerate(of.tables):
        opened = str(place) == wanted or table.name in problems or (chosen is not None and table.name in chosen)
        asks = opened or (bool(table.read.kind) and wide <= ALL_AT_ONCE)
        shown = _table(table, place, (chosen or {}).get(table.name), asks, speech)
        tables.append(shown | {"open": opened or len(of.tables) == 1, "problem": problems.get(table.name, "")})
    counts, several = of.counts, sum(1 for table in of.tables if table.read.kind) > 1
    return {
        "of": of.of,
        "again": of.of.state == Import.State.FAILED,
        "failed": [speech.say(one) for one in of.failed] if of.failed else [],
        "held": [speech.say(spoken(one)) for one in of.of.report.get("held", ())],
        "system": SYSTEMS.get(of.reading.dialect, ""),
        "questions": [_question(one, speech) for one in of.questions],
        "open": [one for one in of.questions if one.needed],
        "ready": of.ready,
        "used": [one for one in tables if one["kind"]],
        "aside": [one for one in tables if not one["kind"]],
        "asks": any(one["asks"] for one in tables),
        "kinds": [(kind, speech.say(word)) for kind, word in HOLDS.items()],
        "problems": [{"name": None, "label": table, "problem": problem} for table, problem in problems.items()],
        "make": summed(counts, "made", speech),
        "change": summed(counts, "changed", speech),
        "leave": summed(counts, "unchanged", speech),
        "met": summed(counts, "met", speech),
        "duplicates": of.of.report.get("duplicates", 0),
        "refused_rows": of.of.report.get("refused", 0),
        "findings": findings(of.findings, several, speech),
        "refused": refused_table(of.refused, several, speech),
        "number": speech.number,
    }


def _question(one: Question, speech: Speech) -> dict[str, Any]:
    options = [(answer, speech.say(meaning)) for answer, meaning in one.choices]
    return {"name": name_of(one), "ask": speech.say(one.sentence), "choices": options, "needed": one.needed}


def _table(table: Table, place: int, chosen: Chosen | None, asks: bool, speech: Speech) -> dict[str, Any]:
    read = table.read
    targets = {column.column: column.target for column in read.columns}
    kind = chosen.kind if chosen else read.kind
    told: Mapping[str, str] = targets | dict(chosen.columns) if chosen else targets
    return {
        "place": place,
        "name": table.name,
        "rows": table.rows,
        "kind": read.kind,
        "chosen": kind,
        "holds": holds(read.kind, speech),
        "aside": speech.say(read.aside or Sentence("")),
        "used": len(read.columns),
        "of": len(table.columns),
        "asks": asks,
        "groups": choices(kind, {target for target in told.values() if target}, speech) if asks else [],
        "columns": [
            {
                "name": f"column-{place}-{n}",
                "column": column,
                "examples": cells,
                "target": told.get(column, ""),
                "label": label_of(targets[column], speech) if column in targets else "",
                "read_as": _read_as(read, column, speech),
                "asks": asks and n < MOST,
            }
            for n, (column, cells) in enumerate(table.columns)
        ],
    }


def _read_as(read: TableMapping, column: str, speech: Speech) -> str:
    """How days and amounts are read, where somebody or something had to tell."""
    one = next((one for one in read.columns if one.column == column), None)
    told = [*dict.fromkeys(one.days.values()), one.decimal] if one else []
    return ", ".join(speech.say(READ_AS[how]) for how in told if how in READ_AS)


def findings(found: Sequence[Finding], several: bool, speech: Speech) -> list[dict[str, str]]:
    """What was found in the data, with the first places; `several` tables are told apart by name."""
    return [{"sentence": speech.say(one.sentence), "places": _places(one, several, speech)} for one in found]


def _places(one: Finding, several: bool, speech: Speech) -> str:
    lines: dict[str, list[str]] = {}
    for table, line in one.examples:
        if line:
            lines.setdefault(table if several else "", []).append(speech.number(line))
    return "; ".join(speech.say(_place(table, ", ".join(at))) for table, at in lines.items())


def _place(table: str, lines: str) -> Sentence:
    return say("%(table)s line %(lines)s", table=table, lines=lines) if table else say("line %(lines)s", lines=lines)


def refused_table(rows: Any, several: bool, speech: Speech) -> dict[str, Any]:
    """Refused rows as a list: where, and why."""
    columns = [Column("line", gettext("Line"), "day"), Column("why", gettext("Why it is not taken in"))]
    cells = [Row([Cell(speech.number(line)), Cell(speech.say(why), note=table if several else "")]) for table, line, why in rows]
    return {"columns": columns, "rows": cells}
