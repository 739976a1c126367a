"""A sum on its way through a period, against its target."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 520, 230, 8, 506, 30, 206


def course(
    points: Sequence[tuple[float, float]],
    *,
    name: str,
    title: str,
    said: str,
    ends: tuple[str, str, str],
    target: float | None = None,
    target_said: str = "",
) -> SafeString:
    """The line through `points` (share of the period, sum so far), a dotted line at the target and the even way to it.

    `name` makes the ids of the drawing its own; `ends` are the words under the first day, today and the last day.
    """
    highest = max([y for _, y in points] + [target or 0.0, 1e-9]) * 1.08
    placed = [(_across(x), _up(y, highest)) for x, y in points]
    line = " ".join(f"{x},{y}" for x, y in placed)
    last_x, last_y = placed[-1]
    aim = _aim(target, target_said, highest) if target else SafeString("")
    words = _words(ends, last_x)
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-title {}-said"><title id="{}-title">{}</title>'
        '<desc id="{}-said">{}</desc>{}<polyline class="stroke" points="{}"/><circle class="dot" cx="{}" cy="{}" r="4"/>{}</svg>',
        WIDTH, HEIGHT, name, name, name, title, name, said, aim, line, last_x, last_y, words,
    )  # fmt: skip


def _aim(target: float, said: str, highest: float) -> SafeString:
    at = _up(target, highest)
    return format_html(
        '<line class="ref" x1="{}" x2="{}" y1="{}" y2="{}"/><line class="even" x1="{}" y1="{}" x2="{}" y2="{}"/>'
        '<text x="{}" y="{}">{}</text>',
        LEFT, RIGHT, at, at, LEFT, BOTTOM, RIGHT, at, LEFT, at - 6, said,
    )  # fmt: skip


def _words(ends: tuple[str, str, str], today: float) -> SafeString:
    """The word for today gives way to the ends where it would run into them."""
    first, now, last = ends
    near_end = today > RIGHT - 90
    middle = (
        format_html('<text x="{}" y="226" text-anchor="middle">{}</text>', today, now) if LEFT + 90 < today < RIGHT - 90 else ""
    )
    return format_html(
        '<text x="{}" y="226">{}</text>{}<text x="{}" y="226" text-anchor="end">{}</text>',
        LEFT, first, middle, RIGHT, now if near_end and today >= RIGHT - 1 else last,
    )  # fmt: skip


def _across(share: float) -> float:
    return round(LEFT + min(max(share, 0.0), 1.0) * (RIGHT - LEFT), 1)


def _up(amount: float, highest: float) -> float:
    return round(BOTTOM - max(amount, 0.0) / highest * (BOTTOM - TOP), 1)
