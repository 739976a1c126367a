"""How deals end, by their age: the share that is won or lost by then, with how sure that is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.translation import gettext

from bailiwick.web.drawings.charts.words import between, number, percent
from bailiwick.web.drawings.drawn import DrawnChart, Label, Mark, Point, Spot, Told, name_of

TOP, BOTTOM, BELOW, HEIGHT = 26, 206, 226, 232
APART = 16
TOPS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)
Estimate = tuple[float, float, float | None, float | None]


@dataclass(frozen=True, slots=True)
class IncidenceLabels:
    """The words of it: what an ending is called (its key where nothing else is said), and the two ends of the days."""

    first: str
    last: str
    endings: Mapping[str, str] = field(default_factory=dict)


def incidence(
    points: Mapping[str, Sequence[Estimate]],
    *,
    title: str,
    description: str,
    labels: IncidenceLabels,
    name: str = "",
) -> DrawnChart:
    """A line for each ending through its (days, share, low, high), stepwise as such shares are estimated, in a band.

    The first ending is drawn in the accent, the second dashed in ink: won and lost. Each is named at the end of its line.
    """
    given = {kind: sorted(some) for kind, some in points.items() if some}
    every = [one for some in given.values() for one in some]
    days = max((one[0] for one in every), default=0) or 1
    top = _top(max((one[3] if one[3] is not None else one[1] for one in every), default=1.0))
    place = {kind: _placed([one[:2] for one in some], days, top) for kind, some in given.items()}
    marks = [Mark("axis", ((0, BOTTOM), (1000, BOTTOM))), Mark("grid", ((0, TOP), (1000, TOP)))]
    marks += [mark for at, some in enumerate(given.values()) for mark in _band(some, days, top, f"band-{at + 1}")]
    marks += [Mark(f"line-{at + 1}", line) for at, line in enumerate(place.values())]
    ends = [(labels.endings.get(kind, kind), some[-1][1], place[kind][-1]) for kind, some in given.items()]
    return DrawnChart(
        name or name_of("incidence", title, given), title, description, HEIGHT, _told(given, labels),
        marks=tuple(marks),
        spots=tuple(Spot(x / 10, y, f"end-{at + 1}") for at, (_, _, (x, y)) in enumerate(ends)),
        labels=(
            Label(0, TOP - 6, percent(top)), Label(0, BELOW, labels.first), Label(100, BELOW, labels.last, "end"), *_named(ends),
        ),
    )  # fmt: skip


def _placed(some: Sequence[tuple[float, float]], days: float, top: float) -> tuple[Point, ...]:
    """From nothing at day 0: a share stands until the day of the next."""
    at = [(_across(0, days), _up(0.0, top)), *((_across(x, days), _up(y, top)) for x, y in some)]
    steps = [corner for (_, y), (x, after) in pairwise(at) for corner in ((x, y), (x, after))]
    return tuple(dict.fromkeys([at[0], *steps]))


def _band(some: Sequence[Estimate], days: float, top: float, kind: str) -> list[Mark]:
    ends = [(x, low, high) for x, _, low, high in some if low is not None and high is not None]
    if not ends:
        return []
    lower = _placed([(x, low) for x, low, _ in ends], days, top)
    upper = _placed([(x, high) for x, _, high in ends], days, top)
    return [Mark(kind, (*upper, *reversed(lower)), area=True)]


def _named(ends: Sequence[tuple[str, float, Point]]) -> list[Label]:
    """From the lowest up: above the end of each line, below it where the next line is near; never on another name."""
    found: list[Label] = []
    ordered = sorted(ends, key=lambda one: -one[2][1])
    taken = float(BOTTOM + APART)
    for at, (word, share, (x, y)) in enumerate(ordered):
        above = ordered[at + 1][2][1] if at + 1 < len(ordered) else float("-inf")
        below = y - above < APART + 14 and y + 17 < min(BOTTOM, taken)
        taken = y + 17 if below else min(y - 9, taken - APART)
        found.append(Label(x / 10, taken, f"{word} {percent(share)}", "end" if x > 300 else "start", "strong"))
    return found


def _told(given: Mapping[str, Sequence[Estimate]], labels: IncidenceLabels) -> Told:
    """At most a dozen ages each, the last one among them."""
    rows = []
    for kind, some in given.items():
        every = -(-len(some) // 12)
        for days, share, low, high in some[::-every][::-1]:
            rows.append((labels.endings.get(kind, kind), number(round(days)), percent(share), between(low, high)))
    return Told((gettext("Ending"), gettext("Days"), gettext("Share"), gettext("Between")), rows)


def _top(highest: float) -> float:
    return next((one for one in TOPS if highest <= one), 1.0)


def _across(days: float, last: float) -> float:
    return round(min(max(days / last, 0.0), 1.0) * 1000, 1)


def _up(share: float, top: float) -> float:
    return round(BOTTOM - min(max(share / top, 0.0), 1.0) * (BOTTOM - TOP), 1)
