"""By what cases can be told apart. Each dimension adds one column, a text, to the cases; null is "not known"."""

from collections.abc import Callable, Sequence
from typing import Any

from bailiwick.kit import Sentence, say
from bailiwick.measures.definition import Measure
from bailiwick.measures.tables import Tables

# What each key of a dimension is: an id whose name is looked up, a day, or the text itself.
IDS = frozenset({"unit", "project", "manager", "seller", "partner", "product", "sales_line", "territory", "step"})
PERIODS = {"week": "W", "month": "M", "quarter": "Q", "year": "Y"}
LABELS: dict[str, Sentence] = {
    "unit": say("Unit"),
    "project": say("Project"),
    "manager": say("Manager"),
    "seller": say("Seller"),
    "partner": say("Organization"),
    "product": say("Product"),
    "sales_line": say("Sales line"),
    "territory": say("Territory"),
    "sector": say("Sector"),
    "country": say("Country"),
    "source": say("Source"),
    "outcome": say("Outcome"),
    "reason": say("Reason"),
    "step": say("Step"),
    "week": say("Week"),
    "month": say("Month"),
    "quarter": say("Quarter"),
    "year": say("Year"),
}
OF_LINES = frozenset({"product", "sales_line"})
OF_EVERY_CASE = ("unit", "project", "manager", "seller", "partner", *PERIODS)
OF_DEALS = ("product", "sales_line", "territory", "sector", "country", "source", "reason")


def dimensions_of(measure: Measure) -> tuple[str, ...]:
    """By what this measure can be told apart."""
    if measure.cases is None:
        return ("unit", "project", "manager", "seller")
    deals = OF_DEALS if measure.subject == "opportunity" else ()
    return (*OF_EVERY_CASE, *deals, *measure.cuts)


def cut(cases: Any, dimensions: Sequence[str], tables: Tables) -> Any:
    """The cases with one more text column for each dimension, called like it.

    By product or sales line a deal is a case of each that it has lines of, and its amount is that of these lines.
    """
    for name in dimensions:
        cases = CUTS[name](cases, tables) if name in CUTS else _period(cases, name)
    return cases


def _own(column: str, name: str) -> Callable[[Any, Tables], Any]:
    """A column that the cases have already."""
    return lambda cases, tables: cases.mutate(**{name: cases[column].cast("string")})


def _seller(cases: Any, tables: Tables) -> Any:
    """Whose case it is. What a program entered is nobody's: it counts in the whole, and beside no seller."""
    programs = tables.person.filter(tables.person.program).select(entered_by="id")
    joined = cases.left_join(programs, cases.person_id == programs.entered_by)
    seller = joined.entered_by.isnull().ifelse(joined.person_id.cast("string"), None)
    return joined.mutate(seller=seller).drop("entered_by")


def _manager(cases: Any, tables: Tables) -> Any:
    """Who answered for the case's unit on its day: the assignment at the time, not today's."""
    held = tables.membership.filter(tables.membership.role == "manager")
    held = held.select(
        held_unit=held.unit_id, manager=held.person_id.cast("string"), since=held.since.date(), until=held.until.date()
    )
    there = [
        cases.unit_id == held.held_unit,
        held.since <= cases.assigned,
        held.until.isnull() | (held.until > cases.assigned),
    ]
    return cases.left_join(held, there).drop("held_unit", "since", "until")


def _of_lines(column: str, name: str) -> Callable[[Any, Tables], Any]:
    def cut_by(cases: Any, tables: Tables) -> Any:
        line, product = tables.line, tables.product.select(product_id="id", line_id="line_id")
        line = line.select("opportunity_id", "product_id", part=line.price * line.quantity).join(product, "product_id")
        parts = line.group_by(sold="opportunity_id", **{name: line[column].cast("string")}).agg(part=line.part.sum())
        joined = cases.left_join(parts, cases.opportunity_id == parts.sold)
        amount = {"amount": joined.part.cast("decimal(18, 2)")} if "amount" in cases.columns else {}
        return joined.mutate(**amount).drop("sold", "part")

    return cut_by


def _of_account(column: str, name: str) -> Callable[[Any, Tables], Any]:
    def cut_by(cases: Any, tables: Tables) -> Any:
        account = tables.account.select(met="id", **{name: tables.account[column].cast("string")})
        return cases.left_join(account, cases.account_id == account.met).drop("met")

    return cut_by


def _period(cases: Any, name: str) -> Any:
    """The first day of the week, month, quarter or year in which the case happened."""
    return cases.mutate(**{name: cases.moment.truncate(PERIODS[name]).cast("string")})


CUTS: dict[str, Callable[[Any, Tables], Any]] = {
    "unit": _own("unit_id", "unit"),
    "project": _own("unit_id", "project"),  # rolled up to the nearest project by whoever knows the tree
    "seller": _seller,
    "partner": _own("organization_id", "partner"),
    "manager": _manager,
    "product": _of_lines("product_id", "product"),
    "sales_line": _of_lines("line_id", "sales_line"),
    "territory": _of_account("territory_id", "territory"),
    "sector": _of_account("sector", "sector"),
    "country": _of_account("country", "country"),
    "source": _own("origin", "source"),
    "reason": _own("reason", "reason"),
    "outcome": _own("ending", "outcome"),
    "step": _own("step_id", "step"),
}
