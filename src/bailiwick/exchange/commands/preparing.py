"""From tables to something that can be taken in: mapped, asked about, rehearsed. Nothing is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from babel.core import get_global

from bailiwick.exchange.commands.intake.steps import step_questions
from bailiwick.exchange.queries import last_mapping, outlook
from bailiwick.exchange.reports import told
from bailiwick.exchange.rules.detecting import answered, detect
from bailiwick.exchange.rules.mapping import Mapping as Reading
from bailiwick.exchange.rules.mapping import Question
from bailiwick.exchange.rules.mapping_file import from_json
from bailiwick.exchange.rules.records import Rehearsal
from bailiwick.exchange.rules.rehearsing import rehearse
from bailiwick.exchange.rules.tables import Table
from bailiwick.kit import Actor, Refused, say

LONGEST_SOURCE = 60
Ask = Callable[[Question], str]


@dataclass(frozen=True, slots=True)
class Prepared:
    """An export as it would be read. `rehearsal` is None while something has to be answered first."""

    reading: Reading
    rehearsal: Rehearsal | None


def prepare(
    tables: Sequence[Table],
    source: str,
    *,
    today: date,
    by: Actor | None = None,
    filled: Mapping[str, object] | None = None,
    currency: str = "",
    ask: Ask | None = None,
) -> Prepared:
    """The tables mapped as last time, as the filled-in mapping says, or as they look; and what would come of them.

    `by` names the network where there is one already; `ask` answers what is open, where somebody is there to be asked.
    Raises `Refused` for what is no sales export.
    """
    _check(source, currency)
    remembered = last_mapping(source, by) if by else {}
    known = from_json(remembered) if remembered else None
    reading = from_json(filled) if filled else detect(tables, source=source, known=known)
    reading = replace(reading, source=source, currency=currency or reading.currency)
    if by:
        asked = {question.key for question in reading.questions}
        more = [question for question in step_questions(reading, by) if question.key not in asked]
        reading = replace(reading, questions=(*reading.questions, *more))
    while ask and reading.open_questions:
        question = reading.open_questions[0]
        reading = answered(reading, {question.key: ask(question)})
    return Prepared(reading, None if reading.open_questions else rehearse(tables, reading, today=today))


def _check(source: str, currency: str) -> None:
    if len(source) > LONGEST_SOURCE:
        raise Refused("long_source", say("The name of a source has at most %(longest)s characters.", longest=LONGEST_SOURCE))
    if currency and currency not in get_global("all_currencies"):
        raise Refused("no_currency", say("%(code)s is no currency.", code=currency[:10]), say("Give its ISO code, such as EUR."))


def source_of(paths: Sequence[Path]) -> str:
    """A name for where files come from: their folder's, or a single file's own."""
    first = paths[0].resolve()
    name = first.name if first.is_dir() else first.stem if len(paths) == 1 else first.parent.name
    return (name or "export")[:LONGEST_SOURCE]


def rehearsed(prepared: Prepared, by: Actor | None) -> dict[str, Any]:
    """What taking in would do now. The questions must be answered."""
    if prepared.rehearsal is None:
        raise ValueError("an import with open questions cannot be rehearsed")
    source = prepared.reading.source
    would = outlook(prepared.rehearsal, source, by)
    counts = told(prepared.rehearsal, source, created=would.created, changed=would.changed, unchanged=would.unchanged)
    return counts | {"rehearsed": True, "here_already": would.met}
