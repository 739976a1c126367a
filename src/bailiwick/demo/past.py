"""The deals of two years: how many come when, to whom and where, dealt out by season, growth and potential. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from random import Random

from bailiwick.demo import lives
from bailiwick.demo.chance import source
from bailiwick.demo.days import Days
from bailiwick.demo.roster import project_of
from bailiwick.demo.truth import Assignment, TerritoryTruth, Truth

ROUND = 7
GROWTH = 1.35


def history(truth: Truth, days: Days, seed: int, *, count: int, companies: Mapping[str, Sequence[str]]) -> list[lives.Deal]:
    """`count` deals, dealt out to the mornings of prospecting by their weights; `companies` are those of each territory."""
    random = source(seed, "lives")
    mornings = sorted(rounds(truth, days, source(seed, "rounds")), key=lambda one: (one[0], one[1].territory))
    chosen = random.choices(mornings, [weight for *_, weight in mornings], k=count)
    chosen.sort(key=lambda one: (one[0], one[1].territory))
    return [
        lives.deal(
            truth,
            days,
            random,
            number=number,
            seller=assignment.email,
            ease=area.ease,
            line=project_of(area.unit).line,
            account=random.choice(companies[area.name]),
            opened=day,
        )
        for number, (day, assignment, area, _) in enumerate(chosen)
    ]


def rounds(truth: Truth, days: Days, random: Random) -> Iterator[tuple[date, Assignment, TerritoryTruth, float]]:
    """The mornings on which sellers go prospecting in their territory, each with its weight in chances."""
    areas = {area.name: area for area in truth.territories}
    mean = {project: _mean(truth, project) for project in {area.project for area in truth.territories}}
    for held in truth.assignments:
        area = areas[held.territory]
        back = held.since - random.randrange(1, ROUND)
        while back > (held.until or 3):
            day = days.ago(back)
            growth = GROWTH ** (1 - back / 365)
            yield day, held, area, truth.seasons[day.month - 1].arrivals * growth * area.potential / mean[area.project]
            back -= ROUND + random.randrange(-1, 2)


def _mean(truth: Truth, project: str) -> float:
    found = [area.potential for area in truth.territories if area.project == project]
    return sum(found) / len(found)
