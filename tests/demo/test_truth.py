"""What the simulator knows, and the roster that it is drawn for."""

from collections import Counter
from datetime import date, timedelta

from bailiwick.demo.cast import CAST
from bailiwick.demo.chance import source
from bailiwick.demo.days import Days
from bailiwick.demo.lives import Fate, fate
from bailiwick.demo.roster import PARTNERS, PROJECTS, roster, sellers
from bailiwick.demo.truth import truth_of
from bailiwick.kit import Role

DAYS = Days(date(2026, 11, 18))


def test_the_same_seed_gives_the_same_truth_and_another_seed_another() -> None:
    assert truth_of(3) == truth_of(3)
    assert truth_of(3).sellers != truth_of(4).sellers


def test_there_are_twelve_projects_eight_partners_and_sixty_sellers_each_person_once() -> None:
    people = roster()
    assert (len(PROJECTS), len(PARTNERS), len(sellers())) == (12, 8, 60)
    assert max(Counter(seat.email for seat in people).values()) == 1


def test_everybody_of_the_cast_has_a_seat_and_no_part_is_missing() -> None:
    seats = {seat.email: seat for seat in roster()}
    assert {seats[part.email].role for part in CAST} == set(Role)
    assert all(seats[part.email].place == part.place for part in CAST)


def test_every_territory_is_worked_by_one_seller_at_any_time() -> None:
    truth = truth_of()
    for back in (700, 400, 250, 1):
        working = [one for one in truth.assignments if one.since >= back > (one.until or 0)]
        assert sorted(one.territory for one in working) == sorted(area.name for area in truth.territories)
        assert len({one.email for one in working}) == 60


def test_potential_is_stated_twice_before_the_period_that_it_is_about() -> None:
    for area in truth_of().territories:
        assert [back for back, _, _ in area.stated] == [735, 365]
        assert all(amount > 0 and said for _, amount, said in area.stated)


def test_deals_are_won_as_often_as_the_truth_says() -> None:
    truth = truth_of()
    best, worst = (pick(truth.sellers, key=lambda one: one.skill) for pick in (max, min))
    rates = {}
    for seller in (best, worst):
        random = source(7, seller.email)
        opened = DAYS.ago(700)
        ends = [fate(truth, seller=seller.email, ease=0.0, opened=opened, days=DAYS, random=random) for _ in range(1500)]
        rates[seller] = sum(one.won for one in ends) / len(ends)
        assert abs(rates[seller] - truth.chance(skill=seller.skill)) < 0.08
    assert rates[best] > rates[worst] + 0.2


def test_a_fate_is_in_order_and_never_in_the_future() -> None:
    random, opened = source(1, "fates"), DAYS.ago(60)
    for _ in range(300):
        one: Fate = fate(truth_of(), seller="", ease=0.0, opened=opened, days=DAYS, random=random)
        days = [opened, *(day for _, day in one.moves), *([one.end] if one.end else [])]
        assert days == sorted(set(days))
        assert days[-1] <= DAYS.last < DAYS.today
        assert [step for step, _ in one.moves] == list(range(2, 2 + len(one.moves)))


def test_the_last_working_day_of_a_monday_is_friday() -> None:
    assert Days(date(2026, 11, 23)).last == date(2026, 11, 20)
    assert Days(date(2026, 11, 22)).ago(1) == date(2026, 11, 20)
    assert Days(date(2026, 11, 24)).ago(1) == date(2026, 11, 24) - timedelta(days=1)
