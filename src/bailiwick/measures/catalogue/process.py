"""The steps of selling: what goes on from each, and how many appointments a close takes."""

from typing import Any

from bailiwick.kit import say
from bailiwick.measures.catalogue.deals import WILSON, decided
from bailiwick.measures.definition import Measure, Shape, Unit
from bailiwick.measures.tables import Tables

APPOINTMENTS = ("meeting", "visit")


def _conversion(tables: Tables) -> Any:
    """Each deal once in each step that it entered, on the day it first did; it went on if it was later won or in a later step."""
    step = tables.step.select(of_step="id", place="place")
    stays = tables.stage.join(step, tables.stage.step_id == step.of_step)
    stays = stays.group_by("opportunity_id", "step_id").agg(entered=stays.entered.min(), place=stays.place.max())
    furthest = stays.group_by(of_deal="opportunity_id").agg(furthest=stays.place.max())
    row = tables.opportunity
    deals = row.select("unit_id", "person_id", "organization_id", "account_id", "origin", "reason", "outcome", deal="id")
    cases = stays.join(deals, stays.opportunity_id == deals.deal).join(furthest, stays.opportunity_id == furthest.of_deal)
    cases = cases.cross_join(tables.asked.select("as_of"))
    on = (cases.outcome == "won") | (cases.furthest > cases.place)
    return cases.mutate(
        subject=cases.opportunity_id,
        case=cases.opportunity_id.cast("string") + "/" + cases.step_id.cast("string"),  # one for each step of the deal
        moment=cases.entered,
        assigned=cases.entered.coalesce(cases.as_of),
        hit=on,
        aside=((cases.outcome == "open") & ~on).ifelse("still", ""),
    )


def _appointments(tables: Tables) -> Any:
    """Decided deals with at least one appointment held, each with how many it took."""
    held = tables.activity
    held = held.filter(held.kind.isin(APPOINTMENTS), held.day.notnull(), held.opportunity_id.notnull())
    held = held.group_by(met="opportunity_id").agg(trials=held.count())
    cases = decided(tables)
    return cases.join(held, cases.subject == held.met).drop("met")


MEASURES = (
    Measure(
        name="stage_conversion",
        label=say("Went on to a later step"),
        meaning=say("Of the deals that entered a step, how many went on to a later one or were won."),
        population=say(
            "Deals by the day on which they first entered the step; those that are still in it stand beside. The day of entry may"
            " be unknown: then they are in no period."
        ),
        interval=WILSON,
        purpose=say("To see at which step deals stay behind, and which strength to develop."),
        shape=Shape.RATE,
        unit=Unit.SHARE,
        minimum=20,
        cases=_conversion,
        cuts=("step",),
    ),
    Measure(
        name="appointments_per_close",
        label=say("Appointments per close"),
        meaning=say("How many appointments were held for each deal that was won."),
        population=say("Appointments held (meetings and visits) on deals decided in the period that had at least one."),
        interval=say(
            "90%: the ends of Wilson's interval of closes per appointment, turned over. With no close it is “more than”."
        ),
        purpose=say("To plan how many appointments a target needs."),
        less=True,
        shape=Shape.PER_HIT,
        unit=Unit.COUNT,
        minimum=20,
        cases=_appointments,
    ),
)
