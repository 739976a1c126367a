"""What the demo's people aim at: targets that an average seller would reach with the deals that came. Pure.

So attainment recovers the truth: whoever is above 100% by the end of a period won more of the own deals than an average one.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from bailiwick.demo import findings
from bailiwick.demo.days import Days
from bailiwick.demo.lives import Deal
from bailiwick.demo.roster import FIRM, project_of, sellers
from bailiwick.demo.truth import Truth
from bailiwick.performance.rules.periods import Period, before, period_of

# What is decided in a quarter came into the pipeline about so many days before it.
LEAD = timedelta(days=80)
ROUND_TO = 500


@dataclass(frozen=True, slots=True)
class Aim:
    """So much won value in a period, for a seller or (without one) for a unit with everything below it."""

    place: str
    seller: str
    period: Period
    amount: Decimal


def aims(deals: Sequence[Deal], truth: Truth, days: Days, seed: int) -> Iterator[Aim]:
    """Targets of everybody who sells, of every project and of the firm, for this quarter and the last one."""
    now = period_of(days.today)
    for period in (now, before(now)):
        yield from _of_period(deals, truth, period, seed)


def _of_period(deals: Sequence[Deal], truth: Truth, period: Period, seed: int) -> Iterator[Aim]:
    places = {seat.email: seat.place for seat in sellers(seed)}
    due: dict[str, Decimal] = defaultdict(Decimal)
    of_place: dict[str, Decimal] = defaultdict(Decimal)
    for deal in deals:
        if deal.seller in places and _falls_in(deal.opened, period):
            due[deal.seller] += deal.value
    share = Decimal(findings.reached(truth, len(truth.steps)))
    for seller, value in due.items():
        amount = _rounded(value * share)
        for place in dict.fromkeys((project_of(places[seller]).name, FIRM)):
            of_place[place] += amount
        yield Aim(places[seller], seller, period, amount)
    for place, amount in of_place.items():
        yield Aim(place, "", period, amount)


def _falls_in(opened: date, period: Period) -> bool:
    return period.since <= opened + LEAD <= period.until


def _rounded(amount: Decimal) -> Decimal:
    return max(round(amount / ROUND_TO), 1) * Decimal(ROUND_TO)
