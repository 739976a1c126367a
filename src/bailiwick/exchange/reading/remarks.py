"""Lines of a table that are no rows of it: totals, remarks below it, titles of groups within. They are told, not lost."""

import re
from collections.abc import Sequence
from statistics import median

from bailiwick.exchange.rules.tables import Spoilt
from bailiwick.exchange.rules.values.amounts import marks_of
from bailiwick.exchange.rules.values.currencies import KNOWN
from bailiwick.kit import say

Row = tuple[str, ...]
# Below this width a row of a number beside a word may be anything.
NARROWEST = 3
LONGEST_FOOTER = 20
SAMPLE = 300
TOTAL = re.compile(
    r"(?:(?:grand|sub|over-?all|report)[\s-]*)?(?:totals?|sum|count|totale?s?(?:\s+g[eé]n[eé]rale?s?)?|suma(?:\s+total)?|sommes?|summen?|"
    r"(?:zwischen|gesamt|end|teil)summen?|gesamt(?:ergebnis)?|insgesamt|totaal|Σ)\s*(?:\([^)]*\)|:)?\Z",
    re.IGNORECASE,
)
SUMS = say("This line adds up others; it is no row of the table.")
BELOW = say("This line stands below the table.")
TITLE = say("This line is the title of what stands below it.")


def without_remarks(rows: Sequence[Row], lines: Sequence[int], header: Row) -> tuple[list[Row], list[int], list[Spoilt]]:
    """The rows and their lines without totals, remarks and titles, and those, each with the reason."""
    told = [filled for row in rows[:SAMPLE] if (filled := _filled(row)) >= NARROWEST]
    usual = median(told) if told else 0
    if len(told) * 3 < len(rows[:SAMPLE]):
        return list(rows), list(lines), []
    found = {place: SUMS for place, row in enumerate(rows) if _is_total(row, usual)}
    again = [place for place, row in enumerate(rows) if header and row[: len(header)] == header]
    for place in again:
        if place and _filled(rows[place - 1]) == 1:
            found[place - 1] = TITLE
        above = place - 1 - (place - 1 in found)
        if above >= 0 and _is_sum(rows[above], usual):
            found[above] = SUMS
    found |= dict.fromkeys(range(_end(rows, lines, usual), len(rows)), BELOW) | found
    if len(found) >= len(rows):
        return list(rows), list(lines), []
    spoilt = [Spoilt(lines[place], rows[place], reason) for place, reason in sorted(found.items())]
    kept = [place for place in range(len(rows)) if place not in found]
    return [rows[place] for place in kept], [lines[place] for place in kept], spoilt


def _filled(row: Row) -> int:
    return sum(map(bool, row))


def _is_total(row: Row, usual: float) -> bool:
    """A word for a total, and nothing but numbers beside it."""
    first = next(filter(None, row), "")
    if len(first) > 60 or not TOTAL.match(first):
        return False
    others = [cell for cell in row if cell][1:]
    return len(others) + 1 < usual and all(_is_amount(cell) or TOTAL.match(cell) for cell in others)


def _is_sum(row: Row, usual: float) -> bool:
    """Numbers alone, and few of them, where a row begins with something else."""
    told = [cell for cell in row if cell]
    return bool(told) and not row[0] and len(told) * 2 <= usual and all(map(_is_amount, told))


def _is_amount(cell: str) -> bool:
    return bool(marks_of((cell,))) or cell.lower() in KNOWN


def _end(rows: Sequence[Row], lines: Sequence[int], usual: float) -> int:
    """Where the table ends: behind it stand lines of one cell or of sums alone, from a total or an empty line on."""
    start = len(rows)
    while start > max(0, len(rows) - LONGEST_FOOTER) and _may_end(rows[start - 1], usual):
        start -= 1
    for place in range(start, len(rows)):
        parted = place and lines[place] - lines[place - 1] > 1
        short = len(rows[place]) == 1 or _is_sum(rows[place], usual)
        if parted or short or _is_total(rows[place], usual):
            return place
    return len(rows)


def _may_end(row: Row, usual: float) -> bool:
    return _filled(row) == 1 or _is_total(row, usual) or _is_sum(row, usual)
