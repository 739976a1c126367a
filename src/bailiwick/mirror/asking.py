"""One wrapper adds network and scope to every measure: no figure is made of a row that its reader may not count."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import connection

from bailiwick.kit import Refused, Scope, say
from bailiwick.measures import Measure
from bailiwick.measures.dimensions import dimensions_of
from bailiwick.measures.tables import STRUCTURE, TABLES
from bailiwick.measures.text import Text, cases_text, cells_text

PLACE = re.compile(r"%s")
Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a measure: cut by which dimensions, of which cases, on which day, in which period (both days in it).

    `where` holds the keys that count for each dimension; the empty text is "not known".
    """

    as_of: date
    since: date | None = None
    until: date | None = None
    by: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Every dimension that the cells need, each once."""
        return tuple(dict.fromkeys((*self.by, *self.where)))


@dataclass(frozen=True, slots=True)
class Cell:
    """Sums over the cases that have these keys in common; of the columns only those of the measure's shape are filled.

    `keys` are those of `Question.by`; `aside` names what stands beside a rate ("undated", "stale", "still"), "" is in it.
    """

    keys: tuple[str, ...]
    n: int = 0
    k: int = 0
    aside: str = ""
    currency: str = ""
    amount: Decimal | None = None
    square: float | None = None
    unknown: int = 0
    value: Decimal | None = None
    days: int = 0
    ending: str = ""
    first: date | None = None


SUMS = frozenset(one.name for one in fields(Cell)) - {"keys"}


def ask(measure: Measure, question: Question, *, within: Scope) -> list[Cell]:
    """The cells of `measure`, of the rows that `within` sees; a refusal where it cannot be cut so.

    One statement, in the transaction that runs; own writes are in it.
    """
    can_be_cut(measure, question)
    rows = _run(cells_text(measure, question.dimensions), question, within)
    return [_cell(row, question.by) for row in rows]


def cases(measure: Measure, question: Question, *, within: Scope, after: tuple[date, str] | None = None, size: int = 50) -> Rows:
    """The cases behind a figure, the newest first: one page of at most `size`, beyond `after` (a moment and a case).

    Each is its columns by name; a case without a day has the moment `date.min`.
    """
    can_be_cut(measure, question)
    text = cases_text(measure, question.dimensions)
    moment = "coalesce(answer.moment, '0001-01-01'::date)"
    beyond = f" AND ({moment}, answer.case) < (%(after)s, %(case)s)" if after else ""
    tail = f"{beyond} ORDER BY {moment} DESC, answer.case DESC LIMIT %(size)s"
    more = {"size": size, **({"after": after[0], "case": after[1]} if after else {})}
    return [row | {"moment": row["moment"] or date.min} for row in _run(text, question, within, tail, more)]


def can_be_cut(measure: Measure, question: Question) -> None:
    """Raises a refusal where the measure is not told apart by what is asked for."""
    can = dimensions_of(measure)
    if wrong := next((name for name in question.dimensions if name not in can), None):
        raise Refused(
            "no_dimension",
            say("%(measure)s is not told apart by %(wrong)s.", measure=measure.name, wrong=wrong),
            say("It is by: %(known)s.", known=", ".join(can)),
        )


def _run(text: Text, question: Question, within: Scope, tail: str = "", more: Mapping[str, object] | None = None) -> Rows:
    values: dict[str, Any] = {"as_of": question.as_of, "since": question.since, "until": question.until, **(more or {})}
    tables = ["asked AS (SELECT %(as_of)s::date AS as_of, %(since)s::date AS since, %(until)s::date AS until)"]
    tables += [f"{name} AS NOT MATERIALIZED ({_in_sight(name, within, values)})" for name in text.used]
    kept = [f"coalesce(answer.{name}, '') = ANY(%(keys_{name})s)" for name in question.where]
    values |= {f"keys_{name}": list(keys) for name, keys in question.where.items()}
    # Only texts that the measures, the models and this module made are put together; whatever was typed is a value.
    sql = f"WITH {', '.join(tables)} SELECT * FROM ({text.sql.replace('%', '%%')}) AS answer WHERE {' AND '.join(kept) or 'true'}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql + tail, values)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _in_sight(name: str, within: Scope, values: dict[str, Any]) -> str:
    """The table `name` as the viewer sees it, by the one rule that every list obeys; its values join `values`."""
    table, columns = TABLES[name]
    model: Any = apps.get_model(table.replace("_", ".", 1))
    whole = model.objects.in_network(within).order_by().values(*columns)
    rows = whole if name in STRUCTURE else model.objects.seen_by(within).order_by().values(*columns)
    try:
        sql, given = rows.query.sql_with_params()
    except EmptyResultSet:  # a scope that sees nothing of it: the same columns, no row
        sql, given = whole.query.sql_with_params()
        sql += " LIMIT 0"
    places = iter([f"{name}_{place}" for place in range(len(given))])
    values |= {f"{name}_{place}": value for place, value in enumerate(given)}
    return PLACE.sub(lambda _: f"%({next(places)})s", sql)


def _cell(row: Mapping[str, Any], by: tuple[str, ...]) -> Cell:
    sums = {name: value for name, value in row.items() if name in SUMS and value is not None}
    return Cell(keys=tuple(row[name] or "" for name in by), **sums)
