"""How many things happened in each of the last weeks."""

from collections.abc import Sequence

from django.utils.translation import gettext

from bailiwick.web.drawings.drawn import Bar, DrawnChart, Label, Told, name_of
from bailiwick.web.drawings.words import number

TOP, BOTTOM, BELOW, HEIGHT, WIDE = 26, 126, 146, 152, 0.85


def weeks(counts: Sequence[tuple[str, int]], *, title: str, description: str, name: str = "") -> DrawnChart:
    """A bar for each (word of its first day, count); the counts stand above the bars, the words below the first and last."""
    most, step = max([n for _, n in counts] + [1]), 100 / max(len(counts), 1)
    bars, texts = [], []
    for place, (_, n) in enumerate(counts):
        height = max(round((BOTTOM - TOP) * n / most, 1), 1.0)
        x, top = place * step, round(BOTTOM - height, 1)
        bars.append(Bar("still", round(x, 2), top, round(step * WIDE, 2), height))
        texts += [Label(round(x + step * WIDE / 2, 2), top - 6, "", "middle", "strong", lead=number(n))] if n else []
    if counts:
        texts += [Label(0, BELOW, counts[0][0]), Label(round(100 - step * (1 - WIDE), 2), BELOW, counts[-1][0], "end")]
    told = Told((gettext("Week from"), title), [(word, number(n)) for word, n in counts])
    return DrawnChart(
        name or name_of("weeks", title, counts), title, description, HEIGHT, told, bars=tuple(bars), labels=tuple(texts)
    )
