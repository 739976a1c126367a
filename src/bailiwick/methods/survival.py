"""How long until a deal is won, lost, or still open: competing risks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bailiwick.methods.intervals import LEVEL, Numbers

DRAWS = 200
SEED = 20260601
LATE = 0.95


@dataclass(frozen=True, slots=True)
class Incidence:
    """By day of age: the share that has ended in each way so far, its variance, and how many were still open before the day."""

    days: Numbers
    by: Mapping[str, Numbers]
    variance: Mapping[str, Numbers]
    at_risk: Numbers
    n: int


@dataclass(frozen=True, slots=True)
class Cycle:
    """`median`: the age by which half of the wins to come have come; `late`: by which 95% have; `share`: how many are ever won.

    All None, with `share` 0, where nothing was won.
    """

    median: float | None
    low: float | None
    high: float | None
    late: float | None
    share: float
    n: int
    wins: int


def aalen_johansen(days: Sequence[int], endings: Sequence[str], counts: Sequence[int], censored: str = "open") -> Incidence:
    """The cumulative incidence of each ending by age (Aalen and Johansen 1978, Scand. J. Statist. 5, 141-150).

    The input is a histogram: so many deals (`counts`) of this age in whole days (`days`) that ended so (`endings`); `censored`
    is the word for those that have not ended. On one day, endings come before those that were only seen until then. The
    variance is that of the delta method (Marubini and Valsecchi 1995, 10.3), Greenwood's where there is one ending.

    >>> found = aalen_johansen([1, 2, 3, 4], ["won", "lost", "won", "lost"], [1, 1, 1, 1])
    >>> [float(share) for share in found.by["won"]]
    [0.25, 0.25, 0.5, 0.5]
    """
    ages, at = np.unique(np.asarray(days, float), return_inverse=True)
    words, sizes = np.asarray(endings, str), np.asarray(counts, float)
    total = _counted(at, sizes, len(ages))
    risk = total[::-1].cumsum()[::-1]
    kinds = sorted({str(word) for word in words} - {censored})
    ended = {kind: _counted(at, sizes * (words == kind), len(ages)) for kind in kinds}
    every = np.sum([np.zeros(len(ages)), *ended.values()], axis=0)
    hazard = every / np.maximum(risk, 1)
    before = np.concatenate([[1.0], np.cumprod(1 - hazard)[:-1]]) if len(ages) else np.zeros(0)
    by = {kind: np.cumsum(before * ended[kind] / np.maximum(risk, 1)) for kind in kinds}
    variance = {kind: _variance(by[kind], before, ended[kind], every, risk) for kind in kinds}
    return Incidence(ages, by, variance, risk, int(sizes.sum()) if len(sizes) else 0)


def _counted(at: NDArray[np.intp], sizes: Numbers, ages: int) -> Numbers:
    return np.asarray(np.bincount(at, sizes, ages) if len(at) else np.zeros(ages), float)


def _variance(incidence: Numbers, before: Numbers, own: Numbers, every: Numbers, risk: Numbers) -> Numbers:
    """The three sums of the delta method, opened so that they run once over the days instead of once for each."""
    left = np.maximum(risk, 1)
    rest = np.where(risk > every, risk - every, 1)
    first = np.where(risk > every, every / (left * rest), 0.0)
    second = before**2 * own * (left - own) / left**3
    third = before * own / left**2
    squares = incidence**2 * np.cumsum(first) - 2 * incidence * np.cumsum(incidence * first) + np.cumsum(incidence**2 * first)
    crossed = incidence * np.cumsum(third) - np.cumsum(incidence * third)
    return np.asarray(squares + np.cumsum(second) - 2 * crossed)


def cycle(days: Sequence[int], endings: Sequence[str], counts: Sequence[int], level: float = LEVEL) -> Cycle:
    """How long a deal that is won takes, without forgetting those that are still open.

    The median is where the cumulative incidence of winning reaches half of what it ever reaches. Its interval draws the deals
    again with replacement (seeded, 200 times): the pointwise band cannot be inverted while the height it is measured against
    is uncertain itself. With fewer than two wins there is no interval.
    """
    sizes = np.asarray(counts, int)
    n, wins = int(sizes.sum()) if len(sizes) else 0, sum(int(c) for e, c in zip(endings, counts, strict=True) if e == "won")
    found = aalen_johansen(days, endings, counts)
    if not wins:
        return Cycle(None, None, None, None, 0.0, n, 0)
    median, late, share = _reaches(found, 0.5), _reaches(found, LATE), float(found.by["won"][-1])
    if wins < 2:
        return Cycle(median, None, None, late, share, n, wins)
    drawn = np.random.default_rng(SEED).multinomial(n, sizes / n, DRAWS)
    again = _medians(drawn, np.asarray(days, float), np.asarray(endings, str))
    low, high = np.quantile(again, [(1 - level) / 2, (1 + level) / 2], method="inverted_cdf")
    return Cycle(median, float(low), float(high), late, share, n, wins)


def _medians(drawn: NDArray[np.int64], days: Numbers, endings: NDArray[np.str_]) -> Numbers:
    """The median of each drawn histogram (a row of counts), those without a win left out; all rows at once."""
    order = np.argsort(days, kind="stable")
    ages, starts = np.unique(days[order], return_index=True)
    counts, words = drawn[:, order], endings[order]
    total, won, every = (np.add.reduceat(counts * of, starts, axis=1) for of in (1, words == "won", words != "open"))
    risk = np.maximum(total[:, ::-1].cumsum(axis=1)[:, ::-1], 1)
    left = np.cumprod(1 - every / risk, axis=1)
    before = np.concatenate([np.ones((len(left), 1)), left[:, :-1]], axis=1)
    incidence = np.cumsum(before * won / risk, axis=1)
    some = incidence[incidence[:, -1] > 0]
    return np.asarray(ages[np.argmax(some >= some[:, -1:] / 2 - 1e-12, axis=1)])


def late_after(incidence: Incidence, share: float = LATE) -> float | None:
    """The age by which `share` of the wins to come have come; None where nothing was won."""
    return _reaches(incidence, share)


def _reaches(incidence: Incidence, share: float) -> float | None:
    won = incidence.by.get("won")
    if won is None or not len(won) or won[-1] <= 0:
        return None
    return float(incidence.days[int(np.argmax(won >= share * won[-1] - 1e-12))])
