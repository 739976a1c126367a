"""What the cells of a column look like, each column looked at once.

Judged on distinct values, never on their order: rows that change places change nothing.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

from bailiwick.exchange.rules.detecting.words import concepts, folded
from bailiwick.exchange.rules.ids import short_id
from bailiwick.exchange.rules.tables import Table
from bailiwick.exchange.rules.values.amounts import beyond, marks_of
from bailiwick.exchange.rules.values.blanks import PLACEHOLDERS
from bailiwick.exchange.rules.values.days import shape_of as day_shape

# What exports write where they mean nothing; fifteen noughts are an empty reference of Salesforce. "NA" is Namibia.
EMPTY = (PLACEHOLDERS | {"(none)", "000000000000000aaa", "000000000000000"}) - {"na"}
LONGEST_EMPTY = max(map(len, EMPTY))
SAMPLE = 600
# Which share of the values makes the shape of a column, and which where the header says it: then what is wrong is refused
# row by row, and a few wrong cells do not take the days or amounts from all the others.
MOST, HALF = 0.9, 0.5
LOOSE = frozenset(("text", "code", "name", "phone"))
LONGEST_ADDRESS = 320

# What happens on a day; of the second, a number may tell how often, so that only written days count.
HAPPENINGS, ENDINGS = frozenset(("created", "enter", "modified", "due")), frozenset(("close", "won", "lost", "expected"))
AMOUNTS = frozenset(("value", "price", "cost"))
NUMBERS = frozenset("id value sales price cost quantity count discount percent probability derived name email".split())

PERCENT = re.compile(r"^[-+]?\d+([.,]\d+)?\s?%$")
EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
URL = re.compile(r"^(https?://\S+|www\.\S+|[a-z\d-]+(\.[a-z\d-]+)*\.[a-z]{2,10}(/\S*)?)$", re.IGNORECASE)
PHONE = re.compile(r"^\+?[\d\s().\-/]{7,}(\s?(x|ext\.?)\s?\d+)?$")
CODE = re.compile(r"^(?=.*\d)[^\s@]{3,64}$|^[0-9a-fA-F-]{16,40}$|^[A-Z]{1,4}[-_ ]?\d+$")
CHECKS = frozenset("0 1 true false yes no ja nein y n t f wahr falsch si oui non j x".split())
FIRMS = frozenset(
    """inc corp corporation llc ltd limited gmbh ag kg ohg ug se sa sarl sl srl bv nv plc co company group gruppe holding holdings
    systems solutions technologies industries partners associates services werke bank versicherung logistik software consulting
    international store shop bikes hotel university kgaa mbh ev oy ab as spa ltda sas""".split()
)


Judge = Callable[[str], bool]


@dataclass(frozen=True)
class Profile:
    """A column as it is: `counts` are its distinct filled cells and how often each stands there.

    `whole` says that all of them are whole numbers. Without slots, because what is costly is worked out once and kept.
    """

    table: str
    column: str
    rows: int
    counts: Dictionary[str, int]
    shape: str
    whole: bool = False
    headed: bool = True

    @cached_property
    def said(self) -> frozenset[str]:
        """What the header speaks of."""
        return concepts(self.column) if self.headed else frozenset()

    @cached_property
    def filled(self) -> int:
        return sum(self.counts.values())

    @property
    def share(self) -> float:
        """Filled cells among all."""
        return self.filled / self.rows if self.rows else 0.0

    @property
    def distinct(self) -> int:
        return len(self.counts)

    @property
    def unique(self) -> bool:
        """No filled cell stands there twice, and there are cells enough to say so."""
        return self.filled == self.distinct and self.distinct > 0

    @property
    def keyed(self) -> bool:
        """It tells every row from every other."""
        return self.unique and self.filled == self.rows

    @cached_property
    def folds(self) -> dict[str, str]:
        """Folded values as written; "" where two values fold to one, which then tells nothing apart."""
        found: dict[str, str] = {}
        for value in sorted(self.counts):
            fold = folded(value)
            found[fold] = "" if fold in found else value
        found.pop("", None)
        return found

    @cached_property
    def shorts(self) -> frozenset[str]:
        """Its ids in the shorter of the two lengths that one system writes; empty where not all are such ids."""
        few = self.sample[:40] if self.shape == "code" else []
        if not few or not all(map(short_id, few)):
            return frozenset()
        return frozenset(map(short_id, self.counts)) - {""}

    @cached_property
    def sample(self) -> list[str]:
        return sample(self.counts)

    @cached_property
    def firms(self) -> float:
        """Share of the values that carry a word of companies (GmbH, Inc)."""
        return share(self.sample, lambda value: bool(FIRMS.intersection(re.split(r"[\W_]+", value.lower())[1:])))

    @cached_property
    def words(self) -> float:
        """Mean number of words in a value."""
        return sum(len(value.split()) for value in self.sample) / max(1, len(self.sample))

    def mass(self, among: "Dictionary[str, object] | frozenset[str] | set[str]") -> float:
        """Share of the filled cells whose value is among those."""
        return sum(count for value, count in self.counts.items() if value in among) / max(1, self.filled)


def empty(cell: str) -> bool:
    """Whether a cell says nothing."""
    return cell.strip().lower() in EMPTY


def sample(values: Dictionary[str, int]) -> list[str]:
    """Some hundred distinct values, the same ones whatever the order of the rows."""
    if len(values) <= SAMPLE:
        return sorted(values)
    step = len(values) // SAMPLE + 1
    return sorted(value for value in values if crc32(value.encode()) % step == 0) or sorted(values)[:SAMPLE]


def share(values: Sequence[str], judge: Judge) -> float:
    """The part of the values for which the judgement holds."""
    return sum(1 for value in values if judge(value)) / len(values) if values else 0.0


def look(table: Table) -> tuple[Profile, ...]:
    """The profiles of a table's columns, in their order."""
    found = []
    for column, cells in zip(
        table.columns, zip(*table.rows, strict=True) if table.rows else [()] * len(table.columns), strict=True
    ):
        counts: Counter[str] = Counter()
        for cell, count in Counter(cells).items():
            bare = cell.strip()
            if len(bare) > LONGEST_EMPTY or bare.lower() not in EMPTY:
                counts[bare] += count
        found.append(_profile(table, column, counts))
    return tuple(found)


def _profile(table: Table, column: str, counts: Dictionary[str, int]) -> Profile:
    values = sample(counts)
    shape = shape_of(values)
    if table.headed and values:
        shape = _as_said(concepts(column), values, shape)
    whole = shape in ("number", "check") and all(value.lstrip("+-").isdigit() for value in values)
    return Profile(table.name, column, len(table.rows), counts, shape, whole, table.headed)


def _as_said(said: frozenset[str], values: Sequence[str], shape: str) -> str:
    """The shape that the header speaks of, where enough of the values have it."""
    dated = "date" in said or (said & HAPPENINGS and not said & NUMBERS)
    if dated and shape in (*LOOSE, "number"):
        # A spreadsheet's day numbers are numbers too, so that more of them are wanted than of what can only be a day.
        wanted = MOST if shape == "number" else HALF
        if share(values, lambda value: bool(day_shape(value))) >= wanted:
            return "day"
    for kind, speaks in (("day", said & ENDINGS), ("number", said & AMOUNTS)):
        if speaks and shape in LOOSE and share(values, SHAPES[kind]) >= HALF:
            return kind
    return shape


def _matches(pattern: re.Pattern[str]) -> Judge:
    """A pattern as a judgement. What is longer than any address is prose, and costs no further look."""
    return lambda value: len(value) <= LONGEST_ADDRESS and bool(pattern.match(value))


def personal(value: str) -> bool:
    """Whether a value could be a person's full name: two to four words that begin large, none of them a company's.

    >>> personal("Moses Frase"), personal("GTX Basic"), personal("Acme Corporation"), personal("Cancity")
    (True, False, False, False)
    """
    words = value.replace(",", " ").split()
    if not 2 <= len(words) <= 4 or any(word.isupper() and len(word) > 2 for word in words):
        return False
    if any(word.lower().strip(".") in FIRMS for word in words):
        return False
    return all(word[0].isupper() or word in ("von", "van", "de", "da", "der", "den", "la", "al") for word in words) and all(
        letter.isalpha() or letter in ".'’-" for word in words for letter in word
    )


SHAPES: dict[str, Judge] = {
    "email": _matches(EMAIL),
    "percent": _matches(PERCENT),
    "day": lambda value: day_shape(value) not in ("", "serial"),
    "number": lambda value: (bool(marks_of((value,))) and not leading(value)) or beyond(value),
    "url": _matches(URL),
    "phone": _matches(PHONE),
    "code": _matches(CODE),
    "name": personal,
}


def leading(value: str) -> bool:
    """Digits with a nought before them are a code (a postal code, an article), not a number."""
    return len(value) > 1 and value[0] == "0" and value.isdigit()


def shape_of(values: Sequence[str]) -> str:
    """The shape that most of the values have.

    >>> shape_of(["2021-03-04", "2021-03-05"]), shape_of(["1.054,50 €", "12 €"]), shape_of(["1C1I7A6R", "Z063OYW0"])
    ('day', 'number', 'code')
    """
    if not values:
        return "empty"
    if len(values) <= 3 and all(value.lower() in CHECKS for value in values):
        return "check"
    for shape, judge in SHAPES.items():
        if share(values, judge) >= (MOST if shape != "name" else 0.75):
            return shape
    return "text"
