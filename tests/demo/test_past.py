"""The deals of two years, as drawn: as many as there should be, and the truth can be found in them again. No database."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from statistics import correlation, mean

import pytest

from bailiwick.demo import diary, findings
from bailiwick.demo.aims import aims
from bailiwick.demo.building import FULL
from bailiwick.demo.chance import source
from bailiwick.demo.days import Days
from bailiwick.demo.lives import Deal
from bailiwick.demo.past import history
from bailiwick.demo.roster import SEED
from bailiwick.demo.truth import HISTORY, TerritoryTruth, truth_of
from bailiwick.performance.rules.periods import before, period_of

DAYS = Days(date(2026, 11, 18))
TRUTH = truth_of()
COMPANIES = {area.name: [f"{area.name}, company {n}" for n in range(12)] for area in TRUTH.territories}
STEPS = range(len(TRUTH.steps))
TERRITORIES = {area.name: area for area in TRUTH.territories}


def drawn(days: Days = DAYS, seed: int = SEED) -> list[Deal]:
    return history(truth_of(seed), days, seed, count=FULL.deals, companies=COMPANIES)


PAST = drawn()
DECIDED = [deal for deal in PAST if deal.outcome]
WON = [deal for deal in DECIDED if deal.outcome == "won"]


def area_of(deal: Deal) -> TerritoryTruth:
    return TERRITORIES[deal.account.split(", company")[0]]


def tilt(deal: Deal) -> dict[str, float]:
    return {"skill": TRUTH.skill(deal.seller), "ease": area_of(deal).ease}


def win_rates(key: Callable[[Deal], object]) -> dict[object, float]:
    groups: dict[object, list[bool]] = defaultdict(list)
    for deal in DECIDED:
        groups[key(deal)].append(deal.outcome == "won")
    return {name: mean(group) for name, group in groups.items()}


def reached(deals: Iterable[Deal], place: int) -> list[Deal]:
    return [deal for deal in deals if len(deal.moves) >= place]


def test_the_same_seed_draws_the_same_two_years_and_another_seed_others() -> None:
    assert drawn() == PAST
    assert drawn(seed=SEED + 1) != PAST


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 2, 28), date(2027, 8, 15)])
def test_days_follow_from_today(today: date) -> None:
    days = Days(today)
    deals = drawn(days)
    assert len(deals) == FULL.deals == 6000
    assert today - timedelta(days=HISTORY) <= min(deal.opened for deal in deals) < today - timedelta(days=HISTORY - 30)
    assert today - timedelta(days=10) < max(deal.opened for deal in deals) <= max(deal.over for deal in deals) <= days.last


def test_win_rates_of_thirds_of_sellers_are_those_of_the_truth() -> None:
    ranked = sorted(TRUTH.sellers, key=lambda one: one.skill)
    rates = []
    for third in (ranked[:20], ranked[20:40], ranked[40:]):
        own = [deal for deal in DECIDED if deal.seller in {one.email for one in third}]
        rates.append(mean(deal.outcome == "won" for deal in own))
        expected = mean(findings.win_rate(TRUTH, **tilt(deal)) for deal in own)
        assert abs(rates[-1] - expected) < 0.05
    assert rates[0] + 0.1 < rates[1] + 0.05 < rates[2]


def test_win_rates_by_seller_and_by_territory_follow_skill_and_ease() -> None:
    by_seller = win_rates(lambda deal: deal.seller)
    assert correlation([by_seller[one.email] for one in TRUTH.sellers], [one.skill for one in TRUTH.sellers]) > 0.7
    residual = defaultdict(list)
    for deal in DECIDED:
        expected = findings.win_rate(TRUTH, skill=TRUTH.skill(deal.seller))
        residual[area_of(deal).name].append((deal.outcome == "won") - expected)
    left = [mean(residual[area.name]) for area in TRUTH.territories]
    assert correlation(left, [area.ease for area in TRUTH.territories]) > 0.35


def test_more_deals_come_where_the_potential_is_larger() -> None:
    came = Counter(area_of(deal).name for deal in PAST)
    means = {
        area.project: mean(a.potential for a in TRUTH.territories if a.project == area.project) for area in TRUTH.territories
    }
    share = [area.potential / means[area.project] for area in TRUTH.territories]
    assert correlation([came[area.name] for area in TRUTH.territories], share) > 0.9


def test_months_differ_as_the_seasons_say() -> None:
    came = Counter(deal.opened.month for deal in PAST if DAYS.back(deal.opened) <= 730)
    weights = {season.month: season.arrivals for season in TRUTH.seasons}
    assert correlation([came[month] for month in weights], list(weights.values())) > 0.7
    closed = Counter((deal.over.month % 3 == 0) for deal in WON)
    other = Counter((deal.over.month % 3 == 0) for deal in DECIDED if deal.outcome != "won")
    ends, rest = closed[True] / (closed[True] + other[True]), closed[False] / (closed[False] + other[False])
    assert closed[True] / closed[False] > 0.5  # four months of twelve, with a hazard higher by a third
    assert ends > rest - 0.01


def test_more_go_on_from_each_step_as_the_truth_says_and_the_skilled_more() -> None:
    for place in STEPS:
        came = reached(PAST, place)
        on = [deal for deal in came if len(deal.moves) > place or deal.outcome == "won"]
        lost = [deal for deal in came if deal.outcome in ("lost", "withdrawn") and len(deal.moves) == place]
        expected = mean(findings.conversion(TRUTH, place, **tilt(deal)) for deal in (*on, *lost))
        assert abs(len(on) / (len(on) + len(lost)) - expected) < 0.04


def test_cycles_are_as_long_as_the_truth_says_and_shorter_for_the_skilled() -> None:
    old = [deal for deal in WON if DAYS.back(deal.opened) > 300]
    measured = mean((deal.over - deal.opened).days for deal in old)
    assert abs(measured / mean(findings.days_to_win(TRUTH, **tilt(deal)) for deal in old) - 1) < 0.1
    best = [deal for deal in old if TRUTH.skill(deal.seller) > 0.3]
    worst = [deal for deal in old if TRUTH.skill(deal.seller) < -0.3]
    assert mean((deal.over - deal.opened).days for deal in best) < mean((deal.over - deal.opened).days for deal in worst)


def test_a_close_takes_as_many_appointments_as_the_truth_says() -> None:
    deals = {deal.number: deal for deal in DECIDED}
    deeds = [deed for deed in diary.of_deals(PAST, TRUTH, source(1, "diary"), {}) if deed.kind in diary.APPOINTMENTS]
    assert {deed.deal for deed in deeds} >= {deal.number for deal in reached(PAST, 1)}
    held = Counter(deed.deal for deed in deeds if deed.deal in deals)
    measured = held.total() / len(WON)
    assert abs(measured - findings.appointments_per_close(TRUTH)) < 0.4
    assert _per_close(held, deals.values(), 0.3, 9) < _per_close(held, deals.values(), -9, -0.3) - 0.5


def _per_close(held: Counter[int | None], deals: Iterable[Deal], low: float, high: float) -> float:
    own = [deal for deal in deals if low <= TRUTH.skill(deal.seller) <= high]
    return sum(held[deal.number] for deal in own) / sum(deal.outcome == "won" for deal in own)


def test_the_diligent_write_more_and_hold_no_more_appointments() -> None:
    seller = TRUTH.sellers[0].email
    own = [deal for deal in PAST if deal.seller == seller]
    plain, more = (list(diary.of_deals(own, TRUTH, source(1, "d"), who)) for who in ({}, {seller: 1.0}))
    assert len(more) > len(plain) + len(own)
    assert len(_met(more)) < len(_met(plain)) + len(own) / 4
    for deed in more:
        assert deed.day <= DAYS.last


def _met(deeds: Sequence[diary.Deed]) -> list[diary.Deed]:
    return [deed for deed in deeds if deed.kind in diary.APPOINTMENTS]


def test_targets_are_what_an_average_seller_would_win_so_that_attainment_follows_the_truth() -> None:
    last = before(period_of(DAYS.today))
    wanted = {one.seller: one for one in aims(PAST, TRUTH, DAYS, SEED) if one.period == last}
    won: dict[str, float] = defaultdict(float)
    for deal in WON:
        if last.since <= deal.over <= last.until:
            won[deal.seller] += float(deal.value)
    reached = [won[one.email] / float(wanted[one.email].amount) for one in TRUTH.sellers]
    assert 0.7 < mean(reached) < 1.4
    assert correlation(reached, [one.skill for one in TRUTH.sellers]) > 0.3
