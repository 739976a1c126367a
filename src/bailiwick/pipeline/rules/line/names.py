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
MOST_HEADS = 150  # words of a line at which a name is looked for: bounds the work for a page pasted by accident


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

    @property
    def named(self) -> tuple[Named, ...]:
        return tuple(dict.fromkeys(fit.named for fit in self.fits))

    @property
    def sure(self) -> int:
        """2 for a whole name, 1 for a part of it in a capital, 0 for a small word."""
        return 2 if self.fits[0].whole else int(any(fit.capital for fit in self.fits))


def words_of(name: str) -> tuple[str, ...]:
    """The keys of a name without its marks."""
    return tuple(key for key in phrase(name) if key[0].isalnum())[:MOST_WORDS]


def telling(key: str) -> bool:
    """Whether a word can stand for a name: no number, no word of the rules or of everyday."""
    return len(key) > 1 and not key.isdecimal() and key not in VOCABULARY and key not in LEGAL


def places(line: Line, known: Iterable[Named], *, last_word: bool = False) -> tuple[Place, ...]:
    """The places of a line that name one of `known`; with `last_word` (people) the last word of a name is enough."""
    index: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], Named]]] = defaultdict(list)
    for named in known:
        full = words_of(named.name)
        for core in _cores(full, last_word):
            index[core[0]].append((core, full, named))
    heads = [at for at, word in enumerate(line.words) if not word.mark][:MOST_HEADS]
    following = {at: _run(line, heads, place) for place, at in enumerate(heads) if line.key(at) in index}
    found = [
        said
        for at, run in following.items()
        for core, full, named in index[line.key(at)]
        if (said := _fits(line, run, core, full, named)) is not None
    ]
    return _best(found)


def _cores(full: tuple[str, ...], last_word: bool) -> set[tuple[str, ...]]:
    """What may be typed for a name: its core; that from its first telling word on; for people the last word alone."""
    core = core_of(full)
    start = next((at for at, key in enumerate(core) if telling(key) and key not in COMMON), 0)
    return {part for part in (core, core[start:], core[-1:] if last_word else core) if part}


def _run(line: Line, heads: Sequence[int], place: int) -> list[int]:
    """The words from here on that may belong to one name."""
    run = [heads[place]]
    for at in heads[place + 1 : place + MOST_WORDS]:
        if any(line.key(i) not in INSIDE for i in range(run[-1] + 1, at)):
            break
        run.append(at)
    return run


def _fits(line: Line, run: Sequence[int], core: tuple[str, ...], full: tuple[str, ...], named: Named) -> NameSaid | None:
    count = 0
    while count < min(len(core), len(run)) and line.key(run[count]) == core[count]:
        count += 1
    stem = core_of(full)
    tail, legal = full[len(stem) :], 0
    while count == len(core) and legal < len(tail) and count + legal < len(run):
        if line.key(run[count + legal]) != tail[legal]:
            break
        legal += 1
    said = core[:count]
    whole = count == len(core) and core == stem
    clear = any(telling(key) and (whole or len(key) >= WORDY) for key in said)
    if not clear and not legal and not (whole and count > 1 and any(key not in STOP for key in said)):
        return None
    capital = any(line.words[at].capital for at in run[:count])
    return NameSaid(run[0], run[count + legal - 1] + 1, named, count, whole, legal, capital)


def _best(found: Sequence[NameSaid]) -> tuple[Place, ...]:
    """Overlapping fits make one place, which keeps the longest."""
    result: list[Place] = []
    group: list[NameSaid] = []
    end = 0
    for said in [*sorted(found, key=lambda one: (one.first, -one.end)), None]:
        if group and (said is None or said.first >= end):
            best = max(one.fit for one in group)
            fits = tuple(one for one in group if one.fit == best)
            result.append(Place(Span(min(one.first for one in fits), max(one.end for one in fits)), fits))
            group = []
        if said is not None:
            end = max(end, said.end) if group else said.end
            group.append(said)
    return tuple(result)
