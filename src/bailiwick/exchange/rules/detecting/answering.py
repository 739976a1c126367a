"""Answers put into a mapping: each must be one of the question's choices."""

from dataclasses import replace

from bailiwick.exchange.rules.mapping import Column, Mapping, Question, TableMapping
from bailiwick.kit import Refused, say


def answered(mapping: Mapping, answers: dict[str, str]) -> Mapping:
    """The mapping with answers by question key applied; an answered question is gone.

    Raises Refused("no_such_question") and Refused("no_such_answer").
    """
    questions = {question.key: question for question in mapping.questions}
    for key, answer in answers.items():
        mapping = _one(mapping, questions.get(key), key, answer)
    return mapping


def _one(mapping: Mapping, question: Question | None, key: str, answer: str) -> Mapping:
    if question is None:
        raise Refused("no_such_question", say("Nothing was asked under %(key)s.", key=key))
    if answer not in {choice for choice, _ in question.choices}:
        choices = ", ".join(choice for choice, _ in question.choices)
        raise Refused(
            "no_such_answer",
            say("%(answer)s does not answer %(key)s; the choices are: %(choices)s.", answer=answer, key=key, choices=choices),
        )
    left = tuple(one for one in mapping.questions if one.key != key)
    mapping = replace(mapping, questions=left)
    if key.startswith("stage|"):
        return staged(mapping, key.removeprefix("stage|"), answer)
    if key.startswith("step|"):
        steps = {**mapping.same.get("step", {}), key.removeprefix("step|"): answer}
        return replace(mapping, same={**mapping.same, "step": steps})
    return replace(mapping, tables=tuple(_table(table, key, answer) for table in mapping.tables))


def staged(mapping: Mapping, value: str, outcome: str) -> Mapping:
    """The mapping with what a stage means; an open one is a step, at its place if it had one."""
    steps = tuple(step for step in mapping.steps if step != value or outcome == "open")
    if outcome == "open" and value not in steps:
        steps += (value,)
    return replace(mapping, outcomes={**mapping.outcomes, value: outcome}, steps=steps)


def _table(table: TableMapping, key: str, answer: str) -> TableMapping:
    return replace(table, columns=tuple(_column(table.table, column, key, answer) for column in table.columns))


def _column(table: str, column: Column, key: str, answer: str) -> Column:
    if key == f"decimal|{table}|{column.column}":
        return replace(column, decimal=answer)
    start = f"days|{table}|{column.column}|"
    return replace(column, days={**column.days, key.removeprefix(start): answer}) if key.startswith(start) else column
