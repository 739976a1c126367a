"""What parts the cells of a text: found by how evenly it parts many lines, quotation marks respected."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bailiwick.exchange.reading import headers

# In order of trust where several part all lines evenly: a comma may be the mark of decimals, a tab rarely is anything else.
SINGLE = ("\x1f", "\x01", "\t", ";", "|", ",", "¦", "^", "~")
# Several marks in a row are a delimiter only when they come again and again.
RUN = re.compile(r"[^\w\s\"'\\]{2,}")
# What stands for a delimiter of several characters while the csv module, which takes one, reads the lines.
STAND_INS = "\x1f\x1e\x1d\x1c\ue000\ue001"
# The share of rows that a delimiter parts into the same number of cells, to be trusted at all and to be trusted fully.
LEAST, SURE = 0.5, 0.9
MOSTLY = 0.8
# The share of rows without it that a mark may leave and still be a mark inside the cells of a single column.
ALONE = 0.8


@dataclass(frozen=True, slots=True)
class Layout:
    """How lines part. `escape` is the backslash that guards quotation marks; `skip` a first line that names the delimiter."""

    delimiter: str
    escape: bool = False
    skip: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """What a delimiter makes of the beginning of a file: the share of rows of the usual width, that width, and whether the
    first row has it too. Decimal commas part all rows alike, but not the header above them."""

    delimiter: str
    share: float
    width: int
    first: bool


def layout_of(prefix: str, cut: bool) -> Layout | None:
    """The layout of a text by its beginning, None where it is no table; `cut` tells that the text goes on behind it.

    A text that nothing parts is a table of one column (the delimiter is then a comma), unless a comma, semicolon or the like
    stands in many lines all the same: those would be cells that do not line up.

    >>> layout_of("a;b\\n1,5;2\\n", False), layout_of("1|+|2|+||+|\\n3|+|4|+||+|5\\n", False)
    (Layout(delimiter=';', escape=False, skip=False), Layout(delimiter='|+|', escape=False, skip=False))
    """
    hint = re.match(r"\"?sep=(.)\"?\s*[\r\n]", prefix, re.IGNORECASE)
    if hint:
        return Layout(hint[1], skip=True)
    plain = _best(prefix, cut, escape=False)
    if '\\"' in prefix and not (plain and _closes(prefix, plain, cut)):
        guarded = _best(prefix, cut, escape=True)
        if guarded and _closes(prefix, guarded, cut):
            return guarded
    return plain


def _best(prefix: str, cut: bool, escape: bool) -> Layout | None:
    trials = [trial for delimiter in _candidates(prefix) if (trial := _trial(prefix, Layout(delimiter, escape), cut))]
    parted = [trial for trial in trials if trial.width > 1 and trial.share > LEAST]
    if not parted:
        return None if any(trial.share < ALONE for trial in trials) else Layout(",", escape)
    sure = [trial for trial in parted if trial.share >= SURE and trial.first]
    best = sure[0] if sure else max(parted, key=lambda trial: (trial.first, trial.share, trial.width))
    return Layout(best.delimiter, escape)


def _candidates(prefix: str) -> Iterator[str]:
    """Runs of marks that come often, then the single marks that occur at all."""
    runs: Counter[str] = Counter()
    for run in RUN.findall(prefix[:16_384]):
        runs[_unit(run)] += 1
    lines = prefix[:16_384].count("\n") + 1
    for run, times in runs.most_common(3):
        if len(run) > 1 and times >= lines:
            yield run
    yield from (mark for mark in SINGLE if mark in prefix)


def _unit(run: str) -> str:
    """The delimiter in a run of it: "|+||+|" is "|+|" around an empty cell.

    >>> _unit("|+||+|"), _unit("||||"), _unit("~")
    ('|+|', '||', '~')
    """
    for size in range(2, len(run) // 2 + 1):
        if run == run[:size] * (len(run) // size):
            return run[:size]
    return run


def _trial(prefix: str, layout: Layout, cut: bool) -> Trial | None:
    """How evenly the delimiter parts the rows; None where it cannot part them at all."""
    try:
        rows = [row for row in _rows(prefix, layout, strict=False) if row]
    except csv.Error:
        return None
    widths = [len(row) for row in (rows[:-1] if cut and len(rows) > 1 else rows)]
    if not widths:
        return None
    if width := _head(rows):
        return Trial(layout.delimiter, 1.0, width, True)
    parted = [width for width in widths if width > 1]
    # Below the few rows of a report often stand totals and as many lines of remarks, which no delimiter parts.
    if len(parted) >= 2 and len(parted) * 3 >= len(widths):
        width, times = Counter(parted).most_common(1)[0]
        if times == len(parted) or (times >= MOSTLY * len(parted) and widths[0] == width):
            return Trial(layout.delimiter, times / len(parted), width, widths[0] > 1)
    width, times = Counter(widths).most_common(1)[0]
    return Trial(layout.delimiter, times / len(widths), width, widths[0] == width)


def _head(rows: list[list[str]]) -> int:
    """The width of a header and the row right below it, where all other rows are as wide or fill few cells; else 0. A report of
    a row or two has more remarks around it than rows."""
    place = next((at for at, row in enumerate(rows) if sum(map(bool, row)) > 2), len(rows))
    if place + 1 >= len(rows) or not headers.stands_over(rows[place], rows[place + 1]):
        return 0
    width = len(rows[place])
    return width if all(len(row) == width for row in rows[place:] if sum(map(bool, row)) * 2 > width) else 0


def _closes(prefix: str, layout: Layout, cut: bool) -> bool:
    """Whether every quotation mark closes where a cell ends; where the text goes on, the last one may do so later."""
    try:
        return bool(list(_rows(prefix, layout, strict=True)))
    except csv.Error as error:
        return cut and "expected after" not in str(error)


def _rows(prefix: str, layout: Layout, strict: bool) -> Iterator[list[str]]:
    mark = layout.delimiter
    if len(mark) > 1:
        mark = next((mark for mark in STAND_INS if mark not in prefix), STAND_INS[0])
        prefix = prefix.replace(layout.delimiter, mark)
    escape = "\\" if layout.escape else None
    return csv.reader(io.StringIO(prefix, newline=""), delimiter=mark, escapechar=escape, skipinitialspace=True, strict=strict)
