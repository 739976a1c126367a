"""Deals and targets of a past April, so that what is expected can be worked out on paper and holds on every day."""

from datetime import date
from decimal import Decimal
from typing import Any

from bailiwick.performance.commands import NewTarget, set_targets
from bailiwick.performance.models import Target
from bailiwick.performance.queries import Standing, standings
from bailiwick.performance.rules.periods import Period, read_period
from bailiwick.pipeline.commands.arriving import Arrived, arrive_many
from bailiwick.pipeline.commands.sides import Hand
from bailiwick.pipeline.models import Opportunity
from tests.village import NOW, Village

APRIL = read_period("2024-04")
MIDDLE = date(2024, 4, 15)  # the evening on which half of the month has passed
END = date(2024, 4, 30)


def deals(village: Village, who: str, *values: int, day: date = MIDDLE, outcome: str = "won", **more: Any) -> list[Opportunity]:
    """One decided deal of each value in euros, of this person."""
    told: dict[str, Any] = {"currency": "EUR", "entered": date(2024, 3, 1), "outcome": outcome, "decided": day} | more
    new = [Arrived(title=f"{who} {value}", value=Decimal(value), **told) for value in values]
    hand = Hand(village.by, NOW, village.side(who))
    return arrive_many([(hand, one) for one in new], by=village.by)


def open_deals(village: Village, who: str, *values: int, expected: date | None, **more: Any) -> list[Opportunity]:
    """One open deal of each value, expected to close on a day."""
    return deals(village, who, *values, outcome="open", decided=None, expected=expected, **more)


def new_target(village: Village, amount: Decimal | int = 100, **more: Any) -> NewTarget:
    """For Cobalt in April, unless said otherwise: `unit` and `person` by their names in the village."""
    told: dict[str, Any] = {"measure": "won_value", "unit": "cobalt", "person": "", "period": APRIL} | more
    told |= {"unit": village.units[told["unit"]].pk, "person": village.people[told["person"]].pk if told["person"] else None}
    money = told["measure"].endswith("_value")
    return NewTarget(amount=Decimal(amount), **({"currency": "EUR" if money else ""} | told))


def aim(village: Village, amount: Decimal | int = 100, *, by: str = "dora", **more: Any) -> Target:
    """The target, set."""
    return set_targets([new_target(village, amount, **more)], by=village.actor(by), now=NOW)[0]


def stands(village: Village, row: Target, *, as_of: date = MIDDLE, viewer: str = "dora") -> Standing:
    """How one target stands."""
    return standings(village.actor(viewer).scope, [row], as_of=as_of)[0]


def days(first: str, last: str) -> Period:
    """A period of any two days."""
    return read_period(f"{first}..{last}")
