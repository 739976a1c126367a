"""What was won and lost, out of what, and what is still open."""

from typing import Any

from bailiwick.kit import say
from bailiwick.measures.definition import Measure, Shape, Unit
from bailiwick.measures.tables import Tables

WILSON = say("90%, by Wilson; beside it the rate pooled with the peers', which few cases move less.")
HAPPENED = say("None: it is what happened, not a guess at more.")
STILL = say(
    "Deals open today, undated ones too, but not lapsed ones and those stale on arrival. A period asks for the expected close."
)
LOST = ("lost", "withdrawn")


def deals_of(tables: Tables, *more: Any) -> Any:
    """Every opportunity as a case: lost is also what was withdrawn."""
    import ibis

    row = tables.opportunity
    ending = ibis.cases((row.outcome == "won", "won"), (row.outcome.isin(LOST), "lost"), else_="open")
    return row.select(
        "unit_id", "person_id", "organization_id", "account_id", "step_id", "origin", "reason", "expected", "entered", "decided",
        "currency", subject="id", opportunity_id="id", amount="value", ending=ending, stale="stale_on_arrival",
        undated=row.expected.isnull(), hit=ending == "won",
    )  # fmt: skip


def decided(tables: Tables, ending: str = "") -> Any:
    cases = deals_of(tables)
    cases = cases.filter(cases.ending == ending if ending else cases.ending != "open")
    return cases.mutate(moment=cases.decided)


def _dated(tables: Tables) -> Any:
    """All deals with the day on which they count, how they count then, and what stands beside a rate."""
    import ibis

    cases, asked = deals_of(tables), tables.asked.select("as_of")
    cases = cases.cross_join(asked)
    still = cases.ending == "open"
    aside = ibis.cases(
        (~still, ""),
        (cases.stale & cases.undated, "undated stale"),
        (cases.stale, "stale"),
        (cases.undated, "undated"),
        (cases.expected < cases.as_of, "lapsed"),
        else_="open",
    )
    moment = cases.decided.coalesce(cases.expected)
    return cases.mutate(aside=aside, moment=moment, assigned=moment.coalesce(cases.as_of))


def _of_decided(tables: Tables) -> Any:
    cases = _dated(tables)
    return cases.filter(cases.aside.isin(("", "undated", "stale", "undated stale")))


def _of_due(tables: Tables) -> Any:
    cases = _dated(tables)
    cases = cases.filter(cases.aside != "open")
    return cases.mutate(aside=cases.aside.replace("lapsed", ""))


def _pipeline(tables: Tables) -> Any:
    """Open deals that can still be won in time: undated ones too, lapsed and stale ones not."""
    cases = _dated(tables)
    return cases.filter(cases.aside.isin(("open", "undated"))).drop("aside").mutate(assigned=cases.as_of)


MEASURES = (
    Measure(
        name="win_rate",
        label=say("Win rate, of decided"),
        meaning=say("Of the deals that were decided, how many were won."),
        population=say(
            "Deals decided in the period: won, lost or withdrawn. Open deals without an expected close and those stale on arrival"
            " stand beside it, never in it."
        ),
        interval=WILSON,
        purpose=say("To see where selling succeeds, and whether a difference is more than luck."),
        shape=Shape.RATE,
        unit=Unit.SHARE,
        minimum=20,
        cases=_of_decided,
        cuts=("outcome",),
    ),
    Measure(
        name="win_rate_of_due",
        label=say("Win rate, of due"),
        meaning=say("Of the deals that were decided or should have been, how many were won."),
        population=say(
            "Deals decided in the period, and open ones whose stated expected close lay in it and has passed."
            " The latter count as lost. Open deals without an expected close and stale ones stand beside it, never in it."
        ),
        interval=WILSON,
        purpose=say("To see what becomes of deals when waiting is counted as losing."),
        shape=Shape.RATE,
        unit=Unit.SHARE,
        minimum=20,
        cases=_of_due,
        cuts=("outcome",),
    ),
    Measure(
        name="won_count",
        label=say("Deals won"),
        meaning=say("How many deals were won."),
        population=say("Deals won in the period, by the day of the decision."),
        interval=HAPPENED,
        purpose=say("To know what was sold, and to set targets in deals."),
        shape=Shape.COUNT,
        unit=Unit.COUNT,
        cases=lambda tables: decided(tables, "won"),
    ),
    Measure(
        name="won_value",
        label=say("Won value"),
        meaning=say("What the deals that were won are worth."),
        population=say(
            "Deals won in the period, by the day of the decision. Each currency by itself; unknown values are counted."
        ),
        interval=HAPPENED,
        purpose=say("To know what was sold, and to set targets in money."),
        shape=Shape.SUM,
        unit=Unit.MONEY,
        cases=lambda tables: decided(tables, "won"),
    ),
    Measure(
        name="lost_count",
        label=say("Deals lost"),
        meaning=say("How many deals were lost, withdrawn ones among them."),
        population=say("Deals lost or withdrawn in the period, by the day of the decision."),
        interval=HAPPENED,
        purpose=say("To see how much work did not lead to a close, and for which reasons."),
        shape=Shape.COUNT,
        unit=Unit.COUNT,
        cases=lambda tables: decided(tables, "lost"),
    ),
    Measure(
        name="lost_value",
        label=say("Lost value"),
        meaning=say("What the deals that were lost were worth, withdrawn ones among them."),
        population=say("Deals lost or withdrawn in the period. Many sources write no value, or zero, on a lost deal."),
        interval=HAPPENED,
        purpose=say("To see what losing costs, where the value was kept."),
        shape=Shape.SUM,
        unit=Unit.MONEY,
        cases=lambda tables: decided(tables, "lost"),
    ),
    Measure(
        name="pipeline_count",
        label=say("Open deals"),
        meaning=say("How many deals can still be won in time."),
        population=STILL,
        interval=HAPPENED,
        purpose=say("To see how much is being worked on, and where."),
        shape=Shape.COUNT,
        unit=Unit.COUNT,
        cases=_pipeline,
        cuts=("step",),
    ),
    Measure(
        name="pipeline",
        label=say("Pipeline"),
        meaning=say("What the deals that can still be won in time are worth, if all of them were."),
        population=STILL,
        interval=HAPPENED,
        purpose=say("To see whether there is enough to reach the target. It is no forecast."),
        shape=Shape.SUM,
        unit=Unit.MONEY,
        cases=_pipeline,
        cuts=("step",),
    ),
)
