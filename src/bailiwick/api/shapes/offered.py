"""Products, prices and the sales process, as the API shows them. What a thing costs the firm is not among it."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from bailiwick.api.shapes.plain import MoneyShown, Ref, money
from bailiwick.offer.models import Price, Product
from bailiwick.pipeline.models import Process, Step


class ProductShown(BaseModel):
    """Something sold, in its sales line."""

    id: UUID
    name: str
    code: str
    line: Ref

    @classmethod
    def of(cls, row: Product) -> "ProductShown":
        return cls(id=row.pk, name=row.name, code=row.code, line=Ref(id=row.line_id, name=row.line.name))


class PriceShown(BaseModel):
    """What a product costs the customer, and what it may cost at least."""

    id: UUID
    product: Ref
    price_list: Ref
    list_price: MoneyShown | None
    floor: MoneyShown | None

    @classmethod
    def of(cls, row: Price) -> "PriceShown":
        currency = row.price_list.currency
        return cls(
            id=row.pk,
            product=Ref(id=row.product_id, name=row.product.name),
            price_list=Ref(id=row.price_list_id, name=row.price_list.name),
            list_price=money(row.list_price, currency),
            floor=money(row.floor, currency),
        )


class StepShown(BaseModel):
    """One step of the way to sell."""

    id: UUID
    place: int
    name: str
    inputs: list[str]
    outputs: list[str]
    exit_criteria: str
    usual_days: int | None

    @classmethod
    def of(cls, row: Step) -> "StepShown":
        return cls(
            id=row.pk,
            place=row.place,
            name=row.name,
            inputs=row.inputs,
            outputs=row.outputs,
            exit_criteria=row.exit_criteria,
            usual_days=row.usual_days,
        )


class ProcessShown(BaseModel):
    """The way to sell that is in force."""

    id: UUID
    name: str
    edition: int
    since: date
    steps: list[StepShown]

    @classmethod
    def of(cls, row: Process, steps: list[Step]) -> "ProcessShown":
        return cls(id=row.pk, name=row.name, edition=row.edition, since=row.since, steps=[StepShown.of(step) for step in steps])
