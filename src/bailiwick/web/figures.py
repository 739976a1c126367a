"""Figures in words: the value as people read it, its interval, and one line of what it is made of."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, ngettext

from bailiwick.kit import Money, Speech
from bailiwick.measures import MEASURES, Measure, Shape, Unit
from bailiwick.performance.rules.figures import Figure
from bailiwick.web.jinja import address


def joined(names: Sequence[str], most: int) -> str:
    """At most so many names, and how many more."""
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else gettext("%(shown)s and %(n)s more") % {"shown": shown, "n": len(names) - most}


def amounts(figures: Sequence[Figure], speech: Speech) -> str:
    """What is known of them in money, each currency by itself; at most two are named."""
    known = [Money(one.value, one.currency) for one in figures if isinstance(one.value, Decimal)]
    return joined([speech.money(one) for one in known], 2)


def valued(measure: Measure, value: float | Decimal | None, currency: str, speech: Speech) -> str:
    """A value in its unit: a share in percent, money with its currency, days and counts as numbers."""
    if value is None:
        return ""
    match measure.unit:
        case Unit.SHARE:
            return speech.percent(value, 1 if -1 < value < 1 and measure.shape is not Shape.TARGET else 0)
        case Unit.MONEY:
            return speech.money(Money(Decimal(value).quantize(Decimal(1)), currency))
        case _:
            return speech.number(Decimal(str(round(float(value), 1))).normalize() + 0)


def between(measure: Measure, figure: Figure, speech: Speech) -> str:
    """`58% to 66%`; "more than 12" where the upper end is open; empty where the measure has no interval."""
    low, high = (valued(measure, end, figure.currency, speech) for end in (figure.low, figure.high))
    if figure.low is None:
        return ""
    if figure.high is None:
        return gettext("more than %(low)s") % {"low": low}
    return gettext("%(low)s to %(high)s") % {"low": low, "high": high}


def rate_said(figure: Figure, speech: Speech) -> str:
    """A rate in one line, to be read aloud or where no drawing fits."""
    if figure.value is None:
        return gettext("nothing decided yet")
    measure = MEASURES["win_rate"]
    said = f"{valued(measure, figure.value, '', speech)}, {between(measure, figure, speech)}, n = {speech.number(figure.n)}"
    return said if figure.enough else gettext("too few to tell") + f" ({said})"


def beside_said(figure: Figure, speech: Speech) -> str:
    """What stands beside a rate."""
    words = {
        "undated": ngettext(
            "%(n)s open deal without an expected close",
            "%(n)s open deals without an expected close",
            figure.beside.get("undated", 0),
        ),
        "stale": ngettext("%(n)s stale on arrival", "%(n)s stale on arrival", figure.beside.get("stale", 0)),
        "still": ngettext("%(n)s still in it", "%(n)s still in it", figure.beside.get("still", 0)),
    }
    said = [words[word] % {"n": speech.number(n)} for word, n in figure.beside.items() if word in words]
    return gettext("beside it: %(what)s") % {"what": ", ".join(said)} if said else ""


def figure_of(name: str, measure_name: str, figure: Figure, speech: Speech, **query: Any) -> dict[str, Any]:
    """What the macro `figure` prints: too few cases say so, and keep their numbers in the note."""
    measure = MEASURES[measure_name]
    value, span = valued(measure, figure.value, figure.currency, speech), between(measure, figure, speech)
    note = [f"n = {speech.number(figure.n)}"]
    if figure.value is None:
        value, span = span, ""  # "more than 12": no hit among the cases
    if not value:
        value = gettext("nothing yet")
    elif not figure.enough:
        note.insert(0, " ".join(part for part in (value, span) if part))
        value, span = gettext("too few to tell"), ""
    if figure.unknown:
        note.append(gettext("%(n)s without a value") % {"n": speech.number(figure.unknown)})
    if figure.beside:
        note.append(beside_said(figure, speech))
    return {
        "name": name,
        "value": value,
        "interval": span,
        "note": " · ".join(note),
        "url": address("measure", measure_name, **query),
        "words": figure.value is None or not figure.enough,
    }
