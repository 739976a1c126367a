"""Whether a first row names the columns below it, and the names that columns get."""

import re
from collections.abc import Sequence
from itertools import pairwise

# How many rows below are compared.
SAMPLE = 300
NARROWEST = 3
# What is longer than any identifier or address is neither; trying it would take as long as it is, twice over.
LONGEST_NAME = 320
# A number, a day or a time: what stands in columns and rarely names one.
TYPED = re.compile(
    r"[-+(]?\s?[$€£¥]?\s?\d[\d.,:'’/\s%()+TZ-]*(?:[AaPp]\.?[Mm]\.?)?\Z|\d{1,2}[-. ]+[A-Za-zä]{3,9}[-., ]+\d{2,4}\b.*\Z"
)
# An identifier or an address: digits and letters mixed in one long word, or an e-mail.
CODED = re.compile(r"\{?[0-9A-Fa-f]{8}-[0-9A-Fa-f-]{13,}\}?\Z|[0-9a-f]{24,}\Z|\S+@\S+\.\w+\Z|https?://")


def is_header(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns: distinct texts that are unlike what stands below them.

    Each column votes: for a header where numbers or days stand below a word, or values come again and the word does not;
    against it where the word is one of the values below, or is built as all of them. In a draw it is one, as it is in most
    exports.
    """
    filled = [cell for cell in first if cell]
    if len(filled) * 2 < len(first) or len(set(filled)) * 2 < len(filled) or not _is_named(first):
        return False
    below = [row for row in below[:SAMPLE] if list(row) != list(first)]
    votes = 0
    for place, name in enumerate(first):
        values = [row[place] for row in below if place < len(row) and row[place]]
        if name and values:
            votes += _vote(name, values)
    return votes >= 0


def stands_over(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether a row of words, at least three and no value among them, stands right above a row as wide that has values: the
    beginning of a table, whatever stands around it."""
    words = len(first) >= NARROWEST and all(first) and not any(map(TYPED.match, first))
    return words and len(second) == len(first) and any(map(TYPED.match, second))


def names_of(first: Sequence[str], width: int) -> tuple[str, ...]:
    """Unique names: "column 3" where there is none, "Amount (2)" where a name comes again.

    >>> names_of([" Deal  name", "Amount", "", "Amount"], 5)
    ('Deal name', 'Amount', 'column 3', 'Amount (2)', 'column 5')
    """
    given = [" ".join(first[place].split()) if place < len(first) else "" for place in range(width)]
    wanted = [name or f"column {place}" for place, name in enumerate(given, start=1)]
    names: list[str] = []
    taken: set[str] = set()
    for name in wanted:
        unique, n = name, 2
        while unique in taken or (unique != name and unique in wanted):
            unique, n = f"{name} ({n})", n + 1
        taken.add(unique)
        names.append(unique)
    return tuple(names)


def _is_named(first: Sequence[str]) -> bool:
    """No cell is a value by its looks; but years or months may stand over the columns of a plan, one after the other."""
    if any(CODED.match(cell) for cell in first if len(cell) <= LONGEST_NAME):
        return False
    typed = [cell for cell in first if cell and TYPED.match(cell)]
    if not typed:
        return True
    words = len([cell for cell in first if cell]) - len(typed)
    numbers = [int(cell) for cell in typed if cell.isdecimal() and len(cell) <= 4]
    running = len(numbers) == len(typed) >= 2 and all(b - a == 1 for a, b in pairwise(numbers))
    return bool(words) and running


def _vote(name: str, values: Sequence[str]) -> int:
    typed = sum(1 for value in values if TYPED.match(value))
    if not TYPED.match(name) and typed * 5 >= len(values) * 4:
        return 2
    distinct = set(values)
    if name in distinct:
        return -2
    shapes = {_shape(value) for value in values}
    if len(shapes) == 1 and any(letter.isdigit() for letter in values[0]):
        return -2 if _shape(name) in shapes else 1
    return 1 if len(values) >= 4 and len(distinct) * 2 <= len(values) else 0


def _shape(value: str) -> str:
    """How a value is built: letters and digits of any kind, everything else as it is."""
    return re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", value))
