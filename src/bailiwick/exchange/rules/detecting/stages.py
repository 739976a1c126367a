"""What each stage value means, and in which order the open ones come: by checks, by words, by the data, or by a person."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from statistics import median

from bailiwick.exchange.rules.detecting.fitting import Fit, Seen
from bailiwick.exchange.rules.detecting.ordering import orders
from bailiwick.exchange.rules.detecting.outcomes import outcome_of, rank_of, shipped_order
from bailiwick.exchange.rules.detecting.profile import Profile, empty
from bailiwick.exchange.rules.mapping import Question
from bailiwick.exchange.rules.values.amounts import amount_of, check_of
from bailiwick.exchange.rules.values.days import day_of
from bailiwick.kit import say

MEANINGS = {
    "open": say("still open"),
    "won": say("won"),
    "lost": say("lost"),
    "withdrawn": say("withdrawn: nobody won or lost it"),
}
MIDDLE_RANK = 2.5


@dataclass
class Told:
    """What the rows of one stage value say together."""

    rows: int = 0
    won: set[bool] = field(default_factory=set)
    closed: set[bool] = field(default_factory=set)
    lacking: int = 0
    places: list[float] = field(default_factory=list)
    days: list[int] = field(default_factory=list)


def stages_of(found: Sequence[tuple[Seen, str, Fit]]) -> tuple[dict[str, str], tuple[str, ...], list[Question]]:
    """The outcomes of all stage values, the steps in their order, and what has to be asked."""
    told: dict[str, Told] = {}
    for seen, kind, fitted in found:
        for target in (f"{kind}.stage", "opportunity.stage", "stage.step"):
            if target in fitted and kind in ("opportunity", "line", "stage"):
                _tell(seen, fitted, fitted[target], told)
    outcomes, questions = {}, []
    for value in sorted(told):
        outcome, sure = _outcome(value, told[value])
        outcomes[value] = outcome
        if not sure:
            questions.append(question_of(value, outcome))
    return outcomes, _ordered({value: told[value] for value, outcome in outcomes.items() if outcome == "open"}), questions


def question_of(value: str, guess: str) -> Question:
    order = [guess, *(one for one in MEANINGS if one != guess)]
    return Question(
        f"stage|{value}",
        say("What does the stage %(value)s mean?", value=value),
        tuple((one, MEANINGS[one]) for one in order),
    )


def _tell(seen: Seen, fitted: Fit, stage: Profile, told: dict[str, Told]) -> None:
    def cells(target: str) -> Sequence[str] | None:
        return seen.table.column(fitted[target].column) if target in fitted else None

    won, closed, place = cells("opportunity.won"), cells("opportunity.closed"), cells("opportunity.place")
    entered, ends = (
        cells("opportunity.entered"),
        [one for one in map(cells, ("opportunity.close", "opportunity.decided", "opportunity.value")) if one],
    )
    shapes = {shape: found[0] for shape, found in orders(fitted["opportunity.entered"]).items()} if entered else {}
    ordinal, placed = cache(lambda text: _ordinal(text, shapes)), cache(_number)
    for row, cell in enumerate(seen.table.column(stage.column)):
        if empty(cell):
            continue
        one = told.setdefault(cell.strip(), Told())
        one.rows += 1
        one.lacking += any(empty(end[row]) for end in ends)
        for checks, said in ((won, one.won), (closed, one.closed)):
            if checks and (check := check_of(checks[row])) is not None:
                said.add(check)
        if place and (number := placed(place[row])) is not None:
            one.places.append(number)
        if entered and (day := ordinal(entered[row])):
            one.days.append(day)


def _number(text: str) -> float | None:
    try:
        amount = amount_of(text.rstrip("% "), ".")
    except ValueError:
        return None
    return None if amount is None else float(amount)


def _ordinal(text: str, read: dict[str, str]) -> int | None:
    try:
        day = day_of(text, read)
    except ValueError:
        return None
    return day.toordinal() if day else None


def _outcome(value: str, told: Told) -> tuple[str, bool]:
    """The outcome, and whether it is sure. The system's own checks speak before our words do."""
    words = outcome_of(value)
    if told.won == {True}:
        return "won", True
    if told.closed == {False}:
        return "open", True
    if told.closed == {True} and told.won == {False}:
        return ("withdrawn" if words == "withdrawn" else "lost"), True
    if words and words != "perhaps":
        return words, True
    if told.lacking:
        return "open", True  # what has no day of decision or no value yet is not decided
    return ("won" if words == "perhaps" else "open"), False


def _ordered(told: dict[str, Told]) -> tuple[str, ...]:
    if any(one.places for one in told.values()):
        return tuple(sorted(told, key=lambda value: (_middle(told[value].places), _rank(value, told), value)))
    if process := shipped_order(told):
        return process
    return tuple(sorted(told, key=lambda value: (_rank(value, told), -_middle(told[value].days), value)))


def _middle(numbers: Sequence[float]) -> float:
    return median(numbers) if numbers else 0.0


def _rank(value: str, told: dict[str, Told]) -> float:
    """The rank by words; an unknown word stands right after the known step whose deals are as old."""
    known = rank_of(value)
    if known is not None:
        return float(known)
    days = _middle(told[value].days)
    others = [
        (abs(_middle(told[other].days) - days), rank)
        for other in told
        if (rank := rank_of(other)) is not None and told[other].days
    ]
    return min(others)[1] + 0.5 if others and days else MIDDLE_RANK
