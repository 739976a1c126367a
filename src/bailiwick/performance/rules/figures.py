"""Cells become figures: a value with its size, interval and, for rates, what it is when pooled with its peers."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bailiwick.measures import Measure, Shape
from bailiwick.methods.intervals import quantile, wilson
from bailiwick.methods.pooling import pooled
from bailiwick.methods.survival import cycle
from bailiwick.mirror import Cell

Keys = tuple[str, ...]
WEEK = 7


@dataclass(frozen=True, slots=True)
class Figure:
    """What a measure says for these keys.

    `value` is None where nothing can be said (no case, a median of nothing); `low` and `high` are None where the measure has no
    interval. `low` alone: "more than" it. `pooled`: the rate that the peers' rates leave likely, with its own interval.
    `n`: cases that it is made of; `k`: hits among them; `beside`: cases by what they are, in no ratio; `unknown`: cases without
    an amount. `enough`: whether `n` reaches the measure's minimum; below, a page says "too few to tell".
    """

    keys: Keys
    n: int
    value: float | Decimal | None
    low: float | None = None
    high: float | None = None
    pooled: float | None = None
    pooled_low: float | None = None
    pooled_high: float | None = None
    k: int = 0
    currency: str = ""
    beside: Mapping[str, int] = field(default_factory=dict)
    unknown: int = 0
    square: float = 0.0
    enough: bool = True


def judge(
    measure: Measure, cells: Sequence[Cell], *, as_of: date, since: date | None = None, until: date | None = None
) -> list[Figure]:
    """One figure for each set of keys (and currency) in `cells`, in the order of the keys.

    The period counts for a pace only. Cells with the same keys are added: whoever rolls up changes keys and asks again.
    """
    groups: dict[tuple[Keys, str], list[Cell]] = defaultdict(list)
    for cell in cells:
        groups[cell.keys, cell.currency].append(cell)
    ordered = sorted(groups.items())
    match measure.shape:
        case Shape.RATE | Shape.PER_HIT:
            return _rates(measure, [(keys, group) for (keys, _), group in ordered])
        case Shape.PACE:
            return [_pace(measure, keys, group, since, min(until or as_of, as_of)) for (keys, _), group in ordered]
        case _:
            make = FIGURES[measure.shape]
            return [make(measure, keys, currency, group) for (keys, currency), group in ordered]


def _rates(measure: Measure, groups: Sequence[tuple[Keys, Sequence[Cell]]]) -> list[Figure]:
    inside = [[cell for cell in group if not cell.aside] for _, group in groups]
    n = [sum(cell.n for cell in group) for group in inside]
    k = [sum(cell.k for cell in group) for group in inside]
    low, high = wilson(k, n)
    peers = pooled(k, n)
    found = []
    for at, (keys, group) in enumerate(groups):
        known = n[at] > 0
        found.append(
            Figure(
                keys, n[at], k[at] / n[at] if known else None,
                float(low[at]) if known else None, float(high[at]) if known else None,
                float(peers.mean[at]), float(peers.low[at]), float(peers.high[at]),
                k=k[at], beside=_beside(group), enough=n[at] >= measure.minimum,
            )
        )  # fmt: skip
    return [_turned(one) for one in found] if measure.shape is Shape.PER_HIT else found


def _beside(cells: Sequence[Cell]) -> dict[str, int]:
    """How many stand beside, by word; a case may be two things at once (undated and stale)."""
    found: dict[str, int] = defaultdict(int)
    for cell in cells:
        for word in cell.aside.split():
            found[word] += cell.n
    return dict(found)


def _turned(rate: Figure) -> Figure:
    """Trials for one hit: the ends of the rate's interval turned over. Without a hit it is "more than" the lower end."""
    return Figure(
        rate.keys, rate.n, rate.n / rate.k if rate.k else None,
        1 / rate.high if rate.high else None, 1 / rate.low if rate.low and rate.k else None,
        1 / rate.pooled if rate.pooled else None,
        1 / rate.pooled_high if rate.pooled_high else None, 1 / rate.pooled_low if rate.pooled_low else None,
        k=rate.k, enough=rate.enough,
    )  # fmt: skip


def _count(measure: Measure, keys: Keys, currency: str, cells: Sequence[Cell]) -> Figure:
    n = sum(cell.n for cell in cells)
    return Figure(keys, n, Decimal(n), square=float(n))


def _sum(measure: Measure, keys: Keys, currency: str, cells: Sequence[Cell]) -> Figure:
    n, unknown = sum(cell.n for cell in cells), sum(cell.unknown for cell in cells)
    amount = sum((cell.amount for cell in cells if cell.amount is not None), Decimal(0)) if n > unknown else None
    return Figure(keys, n, amount, currency=currency, unknown=unknown, square=sum(cell.square or 0.0 for cell in cells))


def _pace(measure: Measure, keys: Keys, cells: Sequence[Cell], since: date | None, until: date) -> Figure:
    n = sum(cell.n for cell in cells)
    begun = since or min((cell.first for cell in cells if cell.first), default=until)
    weeks = max((until - begun).days + 1, 1) / WEEK
    return Figure(keys, n, n / weeks)


def _quantile(measure: Measure, keys: Keys, currency: str, cells: Sequence[Cell]) -> Figure:
    known = [cell for cell in cells if cell.value is not None]
    found = quantile([float(cell.value or 0) for cell in known], [cell.n for cell in known], measure.quantile)
    if found is None:
        return Figure(keys, 0, None, enough=False)
    return Figure(keys, found.n, found.value, found.low, found.high, enough=found.n >= measure.minimum)


def _cycle(measure: Measure, keys: Keys, currency: str, cells: Sequence[Cell]) -> Figure:
    found = cycle([cell.days for cell in cells], [cell.ending for cell in cells], [cell.n for cell in cells])
    return Figure(keys, found.n, found.median, found.low, found.high, k=found.wins, enough=found.wins >= measure.minimum)


FIGURES: dict[Shape, Callable[[Measure, Keys, str, Sequence[Cell]], Figure]] = {
    Shape.COUNT: _count,
    Shape.SUM: _sum,
    Shape.QUANTILE: _quantile,
    Shape.CYCLE: _cycle,
}
