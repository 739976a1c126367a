"""A target of the village's Cobalt project, or of one of its people."""

from decimal import Decimal

from bailiwick.performance.commands import NewTarget, set_targets
from bailiwick.performance.models import Target
from bailiwick.performance.rules.periods import period_of
from tests.village import NOW, TODAY, Village

PERIOD = period_of(TODAY)


def a_target(village: Village, person: str = "", measure: str = "won_value", amount: Decimal = Decimal(50_000)) -> Target:
    """Set by Dora for this quarter; the unit's without a person. One that is there already comes back."""
    unit = village.units["cobalt"].pk
    who = village.people[person].pk if person else None
    there = Target.objects.in_network(village.by).filter(unit=unit, person=who, measure=measure, withdrawn=None).first()
    if there is not None:
        return there
    currency = "EUR" if measure.endswith("value") else ""
    new = NewTarget(measure=measure, unit=unit, person=who, period=PERIOD, amount=amount, currency=currency)
    return set_targets([new], by=village.actor("dora"), now=NOW)[0]


def of_svens(village: Village) -> Target:
    """A target in another unit than Noor's."""
    side = village.side("sven")
    new = NewTarget(measure="won_count", unit=side.unit, person=side.person, period=PERIOD, amount=Decimal(3))
    return set_targets([new], by=village.actor("dora"), now=NOW)[0]
