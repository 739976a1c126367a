"""Measures, figures and the cases behind them, as the API shows them."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from bailiwick.api.shapes.plain import MoneyShown, money, number
from bailiwick.kit import Speech
from bailiwick.measures import Measure
from bailiwick.measures.told import described
from bailiwick.performance.queries import Standing
from bailiwick.performance.queries.cases import Case


class MeasureShown(BaseModel):
    """What a measure says about itself."""

    name: str
    label: str
    meaning: str
    population: str
    interval: str
    unit: str
    minimum: int
    purpose: str
    owner: str
    readers: list[str]
    review: date
    version: int
    by: list[str]

    @classmethod
    def of(cls, measure: Measure, speech: Speech) -> "MeasureShown":
        said = ("label", "meaning", "population", "interval", "purpose")
        return cls.model_validate({name: speech.say(one) if name in said else one for name, one in described(measure).items()})


class FigureShown(BaseModel):
    """One line of an answer; shares lie between 0 and 1."""

    key: str | None = Field(description="What the key is called; null where nothing was asked by.")
    id: str | None = Field(default=None, description="The key itself: an id, or the first day of a period.")
    value: float | None
    n: int
    k: int | None = None
    low: float | None
    high: float | None = Field(description="Null with a `low` reads “more than”.")
    pooled: float | None
    enough: bool = Field(description="False: too few to tell.")
    currency: str | None = None
    beside: dict[str, int] | None = Field(default=None, description="Cases that stand beside the figure, by word.")
    unknown: int | None = Field(default=None, description="Cases without an amount.")


class FiguresShown(BaseModel):
    """What a measure says of the rows in sight."""

    measure: str
    unit: str
    by: str | None
    period: str | None
    where: dict[str, str]
    as_of: date
    rows: list[FigureShown]


class CaseShown(BaseModel):
    """A row that a figure is made of."""

    subject: UUID = Field(description="The opportunity or activity.")
    day: date | None
    hit: bool | None = Field(description="Whether it counts as one of k.")
    aside: str = Field(description="Why it stands beside the figure; empty: it is in it.")
    ending: str
    value: float | None
    amount: MoneyShown | None

    @classmethod
    def of(cls, case: Case) -> "CaseShown":
        return cls(
            subject=case.subject,
            day=case.day,
            hit=case.hit,
            aside=case.aside,
            ending=case.ending,
            value=None if case.value is None else float(case.value),
            amount=money(case.amount, case.opportunity.currency) if case.opportunity else None,
        )


class TargetShown(BaseModel):
    """So much of a measure by the end of a period, and how it stands."""

    id: UUID
    measure: str
    unit: UUID
    person: UUID | None = Field(description="Null: the target is the unit's, with everything below it.")
    since: date
    until: date
    amount: str
    currency: str
    version: int
    value: float | None = Field(description="What the measure says for the holder so far; null: not yours to count.")
    attained: float | None
    elapsed: float
    course: str = Field(description="on, watch, off, too_few or none.")
    coverage: float | None

    @classmethod
    def of(cls, one: Standing) -> "TargetShown":
        row = one.target
        return cls(
            id=row.pk,
            measure=row.measure,
            unit=row.unit_id,
            person=row.person_id,
            since=row.since,
            until=row.until,
            amount=number(row.amount) or "0",
            currency=row.currency,
            version=row.version,
            value=None if one.figure is None or one.figure.value is None else float(one.figure.value),
            attained=one.attained,
            elapsed=one.elapsed,
            course=one.course,
            coverage=one.coverage,
        )
