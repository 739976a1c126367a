"""The worked examples of docs/measures: their tables are read, lived in a network of their own, and asked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from bailiwick.kit import Actor, Role
from bailiwick.network.commands import add_members, add_people, add_units, appoint, found_network
from bailiwick.network.commands.people import NewMember
from bailiwick.network.commands.setting_up import NewUnit
from bailiwick.network.models import Person, Unit
from bailiwick.offer.commands import NewPrice, add_products, issue_price_list
from bailiwick.performance.commands import NewTarget, set_targets
from bailiwick.performance.rules.periods import read_period
from bailiwick.pipeline.commands import NewActivity, NewStep, issue_process, log_activities
from bailiwick.pipeline.commands.arriving import Arrived, arrive_many
from bailiwick.pipeline.commands.sides import Hand
from bailiwick.pipeline.commands.stepping import NewLine
from bailiwick.pipeline.models import Opportunity
from bailiwick.territories.commands import Whose

PAGES = Path(__file__).parents[2] / "docs" / "measures"
FOUNDED = datetime(2025, 1, 1, tzinfo=UTC)
STEPS = ("Prospect", "Appointment", "Proposal")
LIST_PRICE = Decimal(100)
Line = Mapping[str, str]


@dataclass(frozen=True)
class Example:
    """What a page gives (rows by the heading above their table), and what is asked and answered."""

    name: str
    given: Mapping[str, Sequence[Line]]
    asked: Mapping[str, str]
    answers: Sequence[Line]


def example(name: str) -> Example:
    """The worked example of the page `name`: tables under "Given ...", one under "Asked", one under "Answered"."""
    text = (PAGES / f"{name}.md").read_text()
    parts = re.split(r"^### ", text, flags=re.MULTILINE)[1:]
    tables = {part.split("\n", 1)[0].strip(): rows_of(part) for part in parts}
    given = {head.removeprefix("Given ").strip(): rows for head, rows in tables.items() if head.startswith("Given")}
    return Example(name, given, tables["Asked"][0], tables["Answered"])


def rows_of(part: str) -> list[Line]:
    """The rows of the Markdown table in `part`, by column."""
    lines = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in part.splitlines() if line.startswith("|")]
    head, rows = lines[0], lines[2:]
    return [dict(zip(head, row, strict=True)) for row in rows]


@dataclass
class Lived:
    """The network in which an example is lived: one project, its manager Mia, and whoever sells."""

    by: Actor
    root: Unit
    project: Unit
    people: dict[str, Person] = field(default_factory=dict)
    deals: dict[str, Opportunity] = field(default_factory=dict)
    product: UUID | None = None

    def hand(self, name: str) -> Hand:
        person = self.person(name)
        side = Whose(unit=self.project.pk, person=person.pk, organization=self.project.organization_id, zone="UTC")
        return Hand(self.by, datetime(2026, 12, 31, tzinfo=UTC), side)

    def person(self, name: str) -> Person:
        if name not in self.people:
            card = [{"name": name}]
            organization = self.project.organization_id
            person = add_people(card, organization=organization, unit=self.project.pk, by=self.by, now=FOUNDED)[0]
            add_members([NewMember(person=person.pk, unit=self.project.pk, role=Role.SELLER)], by=self.by, now=FOUNDED)
            self.people[name] = person
        return self.people[name]


def live(given: Mapping[str, Sequence[Line]], slug: str = "worked") -> Lived:
    """A network in which what is given has happened."""
    by, root = found_network(slug=slug, name="Worked example", now=FOUNDED)
    project = add_units([NewUnit(name="North", kind="project", parent=root.pk, zone="UTC")], by=by, now=FOUNDED)[0]
    lived = Lived(by, root, project)
    appoint(unit=project.pk, person=lived.person("Mia").pk, by=by, now=FOUNDED)
    product = add_products({"Hoists": ["Hoist"]}, by=by)[0]
    issue_price_list(
        name="List", currency="EUR", since=FOUNDED.date(), prices=[NewPrice(product=product, list_price=LIST_PRICE)], by=by
    )
    lived.product = product.pk
    issue_process("Selling", [NewStep(name=name) for name in STEPS], since=FOUNDED.date(), by=by)
    for line, deal in zip(given.get("deals", ()), _arrive(lived, given.get("deals", ())), strict=True):
        lived.deals[line["deal"]] = deal
    for line in given.get("activities", ()):
        deal = lived.deals.get(line.get("deal", ""))
        act = NewActivity(kind=line["kind"], day=_day(line["day"]), opportunity=deal.pk if deal else None)
        hand = lived.hand(line.get("seller") or "Ann")
        log_activities([act], by=by, now=hand.now, whose=hand.whose, judged=True)
    for line in given.get("targets", ()):
        target = NewTarget(measure=line["measure"], unit=project.pk, period=read_period(line["period"]),
                           amount=Decimal(line["target"]), currency=line.get("currency", ""))  # fmt: skip
        set_targets([target], by=by, now=FOUNDED)
    return lived


def _arrive(lived: Lived, lines: Sequence[Line]) -> list[Opportunity]:
    return arrive_many([(lived.hand(line.get("seller") or "Ann"), _deal(line, lived)) for line in lines], by=lived.by)


def _deal(line: Line, lived: Lived) -> Arrived:
    stays = [part.rsplit(" ", 1) for part in line.get("steps", "").split(", ") if part]
    price = _number(line.get("price", ""))
    assert lived.product is not None
    return Arrived(
        title=line["deal"],
        value=_number(line.get("value", "")),
        currency=line.get("currency", "EUR"),
        expected=_day(line.get("expected", "")),
        entered=_day(line.get("entered", "")),
        outcome=line.get("outcome", "open"),
        decided=_day(line.get("decided", "")),
        stale=line.get("stale") == "yes",
        step=STEPS.index(stays[-1][0]) + 1 if stays else 1,
        stays=[(STEPS.index(name) + 1, _day(day)) for name, day in stays],
        lines=[NewLine(product=lived.product, quantity=Decimal(1), price=price)] if price is not None else (),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
