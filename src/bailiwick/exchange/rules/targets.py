"""What columns can be mapped to. Typed-in fields are import targets by their own declaration; the rest is added here."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bailiwick.exchange.rules.folding import folded
from bailiwick.fields import Field, Kind
from bailiwick.network.fields import PERSON
from bailiwick.pipeline.fields import ACTIVITY_TEXT, LEAD, ORIGIN, REASON, TITLE
from bailiwick.territories.fields import ACCOUNT, CONTACT


class Shape(StrEnum):
    """What the cells of a target hold."""

    KEY = "key"
    TEXT = "text"
    DAY = "day"
    MONEY = "money"
    NUMBER = "number"
    PERCENT = "percent"
    CHECK = "check"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Target:
    """Something a column can be. `refers` names the kind that a reference leads to; `field` brings its own limits."""

    name: str
    shape: Shape
    refers: str = ""
    field: Field | None = None

    @property
    def kind(self) -> str:
        return self.name.split(".", 1)[0]

    @property
    def short(self) -> str:
        return self.name.split(".", 1)[1]


# Each kind after those it refers to: the order in which records are taken in.
KINDS = ("person", "account", "contact", "product", "lead", "opportunity", "line", "stage", "activity")

SHAPES = {Kind.DAY: Shape.DAY, Kind.MONEY: Shape.MONEY, Kind.NUMBER: Shape.NUMBER, Kind.PERCENT: Shape.PERCENT}


def _typed(kind: str, *fields: Field) -> list[Target]:
    return [Target(f"{kind}.{field.short}", SHAPES.get(field.kind, Shape.TEXT), field=field) for field in fields]


def _to(name: str, refers: str) -> Target:
    return Target(name, Shape.REFERENCE, refers)


TARGETS: dict[str, Target] = {
    target.name: target
    for target in (
        # person: whoever sells, and who leads them. `sells` is a mark (1/0, yes/no) of those who do.
        Target("person.key", Shape.KEY),
        *_typed("person", *PERSON),
        Target("person.first_name", Shape.TEXT),
        Target("person.last_name", Shape.TEXT),
        _to("person.manager", "person"),
        Target("person.office", Shape.TEXT),
        Target("person.sells", Shape.CHECK),
        Target("account.key", Shape.KEY),
        *_typed("account", *ACCOUNT),
        _to("account.owner", "person"),
        _to("account.parent", "account"),
        Target("contact.key", Shape.KEY),
        *_typed("contact", *CONTACT),
        Target("contact.first_name", Shape.TEXT),
        Target("contact.last_name", Shape.TEXT),
        _to("contact.account", "account"),
        Target("product.key", Shape.KEY),
        Target("product.name", Shape.TEXT),
        Target("product.code", Shape.TEXT),
        Target("product.family", Shape.TEXT),
        Target("product.list_price", Shape.MONEY),
        Target("product.cost", Shape.MONEY),
        Target("lead.key", Shape.KEY),
        *_typed("lead", *LEAD),
        Target("lead.first_name", Shape.TEXT),
        Target("lead.last_name", Shape.TEXT),
        Target("lead.entered", Shape.DAY),
        Target("lead.status", Shape.TEXT),
        # closed: a mark of leads that became deals or were put aside.
        Target("lead.closed", Shape.CHECK),
        _to("lead.owner", "person"),
        Target("opportunity.key", Shape.KEY),
        *_typed("opportunity", TITLE, ORIGIN, REASON),
        _to("opportunity.account", "account"),
        _to("opportunity.contact", "contact"),
        _to("opportunity.owner", "person"),
        _to("opportunity.developer", "person"),
        _to("opportunity.product", "product"),
        _to("opportunity.lead", "lead"),
        # stage: the step, or everything in one. Where systems keep the two apart, status says won, lost or open.
        Target("opportunity.stage", Shape.TEXT),
        Target("opportunity.status", Shape.TEXT),
        Target("opportunity.place", Shape.NUMBER),
        Target("opportunity.won", Shape.CHECK),
        Target("opportunity.closed", Shape.CHECK),
        # value: what it is worth or was sold for; amount: what came of it in the end, where the source keeps both.
        Target("opportunity.value", Shape.MONEY),
        Target("opportunity.amount", Shape.MONEY),
        Target("opportunity.quantity", Shape.NUMBER),
        Target("opportunity.discount", Shape.PERCENT),
        Target("opportunity.currency", Shape.TEXT),
        Target("opportunity.entered", Shape.DAY),
        Target("opportunity.close", Shape.DAY),
        Target("opportunity.decided", Shape.DAY),
        Target("opportunity.expected", Shape.DAY),
        Target("opportunity.modified", Shape.DAY),
        Target("opportunity.deleted", Shape.CHECK),
        Target("opportunity.pipeline", Shape.TEXT),
        _to("line.opportunity", "opportunity"),
        _to("line.product", "product"),
        Target("line.quantity", Shape.NUMBER),
        Target("line.price", Shape.MONEY),
        Target("line.amount", Shape.MONEY),
        Target("line.cost", Shape.MONEY),
        _to("stage.opportunity", "opportunity"),
        Target("stage.step", Shape.TEXT),
        Target("stage.entered", Shape.DAY),
        Target("activity.key", Shape.KEY),
        Target("activity.kind", Shape.TEXT),
        *_typed("activity", ACTIVITY_TEXT),
        Target("activity.day", Shape.DAY),
        Target("activity.due", Shape.DAY),
        Target("activity.status", Shape.TEXT),
        _to("activity.owner", "person"),
        _to("activity.account", "account"),
        _to("activity.contact", "contact"),
        _to("activity.opportunity", "opportunity"),
    )
}

# A column of deals that says when one stage was entered: `opportunity.stay: Contract Sent`.
STAY = "opportunity.stay: "


def target_of(name: str) -> Target | None:
    """What a name in a mapping means; None for a name that nothing has."""
    return Target(name, Shape.DAY) if name.startswith(STAY) and name.removeprefix(STAY).strip() else TARGETS.get(name)


def stage_among(stage: str, known: Iterable[str]) -> str:
    """The known stage that is meant, "" if none is; systems write the pipeline behind it, in brackets.

    >>> stage_among("Contract Sent (Sales Pipeline)", ["contract sent"]), stage_among("Offer", ["New"])
    ('contract sent', '')
    """
    by_fold = {folded(one): one for one in known}
    return by_fold.get(folded(stage)) or by_fold.get(folded(re.sub(r"\s*\([^()]*\)\Z", "", stage))) or ""
