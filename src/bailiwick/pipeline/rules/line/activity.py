"""Which act a line is about, whether it is done, and on which day."""

from dataclasses import dataclass
from datetime import date, time

from bailiwick.pipeline.rules.line.acts import Act, urged_clause
from bailiwick.pipeline.rules.line.days import DaySaid
from bailiwick.pipeline.rules.line.hearing import Heard
from bailiwick.pipeline.rules.line.records import Kind
from bailiwick.pipeline.rules.line.steps import steps
from bailiwick.pipeline.rules.line.verbs import HELD, PAST, Form
from bailiwick.pipeline.rules.line.words import Span


@dataclass(frozen=True, slots=True)
class Activity:
    """The act of the line: `clause` is the main clause, `day` the day as said (so that it is not used twice)."""

    kind: Kind
    done: bool
    when: date | None
    time: time | None
    clause: Span
    act: Act | None
    day: DaySaid | None


def activity(heard: Heard) -> Activity:
    """What is done goes before what is planned; a decision or a promise is told, so that all else in the line is to come."""
    free = [act for act in heard.acts if not any(act.first in clause for clause in heard.promised)]
    told = heard.ending is not None or bool(heard.promised)
    done = [act for act in free if act.form is Form.DONE and not act.urged]
    for act in [*done, *([] if told else free)]:
        return _acted(heard, act)
    return _told(heard) if told else _without_act(heard)


def _acted(heard: Heard, act: Act) -> Activity:
    day = _day_of(heard, act)
    hour = next((hour.at for hour in heard.hours_in(act.clause)), None)
    if hour is None and day is not None and day.first not in act.clause:
        hour = next((hour.at for hour in heard.hours_in(_around(heard, day))), None)
    done = _is_done(heard, act, day, hour)
    when = (day.back if done else day.ahead) if day else (heard.today if done or hour else None)
    if not done and when is not None and when < heard.today:
        when = None
    return Activity(act.kind, done, when, hour, act.clause, act, day)


def _is_done(heard: Heard, act: Act, day: DaySaid | None, hour: time | None) -> bool:
    """The word, against its day: what lies ahead is planned, what lies behind is done."""
    today = heard.today
    if act.urged:
        return False
    if day is None or day.ahead is None or day.back is None:
        return act.form is Form.DONE or (act.form is Form.NOUN and (hour is None or _held(heard, act)))
    if act.form is Form.DONE or (act.form is Form.NOUN and _held(heard, act)):
        return day.back <= today
    if day.ahead == today == day.back:
        return act.form is Form.NOUN and hour is None
    return day.ahead < today and not day.deadline


def _held(heard: Heard, act: Act) -> bool:
    """Whether the clause tells of a meeting or call as past: "had a call with", "Termin mit ... lief gut"."""
    return any(heard.line.key(at) in HELD for at in range(act.clause.first, act.clause.end))


def _day_of(heard: Heard, act: Act) -> DaySaid | None:
    """The day of the act: the first of its clause that is no step's, or the only word of a neighbouring clause."""
    for day in heard.days_in(act.clause):
        if not _of_a_step(heard, act, day):
            return day
    place = heard.clauses.index(act.clause)
    for beside in heard.clauses[max(0, place - 1) : place + 2]:
        own = heard.days_in(beside)
        covered = sum(one.end - one.first for one in (*own, *heard.hours_in(beside)))
        if own and beside != act.clause and covered == beside.end - beside.first and not own[0].deadline:
            return own[0]
    return None


def _of_a_step(heard: Heard, act: Act, day: DaySaid) -> bool:
    """ "met Acme proposal Friday": the day belongs to the step between; a deadline is never that of something done."""
    line_up = Span(min(act.end, day.first), day.first)
    step = any(not one.topic for one in steps(heard.line, line_up))
    if act.form is Form.PLAN:
        return False
    done_before = day.back is not None and day.back == day.ahead and day.back <= heard.today
    return day.deadline or (step and not done_before)


def _around(heard: Heard, day: DaySaid) -> Span:
    return next((clause for clause in heard.clauses if day.first in clause), Span(0, 0))


def _told(heard: Heard) -> Activity:
    """A note of what was decided or promised."""
    ending = heard.ending
    clause = heard.clauses[ending.place] if ending else heard.promised[0]
    day = next((day for day in heard.days_in(clause) if ending and not day.deadline), None)
    back = day.back if day and day.back and day.back <= heard.today else None
    when = None if day and day.unsure else back or heard.today
    return Activity(Kind.NOTE, True, when, None, clause, None, day if back else None)


def _without_act(heard: Heard) -> Activity:
    """To do where the line says so or opens with a day to come; otherwise a note."""
    first = heard.clauses[0] if heard.clauses else Span(0, 0)
    urged = urged_clause(heard.line, heard.clauses)
    past = any(heard.line.key(at) in PAST for at in range(len(heard.line.words)))
    clause = urged or first
    day = next(iter(heard.days_in(clause)), None)
    if day is None and urged is not None:
        day = next(iter(heard.days_in(first)), None)
    bare = bool(day) and all(heard.named_or_dated(at) for at in range(clause.first, clause.end))
    opens = day is not None and not day.deadline and (day.first == 0 or bare)
    opening = bool(opens and day and day.ahead and day.ahead > heard.today and not past)
    hour = next((hour.at for hour in heard.hours_in(clause)), None)
    if urged is not None or opening:
        ahead = day.ahead if day and day.ahead and day.ahead >= heard.today else None
        return Activity(Kind.TASK, False, ahead, hour, clause, None, day)
    told = [one for one in heard.days if one.back and one.back <= heard.today and (past or one.ahead == one.back)]
    when = told[0].back if told else heard.today
    return Activity(Kind.NOTE, True, when, None, clause, None, told[0] if told else None)
