"""Intervals against published figures, and against what they promise."""

from itertools import pairwise
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bailiwick.methods.intervals import quantile, wilson

# Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3, at 95%.
NEWCOMBE = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]


@pytest.mark.parametrize(("k", "n", "low", "high"), NEWCOMBE)
def test_wilsons_interval_is_the_published_one(k: int, n: int, low: float, high: float) -> None:
    found_low, found_high = wilson([k], [n], 0.95)
    assert (round(float(found_low[0]), 4), round(float(found_high[0]), 4)) == (low, high)


def test_no_trial_says_nothing() -> None:
    low, high = wilson([0], [0])
    assert (low[0], high[0]) == (0.0, 1.0)


@given(st.integers(0, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_mirrors_itself(pair: tuple[int, int]) -> None:
    k, n = pair
    low, high = wilson([k], [n])
    assert 0 <= low[0] <= high[0] <= 1
    if n:
        assert low[0] <= k / n <= high[0]
    other_low, other_high = wilson([n - k], [n])
    assert other_low[0] == pytest.approx(1 - high[0])
    assert other_high[0] == pytest.approx(1 - low[0])


def test_more_trials_of_the_same_share_say_more() -> None:
    low, high = wilson([3, 30, 300], [10, 100, 1000])
    assert all(wide > narrow for wide, narrow in pairwise(high - low))


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=60), st.sampled_from([0.1, 0.25, 0.5, 0.9]))
def test_a_quantile_of_a_histogram_is_that_of_the_sample(sample: list[int], p: float) -> None:
    values = sorted(set(sample))
    found = quantile(values, [sample.count(value) for value in values], p)
    assert found is not None
    assert found.value == pytest.approx(float(np.quantile(sample, p)))
    assert found.low <= found.value <= found.high
    assert found.n == len(sample)


def test_the_ranks_of_the_median_are_those_of_the_binomial_tables() -> None:
    """Of 25 values the 8th and 18th hold the median with 95% (Conover 1999, table A3: at most 7 below has probability .0216)."""
    assert round(sum(comb(25, i) for i in range(8)) / 2**25, 4) == 0.0216
    found = quantile(list(range(1, 26)), [1] * 25, 0.5, 0.95)
    assert found is not None
    assert (found.low, found.value, found.high) == (8, 13, 18)


def test_the_interval_of_a_median_holds_it_at_least_as_often_as_it_says() -> None:
    random = np.random.default_rng(7)
    held = 0
    for _ in range(600):
        values, counts = np.unique(random.exponential(30, 41), return_counts=True)
        found = quantile(list(values), list(counts), 0.5)
        assert found is not None
        held += found.low <= 30 * np.log(2) <= found.high
    assert held / 600 > 0.87  # 0.9 less three standard errors


def test_nothing_has_no_quantile() -> None:
    assert quantile([], [], 0.5) is None
