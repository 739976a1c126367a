"""Percentages of a line: which of them is a discount, and which is something else."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from bailiwick.pipeline.rules.line.clauses import clause_of
from bailiwick.pipeline.rules.line.figures import figure
from bailiwick.pipeline.rules.line.words import Line, Span, keys

PERCENT = keys("% percent pct prozent")
WANTS = keys(
    "want wants wanted ask asks asked asking need needs needed demand demands demanded expects expected requests"
    " requested möchte möchten verlangt verlangen fordert fordern will wollen wollte braucht erwartet haben hätte"
    " bittet fragt"
)
BETWEEN = keys(
    "a an another at least about around mindestens etwa ca rund noch einen ein einem discount of rabatt von nachlass"
    " us to give get have the price down reduction minus ~ even still only nur is it for um gern gerne . -"
)
OFF = keys("off discount rabatt rabatte nachlass preisnachlass skonto reduction")
MINUS = keys("minus less discount discounted rabatt nachlass preisnachlass skonto off reduction abzüglich")
GAVE = keys("offered gave granted give giving offer conceded gegeben gewährt angeboten gewähren geben accepts accepted")
CLOSED = keys("signed won closed agreed settled unterschrieben unterzeichnet gewonnen abgeschlossen einig geeinigt sold close")
AT = keys("at bei mit zu for with")
OTHER_AFTER = keys(
    "sure certain sicher probability chance likely likelihood wahrscheinlich wahrscheinlichkeit upfront deposit"
    " anzahlung prepaid prepayment advance vorkasse more mehr growth wachstum increase margin marge share market of"
    " complete done completed finished fertig vat mwst ust tax steuer interest zinsen commission provision uptime"
    " availability confident confidence zuversichtlich der des von paid ready above over higher teurer cheaper"
    " günstiger weniger less lower billiger aufschlag equity owned larger"
)
OTHER_BEFORE = keys(
    "probability chance likelihood wahrscheinlichkeit margin marge vat mwst ust tax growth wachstum share provision"
    " commission deposit anzahlung confidence uptime interest plus"
)
CHEAPER = keys("cheaper günstiger weniger less lower billiger")  # a wish of the customer, or a word about a competitor
HUNDRED = Decimal(100)


class Means(Enum):
    """What a percentage is."""

    WANTED = "a discount that the customer wants"
    GIVEN = "a discount given or agreed"
    UNSURE = "a percentage that nothing explains"
    OTHER = "no discount"


@dataclass(frozen=True, slots=True)
class ShareSaid(Span):
    """A percentage as said; `share` of one, None for a range such as 10-15%."""

    share: Decimal | None
    means: Means


def shares(line: Line, cut: Sequence[Span]) -> tuple[ShareSaid, ...]:
    """The percentages of a line."""
    return tuple(
        _share(line, at, clause_of(cut, at)) for at in range(len(line.words)) if line.number(at) and line.key(at + 1) in PERCENT
    )


def discount(said: Sequence[ShareSaid]) -> tuple[Decimal | None, Means | None]:
    """The one discount of a line. Several, or a percentage nobody explained: None and `UNSURE`, to be asked."""
    for means in (Means.WANTED, Means.GIVEN):
        found = {one.share for one in said if one.means is means}
        if found:
            only = found.pop()
            return (None, Means.UNSURE) if found or only is None else (only, means)
    return None, Means.UNSURE if any(one.means is Means.UNSURE for one in said) else None


def _share(line: Line, at: int, clause: Span) -> ShareSaid:
    value = figure(line.number(at), grouped=False)
    before = [line.key(i) for i in range(at - 1, max(clause.first, at - 8) - 1, -1)]
    after = [line.key(i) for i in range(at + 2, min(clause.end, at + 5))]
    if line.key(at - 1) == "-" and line.glued(at) and not line.glued(at - 1):
        before = ["minus", *before[1:]]
    means = _means(before, after, CLOSED.intersection(line.key(i) for i in range(at)))
    if value is not None and not 0 < value <= HUNDRED:
        return ShareSaid(at, at + 2, None, Means.OTHER)
    return ShareSaid(at, at + 2, value / HUNDRED if value is not None else None, means)


def _means(before: list[str], after: list[str], closed: frozenset[str]) -> Means:
    if _wanted(before) and CHEAPER.intersection(after[:1]):
        return Means.WANTED
    if OTHER_AFTER.intersection(after[:1]) or OTHER_BEFORE.intersection(before[:2]):
        return Means.OTHER
    if OTHER_AFTER.intersection(after[:2]) and not OFF.intersection(after[:1]):
        return Means.OTHER
    if _wanted(before):
        return Means.WANTED
    if OFF.intersection(after[:3]) or MINUS.intersection(before[:2]) or GAVE.intersection(before[:3]):
        return Means.GIVEN
    return Means.GIVEN if before[:1] and before[0] in AT and closed else Means.UNSURE


def _wanted(before: list[str]) -> bool:
    """Whether a word of wanting stands before, with nothing but small words between."""
    for word in before:
        if word in WANTS:
            return True
        if word not in BETWEEN:
            return False
    return False
