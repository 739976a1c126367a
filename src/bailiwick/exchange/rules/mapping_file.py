"""The mapping as a file: readable keys that a person completes by hand, and that is remembered for the next import.

Knows nothing of tables' contents. A file that makes no sense is refused in plain words naming the place.
"""

from collections.abc import Mapping as Dictionary
from typing import Any

from bailiwick.exchange.rules.detecting.answering import answered
from bailiwick.exchange.rules.detecting.aside import BY_HAND
from bailiwick.exchange.rules.mapping import Column, Mapping, Question, TableMapping
from bailiwick.exchange.rules.targets import KINDS, target_of
from bailiwick.kit import Refused, Sentence, say

OUTCOMES = ("open", "won", "lost", "withdrawn")
ORDERS = ("dmy", "mdy", "ymd")
MARKS = ("", ".", ",")


def to_json(mapping: Mapping) -> dict[str, Any]:
    """The mapping in words; `answer` of each question is there to be filled.

    A target holds its column, or a column with what tells how it is read: `{"column": "Abschluss", "days": {".4": "dmy"}}`.
    """
    return {
        "source": mapping.source,
        "dialect": mapping.dialect,
        "questions": [_asked(question) for question in mapping.questions],
        "tables": [_written(table) for table in mapping.tables],
        "outcomes": dict(mapping.outcomes),
        "steps": list(mapping.steps),
        "same": {kind: dict(spellings) for kind, spellings in mapping.same.items()},
        "currency": mapping.currency,
    }


def _asked(question: Question) -> dict[str, Any]:
    return {
        "key": question.key,
        "ask": str(question.sentence),
        "choices": [[answer, str(meaning)] for answer, meaning in question.choices],
        "answer": None,
        "needed": question.needed,
    }


def _written(table: TableMapping) -> dict[str, Any]:
    written: dict[str, Any] = {"table": table.table, "kind": table.kind}
    if not table.kind:
        written["aside"] = str(table.aside or "")
    written["columns"] = {column.target: _column_written(column) for column in table.columns}
    return written


def _column_written(column: Column) -> str | dict[str, Any]:
    if not column.days and not column.decimal:
        return column.column
    written: dict[str, Any] = {"column": column.column}
    if column.days:
        written["days"] = dict(column.days)
    if column.decimal:
        written["decimal"] = column.decimal
    return written


def from_json(data: object) -> Mapping:
    """The mapping that a file holds, with the answers filled in applied. Raises Refused("bad_mapping")."""
    whole = _table_of(data, "the file")
    unknown = set(whole) - {"source", "dialect", "questions", "tables", "outcomes", "steps", "same", "currency"}
    if unknown:
        raise _bad(min(map(str, unknown)), say("this name is not known here"))
    tables = tuple(_table(one, f"tables {place}") for place, one in enumerate(_list(whole.get("tables", []), "tables"), 1))
    names = [table.table for table in tables]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise _bad("tables", say("%(table)s is there twice", table=twice[0]))
    outcomes = {
        value: _one_of(outcome, OUTCOMES, f"outcomes, {value}")
        for value, outcome in _table_of(whole.get("outcomes", {}), "outcomes").items()
    }
    steps = tuple(_text(step, "steps") for step in _list(whole.get("steps", []), "steps"))
    for step in steps:
        if outcomes.get(step, "open") != "open":
            raise _bad("steps", say("%(step)s is not open, so it is no step", step=step))
    mapping = Mapping(
        _text(whole.get("source", ""), "source"),
        _text(whole.get("dialect", ""), "dialect"),
        tables,
        outcomes,
        steps,
        _same(whole.get("same", {})),
        _text(whole.get("currency", ""), "currency"),
    )
    return _with_answers(mapping, _list(whole.get("questions", []), "questions"))


def _with_answers(mapping: Mapping, asked: list[Any]) -> Mapping:
    questions, answers = [], {}
    for place, one in enumerate(asked, 1):
        where = f"questions {place}"
        entry = _table_of(one, where)
        question = _question(entry, where)
        questions.append(question)
        if entry.get("answer") is not None:
            answers[question.key] = _text(entry["answer"], f"{where}, answer")
    return answered(Mapping(**{**_parts(mapping), "questions": tuple(questions)}), answers)


def _parts(mapping: Mapping) -> dict[str, Any]:
    return {name: getattr(mapping, name) for name in ("source", "dialect", "tables", "outcomes", "steps", "same", "currency")}


def _question(entry: Dictionary[str, Any], where: str) -> Question:
    choices = []
    for choice in _list(entry.get("choices", []), f"{where}, choices"):
        pair = [choice] if isinstance(choice, str) else _list(choice, f"{where}, choices")
        if not pair:
            raise _bad(f"{where}, choices", say("a choice is an answer and what it means"))
        choices.append((_text(pair[0], f"{where}, choices"), Sentence(_plain(pair[-1]))))
    needed = entry.get("needed", True)
    if not isinstance(needed, bool):
        raise _bad(f"{where}, needed", say("true or false belongs here"))
    return Question(_text(entry.get("key"), f"{where}, key"), Sentence(_plain(entry.get("ask", ""))), tuple(choices), needed)


def _table(one: object, where: str) -> TableMapping:
    entry = _table_of(one, where)
    name = _text(entry.get("table"), f"{where}, table")
    kind = _text(entry.get("kind", ""), f"{name}, kind")
    if not kind:
        aside = _plain(entry.get("aside", ""))
        return TableMapping(name, "", (), Sentence(aside) if aside else BY_HAND)
    _one_of(kind, KINDS, f"{name}, kind")
    columns = tuple(
        _column(target, said, f"{name}, {target}")
        for target, said in _table_of(entry.get("columns", {}), f"{name}, columns").items()
    )
    if not columns:
        raise _bad(name, say("a table with a kind needs columns"))
    return TableMapping(name, kind, columns)


def _column(target: str, said: object, where: str) -> Column:
    if target_of(target) is None:
        raise _bad(where, say("there is no such target"))
    if isinstance(said, str):
        return Column(target, _text(said, where))
    entry = _table_of(said, where)
    days = {
        shape: _one_of(order, ORDERS, f"{where}, days")
        for shape, order in _table_of(entry.get("days", {}), f"{where}, days").items()
    }
    return Column(
        target,
        _text(entry.get("column"), f"{where}, column"),
        days,
        _one_of(entry.get("decimal", ""), MARKS, f"{where}, decimal"),
    )


def _same(said: object) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for kind, spellings in _table_of(said, "same").items():
        _one_of(kind, (*KINDS, "step"), "same")
        found[kind] = {
            written: _text(meant, f"same, {written}") for written, meant in _table_of(spellings, f"same, {kind}").items()
        }
    return found


def _table_of(said: object, where: str) -> dict[str, Any]:
    if not isinstance(said, dict) or not all(isinstance(name, str) for name in said):
        raise _bad(where, say("names with values belong here, as in {...}"))
    return said


def _list(said: object, where: str) -> list[Any]:
    if not isinstance(said, list | tuple):
        raise _bad(where, say("a list belongs here, as in [...]"))
    return list(said)


def _text(said: object, where: str) -> str:
    if not isinstance(said, str):
        raise _bad(where, say("a text belongs here"))
    return said


def _one_of(said: object, choices: tuple[str, ...], where: str) -> str:
    if not isinstance(said, str) or said not in choices:
        raise _bad(
            where,
            say("%(said)s is none of: %(choices)s", said=str(said), choices=", ".join(choice for choice in choices if choice)),
        )
    return said


def _plain(said: object) -> str:
    """A sentence that was written out stays as it is: a percent sign in it is one."""
    return said if isinstance(said, str) else str(said)


def _bad(where: str, reason: Sentence) -> Refused:
    return Refused(
        "bad_mapping",
        say("The mapping file cannot be read at %(place)s: %(reason)s.", place=where, reason=reason),
        say("Correct the place, or make the file again with a dry run of the import."),
    )
