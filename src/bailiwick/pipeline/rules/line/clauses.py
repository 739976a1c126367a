"""Where one clause of a line ends and the next begins."""

from collections.abc import Sequence

from bailiwick.pipeline.rules.line.words import Line, Span, keys

BREAKS = frozenset(",;:\n!?–—|•")
JOINTS = keys("and und then dann but aber sowie plus")
SHORT = keys(
    "nov dr hr fr mr mrs ms st nr no tel ca approx inc ltd co corp mio tsd mrd mln bzw usw etc jan feb mar apr aug"
    " sep sept oct okt dec dez mär mon tue wed thu fri sat sun mo di mi do sa so vgl inkl exkl max min"
)


def clauses(line: Line, kept: Sequence[Span], openers: frozenset[str], legal: frozenset[str]) -> tuple[Span, ...]:
    """The clauses of a line, in order and without the marks between them; none is empty.

    A mark inside a `kept` span (a day such as "Nov 27, 2026") or before a legal form ("Acme, Inc.") ends no clause. A word
    such as "and" ends one only where an `openers` word follows: "met Anna and Petra, and promised the offer".
    """
    inside = {at for span in kept for at in range(span.first, span.end)}
    found: list[Span] = []
    first = 0
    for at in range(len(line.words)):
        if at in inside or not _ends(line, at, openers, legal):
            continue
        found.append(Span(first, at))
        first = at + 1
    found.append(Span(first, len(line.words)))
    return tuple(span for span in found if span.first < span.end)


def _ends(line: Line, at: int, openers: frozenset[str], legal: frozenset[str]) -> bool:
    key = line.key(at)
    if key in JOINTS:
        return line.key(at + 1) in openers
    if key == ".":
        return _ends_sentence(line, at)
    if key == "-":
        return not line.glued(at) and not line.glued(at + 1)
    return key in BREAKS and not (key == "," and line.key(at + 1) in legal)


def _ends_sentence(line: Line, at: int) -> bool:
    """A full stop, not the dot of "27." or "Nov." or "z.B."."""
    before = line.key(at - 1)
    if line.glued(at + 1) or len(before) < 2 or before in SHORT:
        return False
    return not (line.number(at - 1) and len(before) <= 2)


def clause_of(found: Sequence[Span], at: int) -> Span:
    """The clause of a word; for a mark between two clauses the empty span."""
    return next((span for span in found if at in span), Span(at, at))
