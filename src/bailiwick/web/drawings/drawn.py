"""What a drawing is made of, once its figures are coordinates. The macros of `parts/drawing.html` print it."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2s
from math import isnan

from django.template.loader import get_template
from django.utils.safestring import SafeString

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stroke through `points`, or the area between them; a single point is a dot. `kind` is its class in the style sheet."""

    kind: str
    points: tuple[Point, ...]
    area: bool = False

    @property
    def path(self) -> str:
        """The mark as an SVG path."""
        first, *others = (f"{x:g} {y:g}" for x, y in self.points)
        return f"M{first}" + ("".join(f"L{other}" for other in others) or "h0") + ("Z" if self.area else "")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A small drawing of one figure, 170 by 22; `said` is what it shows in words."""

    said: str
    marks: tuple[Mark, ...]

    def __html__(self) -> SafeString:
        return _printed("interval", self)


@dataclass(frozen=True, slots=True)
class Label:
    """A text of a chart, at `x` and `y` as in `Spot` and `dx` pixels beside it; `anchor` is the part of it that stands there.

    `lead` is a number before the text.
    """

    x: float
    y: float
    text: str
    anchor: str = "start"
    kind: str = ""
    dx: float = 0
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A dot of a chart: `x` in percent of the width, `y` in pixels from the top."""

    x: float
    y: float
    kind: str = "dot"


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart: `x` and `width` in percent, `y` and `height` in pixels."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Told:
    """The figures of a chart as a table; the first cell of a row names it."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class DrawnChart:
    """A chart as wide as its place and `height` pixels high, so that its texts keep their size on every screen.

    `marks` are in thousandths of the width across and pixels down. `name` makes the ids of the drawing its own on a page.
    `legend` is pairs of a kind of bar and its word.
    """

    name: str
    title: str
    description: str
    height: int
    told: Told
    marks: tuple[Mark, ...] = ()
    bars: tuple[Bar, ...] = ()
    spots: tuple[Spot, ...] = ()
    labels: tuple[Label, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()

    def __html__(self) -> SafeString:
        return _printed("chart", self)


def name_of(kind: str, *shown: object) -> str:
    """A name for a chart that was given none: the same for the same figures, another for others."""
    return f"{kind}-{blake2s(repr(shown).encode(), digest_size=4).hexdigest()}"


def known(value: object) -> float | None:
    """A figure as a plain number; None where there is none."""
    number = None if value is None else float(value)  # type: ignore[arg-type]
    return None if number is None or isnan(number) else number


def _printed(macro: str, drawn: Drawn | DrawnChart) -> SafeString:
    """So that a drawing in a cell of a list is the one of the macro."""
    module = get_template("parts/drawing.html").template.module  # type: ignore[attr-defined]
    return SafeString(getattr(module, macro)(drawn))
