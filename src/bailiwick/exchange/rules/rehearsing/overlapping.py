"""Tables that say the same again: a file given twice, quarters that overlap. Within one table every row counts."""

from collections import Counter
from typing import Any

from bailiwick.exchange.rules.rehearsing.work import Work

# Kinds whose rows need no id; records of the others are told apart by name or key anyway.
KINDS = ("opportunity", "line", "stage", "activity")


def mark_overlaps(work: Work) -> None:
    """A row that stands letter by letter in a table before it is a repetition, as often as it stood there."""
    for kind in KINDS:
        sheets = work.of(kind)
        if len(sheets) < 2:
            continue
        met: Counter[Any] = Counter()
        for sheet in sheets:
            here: Counter[Any] = Counter()
            names = tuple(sorted(sheet.columns))
            for place, cells in enumerate(sheet.said()):
                here[names, cells] += 1
                if here[names, cells] <= met[names, cells] and place not in sheet.refused:
                    sheet.again.add(place)
            met |= here
