"""What each stage value means, and in which order the open ones come: by checks, by words, by the data, or by a person."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from statistics import median

from bailiwick.exchange.rules.detecting.fitting import Fit, Seen
from bailiwick.exchange.rules.detecting.ordering import orders
from bailiwick.exchange.rules.detecting.outcomes import outcome_of, rank_of, shipped_order
from bailiwick.exchange.rules.detecting.profile import Profile, empty
from bailiwick.exchange.rules.detecting.states import DECIDED as ENDS
from bailiwick.exchange.rules.detecting.states import STAGE, STATUS, put_away
from bailiwick.exchange.rules.detecting.trails import stages_told
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
    """What the rows of one stage value say together. `states` are the outcomes that a status of their own gives them."""

    rows: int = 0
    states: Counter[str] = field(default_factory=Counter)
    put_away: bool = False
    won: set[bool] = field(default_factory=set)
    closed: set[bool] = field(default_factory=set)
    lacking: int = 0
    unlikely: int = 0
    places: list[float] = field(default_factory=list)
    days: list[int] = field(default_factory=list)


def stages_of(found: Sequence[tuple[Seen, str, Fit]]) -> tuple[dict[str, str], tuple[str, ...], list[Question]]:
    """The outcomes of all stage values, the steps in their order, and what has to be asked."""
    states: dict[str, Told] = {}
    running: set[str] = set()
    for seen, kind, fitted in found:
        if kind == "opportunity" and STATUS in fitted:
            _tell(seen, fitted, fitted[STATUS], states)
            if gone := put_away(fitted[STATUS]):
                running.update(fitted[STATUS].counts.keys() - gone)
                for value in gone:
                    states[value].put_away = True
    for value in running:
        states.pop(value, None)  # what is not put away is what its stage says
    said, questions = _judged(states)
    told: dict[str, Told] = {}
    for seen, kind, fitted in found:
        for target in (f"{kind}.stage", STAGE, "stage.step"):
            if target in fitted and kind in ("opportunity", "line", "stage"):
                _tell(seen, fitted, fitted[target], told, said)
    passed = {stage for _, _, fitted in found for stage in stages_told(fitted, told)}
    told |= {stage: Told() for stage in passed - told.keys() - said.keys()}
    outcomes, more = _judged({value: one for value, one in told.items() if value not in said})
    steps = {value: one for value, one in told.items() if (outcomes | said)[value] == "open"}
    return outcomes | said, _ordered(steps), questions + more


def _judged(told: dict[str, Told]) -> tuple[dict[str, str], list[Question]]:
    # Where what is decided has its day, values without one are open; where nothing has one, that tells nothing.
    dated = any(outcome_of(value) in ENDS and one.rows > 2 * one.lacking for value, one in told.items())
    outcomes, questions = {}, []
    for value in sorted(told):
        outcome, sure = _outcome(value, told[value], dated)
        outcomes[value] = outcome
        if not sure:
            questions.append(question_of(value, outcome))
    return outcomes, questions


def question_of(value: str, guess: str) -> Question:
    order = [guess, *(one for one in MEANINGS if one != guess)]
    return Question(
        f"stage|{value}",
        say("What does the stage %(value)s mean?", value=value),
        tuple((one, MEANINGS[one]) for one in order),
    )


def _tell(seen: Seen, fitted: Fit, stage: Profile, told: dict[str, Told], states: dict[str, str] | None = None) -> None:
    def cells(target: str) -> Sequence[str] | None:
        return seen.table.column(fitted[target].column) if target in fitted else None

    won, closed, place = cells("opportunity.won"), cells("opportunity.closed"), cells("opportunity.place")
    entered, status = cells("opportunity.entered"), cells(STATUS) if states else None
    ends = [one for one in map(cells, ("opportunity.close", "opportunity.decided")) if one]
    unlikely = _unlikely(cells("opportunity.place"))
    shapes = {shape: found[0] for shape, found in orders(fitted["opportunity.entered"]).items()} if entered else {}
    ordinal, placed = cache(lambda text: _ordinal(text, shapes)), cache(_number)
    for row, cell in enumerate(seen.table.column(stage.column)):
        if empty(cell):
            continue
        one = told.setdefault(cell.strip(), Told())
        one.rows += 1
        one.lacking += bool(ends) and all(empty(end[row]) for end in ends)
        one.unlikely += unlikely[row] if unlikely else 0
        outcome = states.get(status[row].strip(), "") if states and status else ""
        if outcome:
            one.states[outcome] += 1
        for checks, said in ((won, one.won), (closed, one.closed)):
            if checks and (check := check_of(checks[row])) is not None:
                said.add(check)
        if place and outcome not in ENDS and (number := placed(place[row])) is not None:
            one.places.append(number)
        if entered and (day := ordinal(entered[row])):
            one.days.append(day)


def _unlikely(places: Sequence[str] | None) -> list[bool]:
    """Row by row whether the probability is nought."""
    return [_number(cell) == 0 for cell in places] if places else []


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


def _outcome(value: str, told: Told, dated: bool) -> tuple[str, bool]:
    """The outcome, and whether it is sure. The system's own checks speak before our words do."""
    words = outcome_of(value)
    if checked := _checked(words, told):
        return checked
    if words and words != "perhaps":
        return words, True
    if not told.rows and words != "perhaps":
        return "open", True  # no deal is in it any more: all that entered it went on
    if dated and told.lacking * 2 > told.rows:
        return "open", True  # what has no day of decision yet is not decided
    return ("won" if words == "perhaps" else "open"), False


def _checked(words: str, told: Told) -> tuple[str, bool] | None:
    """What the other columns say of it; None where nothing does."""
    if told.put_away:
        return "lost", told.unlikely == told.rows
    if told.states:
        return _beside(words, told.states), True
    if told.won == {True}:
        return "won", True
    if told.closed == {False}:
        return "open", True
    if told.closed == {True} and told.won == {False}:
        return ("withdrawn" if words == "withdrawn" else "lost"), True
    return None


def _beside(words: str, states: Counter[str]) -> str:
    """What a stage means beside a status: a step, unless it is nearly as good as the status itself."""
    if words in ENDS:
        return words if states["open"] * 2 <= states.total() else "open"
    return next(iter(states)) if words in ("", "perhaps") and len(states) == 1 else "open"


def _ordered(told: dict[str, Told]) -> tuple[str, ...]:
    if told and all(one.places for one in told.values()):
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
