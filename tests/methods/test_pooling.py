"""Pooled rates against published ones."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bailiwick.methods.pooling import pooled

# Tarone 1982, as in Gelman et al., Bayesian Data Analysis, 3rd ed., table 5.1: tumours of so many rats in 71 groups.
TUMOURS = [0] * 14 + [1] * 8 + [2] * 9 + [1, 5, 2, 5, 3, 2, 7, 7, 3, 3, 2, 9, 10, 4, 4, 4, 4, 4, 4, 4, 10, 4, 4, 4, 5, 11, 12,
           5, 5, 6, 5, 6, 6, 6, 6, 16, 15, 15, 9, 4]  # fmt: skip
RATS = [20] * 7 + [19] * 4 + [18] * 2 + [17, 20, 20, 20, 20, 19, 19, 18, 18, 25, 24, 23, 20, 20, 20, 20, 20, 20, 10, 49, 19, 46,
        27, 17, 49, 47, 20, 20, 13, 48, 50, 20, 20, 20, 20, 20, 20, 20, 48, 19, 19, 19, 22, 46, 49, 20, 20, 23, 19, 22, 20, 20, 20,
        52, 46, 47, 24, 14]  # fmt: skip
# Efron and Morris 1975, JASA 70, 311-319, table 1: hits in the first 45 at bats of 1970, and the average of the rest.
HITS = [18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7]
REST = [
    0.346,
    0.298,
    0.276,
    0.222,
    0.273,
    0.270,
    0.263,
    0.210,
    0.269,
    0.230,
    0.264,
    0.256,
    0.303,
    0.264,
    0.226,
    0.285,
    0.316,
    0.200,
]


def test_the_spread_of_the_rats_groups_is_the_published_one() -> None:
    """The book's posterior mode lies near (2.4, 14.3); maximum likelihood leaves the hyperprior out and lies close to it."""
    assert len(TUMOURS) == len(RATS) == 71
    found = pooled(TUMOURS, RATS)
    assert found.alpha == pytest.approx(2.4, abs=0.15)
    assert found.beta == pytest.approx(14.3, abs=0.6)
    assert found.peers == 71


def test_pooled_batting_averages_are_three_times_nearer_to_the_truth() -> None:
    """Total squared error .077 raw and .022 pooled, say the authors; the averages as rounded in their table give .075 raw."""
    found = pooled(HITS, [45] * 18)
    raw = sum((hits / 45 - rest) ** 2 for hits, rest in zip(HITS, REST, strict=True))
    near = float(sum((mean - rest) ** 2 for mean, rest in zip(found.mean, REST, strict=True)))
    assert raw == pytest.approx(0.077, abs=0.003)
    assert near == pytest.approx(0.022, abs=0.006)


def test_many_peers_alike_say_nearly_nothing_apart() -> None:
    random = np.random.default_rng(3)
    hits = random.binomial(40, 0.3, 200)
    found = pooled(hits, [40] * 200)
    assert float(np.ptp(found.mean)) < 0.5 * float(np.ptp(hits / 40))


@settings(deadline=None)
@given(st.lists(st.integers(0, 80).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=12))
def test_a_pooled_rate_lies_in_its_interval_and_between_nothing_and_all(pairs: list[tuple[int, int]]) -> None:
    found = pooled([k for k, _ in pairs], [n for _, n in pairs])
    assert (found.low <= found.mean + 1e-9).all()
    assert (found.mean <= found.high + 1e-9).all()
    assert (found.low >= 0).all()
    assert (found.high <= 1).all()


def test_whoever_has_no_case_yet_has_the_rate_of_the_others() -> None:
    found = pooled([30, 33, 28, 0], [100, 100, 100, 0])
    assert found.mean[3] == pytest.approx(0.3, abs=0.03)
    assert found.high[3] - found.low[3] > found.high[0] - found.low[0]


def test_two_wins_of_two_are_not_better_than_sixty_of_a_hundred() -> None:
    """Twelve peers around one half: the perfect record of two deals stands below the long good one."""
    k, n = [2, 70, *[50] * 10], [2, 100, *[100] * 10]
    found = pooled(k, n)
    assert found.mean[0] < found.mean[1]


def test_the_pooled_intervals_of_few_peers_hold_the_truth_as_often_as_they_say() -> None:
    random, held, asked = np.random.default_rng(11), 0, 0
    for _ in range(60):
        truth = random.beta(6, 9, 8)
        n = random.integers(5, 60, 8)
        found = pooled(random.binomial(n, truth), n)
        held += int(((found.low <= truth) & (truth <= found.high)).sum())
        asked += 8
    assert held / asked > 0.86  # 0.9 less three standard errors


def test_nobody_has_no_rate() -> None:
    assert pooled([], []).peers == 0
