"""Partially pooled rates: what each of many peers' rates is likely to be, given all of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.optimize.elementwise import find_root
from scipy.special import betainc, betaincinv, betaln, expit, logsumexp

from bailiwick.methods.intervals import LEVEL, Numbers

ENOUGH_PEERS = 20
STRONGEST = 1e6
MEANS, STRENGTHS = 80, 24
EXACT = 1e-8


@dataclass(frozen=True, slots=True)
class Pooled:
    """For each peer the pooled rate with its interval; `alpha` and `beta`: how the peers' rates are spread; how many `peers`."""

    mean: Numbers
    low: Numbers
    high: Numbers
    alpha: float
    beta: float
    peers: int


def pooled(k: ArrayLike, n: ArrayLike, level: float = LEVEL) -> Pooled:
    """The rates of peers with `k` hits of `n`, drawn towards each other as far as the data say that they are alike.

    Beta-binomial. With twenty peers or more their spread is estimated by maximum likelihood and plugged in. With fewer it is too
    uncertain for that and is integrated over, with the hyperprior (alpha + beta)^(-5/2) (Gelman et al., Bayesian Data Analysis,
    3rd ed., 5.3). A peer without a trial has the rate of the others.
    """
    hits, trials = np.atleast_1d(np.asarray(k, float)), np.atleast_1d(np.asarray(n, float))
    there = trials > 0
    pairs, seen = np.unique(np.stack([hits[there], trials[there]], axis=1), axis=0, return_counts=True)
    times = seen.astype(float)
    peers = int(there.sum())
    if not len(hits):
        return Pooled(hits, hits, hits, 1.0, 1.0, 0)
    if peers < ENOUGH_PEERS:
        return _integrated(hits, trials, pairs, times, level, peers)
    alpha, beta = _likeliest(pairs, times)
    after, failed = alpha + hits, beta + trials - hits
    tail = (1 - level) / 2
    low, high = betaincinv(after, failed, tail), betaincinv(after, failed, 1 - tail)
    return Pooled(after / (after + failed), low, high, alpha, beta, peers)


def _likelihood(pairs: Numbers, times: Numbers, alpha: Numbers, beta: Numbers) -> Numbers:
    """Log likelihood of all peers for each (alpha, beta)."""
    k, n = pairs[:, 0, None], pairs[:, 1, None]
    each = betaln(k + alpha, n - k + beta) - betaln(alpha, beta)
    total: Numbers = (times[:, None] * each).sum(axis=0)
    return total


def _likeliest(pairs: Numbers, times: Numbers) -> tuple[float, float]:
    """Maximum likelihood over the logit of the mean and the log of the strength, which cannot run away."""

    def loss(at: Numbers) -> float:
        mean, strength = expit(at[0]), np.exp(at[1])
        return -float(_likelihood(pairs, times, np.array([mean * strength]), np.array([(1 - mean) * strength]))[0])

    share = (times * pairs[:, 0]).sum() / (times * pairs[:, 1]).sum()
    start = np.array([np.log(share + 1e-3) - np.log(1 - share + 1e-3), np.log(10.0)])
    bounds = [(-12.0, 12.0), (np.log(1e-2), np.log(STRONGEST))]
    found = minimize(  # type: ignore[no-untyped-call]
        loss, start, method="L-BFGS-B", bounds=bounds
    )
    mean, strength = float(expit(found.x[0])), float(np.exp(found.x[1]))
    return mean * strength, (1 - mean) * strength


def _integrated(hits: Numbers, trials: Numbers, pairs: Numbers, times: Numbers, level: float, peers: int) -> Pooled:
    """Over a grid of (mean, strength), each weighed by its posterior; the interval inverts the mixture's distribution."""
    means, strengths = np.meshgrid(np.linspace(-6, 6, MEANS), np.linspace(np.log(0.1), np.log(STRONGEST), STRENGTHS))
    mean, strength = expit(means.ravel()), np.exp(strengths.ravel())
    alpha, beta = mean * strength, (1 - mean) * strength
    # From (alpha, beta) to (logit mean, log strength) the density gains the factor alpha * beta.
    log_weight = -2.5 * np.log(strength) + np.log(alpha) + np.log(beta)
    if len(pairs):
        log_weight = log_weight + _likelihood(pairs, times, alpha, beta)
    weight = np.exp(log_weight - logsumexp(log_weight))
    kept = weight > weight.max() * 1e-5
    alpha, beta, weight = alpha[kept], beta[kept], weight[kept] / weight[kept].sum()
    after, failed = alpha + hits[:, None], beta + (trials - hits)[:, None]
    centre = (weight * after / (after + failed)).sum(axis=1)
    tail = (1 - level) / 2
    low, high = (_inverted(after, failed, weight, share) for share in (tail, 1 - tail))
    middle, size = float((weight * alpha / (alpha + beta)).sum()), float(np.exp((weight * np.log(alpha + beta)).sum()))
    return Pooled(centre, low, high, middle * size, (1 - middle) * size, peers)


def _inverted(after: Numbers, failed: Numbers, weight: Numbers, share: float) -> Numbers:
    """Where the mixture of beta distributions of each peer reaches `share`."""

    def over(at: Numbers, peer: NDArray[np.intp]) -> Numbers:
        reached: Numbers = (weight * betainc(after[peer], failed[peer], at[:, None])).sum(axis=1)
        return reached - share

    peers = np.arange(len(after))
    exact = {"xatol": EXACT, "xrtol": 0.0, "fatol": 0.0, "frtol": 0.0}
    low, high = find_root(over, (np.zeros(len(after)), np.ones(len(after))), args=(peers,), tolerances=exact).bracket
    found: Numbers = (low + high) / 2
    return found
