"""How many things happened in each of the last weeks."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 520, 130, 8, 104, 22


def weeks(counts: Sequence[tuple[str, int]], *, name: str, title: str, said: str) -> SafeString:
    """A bar for each (word below it, count); the counts stand above the bars, the words below the first and last."""
    most, step = max([n for _, n in counts] + [1]), (WIDTH - 2 * LEFT) / max(len(counts), 1)
    bars = format_html_join("", "{}", ((_bar(LEFT + place * step, step, n, most),) for place, (_, n) in enumerate(counts)))
    first, last = (counts[0][0], counts[-1][0]) if counts else ("", "")
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-title {}-said"><title id="{}-title">{}</title>'
        '<desc id="{}-said">{}</desc>{}<text x="{}" y="124">{}</text><text x="{}" y="124" text-anchor="end">{}</text></svg>',
        WIDTH, HEIGHT, name, name, name, title, name, said, bars, LEFT, first, WIDTH - LEFT, last,
    )  # fmt: skip


def _bar(x: float, step: float, n: int, most: int) -> SafeString:
    height = max(round((BOTTOM - TOP) * n / most, 1), 1.0)
    top, wide = round(BOTTOM - height, 1), round(step - 6, 1)
    return format_html(
        '<rect class="bar" x="{}" y="{}" width="{}" height="{}" rx="2"/>'
        '<text class="count" x="{}" y="{}" text-anchor="middle">{}</text>',
        round(x + 3, 1), top, wide, height, round(x + step / 2, 1), round(top - 5, 1), n or "",
    )  # fmt: skip
