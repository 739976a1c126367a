"""Imports as their pages show them: what was given and how it reads, what came of it, what undoing would take away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count

from bailiwick.exchange import queries
from bailiwick.exchange.commands.intake.changes import COUNTED
from bailiwick.exchange.matching import PLURAL
from bailiwick.exchange.models import Import, Refusal, Taken
from bailiwick.exchange.rules.mapping import Mapping as Reading
from bailiwick.exchange.rules.mapping import Question, TableMapping
from bailiwick.exchange.rules.mapping_file import from_json
from bailiwick.exchange.rules.records import Finding
from bailiwick.exchange.sentences import spoken
from bailiwick.kit import NotSeen, Refused, Scope, Sentence
from bailiwick.ledger import asking
from bailiwick.pipeline.queries import opportunities
from bailiwick.tenancy.paging import Slice, page

KEPT_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Counted:
    """Rows of one kind: made, changed, left as they are, met as already here."""

    kind: str
    made: int = 0
    changed: int = 0
    unchanged: int = 0
    met: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it was given: its columns with examples, and how it is read."""

    name: str
    rows: int
    columns: Sequence[tuple[str, Sequence[str]]]
    read: TableMapping


@dataclass(frozen=True, slots=True)
class Prepared:
    """An export before it is taken in. `ready` says that nothing is open; only then are there counts."""

    of: Import
    reading: Reading
    questions: Sequence[Question]
    tables: Sequence[Table]
    ready: bool
    counts: Sequence[Counted]
    findings: Sequence[Finding]
    refused: Sequence[tuple[str, int, Sentence]]
    failed: tuple[Sentence, Sentence] | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A row that undoing left, because people worked on it."""

    kind: str
    row: UUID
    name: str | Sentence


@dataclass(frozen=True, slots=True)
class Taken_in:  # noqa: N801 - "Taken" is a table's
    """What came of an import. `stale` counts all deals in sight that are stale on arrival, as the pipeline lists them."""

    of: Import
    reading: Reading
    counts: Sequence[Counted]
    findings: Sequence[Finding]
    refused: Sequence[tuple[str, int]]
    stale: int
    kept: Sequence[Kept]
    kept_more: int


@dataclass(frozen=True, slots=True)
class Summed:
    """A former import in the list: rows made, changed and refused over all kinds; None where nothing was taken in."""

    of: Import
    made: int | None
    changed: int | None
    refused: int | None


def former(viewer: Scope, cursor: str = "") -> Slice[Import]:
    """The imports, the newest first."""
    return page(queries.imports(viewer), key="created", cursor=cursor, falling=True)


def summed(of: Import) -> Summed:
    """Its totals over all kinds."""
    if of.taken is None:
        return Summed(of, None, None, None)
    told = of.report
    return Summed(of, sum(told["created"].values()), sum(told["changed"].values()), int(told["refused"]))


def sources(viewer: Scope) -> list[str]:
    """What earlier imports were called, so that the next of the same source is called the same."""
    return sorted({row.source for row in queries.imports(viewer).filter(taken__isnull=False).only("source")})


def prepared(of: Import) -> Prepared:
    """An export that waits, as it was read last."""
    reading, told = from_json(of.mapping), of.report
    failed = told.get("failed")
    return Prepared(
        of=of,
        reading=reading,
        questions=[_question(one, told.get("questions", {})) for one in reading.questions],
        tables=[_table(one, reading, told.get("aside", {})) for one in told.get("tables", ())],
        ready=not reading.open_questions,
        counts=counted(told),
        findings=findings(told),
        refused=[(table, line, spoken(reason)) for table, line, reason in told.get("refused_rows", ())],
        failed=(spoken(failed[0]), spoken(failed[1])) if failed else None,
    )


def _question(one: Question, said: Mapping[str, Any]) -> Question:
    """The question in words that translate; the mapping keeps its English text only. The names of steps are no words."""
    if one.key.startswith("step|") and one.key in said:
        choices = tuple((value, Sentence("%(name)s", {"name": value})) for value, _ in one.choices)
        return Question(one.key, spoken(said[one.key][0]), choices, one.needed)
    if one.key not in said:
        return one
    sentence, choices = said[one.key]
    return Question(one.key, spoken(sentence), tuple((value, spoken(meaning)) for value, meaning in choices), one.needed)


def _table(told: Mapping[str, Any], reading: Reading, aside: Mapping[str, Any]) -> Table:
    name = told["table"]
    read = reading.table(name) or TableMapping(name, "")
    if name in aside:
        read = TableMapping(name, read.kind, read.columns, spoken(aside[name]))
    return Table(name, told["rows"], [(column, cells) for column, cells in told["columns"]], read)


def counted(told: Mapping[str, Any]) -> list[Counted]:
    """What a report counts, by kind in the order of taking in."""
    parts = [told.get(name, {}) for name in ("created", "changed", "unchanged", "here_already")]
    return [
        Counted(kind, *(part.get(kind, 0) for part in parts)) for kind in PLURAL.values() if any(kind in part for part in parts)
    ]


def findings(told: Mapping[str, Any]) -> list[Finding]:
    """What was found in the data; tables left aside are shown elsewhere."""
    said = told.get("said") or told.get("findings", ())
    every = [Finding(one["kind"], spoken(one["sentence"]), one["rows"], tuple(map(tuple, one["examples"]))) for one in said]
    return [one for one in every if one.kind != "table_left_aside"]


def taken_in(viewer: Scope, of: Import, today: date) -> Taken_in:
    """What became of every row, and what was kept where it was undone."""
    told = of.report
    kept = [(one["kind"], UUID(one["row"])) for one in told.get("kept_rows", ())]
    names = asking.names([row for _, row in kept[:KEPT_SHOWN]], viewer)
    refused = queries.refusals(viewer, of.pk).values_list("table").annotate(rows=Count("pk")).order_by("table")
    return Taken_in(
        of=of,
        reading=from_json(of.mapping),
        counts=counted(told),
        findings=findings(told),
        refused=[(table, rows) for table, rows in refused],
        stale=opportunities(viewer, today=today, standing="stale").count(),
        kept=[Kept(kind, row, names.get(row, "")) for kind, row in kept[:KEPT_SHOWN]],
        kept_more=max(0, len(kept) - KEPT_SHOWN),
    )


def refused_page(viewer: Scope, of: Import, table: str, cursor: str) -> Slice[Refusal]:
    """Refused rows of one table, by line."""
    return page(queries.refusals(viewer, of.pk).filter(table=table), key="line", cursor=cursor)


def reason(of: Import, row: Refusal) -> Sentence:
    """Why a row was refused, in words that translate where they were kept."""
    told = of.report.get("reasons", {}).get(row.reason)
    return spoken(told) if told else Sentence(row.reason)


def refused_file(viewer: Scope, of: Import, table: str) -> tuple[Sequence[str], list[tuple[int, Sentence, Sequence[str]]]]:
    """The columns of a table (else the first) and its refused rows with line and reason. Raises `NotSeen` without any."""
    refused = queries.refusals(viewer, of.pk)
    table = table or (refused.values_list("table", flat=True).first() or "")
    rows = list(refused.filter(table=table))
    if not rows:
        raise NotSeen
    widest = max(len(row.cells) for row in rows)
    columns = of.report.get("headers", {}).get(table) or [f"column {place}" for place in range(1, widest + 1)]
    return columns, [(row.line, reason(of, row), row.cells) for row in rows]


def would_go(viewer: Scope, of: Import) -> tuple[list[Counted], int]:
    """What undoing would take away, by kind, and how many rows would read as before."""
    if of.state != Import.State.TAKEN:
        raise Refused("not_taken", Sentence("Only an import that was taken in can be undone."))
    notes = Taken.objects.seen_by(viewer).filter(of=of, kind__in=COUNTED)
    made = dict(notes.filter(made=True).values_list("kind").annotate(rows=Count("pk")).order_by("kind"))
    changed = notes.filter(before__isnull=False).count()
    return [Counted(plural, made=made[kind]) for kind, plural in PLURAL.items() if kind in made], changed
