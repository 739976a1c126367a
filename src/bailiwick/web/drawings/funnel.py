"""Steps of the process one below the other: how many entered each, and how many of those went on."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, ROW, BAR, MIDDLE, HALF = 520, 58, 26, 260, 250


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """`entered` deals came into the step; `note` says in words what became of them ("62% went on; 12 still in it")."""

    name: str
    entered: int
    shown: str
    note: str


def funnel(steps: Sequence[FunnelStep], *, name: str, title: str, said: str) -> SafeString:
    """A bar for each step, as wide as the share of the most entered; the names and notes are texts beside it."""
    most = max((step.entered for step in steps), default=0) or 1
    rows = format_html_join("", "{}", ((_row(step, place, most),) for place, step in enumerate(steps)))
    return format_html(
        '<svg class="chart funnel" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-title {}-said">'
        '<title id="{}-title">{}</title><desc id="{}-said">{}</desc>{}</svg>',
        WIDTH, ROW * len(steps), name, name, name, title, name, said, rows,
    )  # fmt: skip


def _row(step: FunnelStep, place: int, most: int) -> SafeString:
    half, top = max(round(HALF * step.entered / most, 1), 1.0), place * ROW + 18
    return format_html(
        '<text x="{}" y="{}" text-anchor="middle">{}</text><rect class="bar" x="{}" y="{}" width="{}" height="{}" rx="3"/>'
        '<text class="count" x="{}" y="{}" text-anchor="middle">{}</text><text x="{}" y="{}" text-anchor="middle">{}</text>',
        MIDDLE, top - 6, step.name, MIDDLE - half, top, 2 * half, 16, MIDDLE, top + 13, step.shown, MIDDLE, top + 29, step.note,
    )  # fmt: skip
