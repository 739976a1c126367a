"""A measure as SQL text. Made once for each measure and cut, with no value of any question in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bailiwick.measures.definition import Measure, Shape
from bailiwick.measures.dimensions import cut
from bailiwick.measures.tables import Tables


@dataclass(frozen=True, slots=True)
class Text:
    """SQL over the tables called `used` and the one-row table `asked`."""

    sql: str
    used: tuple[str, ...]


@lru_cache(maxsize=512)
def cells_text(measure: Measure, dimensions: tuple[str, ...], dialect: str = "postgres") -> Text:
    """The text whose rows are cells: the dimensions, then the sums that the measure's shape needs (`cells.Cell`)."""
    tables = Tables()
    return _written(_cells(measure, _in_period(measure, dimensions, tables), dimensions), tables, dialect)


@lru_cache(maxsize=512)
def cases_text(measure: Measure, dimensions: tuple[str, ...], dialect: str = "postgres") -> Text:
    """The text whose rows are the cases: subject, its own name, moment, the dimensions, and what each case adds."""
    tables = Tables()
    cases = _in_period(measure, dimensions, tables)
    if "case" not in cases.columns:
        cases = cases.mutate(case=cases.subject.cast("string"))
    adds = ("aside", "hit", "amount", "currency", "value", "days", "ending")
    kept = [name for name in ("subject", "case", "moment", *dimensions, *adds) if name in cases.columns]
    return _written(cases.select(*kept), tables, dialect)


def _in_period(measure: Measure, dimensions: Sequence[str], tables: Tables) -> Any:
    """The cases of the period asked for.

    What stands beside a figure stands beside every period, but for what is still in a step, which it entered on a day.
    """
    if measure.cases is None:
        raise ValueError(f"{measure.name} has no cases of its own")
    cases = measure.cases(tables)
    if "assigned" not in cases.columns:
        cases = cases.mutate(assigned=cases.moment)
    cases = cut(cases, dimensions, tables)
    asked = tables.asked.select(first="since", last="until")
    joined = cases.cross_join(asked)
    since = joined.first.isnull() | (joined.moment >= joined.first)
    until = joined.last.isnull() | (joined.moment <= joined.last)
    within = since & until
    if "aside" in cases.columns:
        within = within | ~joined.aside.isin(("", "still"))
    return joined.filter(within).drop("first", "last")


def _cells(measure: Measure, cases: Any, dimensions: Sequence[str]) -> Any:
    """Cells can be added: a region is the sum of its teams."""
    n = cases.count()
    match measure.shape:
        case Shape.RATE:
            return _summed(cases, (*dimensions, "aside"), n=n, k=cases.count(where=cases.hit))
        case Shape.PER_HIT:
            return _summed(cases, dimensions, n=cases.trials.sum().cast("int64"), k=cases.count(where=cases.hit))
        case Shape.SUM:
            square, unknown = (cases.amount * cases.amount).sum().cast("float64"), cases.count(where=cases.amount.isnull())
            return _summed(cases, (*dimensions, "currency"), n=n, amount=cases.amount.sum(), square=square, unknown=unknown)
        case Shape.QUANTILE:
            return _summed(cases, (*dimensions, "value"), n=n)
        case Shape.CYCLE:
            return _summed(cases, (*dimensions, "days", "ending"), n=n)
        case _:
            return _summed(cases, dimensions, n=n, first=cases.moment.min())


def _summed(cases: Any, keys: Sequence[str], **sums: Any) -> Any:
    return cases.group_by(*keys).agg(**sums) if keys else cases.aggregate(**sums)


def _written(expression: Any, tables: Tables, dialect: str) -> Text:
    import ibis

    return Text(ibis.to_sql(expression, dialect=dialect), tuple(tables.used))
