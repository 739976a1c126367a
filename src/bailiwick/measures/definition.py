"""What a measure says about itself. Nothing slow is loaded here: a formula runs when its text is made."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bailiwick.kit import Role, Sentence

if TYPE_CHECKING:
    from bailiwick.measures.tables import Tables


class Shape(StrEnum):
    """How cases become a figure, and which kind of interval it has."""

    RATE = "rate"  # hits of cases: Wilson, and pooled over peers
    PER_HIT = "per_hit"  # trials for one hit: the ends of the rate's interval, turned over
    COUNT = "count"  # cases that happened: no interval
    SUM = "sum"  # amounts that happened, by currency: no interval
    PACE = "pace"  # cases a week of the period: no interval
    QUANTILE = "quantile"  # a quantile of values: order statistics
    CYCLE = "cycle"  # the age by which half of the wins have come, open deals told apart from lost ones
    TARGET = "target"  # another measure against a stated target: made by `performance`, has no cases of its own


class Unit(StrEnum):
    """What the value is counted in."""

    SHARE = "share"
    COUNT = "count"
    MONEY = "money"
    DAYS = "days"
    WEEKLY = "a week"


# A person sees measures of the rows in their sight; who reads it at all is said by role.
EVERYONE_WHO_SELLS = (Role.DIRECTOR, Role.MANAGER, Role.SELLER, Role.PARTNER_ADMIN, Role.PARTNER_SELLER)
WHO_LEADS = (Role.DIRECTOR, Role.MANAGER, Role.PARTNER_ADMIN)


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """A number that generalises over time or people.

    `cases`: the rows it is made of, one each, as an expression with the columns of `cases.COLUMNS` that its shape needs.
    `minimum`: below so many cases a page says "too few to tell" and shows the cases. `quantile`: which one, for that shape.
    `subject`: the table whose rows are the cases. `cuts`: dimensions beside those that every case has. `less`: less is better.
    """

    name: str
    label: Sentence
    meaning: Sentence
    population: Sentence
    interval: Sentence
    purpose: Sentence
    shape: Shape
    unit: Unit
    minimum: int = 1
    cases: "Callable[[Tables], Any] | None" = None
    subject: str = "opportunity"
    cuts: tuple[str, ...] = ()
    quantile: float = 0.5
    less: bool = False
    readers: tuple[Role, ...] = EVERYONE_WHO_SELLS
    owner: Role = Role.STEWARD
    version: int = 1
    review: date = date(2027, 6, 30)

    @property
    def pools(self) -> bool:
        """Whether peers inform each other's figure."""
        return self.shape in (Shape.RATE, Shape.PER_HIT)
