"""`bailiwick measure`: one measure of one network, asked as its director."""

import argparse
import json
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bailiwick.cli.surroundings import with_django
from bailiwick.kit import Refused, day_of, say
from bailiwick.measures import measure_of

if TYPE_CHECKING:
    from bailiwick.performance.queries import Answer

DIGITS = 4


def run(asked: argparse.Namespace) -> None:
    """Print the figures as a table, or as the JSON document of `answered`."""
    from bailiwick.performance.rules.periods import read_period

    measure = measure_of(asked.name)  # wrong words are refused before anything slow is loaded
    period = read_period(asked.period) if asked.period else None
    where = dict(_condition(one) for one in asked.where)
    with_django(asked.home)
    from bailiwick.cli.clerk import clerk
    from bailiwick.mirror import Question
    from bailiwick.network.queries import network_of
    from bailiwick.performance.queries import figures, today_of
    from bailiwick.performance.queries.keys import keys_called
    from bailiwick.tenancy.within import within

    network = network_of(asked.network)
    with within(network.pk):
        viewer = clerk(network.pk).scope
        day = today_of(network, day_of(datetime.now(UTC), network.zone))
        question = Question(
            as_of=day,
            since=period.since if period else None,
            until=period.until if period else None,
            by=(asked.by,) if asked.by else (),
            where={name: keys_called(measure, name, value, viewer) for name, value in where.items()},
        )
        answer = figures(measure, viewer, question)
    told = answered(answer, asked.period, where)
    if asked.json:
        print(json.dumps(told))
    else:
        _table(told)


def _condition(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise Refused(
            "no_condition", say("“%(text)s” is no condition.", text=text[:60]), say('Write --where manager="Mia Berg".')
        )
    return name, value


def answered(answer: "Answer", period: str, where: dict[str, str]) -> dict[str, Any]:
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
        "where": where,
        "as_of": answer.question.as_of.isoformat(),
        "rows": rows,
    }


def number(value: Any) -> float | int | None:
    """A value as JSON has it: whole numbers whole, everything else with four digits."""
    if value is None:
        return None
    rounded = round(float(value), DIGITS)
    return int(rounded) if rounded.is_integer() and abs(rounded) > 1 else rounded


def _table(told: dict[str, Any]) -> None:
    print(f"{told['measure']} ({told['unit']}), as of {told['as_of']}", file=sys.stderr)
    for row in told["rows"]:
        between = "" if row["low"] is None else f"  {row['low']} to {'more' if row['high'] is None else row['high']}"
        few = "" if row["enough"] else "  too few to tell"
        beside = "".join(f"  {count} {word}" for word, count in row.get("beside", {}).items())
        print(f"{row['key'] or 'all':30} {row['value']!s:>14} {row.get('currency', '')}{between}  n={row['n']}{beside}{few}")
