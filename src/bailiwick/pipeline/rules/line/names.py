"""Where a line names a known company, contact or opportunity, and how well each fits."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bailiwick.pipeline.rules.line.legalforms import LEGAL, core_of
from bailiwick.pipeline.rules.line.records import Named
from bailiwick.pipeline.rules.line.vocabulary import COMMON, STOP, VOCABULARY
from bailiwick.pipeline.rules.line.words import Line, Span, phrase

INSIDE = frozenset("&-.'/+’–")  # marks that may stand inside a name
WORDY = 3  # characters from which one word of a longer name is enough
MOST_WORDS = 12  # of a name that are compared
MOST_TRIES = 4_000  # comparisons: bounds the work for a page pasted by accident


@dataclass(frozen=True, slots=True)
class NameSaid(Span):
    """A name as said: how many words of it, whether all of its core, with its legal form, in a capital."""

    named: Named
    count: int
    whole: bool
    legal: int
    capital: bool

    @property
    def fit(self) -> tuple[int, bool, int]:
        return self.count, self.whole, self.legal


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the line with the names that fit it equally well and best."""

    span: Span
    fits: tuple[NameSaid, ...]
    named: tuple[Named, ...]

    @property
    def sure(self) -> int:
        """2 for a whole name, 1 for a part of it in a capital, 0 for a small word."""
        return 2 if self.fits[0].whole else int(any(fit.capital for fit in self.fits))


@dataclass(frozen=True, slots=True)
class Spelling:
    """A way to type a name: `core` its words, `tail` its legal form, `whole` where no word of the name is left out."""

    core: tuple[str, ...]
    tail: tuple[str, ...]
    whole: bool
    named: Named


def words_of(name: str) -> tuple[str, ...]:
    """The keys of a name without its marks."""
    return tuple(key for key in phrase(name) if key[0].isalnum())[:MOST_WORDS]


def telling(key: str) -> bool:
    """Whether a word can stand for a name: no number, no word of the rules or of everyday."""
    return len(key) > 1 and not key.isdecimal() and key not in VOCABULARY and key not in LEGAL


def places(line: Line, known: Iterable[Named], *, last_word: bool = False) -> tuple[Place, ...]:
    """The places of a line that name one of `known`; with `last_word` (people) the last word of a name is enough."""
    index: dict[str, list[Spelling]] = defaultdict(list)
    for named in known:
        for spelling in _spellings(named, last_word):
            index[spelling.core[0]].append(spelling)
    heads = [at for at, word in enumerate(line.words) if not word.mark]
    found: list[NameSaid] = []
    tries = 0
    for place, at in enumerate(heads):
        some = index.get(line.key(at), ())
        tries += len(some)
        if tries > MOST_TRIES:
            break
        run = _run(line, heads, place) if some else []
        found += [said for spelling in some if (said := _fits(line, run, spelling)) is not None]
    return _best(found)


def _spellings(named: Named, last_word: bool) -> list[Spelling]:
    """The core of a name; that from its first telling word on; for people the last word alone."""
    full = words_of(named.name)
    core = core_of(full)
    start = next((at for at, key in enumerate(core) if telling(key) and key not in COMMON), 0)
    parts = {core, core[start:], core[-1:] if last_word else core}
    return [Spelling(part, full[len(core) :], part == core, named) for part in parts if part]


def _run(line: Line, heads: Sequence[int], place: int) -> list[int]:
    """The words from here on that may belong to one name."""
    run = [heads[place]]
    for at in heads[place + 1 : place + MOST_WORDS]:
        if any(line.key(i) not in INSIDE for i in range(run[-1] + 1, at)):
            break
        run.append(at)
    return run


def _fits(line: Line, run: Sequence[int], spelling: Spelling) -> NameSaid | None:
    """How far the words from here on are those of a name; None where they hold nothing that tells it."""
    keys = [line.key(at) for at in run]
    count = _same(keys, spelling.core)
    whole = count == len(spelling.core)
    legal = _same(keys[count:], spelling.tail) if whole else 0
    said = spelling.core[:count]
    whole = whole and spelling.whole
    clear = any(telling(key) and (whole or len(key) >= WORDY) for key in said)
    if not clear and not legal and not (whole and count > 1 and any(key not in STOP for key in said)):
        return None
    capital = any(line.words[at].capital for at in run[:count])
    return NameSaid(run[0], run[count + legal - 1] + 1, spelling.named, count, whole, legal, capital)


def _same(keys: Sequence[str], others: Sequence[str]) -> int:
    """How many of the first words are the same."""
    return next(
        (at for at, (key, other) in enumerate(zip(keys, others, strict=False)) if key != other), min(len(keys), len(others))
    )


def _best(found: Sequence[NameSaid]) -> tuple[Place, ...]:
    """Overlapping fits make one place, which keeps the longest."""
    result: list[Place] = []
    group: list[NameSaid] = []
    end = 0
    for said in [*sorted(found, key=lambda one: (one.first, -one.end)), None]:
        if group and (said is None or said.first >= end):
            best = max(one.fit for one in group)
            fits = tuple(one for one in group if one.fit == best)
            span = Span(min(one.first for one in fits), max(one.end for one in fits))
            result.append(Place(span, fits, tuple(dict.fromkeys(one.named for one in fits))))
            group = []
        if said is not None:
            end = max(end, said.end) if group else said.end
            group.append(said)
    return tuple(result)
