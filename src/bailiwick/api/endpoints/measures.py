"""Measures: what each means, what it says of the rows in sight, and those rows."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from bailiwick.api.asked import Asked, Told
from bailiwick.api.door import endpoint
from bailiwick.api.schemas import TYPED, Cursor, Limit
from bailiwick.api.shapes.measures import CaseShown, FiguresShown, MeasureShown
from bailiwick.api.shapes.plain import Everything, Page
from bailiwick.desk.figures import answered, asked_so
from bailiwick.kit import NotAllowed, NotSeen, Role, say
from bailiwick.kit.scope import SELLING
from bailiwick.measures import MEASURES, Measure, Shape
from bailiwick.performance.queries import cases_behind, figures, today_of
from bailiwick.performance.rules.questions import condition
from bailiwick.tenancy.paging import SIZE

WHO = SELLING | {Role.DIRECTOR, Role.STEWARD}
Word = Annotated[str, Field(max_length=60, pattern=TYPED)]
Condition = Annotated[str, Field(max_length=200, pattern=TYPED)]


@endpoint("GET", "/measures", name="measures", roles=WHO, gives=Everything[MeasureShown])
def measures(asked: Asked) -> Told:
    """Every measure that you may read, in words."""
    roles = asked.viewer.roles
    found = [MeasureShown.of(one, asked.speech) for one in MEASURES.values() if roles & {*one.readers, Role.STEWARD}]
    return Told(Everything[MeasureShown](items=found))


@endpoint("GET", "/measures/{slug:name}", name="measure", roles=WHO, gives=FiguresShown)
def measure(asked: Asked, name: str, by: Word = "", period: Word = "", where: Condition = "") -> Told:
    """What it says of the rows in sight: by a dimension, in a period, of the cases that fit `where` (`manager=Mia Berg`)."""
    found, conditions = _measure(asked, name), dict([condition(where)] if where else [])
    day = today_of(asked.network, asked.today)
    question = asked_so(found, asked.viewer, by=by, period=period, where=conditions, as_of=day)
    answer = figures(found, asked.viewer, question)
    looked = {UUID(one.keys[0]) for one in answer.figures if one.keys and one.keys[0]} if by in ("seller", "manager") else set()
    return Told(FiguresShown(**answered(answer, period, conditions)), looked)


@endpoint("GET", "/measures/{slug:name}/cases", name="measure_cases", roles=WHO, gives=Page[CaseShown])
def cases(asked: Asked, name: str, period: Word = "", where: Condition = "", limit: Limit = SIZE, cursor: Cursor = "") -> Told:
    """The rows that the figure is made of, the newest first."""
    found, conditions = _measure(asked, name), dict([condition(where)] if where else [])
    if found.shape is Shape.TARGET:
        raise NotSeen
    day = today_of(asked.network, asked.today)
    question = asked_so(found, asked.viewer, by="", period=period, where=conditions, as_of=day)
    behind = cases_behind(found, asked.viewer, question, cursor=cursor, size=limit)
    return Told(Page[CaseShown](items=[CaseShown.of(row) for row in behind.rows], next=behind.next), behind.people)


def _measure(asked: Asked, name: str) -> Measure:
    if name not in MEASURES:
        raise NotSeen
    if not asked.viewer.roles & set(MEASURES[name].readers):
        raise NotAllowed(say("This measure is not for your role."), say("Ask the director if it should be."))
    return MEASURES[name]
