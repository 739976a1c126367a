"""Where a quotation mark opens that is never closed."""

import re

from bailiwick.exchange.reading import limits


def opening_of(text: str, delimiter: str) -> tuple[int, int]:
    """How many lines below the beginning of a row the cell opens that has no end, and how many cells stand before it.

    >>> opening_of('1,"two\\nlines","never\\nclosed', ","), opening_of('1,"never', ",")
    ((1, 2), (0, 1))
    """
    mark = re.escape(delimiter)
    # Whole cells, one after the other; possessive, so that a megabyte of open cell is walked once.
    cell = re.compile(rf' *(?:"(?:[^"]|"")*+"[^\r\n]*?|[^"\r\n]*?)(?:{mark}|[\r\n]+)')
    at = cells = 0
    while cells <= limits.COLUMNS and (match := cell.match(text, at)) and at < match.end() <= at + limits.CELL:
        at = match.end()
        cells += 1
    return len(re.findall(r"\r\n|\r|\n", text[:at])), cells
