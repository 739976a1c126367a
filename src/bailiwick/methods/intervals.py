"""Intervals of a share and of a quantile."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtrik, ndtri

LEVEL = 0.9
Numbers = NDArray[np.float64]


def wilson(k: ArrayLike, n: ArrayLike, level: float = LEVEL) -> tuple[Numbers, Numbers]:
    """The lower and upper ends of Wilson's interval of the shares `k` of `n` (Wilson 1927, JASA 22, 209-212).

    `k` and `n` are counts of one length; the ends have that length. No trial says nothing: 0 to 1.

    >>> [round(float(end[0]), 4) for end in wilson([81], [263], 0.95)]
    [0.2553, 0.3662]
    """
    hits, trials = np.atleast_1d(np.asarray(k, float)), np.atleast_1d(np.asarray(n, float))
    z = float(ndtri((1 + level) / 2))
    some = np.maximum(trials, 1)
    middle = (hits + z * z / 2) / (some + z * z)
    half = z / (some + z * z) * np.sqrt(hits * (some - hits) / some + z * z / 4)
    low = np.where((trials == 0) | (hits == 0), 0.0, middle - half)
    high = np.where((trials == 0) | (hits == trials), 1.0, middle + half)
    return low, high


@dataclass(frozen=True, slots=True)
class Quantile:
    """A quantile of a sample of `n` with its interval."""

    value: float
    low: float
    high: float
    n: int


def quantile(values: Sequence[float], counts: Sequence[int], p: float, level: float = LEVEL) -> Quantile | None:
    """The `p`-quantile of a histogram: `values` with how often each was seen. None for an empty one.

    The value is interpolated between neighbours, so that the median of 1, 2, 3, 4 is 2.5. The interval is that between two
    values of the sample itself, whose ranks the binomial distribution gives (Conover 1999, Practical Nonparametric Statistics,
    3.2); it supposes no shape. In a sample too small for the level it ends at the smallest or largest value.

    >>> quantile([1, 2, 3, 4], [1, 1, 1, 1], 0.5).value
    2.5
    """
    order = np.argsort(np.asarray(values, float), kind="stable")
    sizes = np.asarray(counts, int)[order]
    n = int(sizes.sum()) if len(sizes) else 0
    if n == 0:
        return None
    sample, upto = np.asarray(values, float)[order], np.cumsum(sizes)

    def ranked(rank: Any) -> float:
        """The value of this rank, from 0."""
        return float(sample[np.searchsorted(upto, min(max(int(rank), 0), n - 1), side="right")])

    place = p * (n - 1)
    below, above = ranked(np.floor(place)), ranked(np.ceil(place))
    value = below + (above - below) * float(place - np.floor(place))
    tail = (1 - level) / 2
    return Quantile(value, ranked(_binomial(tail, n, p) - 1), ranked(_binomial(1 - tail, n, p)), n)


def _binomial(share: float, n: int, p: float) -> int:
    """The smallest count whose binomial distribution function reaches `share`."""
    found = float(bdtrik(share, n, p))
    return 0 if np.isnan(found) else int(np.ceil(found - 1e-9))
