"""The demo's network comes into being: organizations, units, people, managers, logins of the cast, products and process."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby
from random import Random
from uuid import UUID

from bailiwick.demo.chance import source
from bailiwick.demo.days import Days, at
from bailiwick.demo.goods import GOODS, LINES, PRICE_LIST, SECOND_EDITION, SELLING
from bailiwick.demo.roster import FIRM, PARTNERS, PROJECTS, Seat, roster
from bailiwick.demo.truth import HISTORY
from bailiwick.kit import Actor, Door, Role
from bailiwick.network.commands import add_members, add_organizations, add_people, add_units, appoint, found_network, grant_sight
from bailiwick.network.commands.people import NewMember
from bailiwick.network.commands.setting_up import NewUnit
from bailiwick.network.models import Person, Unit
from bailiwick.network.queries import scope_of
from bailiwick.offer.commands import NewPrice, add_products, issue_price_list
from bailiwick.offer.models import Product
from bailiwick.pipeline.commands import issue_process
from bailiwick.pipeline.models import Step
from bailiwick.territories.commands import Whose

MANAGING = frozenset({Role.MANAGER, Role.PARTNER_ADMIN, Role.DIRECTOR})
# Two managers of the firm changed places on this day before today.
CHANGE_OF_MANAGERS, CHANGED = 240, ("Tresor Pay", "Kallio Pumps")


@dataclass
class Ground:
    """The network as far as it stands: who acts, on which side, and the rows by their names in the roster."""

    by: Actor
    days: Days
    now: datetime
    seed: int
    units: dict[str, Unit] = field(default_factory=dict)
    organizations: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    products: dict[str, Product] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    sides: dict[str, Whose] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)

    @property
    def founded(self) -> datetime:
        """The instant with which the history begins."""
        return at(self.days.today - timedelta(days=HISTORY), 9 * 60)

    def seat(self, email: str) -> Seat:
        return next(seat for seat in roster(self.seed) if seat.email == email)

    def line(self, name: str) -> UUID:
        """The sales line called so."""
        return next(product.line_id for product in self.products.values() if product.line.name == name)

    def part(self, name: str) -> Random:
        """The source of chance of one part of the simulation."""
        return source(self.seed, name)


def found(*, slug: str, days: Days, now: datetime, seed: int) -> Ground:
    """The network with its people and its offer; the running transaction is inside it from now on."""
    founded = at(days.today - timedelta(days=HISTORY), 9 * 60)
    by, root = found_network(slug=slug, name=FIRM, now=founded, demo=True)
    ground = Ground(by, days, now, seed, units={FIRM: root}, organizations={FIRM: root.organization_id})
    _units(ground, root)
    _people(ground)
    _offer(ground)
    for seat in roster(seed):
        _stand(ground, seat)
    return ground


def _units(ground: Ground, root: Unit) -> None:
    clients = [(project.client, "client") for project in PROJECTS]
    firms = [(partner.legal, "partner") for partner in PARTNERS]
    rows = add_organizations([*clients, *firms], by=ground.by)
    ground.organizations |= {row.name: row.pk for row in rows}
    new = [
        NewUnit(name=one.name, kind="project", parent=root.pk, client=ground.organizations[one.client], goal=one.goal)
        for one in PROJECTS
    ]
    ground.units |= {unit.name: unit for unit in add_units(new, by=ground.by, now=ground.founded)}
    below = [
        NewUnit(name=one.name, kind="partner", parent=ground.units[one.project].pk, organization=ground.organizations[one.legal])
        for one in PARTNERS
    ]
    ground.units |= {unit.name: unit for unit in add_units(below, by=ground.by, now=ground.founded)}


def _people(ground: Ground) -> None:
    for (organization, place), group in groupby(roster(ground.seed), key=lambda seat: (seat.organization, seat.place)):
        seats = list(group)
        cards = [{"name": seat.name, "email": seat.email} for seat in seats]
        home, unit = ground.organizations[organization], ground.units[place].pk
        rows = add_people(cards, organization=home, unit=unit, by=ground.by, now=ground.founded)
        ground.people |= {row.email: row for row in rows}
    add_members(
        [
            NewMember(person=ground.people[seat.email].pk, unit=ground.units[seat.place].pk, role=seat.role)
            for seat in roster(ground.seed)
            if seat.role is not Role.MANAGER
        ],
        by=ground.by,
        now=ground.founded,
    )
    _managers(ground)


def _managers(ground: Ground) -> None:
    """One accountable person a unit; two managers changed places once, and the coach looks in on one for a while."""
    managers = {seat.place: ground.people[seat.email].pk for seat in roster(ground.seed) if seat.role in MANAGING}
    first, second = CHANGED
    before = managers | {first: managers[second], second: managers[first]}
    for place, person in before.items():
        appoint(unit=ground.units[place].pk, person=person, by=ground.by, now=ground.founded)
    changed = at(ground.days.ago(CHANGE_OF_MANAGERS), 9 * 60)
    for place in CHANGED:
        appoint(unit=ground.units[place].pk, person=managers[place], by=ground.by, now=changed)
    coach = next(seat for seat in roster(ground.seed) if seat.role is Role.COACH)
    grant_sight(
        viewer=ground.people[coach.email].pk,
        unit=ground.units["Cobalt Payments"].pk,
        purpose="Coaching of Aylin Sahin, agreed with her",
        source="coaching agreement",
        by=ground.by,
        now=at(ground.days.ago(30), 9 * 60),
        until=ground.now + timedelta(days=60),
    )


def _offer(ground: Ground) -> None:
    by_line = {line: [good.name for good in GOODS if good.line == line] for line in LINES}
    ground.products = {product.name: product for product in add_products(by_line, by=ground.by)}
    for edition, since in ((1, ground.founded.date()), (2, ground.days.today - timedelta(days=SECOND_EDITION))):
        prices = [
            NewPrice(
                product=ground.products[good.name],
                list_price=good.price_in(edition),
                floor=(good.price_in(edition) * good.floor).quantize(Decimal("0.01")),
                cost=(good.price * good.cost).quantize(Decimal("0.01")),
            )
            for good in GOODS
        ]
        issue_price_list(name=PRICE_LIST, currency="EUR", since=since, prices=prices, by=ground.by)
    process = issue_process("Selling", SELLING, since=ground.founded.date(), by=ground.by)
    ground.steps = list(Step.objects.in_network(ground.by).filter(process=process).order_by("place"))


def _stand(ground: Ground, seat: Seat) -> None:
    """The side on which a person's rows stand, and the person as an actor through a page, with the sight of today."""
    unit, person = ground.units[seat.place], ground.people[seat.email].pk
    ground.sides[seat.email] = Whose(unit=unit.pk, person=person, organization=unit.organization_id, zone=unit.zone)
    ground.actors[seat.email] = Actor(scope_of(ground.by.network, person, ground.now), Door.PAGE)
