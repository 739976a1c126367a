"""What in a line looks like a company that nobody knows yet: "met Foobar GmbH"."""

from collections.abc import Callable, Sequence

from bailiwick.pipeline.rules.line.legalforms import LEGAL
from bailiwick.pipeline.rules.line.names import INSIDE
from bailiwick.pipeline.rules.line.vocabulary import VOCABULARY
from bailiwick.pipeline.rules.line.words import Line, Span, keys

CLEAR = keys("gmbh ltd limited inc llc llp plc corp kgaa ggmbh")  # these say so in small letters as well
AT = keys("from of at von bei @ an für for to")
PASSED = keys("the a an with mit to bei von from at my our new neuen neue der den die das dem by team für for")
TITLES = keys("herr herrn frau mr mrs ms dr prof")
LONGEST_NAME = 8  # words


def stranger(line: Line, clause: Span, pivots: Sequence[Span], taken: Callable[[int], bool]) -> str:
    """The words of an unknown company's name, empty for none.

    A legal form tells it anywhere; else capitals do, behind "from" or "at", or beside one of `pivots` (the act, the
    decision) in `clause`. A person with a title is no company.
    """
    for at in range(len(line.words)):
        if line.key(at) in LEGAL and (line.key(at) in CLEAR or line.words[at].text[-1].isupper() or line.words[at].capital):
            span = _registered(line, at, taken)
            if span is not None:
                return line.said(span)
    starts = [at + 1 for at in range(clause.first, clause.end) if line.key(at) in AT]
    for pivot in pivots:
        after = pivot.end
        while after < clause.end and line.key(after) in PASSED:
            after += 1
        starts.append(after)
    for start in starts:
        end = _run(line, start, clause.end, taken)
        if end > start and line.key(start - 1) not in TITLES:
            return line.said(Span(start, end))
    return _before(line, clause, pivots, taken)


def _before(line: Line, clause: Span, pivots: Sequence[Span], taken: Callable[[int], bool]) -> str:
    """Right before the act: "Foobar angerufen", "habe Foobar angerufen"."""
    for pivot in pivots:
        first = pivot.first
        while first > clause.first and pivot.first - first < LONGEST_NAME and _namelike(line, first - 1, taken):
            first -= 1
        if first < pivot.first and line.key(first - 1) not in TITLES:
            return line.said(Span(first, pivot.first))
    return ""


def _registered(line: Line, at: int, taken: Callable[[int], bool]) -> Span | None:
    """The name before a legal form: words in capitals, or at least the one word before it."""
    first = at
    while first > 0 and at - first < LONGEST_NAME and (line.key(first - 1) in INSIDE or _namelike(line, first - 1, taken)):
        first -= 1
    while first < at and line.key(first) in INSIDE:
        first += 1
    small = at - 1 - (line.key(at - 1) == ",")
    if first == at and small >= 0 and line.words[small].text[0].isalpha() and line.key(small) not in VOCABULARY:
        first = small if not taken(small) else at
    end = at + 1
    while end < len(line.words) and (line.key(end) in LEGAL or (line.key(end) == "&" and line.key(end + 1) in LEGAL)):
        end += 1
    return Span(first, end) if first < at else None


def _run(line: Line, start: int, end: int, taken: Callable[[int], bool]) -> int:
    """Where a run of words in capitals that begins here ends."""
    at = last = start
    while at < min(end, start + LONGEST_NAME):
        if _namelike(line, at, taken) or (at > start and line.number(at)):
            last = at + 1
        elif line.key(at) not in INSIDE or at == start or line.key(at) == ".":
            break
        at += 1
    return last


def _namelike(line: Line, at: int, taken: Callable[[int], bool]) -> bool:
    return line.words[at].capital and line.key(at) not in VOCABULARY and not taken(at)
