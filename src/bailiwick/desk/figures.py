"""A measure asked and told in plain values, for the command line and the API alike."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bailiwick.kit import Scope
from bailiwick.measures import Measure
from bailiwick.mirror import Question
from bailiwick.performance.queries import Answer
from bailiwick.performance.queries.keys import keys_called
from bailiwick.performance.rules.periods import read_period

DIGITS = 5  # a percentage with one digit is then rounded once


def asked_so(measure: Measure, viewer: Scope, *, by: str, period: str, where: Mapping[str, str], as_of: date) -> Question:
    """The question with its names looked up in the viewer's sight; refuses a period or a name that is none."""
    during = read_period(period) if period else None
    return Question(
        as_of=as_of,
        since=during.since if during else None,
        until=during.until if during else None,
        by=(by,) if by else (),
        where={name: keys_called(measure, name, value, viewer) for name, value in where.items()},
    )


def answered(answer: Answer, period: str, where: Mapping[str, str]) -> dict[str, Any]:
    """The answer as plain values: one row for each key, or one without a key where nothing was asked by.

    `value`, `low`, `high` and `pooled` are in the measure's unit, shares between 0 and 1; `enough` is false where `n` is below
    the measure's minimum. `beside` counts what stands beside a rate.
    """
    by = answer.question.by[0] if answer.question.by else None
    rows = []
    for figure in answer.figures:
        row: dict[str, Any] = {
            "key": str(answer.name(figure)) if by else None,
            "value": number(figure.value),
            "n": figure.n,
            "low": number(figure.low),
            "high": number(figure.high),
            "pooled": number(figure.pooled),
            "enough": figure.enough,
        }
        row |= {"id": figure.keys[0]} if by else {}
        row |= {"currency": figure.currency} if figure.currency else {}
        row |= {"k": figure.k} if figure.k else {}
        row |= {"beside": dict(figure.beside)} if figure.beside else {}
        row |= {"unknown": figure.unknown} if figure.unknown else {}
        rows.append(row)
    return {
        "measure": answer.measure.name,
        "unit": str(answer.measure.unit),
        "by": by,
        "period": period or None,
        "where": dict(where),
        "as_of": answer.question.as_of.isoformat(),
        "rows": rows,
    }


def number(value: Any) -> float | int | None:
    """A value as JSON has it: whole numbers whole, everything else with five digits."""
    if value is None:
        return None
    rounded = round(float(value), DIGITS)
    return int(rounded) if rounded.is_integer() and abs(rounded) > 1 else rounded
