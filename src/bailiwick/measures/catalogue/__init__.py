"""Every measure there is, in the order in which a person would ask."""

from bailiwick.kit import Refused, say
from bailiwick.measures.catalogue import deals, process, targets, times, work
from bailiwick.measures.definition import Measure

MEASURES: dict[str, Measure] = {
    measure.name: measure for measure in (*deals.MEASURES, *times.MEASURES, *process.MEASURES, *work.MEASURES, *targets.MEASURES)
}


def measure_of(name: str) -> Measure:
    """The measure of this name; refuses a name that is none, saying which there are."""
    if name not in MEASURES:
        known = ", ".join(MEASURES)
        raise Refused("no_measure", say("There is no measure of this name."), say("There are: %(known)s.", known=known))
    return MEASURES[name]
