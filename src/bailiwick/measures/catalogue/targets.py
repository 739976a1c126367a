"""Figures against what was aimed at; `performance` makes them of another measure and a target."""

from bailiwick.kit import say
from bailiwick.measures.catalogue.deals import HAPPENED
from bailiwick.measures.definition import WHO_LEADS, Measure, Shape, Unit

MEASURES = (
    Measure(
        name="attainment",
        label=say("Attainment of target"),
        meaning=say("How much of the target has been reached."),
        population=say(
            "Each target of the period: what its measure says for its holder, everything below included, over the amount."
        ),
        interval=HAPPENED,
        purpose=say("To see who is on course, against the time that has passed."),
        shape=Shape.TARGET,
        unit=Unit.SHARE,
        readers=(*WHO_LEADS,),
    ),
    Measure(
        name="coverage",
        label=say("Coverage of target"),
        meaning=say("How many times the pipeline of the period covers what is still missing."),
        population=say(
            "Open deals expected to close within the target's period, over the amount still missing; of targets in won value."
        ),
        interval=HAPPENED,
        purpose=say("To see in time whether there is enough to sell."),
        shape=Shape.TARGET,
        unit=Unit.SHARE,
        readers=(*WHO_LEADS,),
    ),
)
