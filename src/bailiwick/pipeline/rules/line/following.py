"""What comes next according to a line, and by when."""

from dataclasses import dataclass

from bailiwick.pipeline.rules.line.activity import Activity
from bailiwick.pipeline.rules.line.days import DaySaid
from bailiwick.pipeline.rules.line.hearing import Heard
from bailiwick.pipeline.rules.line.records import Kind, Next
from bailiwick.pipeline.rules.line.steps import is_over, steps
from bailiwick.pipeline.rules.line.verbs import Form
from bailiwick.pipeline.rules.line.words import Span


@dataclass(frozen=True, slots=True)
class Following:
    """The next step, and the day as said if it lies behind: nothing can be due then, so somebody is asked."""

    next: Next
    passed: DaySaid | None


def following(heard: Heard, main: Activity) -> Following | None:
    """The promise if there is one, else the first step with a day, else the first step."""
    found = [(clause, one) for clause in heard.clauses if (one := _in_clause(heard, main, clause)) is not None]
    promised = [one for clause, one in found if clause in heard.promised]
    dated = [one for _, one in found if one.next.by is not None]
    return next(iter([*promised, *dated, *(one for _, one in found)]), None)


def _in_clause(heard: Heard, main: Activity, clause: Span) -> Following | None:
    own = clause == main.clause
    promised = clause in heard.promised
    free = [day for day in heard.days_in(clause) if day is not main.day]
    day = next((day for day in free if day.deadline), next(iter(free), None))
    kind, start = _step(heard, main, clause)
    if kind is None and not promised and not _due(heard, main, clause, day):
        return None
    if not promised and not (day and day.deadline) and is_over(heard.line, clause) and not (own and main.act):
        return None
    if own and main.act is None and not main.done and day is None:
        return None
    if own and not main.done and (day is None or not day.deadline) and not promised:
        return None
    text = heard.line.said(Span(start if own and main.act and kind else clause.first, clause.end))
    by = day.ahead if day and day.ahead and day.ahead >= heard.today else None
    passed = day if day and day.ahead and day.ahead < heard.today else None
    return Following(Next(kind, text, by), passed)


def _step(heard: Heard, main: Activity, clause: Span) -> tuple[str | None, int]:
    """The step word of a clause and where it stands: a named step, or an act that is still to come."""
    ending = heard.ending
    if ending is not None and heard.clauses[ending.place] == clause:
        return None, clause.first
    done = [act for act in heard.acts if act.clause == clause and act.form is Form.DONE and act is not main.act]
    if done and clause not in heard.promised:
        return None, clause.first
    mine = main.act if clause == main.clause else None
    over = mine is not None and is_over(heard.line, clause)
    for step in steps(heard.line, clause):
        if not step.topic and not over and not (mine and step.first < mine.end and step.end > mine.first):
            return step.kind, step.first
    for act in heard.acts:
        if act.clause == clause and act is not mine and act.form is Form.PLAN:
            return (None if act.kind is Kind.TASK else str(act.kind)), act.first
    return None, clause.first


def _due(heard: Heard, main: Activity, clause: Span, day: DaySaid | None) -> bool:
    """A clause without a step word is still something to come if it has a deadline or a day ahead."""
    todo = any(act.clause == clause and act.form is Form.PLAN and act is not main.act for act in heard.acts)
    if todo and not is_over(heard.line, clause):
        return True
    if day is None or day.unsure:
        return False
    length = sum(1 for at in range(clause.first, clause.end) if not heard.line.words[at].mark)
    alone = length <= day.end - day.first
    beside = clause != main.clause and main.act is not None and not is_over(heard.line, clause)
    ahead = day.ahead if beside else day.back if main.act is None else None  # beside nothing done, only what is surely ahead
    return (day.deadline or (ahead is not None and ahead > heard.today)) and not (alone and main.act is None)
