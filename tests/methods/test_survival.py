"""Competing risks against published figures, and against counting by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bailiwick.methods.survival import aalen_johansen, cycle, late_after

# Freireich et al. 1963, the 6-MP arm: weeks of remission, censored ones apart; the estimate and its error as in every textbook
# (Kleinbaum and Klein, Survival Analysis, chapter 2; errors by Greenwood).
RELAPSED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
CENSORED = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
SURVIVAL = {6: (0.857, 0.0764), 7: (0.807, 0.0869), 10: (0.753, 0.0963), 13: (0.690, 0.1068), 16: (0.627, 0.1141),
            22: (0.538, 0.1282), 23: (0.448, 0.1346)}  # fmt: skip


def test_with_one_ending_it_is_kaplan_and_meier_with_greenwoods_error() -> None:
    days = RELAPSED + CENSORED
    found = aalen_johansen(days, ["won"] * 9 + ["open"] * 12, [1] * 21)
    for week, (survival, error) in SURVIVAL.items():
        at = list(found.days).index(week)
        assert round(1 - float(found.by["won"][at]), 3) == survival
        assert round(math.sqrt(found.variance["won"][at]), 4) == error


HISTORY = st.lists(
    st.tuples(st.integers(0, 30), st.sampled_from(["won", "lost", "open"]), st.integers(1, 4)), min_size=1, max_size=40
)


@given(HISTORY)
def test_it_is_what_counting_day_by_day_gives(history: list[tuple[int, str, int]]) -> None:
    found = aalen_johansen(*zip(*history, strict=True))
    open_share, won = 1.0, 0.0
    for at, day in enumerate(found.days):
        risk = sum(n for age, _, n in history if age >= day)
        wins = sum(n for age, ending, n in history if age == day and ending == "won")
        losses = sum(n for age, ending, n in history if age == day and ending == "lost")
        won += open_share * wins / risk
        open_share *= 1 - (wins + losses) / risk
        if "won" in found.by:
            assert float(found.by["won"][at]) == pytest.approx(won)
        ended = sum(float(found.by[kind][at]) for kind in found.by)
        assert ended + open_share == pytest.approx(1)


@given(HISTORY)
def test_without_open_deals_it_is_the_plain_share_with_the_error_of_a_share(history: list[tuple[int, str, int]]) -> None:
    closed = [(day, "lost" if ending == "open" else ending, n) for day, ending, n in history]
    found, total = aalen_johansen(*zip(*closed, strict=True)), sum(n for *_, n in closed)
    for kind, shares in found.by.items():
        for day, share, variance in zip(found.days, shares, found.variance[kind], strict=True):
            plain = sum(n for age, ending, n in closed if age <= day and ending == kind) / total
            assert float(share) == pytest.approx(plain)
            assert float(variance) == pytest.approx(plain * (1 - plain) / total, abs=1e-9)


def test_a_variance_is_never_below_zero_and_grows_with_fewer_deals() -> None:
    few = aalen_johansen([5, 9, 12, 20], ["won", "lost", "open", "won"], [1, 1, 1, 1])
    many = aalen_johansen([5, 9, 12, 20], ["won", "lost", "open", "won"], [100, 100, 100, 100])
    assert (few.variance["won"] >= 0).all()
    assert few.variance["won"][0] == pytest.approx(100 * many.variance["won"][0])


def test_half_of_the_wins_to_come_have_come_by_the_median() -> None:
    found = cycle([10, 20, 30, 25, 40], ["won", "lost", "won", "open", "won"], [1] * 5)
    assert (found.median, found.share, found.n, found.wins) == (30, pytest.approx(0.8), 5, 3)
    assert found.low is not None
    assert found.high is not None
    assert found.low <= 30 <= found.high


def test_nothing_won_has_no_cycle() -> None:
    found = cycle([3, 4], ["lost", "open"], [5, 5])
    assert (found.median, found.low, found.late, found.share, found.wins) == (None, None, None, 0.0, 0)
    assert cycle([], [], []).median is None


def test_late_is_after_nearly_all_wins() -> None:
    found = aalen_johansen(list(range(1, 101)), ["won"] * 100, [1] * 100)
    assert late_after(found) == 95


def test_the_interval_of_the_cycle_is_the_same_each_time() -> None:
    ages, endings, counts = [10, 20, 30, 25, 40], ["won", "lost", "won", "open", "won"], [9] * 5
    assert cycle(ages, endings, counts) == cycle(ages, endings, counts)
