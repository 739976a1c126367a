"""Steps of the process one below the other: how many entered each, and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from django.utils.translation import gettext

from bailiwick.web.drawings.drawn import Bar, DrawnChart, Label, Told, name_of
from bailiwick.web.drawings.words import between, number, percent

THICK, TO_BAR, TO_NOTE, LINE, GAP = 10, 8, 16, 16, 20
LETTERS, NAME = 46, 34
LEAST = 0.6


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """`entered` deals came into the step, `went_on` of them left it forwards, `still` are in it; the others ended there.

    `share` went on of those that are decided, with its interval; None where there are too few. `said` says that in words:
    "62% went on (54% to 70%)".
    """

    name: str
    entered: int
    went_on: int
    still: int
    share: float | None
    low: float | None
    high: float | None
    said: str


def funnel(steps: Sequence[FunnelStep], *, title: str, description: str, name: str = "") -> DrawnChart:
    """A bar for each step, as long as the share of the most that entered one; between two bars what went on, in words."""
    most = max((step.entered for step in steps), default=0) or 1
    bars: list[Bar] = []
    texts: list[Label] = []
    top = 18
    for step in steps:
        texts.append(Label(0, top, _short(step.name), kind="step", lead=number(step.entered)))
        bars += _bars(step, top + TO_BAR, most)
        top += TO_BAR + THICK + TO_NOTE
        for line in wrap(step.said, LETTERS)[:2]:
            texts.append(Label(0, top, line, kind="note"))
            top += LINE
        top += GAP
    return DrawnChart(
        name or name_of("funnel", title, steps), title, description, max(top - GAP - LINE + 6, 1), _told(steps),
        bars=tuple(bars), labels=tuple(texts),
        legend=(("went", gettext("went on")), ("still", gettext("still in it")), ("left", gettext("ended there"))),
    )  # fmt: skip


def _bars(step: FunnelStep, top: int, most: int) -> list[Bar]:
    """What went on, what is still in the step, and what ended there, one after the other."""
    went = min(step.went_on, step.entered)
    still = min(step.still, step.entered - went)
    found, x = [], 0.0
    for kind, count in (("went", went), ("still", still), ("left", step.entered - went - still)):
        if count:
            width = min(max(round(100 * count / most, 2), LEAST), 100 - x)
            found.append(Bar(kind, round(x, 2), top, round(width, 2), THICK))
            x += width
    return found or [Bar("none", 0, top, LEAST, THICK)]


def _short(name: str) -> str:
    """The whole name stands in the table."""
    return name if len(name) <= NAME else name[: NAME - 1].rstrip() + "…"


def _told(steps: Sequence[FunnelStep]) -> Told:
    columns = (
        gettext("Step"),
        gettext("Came in"),
        gettext("Went on"),
        gettext("Still in it"),
        gettext("Share"),
        gettext("Between"),
    )
    rows = [
        (
            step.name,
            number(step.entered),
            number(step.went_on),
            number(step.still),
            percent(step.share),
            between(step.low, step.high),
        )
        for step in steps
    ]
    return Told(columns, rows)
