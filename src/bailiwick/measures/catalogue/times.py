"""How long selling takes, and what was given away."""

from typing import Any

from bailiwick.kit import say
from bailiwick.measures.catalogue.deals import deals_of, decided
from bailiwick.measures.definition import Measure, Shape, Unit
from bailiwick.measures.tables import Tables

ORDER = say("90%, from the order of the values themselves: it supposes no shape of their distribution.")


def _to_decision(tables: Tables) -> Any:
    cases = decided(tables)
    return cases.mutate(value=_days(cases.decided, cases.entered)).filter(lambda case: case.value >= 0)


def _ages(tables: Tables) -> Any:
    """Every deal whose day of entry is known: its age when it ended, or today while it is open."""
    cases = deals_of(tables).cross_join(tables.asked.select("as_of"))
    until = cases.decided.coalesce(cases.as_of)
    cases = cases.mutate(moment=cases.entered, assigned=until, days=_days(until, cases.entered))
    return cases.filter(cases.days >= 0)


def _days(later: Any, earlier: Any) -> Any:
    return later.delta(earlier, unit="day").cast("int64")


def _discounts(tables: Tables) -> Any:
    """Deals won: the whole deal's discount against list, by its lines, or as stated where there is no list."""
    line, price = tables.line, tables.price.select(version="id", list_price="list_price")
    listed = line.left_join(price, line.price_version_id == price.version)
    listed = listed.group_by(sold="opportunity_id").agg(
        asked_price=(listed.price * listed.quantity).sum(),
        list_price=(listed.list_price * listed.quantity).sum(),
        whole=(listed.price.notnull() & listed.list_price.notnull()).all(),
    )
    own = tables.opportunity.select(own="id", stated="stated_discount")
    cases = decided(tables, "won")
    cases = cases.join(own, cases.subject == own.own).left_join(listed, cases.subject == listed.sold)
    derived = (cases.whole & (cases.list_price > 0)).ifelse(1 - cases.asked_price / cases.list_price, None)
    cases = cases.mutate(value=derived.coalesce(cases.stated).cast("decimal(9, 6)"))
    return cases.filter(cases.value.notnull()).drop("own", "stated", "sold", "asked_price", "list_price", "whole")


MEASURES = (
    Measure(
        name="days_to_decision",
        label=say("Days to decision"),
        meaning=say("The days from entry to decision that half of the decided deals did not exceed."),
        population=say(
            "Deals decided in the period whose day of entry is known. Open deals are not in it: see the cycle length."
        ),
        interval=ORDER,
        purpose=say("To see how quickly a yes or a no comes."),
        less=True,
        shape=Shape.QUANTILE,
        unit=Unit.DAYS,
        minimum=20,
        cases=_to_decision,
        cuts=("outcome",),
    ),
    Measure(
        name="cycle_length",
        label=say("Cycle length"),
        meaning=say("The age by which half of the wins to come have come."),
        population=say(
            "Deals that entered in the period: won and lost ones as they ended, open ones with the age they have today."
        ),
        interval=say("90%, by drawing the deals again with replacement."),
        purpose=say("To know how long a deal usually takes, without forgetting those that are still open."),
        less=True,
        shape=Shape.CYCLE,
        unit=Unit.DAYS,
        minimum=30,
        cases=_ages,
    ),
    Measure(
        name="discount",
        label=say("Discount, 90th percentile"),
        meaning=say("The discount that nine of ten won deals did not exceed."),
        population=say(
            "Deals won in the period whose lines have a list price and a price, or whose discount was stated by hand."
        ),
        interval=ORDER,
        purpose=say("To set limits where people really sell."),
        less=True,
        shape=Shape.QUANTILE,
        unit=Unit.SHARE,
        minimum=30,
        quantile=0.9,
        cases=_discounts,
    ),
)
