"""Where a sum stands on its way to its target, and a rate or a median against its own."""

from math import exp, lgamma, log

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bailiwick.performance.rules.course import SAID, Course, below_peers, course, level
from bailiwick.performance.rules.figures import Figure

ORDER = {Course.OFF: 0, Course.WATCH: 1, Course.ON: 2}
AMOUNTS = st.floats(0, 1e9)
SHARES = st.floats(0, 1)
COUNTS = st.integers(0, 50)


def rate(value: float | None, low: float | None = None, high: float | None = None, *, enough: bool = True) -> Figure:
    return Figure((), 30, value, low, high, enough=enough)


@pytest.mark.parametrize(
    ("reached", "stands"),
    [
        (100, Course.ON),
        (50.01, Course.ON),
        (50, Course.ON),  # just what even progress asks
        (49.99, Course.WATCH),
        (33.56, Course.WATCH),  # 33.56 + 1.645 x 10 = 50.01
        (33.54, Course.OFF),  # 33.54 + 1.645 x 10 = 49.99
        (0, Course.OFF),
    ],
)
def test_half_of_hundred_is_asked_at_half_time_and_luck_of_ten_is_allowed_for(reached: float, stands: Course) -> None:
    assert course(reached, square=100.0, n=9, target=100, elapsed=0.5) is stands


@pytest.mark.parametrize(
    ("reached", "n", "elapsed", "stands"),
    [
        (0, 0, 0.49, Course.TOO_FEW),
        (0, 4, 0.49, Course.TOO_FEW),
        (0, 5, 0.49, Course.OFF),
        (0, 0, 0.5, Course.OFF),
        (49, 4, 0.49, Course.TOO_FEW),  # ahead, of four deals
        (49, 5, 0.49, Course.ON),
        (99, 1, 0.1, Course.TOO_FEW),
        (100, 1, 0.1, Course.ON),  # nothing is left to be told
        (0, 0, 0.0, Course.TOO_FEW),  # it has not begun
        (0, 0, 1.0, Course.OFF),
        (99, 1, 1.0, Course.OFF),
    ],
)
def test_fewer_than_five_deals_say_nothing_in_the_first_half_of_the_time(
    reached: float, n: int, elapsed: float, stands: Course
) -> None:
    assert course(reached, square=0.0, n=n, target=100, elapsed=elapsed) is stands


@pytest.mark.parametrize("target", [None, 0])
def test_without_a_target_there_is_no_course(target: float | None) -> None:
    assert course(1000, square=1.0, n=50, target=target, elapsed=1) is Course.NONE


def test_one_large_deal_is_more_luck_than_many_small_ones() -> None:
    """Thirty of fifty each: one deal of 30 moves by 1.645 x 30, thirty deals of 1 by 1.645 x 5.48."""
    assert course(30, square=30.0**2, n=1, target=100, elapsed=0.5) is Course.WATCH
    assert course(30, square=30 * 1.0**2, n=30, target=100, elapsed=0.5) is Course.OFF


@given(AMOUNTS, AMOUNTS, st.floats(0, 1e18), COUNTS, st.floats(1, 1e9), SHARES)
def test_whoever_reached_more_stands_no_worse(
    one: float, two: float, square: float, n: int, target: float, elapsed: float
) -> None:
    worse, better = (course(x, square=square, n=n, target=target, elapsed=elapsed) for x in sorted((one, two)))
    if Course.TOO_FEW in (worse, better):
        assert better in (Course.TOO_FEW, Course.ON)
    else:
        assert ORDER[better] >= ORDER[worse]


@given(AMOUNTS, st.floats(0, 1e18), st.integers(5, 50), st.floats(1, 1e9), SHARES, SHARES)
def test_the_same_sum_stands_no_better_later(
    reached: float, square: float, n: int, target: float, one: float, two: float
) -> None:
    sooner, later = (course(reached, square=square, n=n, target=target, elapsed=share) for share in sorted((one, two)))
    assert ORDER[later] <= ORDER[sooner]


@given(AMOUNTS, st.floats(0, 1e18), COUNTS, st.floats(1, 1e9), SHARES, st.sampled_from([0.25, 2.0, 1024.0]))
def test_the_course_is_the_same_in_cents_and_in_thousands(
    reached: float, square: float, n: int, target: float, elapsed: float, unit: float
) -> None:
    told = course(reached, square=square, n=n, target=target, elapsed=elapsed)
    assert course(reached * unit, square=square * unit * unit, n=n, target=target * unit, elapsed=elapsed) is told


@given(AMOUNTS, st.floats(0, 1e18), st.floats(0, 1e18), COUNTS, st.floats(1, 1e9), SHARES)
def test_more_room_for_luck_calls_nobody_off_course_who_was_not(
    reached: float, one: float, two: float, n: int, target: float, elapsed: float
) -> None:
    little, much = (course(reached, square=square, n=n, target=target, elapsed=elapsed) for square in sorted((one, two)))
    assert much is little or (little, much) == (Course.OFF, Course.WATCH)


@given(st.floats(1, 1e9), SHARES, COUNTS)
def test_whoever_has_the_whole_target_is_on_course_on_every_day(target: float, elapsed: float, n: int) -> None:
    assert course(target, square=0.0, n=n, target=target, elapsed=elapsed) is Course.ON


@pytest.mark.parametrize("mean", [10, 20, 40, 80, 160])
def test_of_those_who_sell_just_enough_luck_alone_calls_about_one_in_twenty_off_course(mean: int) -> None:
    """Deals come as Poisson has it, of one size, and as many are asked as come on average."""
    off = 0.0
    for n in range(5 * mean):
        if course(n, square=float(n), n=n, target=2 * mean, elapsed=0.5) is Course.OFF:
            off += exp(n * log(mean) - mean - lgamma(n + 1))
    assert 0.02 < off < 0.09


@pytest.mark.parametrize(
    ("figure", "target", "stands"),
    [
        (rate(0.30, 0.20, 0.42), 0.30, Course.ON),
        (rate(0.30, 0.20, 0.42), 0.25, Course.ON),
        (rate(0.30, 0.20, 0.42), 0.31, Course.WATCH),
        (rate(0.30, 0.20, 0.42), 0.42, Course.WATCH),  # its upper end still reaches it
        (rate(0.30, 0.20, 0.42), 0.43, Course.OFF),
        (rate(0.30, 0.20, 0.42, enough=False), 0.43, Course.TOO_FEW),
        (rate(0.30, 0.20, 0.42, enough=False), 0.10, Course.TOO_FEW),
        (rate(None), 0.25, Course.TOO_FEW),
        (rate(8.0), 10, Course.WATCH),  # without an interval nothing is beyond luck
        (rate(10.0), 10, Course.ON),
        (rate(0.0, 0.0, 0.08), 0.10, Course.OFF),
    ],
)
def test_a_rate_is_on_course_when_it_reaches_its_target_and_off_when_its_whole_interval_misses_it(
    figure: Figure, target: float, stands: Course
) -> None:
    assert level(figure, target, less=False) is stands


@pytest.mark.parametrize(
    ("figure", "target", "stands"),
    [
        (rate(40.0, 30.0, 55.0), 40, Course.ON),
        (rate(40.0, 30.0, 55.0), 60, Course.ON),
        (rate(40.0, 30.0, 55.0), 39, Course.WATCH),
        (rate(40.0, 30.0, 55.0), 30, Course.WATCH),
        (rate(40.0, 30.0, 55.0), 29, Course.OFF),
        (rate(40.0, 30.0, None), 29, Course.OFF),
        (rate(40.0, None, None), 29, Course.WATCH),
        (rate(40.0, 30.0, 55.0, enough=False), 29, Course.TOO_FEW),
    ],
)
def test_where_less_is_better_the_lower_end_has_to_reach_the_target(figure: Figure, target: float, stands: Course) -> None:
    assert level(figure, target, less=True) is stands


def test_no_close_in_forty_appointments_is_off_a_target_of_five_and_no_want_of_cases() -> None:
    """There is no value, but it is "more than 15": the whole interval misses the target."""
    figure = Figure((), 40, None, low=15.0, high=None, k=0)
    assert level(figure, 5, less=True) is Course.OFF


@given(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3).map(sorted), st.floats(-1e6, 1e6))
def test_less_is_better_is_the_mirror_of_more_is_better(three: list[float], target: float) -> None:
    low, value, high = three
    mirrored = rate(-value, -high, -low)
    assert level(rate(value, low, high), target, less=False) is level(mirrored, -target, less=True)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 0.5), SHARES)
def test_a_better_rate_stands_no_worse(one: float, two: float, half: float, target: float) -> None:
    assume(one != two)
    worse, better = (level(rate(x, x - half, x + half), target, less=False) for x in sorted((one, two)))
    assert ORDER[better] >= ORDER[worse]


@pytest.mark.parametrize(
    ("high", "whole", "enough", "below"),
    [
        (0.29, 0.30, True, True),
        (0.30, 0.30, True, False),
        (0.31, 0.30, True, False),
        (0.29, 0.30, False, False),
        (0.29, None, True, False),
        (None, 0.30, True, False),
    ],
)
def test_a_rate_is_below_its_peers_when_all_of_its_pooled_interval_is(
    high: float | None, whole: float | None, enough: bool, below: bool
) -> None:
    own = Figure((), 30, 0.1, pooled_high=high, enough=enough)
    assert below_peers(own, Figure((), 90, whole)) is below


def test_every_course_has_its_words() -> None:
    assert set(SAID) == set(Course)
    assert len({str(words) for words in SAID.values()}) == len(Course)
