"""Small drawings of one figure, the same in every list."""

from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT, EDGE = 170, 22, 4
FULL = 1.2
Number = float | Decimal | None


def interval(
    value: Number,
    low: Number,
    high: Number,
    *,
    scale: tuple[float, float],
    said: str,
    tick: Number = None,
) -> SafeString:
    """A dot at the value, a bar from `low` to `high`, a tick at what it is held against, on a line over `scale`.

    What is None is not drawn; what lies beyond the scale is drawn at its end. `said` is read aloud.
    """
    parts = [_line("track", EDGE, WIDTH - EDGE)]
    if low is not None and high is not None:
        parts.append(_line("range", _at(low, scale), _at(high, scale)))
    if value is not None:
        parts.append(format_html('<path class="dot" d="M{0} 11H{0}"/>', _at(value, scale)))
    if tick is not None:
        parts.append(format_html('<path class="tick" d="M{} 3V19"/>', _at(tick, scale)))
    return _drawn(parts, said)


def attainment(done: float | None, elapsed: float, *, said: str) -> SafeString:
    """A bar of the share of a target that is reached, to 120%, and a tick at the share of the time that has passed."""
    scale = (0.0, FULL)
    parts = [_line("track", EDGE, WIDTH - EDGE)]
    if done:
        parts.append(_line("reached", EDGE, _at(done, scale)))
    parts.append(format_html('<path class="goal" d="M{} 6V16"/>', _at(1.0, scale)))
    parts.append(format_html('<path class="tick" d="M{} 3V19"/>', _at(elapsed, scale)))
    return _drawn(parts, said)


def _at(value: float | Decimal, scale: tuple[float, float]) -> float:
    lowest, highest = scale
    share = (min(max(float(value), lowest), highest) - lowest) / (highest - lowest)
    return round(EDGE + share * (WIDTH - 2 * EDGE), 1)


def _line(kind: str, since: float, until: float) -> SafeString:
    return format_html('<path class="{}" d="M{} 11H{}"/>', kind, since, until)


def _drawn(parts: list[SafeString], said: str) -> SafeString:
    inside = format_html_join("", "{}", ((part,) for part in parts))
    return format_html(
        '<svg class="drawn" role="img" width="{}" height="{}" viewBox="0 0 {} {}"><title>{}</title>{}</svg>',
        WIDTH, HEIGHT, WIDTH, HEIGHT, said, inside,
    )  # fmt: skip
