"""A line as words with their places, cut into clauses. It does not know what a word means."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

LONGEST = 4_000  # characters that are read; an activity keeps no more either
LETTER = r"[\w\u0300-\u036f\u0900-\u0fff]"  # with the vowel signs that \w leaves out, so that names stay whole
TOKEN = re.compile(rf"\n|[0-9]+(?:[.,:/'’-][0-9]+)*|{LETTER}+(?:['’]{LETTER}+)*|\S")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, a number or a single mark. `key` is what is compared; `glued` says that no blank stands before it."""

    text: str
    key: str
    start: int
    end: int
    glued: bool

    @property
    def number(self) -> bool:
        return self.text[0] in "0123456789"

    @property
    def mark(self) -> bool:
        return not self.text[0].isalnum() and len(self.text) == 1

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Span:
    """Words from `first` up to but without `end`."""

    first: int
    end: int

    def __contains__(self, at: int) -> bool:
        return self.first <= at < self.end


@dataclass(frozen=True, slots=True)
class Line:
    """The words of a line; asking beyond either end gives the empty key."""

    text: str
    words: tuple[Word, ...]

    def key(self, at: int) -> str:
        return self.words[at].key if 0 <= at < len(self.words) else ""

    def glued(self, at: int) -> bool:
        return 0 <= at < len(self.words) and self.words[at].glued

    def number(self, at: int) -> str:
        """The text of the number at this place, empty for anything else."""
        return self.words[at].text if 0 <= at < len(self.words) and self.words[at].number else ""

    def said(self, span: Span) -> str:
        """The words of a span as typed."""
        return self.text[self.words[span.first].start : self.words[span.end - 1].end] if span.first < span.end else ""


def cut(text: str) -> Line:
    """The words of `text`, in composed Unicode form.

    >>> [word.key for word in cut("met Acme, 84k").words]
    ['met', 'acme', ',', '84', 'k']
    """
    read = unicodedata.normalize("NFC", text[:LONGEST])
    found: list[Word] = []
    for match in TOKEN.finditer(read):
        typed = match.group()
        glued = bool(found) and found[-1].end == match.start()
        found.append(Word(typed, _key(typed), match.start(), match.end(), glued))
    return Line(read, tuple(found))


def _key(typed: str) -> str:
    """Folded, and without the 's of "Acme's"."""
    key = typed.casefold().replace("’", "'")
    return key[:-2] if len(key) > 2 and key.endswith("'s") else key


def phrase(text: str) -> tuple[str, ...]:
    """The keys of a phrase, cut as a line is."""
    return tuple(word.key for word in cut(text).words)


def phrases(table: Mapping[T, str]) -> dict[tuple[str, ...], T]:
    """From a meaning with its phrases, separated by bars, to a phrase with its meaning."""
    return {phrase(one): meaning for meaning, many in table.items() for one in many.split("|")}


def longest(line: Line, at: int, table: Mapping[tuple[str, ...], T], limit: int = 5) -> tuple[int, T] | None:
    """The longest phrase of `table` that begins at this place: where it ends and what it means."""
    for size in range(min(limit, len(line.words) - at), 0, -1):
        found = table.get(tuple(word.key for word in line.words[at : at + size]))
        if found is not None:
            return at + size, found
    return None


def keys(words: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(words.split())


def single(table: Iterable[tuple[str, ...]]) -> frozenset[str]:
    """All words that occur in phrases."""
    return frozenset(word for words in table for word in words)
