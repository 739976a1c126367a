"""What is true of the demo's people and markets, so that every page that estimates it can be scored against it.

A deal in a step goes on at the daily rate `onward * exp(skill + ease + shock)` and is lost at the rate `lost`: two competing
risks with constant hazards. `skill` belongs to the seller, `ease` to the territory, `shock` to the quarter and is shared by
all; the closing season multiplies the last step. Chances arrive in proportion to a territory's potential and the season.
Days are counted back from the day of building.
"""

import math
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import cycle
from random import Random

from bailiwick.demo.chance import source
from bailiwick.demo.regions import REGIONS, Region
from bailiwick.demo.roster import PROJECTS, SEED, Seat, project_of, sellers
from bailiwick.kit import Role

HISTORY = 735
SKILL_SPREAD, EASE_SPREAD, SHOCK_SPREAD = 0.40, 0.20, 0.12
POTENTIAL_SPREAD, STATED_SPREAD = 0.45, 0.15
YEARLY = {"Payments": 300_000, "Industrial supply": 900_000, "Software": 500_000}
# On these days before today the sellers of a rotating project swapped territories in a ring.
ROTATIONS = {Role.SELLER: (430, 190), Role.PARTNER_SELLER: (300,)}


@dataclass(frozen=True, slots=True)
class SellerTruth:
    """`skill` is added to the logarithm of every onward hazard of this seller's deals; 0 is the average."""

    email: str
    project: str
    skill: float


@dataclass(frozen=True, slots=True)
class TerritoryTruth:
    """`potential` in euros a year is the truth, `stated` what was written down (days back, amount, source)."""

    name: str
    project: str
    unit: str
    country: str
    cities: tuple[str, ...]
    potential: int
    ease: float
    stated: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who works a territory, from `since` until `until` days back (None: still)."""

    email: str
    territory: str
    since: int
    until: int | None


@dataclass(frozen=True, slots=True)
class StepTruth:
    """Daily hazards of a step at skill, ease and shock 0, and the chance that a stay in it has an appointment."""

    name: str
    onward: float
    lost: float
    appointments: float


@dataclass(frozen=True, slots=True)
class Season:
    """What a calendar month does to arrivals of chances and to the hazard of closing."""

    month: int
    arrivals: float
    closing: float


STEPS = (
    StepTruth("Prospect", 0.0325, 0.0175, 0.0),
    StepTruth("First appointment", 0.0280, 0.0120, 1.0),
    StepTruth("Proposal", 0.0290, 0.0110, 0.3),
    StepTruth("Close", 0.0390, 0.0110, 0.3),
)
SEASONS = tuple(
    Season(month, arrivals, 1.35 if month % 3 == 0 else 1.0)
    for month, arrivals in enumerate((0.9, 1.0, 1.15, 1.0, 1.0, 1.1, 0.8, 0.6, 1.2, 1.15, 1.1, 0.8), start=1)
)


@dataclass(frozen=True, slots=True)
class Habits:
    """Shares of what people write down: losses never recorded (the deal lapses), stays without a word, withdrawn ones ..."""

    unrecorded: float = 0.18
    unwritten: float = 0.40
    withdrawn: float = 0.12
    undated: float = 0.05
    restated: float = 0.75
    discounted: float = 0.50


@dataclass(frozen=True, slots=True)
class Truth:
    """Everything that the simulator knows and the pages do not. `shocks` by quarter back from today, 0 the running one."""

    sellers: tuple[SellerTruth, ...]
    territories: tuple[TerritoryTruth, ...]
    assignments: tuple[Assignment, ...]
    shocks: tuple[float, ...]
    steps: tuple[StepTruth, ...] = STEPS
    seasons: tuple[Season, ...] = SEASONS
    habits: Habits = Habits()

    def skill(self, email: str) -> float:
        """The skill of a seller; average for managers and others who sell now and then."""
        return next((seller.skill for seller in self.sellers if seller.email == email), 0.0)

    def onward(self, step: int, *, skill: float, ease: float, day: date, back: int) -> float:
        """The daily hazard of leaving `step` (0 is the first) for the next, or for won, on `day`, `back` days ago."""
        hazard = self.steps[step].onward * math.exp(skill + ease + self.shocks[max(back, 0) // 91])
        return hazard * self.seasons[day.month - 1].closing if step == len(self.steps) - 1 else hazard

    def hazard(self, step: int, *, skill: float, ease: float) -> float:
        """The daily hazard of leaving `step` for the next, or for won, in a year without shocks."""
        closing = sum(season.closing for season in self.seasons) / len(self.seasons) if step == len(self.steps) - 1 else 1.0
        return self.steps[step].onward * math.exp(skill + ease) * closing

    def chance(self, *, skill: float, ease: float = 0.0) -> float:
        """The probability that a new deal is won, apart from seasons and shocks.

        >>> round(truth_of().chance(skill=0.0), 2), round(truth_of().chance(skill=0.5), 2)
        (0.26, 0.42)
        """
        tilt = math.exp(skill + ease)
        return math.prod(step.onward * tilt / (step.onward * tilt + step.lost) for step in self.steps)


@lru_cache(maxsize=4)
def truth_of(seed: int = SEED) -> Truth:
    """The truth that follows from a seed."""
    random = source(seed, "truth")
    skills = tuple(
        SellerTruth(seat.email, project_of(seat.place).name, round(random.gauss(0, SKILL_SPREAD), 3)) for seat in sellers(seed)
    )
    territories: list[TerritoryTruth] = []
    assignments: list[Assignment] = []
    for project in PROJECTS:
        regions = cycle(REGIONS[project.home])
        for role in (Role.SELLER, Role.PARTNER_SELLER):
            seats = [seat for seat in sellers(seed) if seat.role is role and project_of(seat.place) is project]
            areas = [_territory(seat, next(regions), random) for seat in seats]
            territories += areas
            swaps = ROTATIONS[role] if project.rotates else ()
            assignments += _ring([seat.email for seat in seats], [area.name for area in areas], swaps)
    shocks = tuple(round(random.gauss(0, SHOCK_SPREAD), 3) for _ in range(HISTORY // 91 + 1))
    return Truth(skills, tuple(territories), tuple(assignments), shocks)


def _territory(seat: Seat, region: Region, random: Random) -> TerritoryTruth:
    project = project_of(seat.place)
    potential = YEARLY[project.line] * math.exp(random.gauss(0, POTENTIAL_SPREAD))
    stated = tuple(
        (back, round(potential * math.exp(random.gauss(0, STATED_SPREAD)) / 5000) * 5000, source)
        for back, source in ((HISTORY, "register of companies"), (365, "study of the client"))
    )
    return TerritoryTruth(
        name=f"{project.name}: {region.name}",
        project=project.name,
        unit=seat.place,
        country=region.country,
        cities=region.cities,
        potential=round(potential),
        ease=round(random.gauss(0, EASE_SPREAD), 3),
        stated=stated,
    )


def _ring(people: list[str], areas: list[str], swaps: tuple[int, ...]) -> list[Assignment]:
    """Everybody works the own area, and after each swap the next one's."""
    days = (HISTORY, *swaps)
    return [
        Assignment(person, areas[(place + turn) % len(areas)], since, days[turn + 1] if turn + 1 < len(days) else None)
        for turn, since in enumerate(days)
        for place, person in enumerate(people)
    ]
