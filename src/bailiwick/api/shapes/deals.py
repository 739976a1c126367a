"""Opportunities, their lines and stages, as the API shows them."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from bailiwick.api.shapes.plain import MoneyShown, Ref, money, number
from bailiwick.desk.opportunity import OpportunityCard
from bailiwick.pipeline.models import Line, Opportunity, Stage
from bailiwick.pipeline.rules.standing import Standing, standing


class OpportunityShown(BaseModel):
    """A chance to sell. `standing` is worked out for the person's today; `outcome` is what was decided."""

    id: UUID
    title: str
    account: Ref | None
    person: Ref
    unit: Ref
    step: Ref
    value: MoneyShown | None
    expected: date | None
    entered: date | None
    outcome: str
    standing: Standing
    decided: date | None
    reason: str
    origin: str
    version: int

    @classmethod
    def of(cls, row: Opportunity, today: date) -> "OpportunityShown":
        return cls(
            id=row.pk,
            title=row.title,
            account=Ref(id=row.account.pk, name=row.account.name) if row.account else None,
            person=Ref(id=row.person_id, name=row.person.name),
            unit=Ref(id=row.unit_id, name=row.unit.name),
            step=Ref(id=row.step_id, name=row.step.name),
            value=money(row.value, row.currency),
            expected=row.expected,
            entered=row.entered,
            outcome=row.outcome,
            standing=standing(row.outcome, row.expected, today, row.stale_on_arrival),
            decided=row.decided,
            reason=row.reason,
            origin=row.origin,
            version=row.version,
        )


class LineShown(BaseModel):
    """So much of a product at a price each; `list_price` as it was when the line was written."""

    product: Ref
    quantity: str
    price: MoneyShown | None
    list_price: MoneyShown | None

    @classmethod
    def of(cls, row: Line, currency: str) -> "LineShown":
        listed = row.price_version
        return cls(
            product=Ref(id=row.product_id, name=row.product.name),
            quantity=number(row.quantity) or "0",
            price=money(row.price, currency),
            list_price=money(listed.list_price, listed.price_list.currency) if listed else None,
        )


class StageShown(BaseModel):
    """A stay in a step."""

    step: Ref
    entered: date | None
    left: date | None

    @classmethod
    def of(cls, row: Stage) -> "StageShown":
        return cls(step=Ref(id=row.step_id, name=row.step.name), entered=row.entered, left=row.left)


class OpportunityCardShown(BaseModel):
    """An opportunity with what is in it and where it has been."""

    opportunity: OpportunityShown
    lines: list[LineShown]
    discount: str | None = Field(description="Of the whole deal against list, as a share of one.")
    discount_stated: bool = Field(description="Stated by hand, because there is no list.")
    margin: str | None = Field(description="Of the whole deal, as a share of one.")
    steps: list[Ref]
    stages: list[StageShown]
    may_edit: bool

    @classmethod
    def of(cls, card: OpportunityCard, today: date) -> "OpportunityCardShown":
        return cls(
            opportunity=OpportunityShown.of(card.deal, today),
            lines=[LineShown.of(row, card.deal.currency) for row in card.lines],
            discount=number(card.discount),
            discount_stated=card.stated,
            margin=number(card.margin),
            steps=[Ref(id=row.pk, name=row.name) for row in card.steps],
            stages=[StageShown.of(row) for row in card.stages],
            may_edit=card.may_edit,
        )
