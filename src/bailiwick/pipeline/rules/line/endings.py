"""Whether a line says that a deal was won or lost, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from bailiwick.pipeline.rules.line.records import Outcome
from bailiwick.pipeline.rules.line.words import Line, Span, keys, longest, phrases, single

WON: Outcome = "won"
LOST: Outcome = "lost"
OUTCOMES = phrases(
    {
        WON: "won|signed|closed won|got the order|got the deal|got the contract|gewonnen|unterschrieben|unterzeichnet"
        "|auftrag erhalten|auftrag bekommen|zuschlag erhalten|zuschlag bekommen|placed the order|placed an order|has ordered"
        "|beauftragt|unterschreibt|ordered",
        LOST: "lost|closed lost|verloren|auftrag verloren",
    }
)
# Words before that make it a wish, a condition or the contrary; and what else can be lost, won or signed.
UNREAL = keys(
    "be being gets get getting if when once until wants want to not nicht nie never noch wenn sobald falls wird"
    " werden muss müssen soll sollte können kann could would should may might must will won't unless before after"
    " isn't hasn't haven't didn't kein keine ob whether almost fast nearly expect expects hopes hoffe hoffen needs"
    " need yet likely bis by how"
)
AFTER = keys(
    "contact track touch interest time count sight patience momentum up off over werden wird nda customers employees"
    " people weight sleep award trophy copy letter luggage weeks days ground focus trust kontakt geduld zeit interesse"
    " nerven überblick"
)
BEFORE = keys("nda geheimhaltung visitor recently previously zeit time kontakt interesse geduld")
BECAUSE = phrases(
    {True: "because|because of|since|due to|weil|wegen|reason|reason :|grund|grund :|thanks to|dank|denn|as they|aufgrund|da"}
)
SMALL = keys("the deal it this that opportunity account den die das der them project projekt order auftrag . ) ( an us -")
TO_WHOM = keys("to against an gegen on")
OUTCOME_WORDS = single(OUTCOMES) | single(BECAUSE) | SMALL | AFTER | UNREAL


@dataclass(frozen=True, slots=True)
class Ending(Span):
    """A decision as said, and the clause in which it stands (by its place)."""

    outcome: Outcome
    place: int


def ending(line: Line, cut: Sequence[Span]) -> Ending | None:
    """The first decision of the line that is told as a fact."""
    for place, clause in enumerate(cut):
        if line.key(clause.end) == "?":
            continue
        for at in range(clause.first, clause.end):
            found = longest(line, at, OUTCOMES, 3)
            if found and _real(line, at, found[0], clause):
                return Ending(at, found[0], found[1], place)
    return None


def _real(line: Line, at: int, end: int, clause: Span) -> bool:
    before = [line.key(i) for i in range(clause.first, at)]
    after = [line.key(i) for i in range(end, min(clause.end, end + 2))]
    if UNREAL.intersection(before) or BEFORE.intersection(before[-1:]):
        return False
    return not AFTER.intersection(after)


def reason(line: Line, cut: Sequence[Span], end: Ending, named: Sequence[Span], telling: Sequence[bool]) -> str:
    """Why: after "because" or the like; for a loss also the rest of its clause, or else the clause after or before it.

    `named` are names, days and amounts, which are no reasons; `telling` says of each clause whether it says something else.
    """
    for clause in cut[end.place :]:
        for at in range(clause.first, clause.end):
            because = longest(line, at, BECAUSE, 2)
            if because and (at >= end.end) and because[0] < clause.end:
                return line.said(Span(because[0], clause.end))
    if end.outcome == WON:
        return ""
    rest = _rest(line, end, cut[end.place], named)
    if rest:
        return rest
    for place in (end.place + 1, end.place - 1):
        if 0 <= place < len(cut) and not telling[place]:
            return line.said(cut[place])
    return ""


def _rest(line: Line, end: Ending, clause: Span, named: Sequence[Span]) -> str:
    """What stands behind the decision when names, days, amounts and small words are passed over."""
    at = end.end
    if line.key(at) in TO_WHOM:
        return line.said(Span(at, clause.end))
    while at < clause.end:
        skip = next((span.end for span in named if at in span), None)
        name = line.words[at].capital and line.key(end.first) == "lost"
        if skip is None and line.key(at) not in SMALL and not name:
            break
        at = skip if skip is not None else at + 1
    rest = [i for i in range(at, clause.end) if not any(i in span for span in named)]
    return line.said(Span(at, clause.end)) if rest else ""
