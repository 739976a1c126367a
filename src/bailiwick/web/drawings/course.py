"""A sum on its way through a period, against its target."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from bailiwick.web.drawings.drawn import DrawnChart, Label, Mark, Point, Spot, Told, name_of

TOP, BOTTOM, BELOW, HEIGHT, ROW = 34, 206, 226, 232, 16
CLEAR = 0.3
Way = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class CourseLabels:
    """The words of a course: below its first day, today and its last day; the sum so far; the target with its name.

    `rows` are the table's (when, how much); without them it holds today and the target.
    """

    first: str
    today: str
    last: str
    reached: str
    target: str = ""
    rows: Sequence[tuple[str, str]] = ()


def course(
    points: Sequence[tuple[float, float]],
    *,
    target: float | None,
    until: float,
    title: str,
    description: str,
    labels: CourseLabels,
    name: str = "",
) -> DrawnChart:
    """The line through `points` (share of the period, sum so far) to `until`, the share of the period that has passed.

    A dotted line stands at the target, a thin one is the even pace to it, a dot today's sum. The scale begins at nothing.
    """
    way = _way(points, min(max(until, 0.0), 1.0))
    now, so_far = way[-1]
    highest = max([y for _, y in way] + [target or 0.0, 1e-9]) * 1.06
    placed = tuple((_across(x), _up(y, highest)) for x, y in way)
    today = _today(labels.today, now)
    aim = _up(target, highest) if target else None
    marks = [Mark("axis", ((0, BOTTOM), (1000, BOTTOM)))]
    texts = [Label(0, BELOW, labels.first), *today, Label(100, BELOW, labels.last, "end")]
    if aim is not None:
        marks += [Mark("pace", ((0, BOTTOM), (1000, aim))), Mark("target", ((0, aim), (1000, aim)))]
        texts.append(_target(labels.target, aim, placed))
    marks += [
        Mark("drop", ((_across(now), _up(so_far, highest)), (_across(now), BOTTOM))),
        Mark("stroke", placed),
    ]
    spot = Spot(_across(now) / 10, _up(so_far, highest))
    texts.append(_reached(labels.reached, spot))
    return DrawnChart(
        name or name_of("course", title, placed), title, description,
        HEIGHT + (ROW if today and today[0].y > BELOW else 0), _told(labels),
        marks=tuple(marks), spots=(spot,), labels=tuple(texts),
    )  # fmt: skip


def _way(points: Sequence[tuple[float, float]], until: float) -> Way:
    """From nothing on the first day, through the points that have come, to today; a sum below nothing is drawn as nothing."""
    came = sorted((x, max(y, 0.0)) for x, y in points if 0 <= x <= until)
    begun = came if came and came[0][0] == 0 else [(0.0, 0.0), *came]
    return begun if begun[-1][0] == until else [*begun, (until, begun[-1][1])]


def _today(word: str, now: float) -> list[Label]:
    """The word for today gives way, a row down, where it would run into the first or the last day."""
    if now >= 1 or not word:
        return []
    anchor = "start" if now < 0.12 else "end" if now > 0.88 else "middle"
    return [Label(_across(now) / 10, BELOW if CLEAR < now < 1 - CLEAR else BELOW + ROW, word, anchor, "now")]


def _target(word: str, aim: float, placed: tuple[Point, ...]) -> Label:
    """At the left above its line, where there is most room; at the right where the sum is early over the target."""
    now = placed[-1][0]
    early = any(y < aim + 6 for x, y in placed if x < 420)
    # on the right of a sum that is over the target the room is below the line
    if now < 600 or early:
        return Label(100, aim + 15 if early and now > 550 else aim - 7, word, "end", "aim")
    return Label(0, aim - 7, word, "start", "aim")


def _reached(word: str, spot: Spot) -> Label:
    """Beside the dot, on the side with the room, above the line."""
    anchor, dx = ("start", 6) if spot.x < 30 else ("end", -2 if spot.x < 97 else 0)
    return Label(spot.x, spot.y - 10, word, anchor, "strong", dx)


def _told(labels: CourseLabels) -> Told:
    rows = list(labels.rows) or [(labels.today, labels.reached), (labels.last, labels.target)]
    return Told((gettext("When"), gettext("So far")), [row for row in rows if row[1]])


def _across(share: float) -> float:
    return round(share * 1000, 1)


def _up(amount: float, highest: float) -> float:
    return round(BOTTOM - max(amount, 0.0) / highest * (BOTTOM - TOP), 1)
