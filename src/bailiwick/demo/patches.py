"""Territories, the companies in them with their contacts and holders, and what happens when sellers swap territories."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from bailiwick.demo.days import at
from bailiwick.demo.founding import Ground
from bailiwick.demo.names import CompanyNames, PeopleNames
from bailiwick.demo.names.companies import Company
from bailiwick.demo.names.people import plain
from bailiwick.demo.roster import project_of, roster
from bailiwick.demo.truth import Assignment, Truth
from bailiwick.kit import Role
from bailiwick.ledger.asking import Held
from bailiwick.territories import answers
from bailiwick.territories.commands import add_accounts, add_contacts_many, add_territories, hold, state_potential
from bailiwick.territories.models import Account, Holding

POSITIONS = ("purchasing", "managing director", "operations", "head of finance", "owner", "technical lead", "store manager")
HOUSE_ACCOUNTS = 4
BESIDE = 12


@dataclass
class Patches:
    """Companies by territory or, for those who work none, by person; rows by the companies' names.

    `contacts` and `names` are the contact of a company, where it has one.
    """

    companies: dict[str, list[str]] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    contacts: dict[str, UUID] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


def settle(ground: Ground, truth: Truth, *, companies: int, contacts: float) -> Patches:
    """Every territory has its potential as stated and about `companies` accounts, held by whoever works it first.

    `contacts` is the share of accounts with a contact.
    """
    patches, names = Patches(), CompanyNames(ground.part("companies"))
    random = ground.part("patches")
    territories = _territories(ground, truth)
    first = {held.territory: held.email for held in truth.assignments if held.since >= 700}
    for area in truth.territories:
        cards = [names.next(random.choice(area.cities), area.country) for _ in range(max(1, companies + random.randrange(-1, 2)))]
        _enter(ground, patches, area.name, first[area.name], cards, territories[area.name])
    for seat in roster(ground.seed):
        if seat.role in (Role.MANAGER, Role.PARTNER_ADMIN):
            area = next(one for one in truth.territories if one.unit == seat.place)
            cards = [names.next(random.choice(area.cities), area.country) for _ in range(HOUSE_ACCOUNTS)]
            _enter(ground, patches, seat.email, seat.email, cards, None)
    _beside(ground, patches, truth, random)
    _people_there(ground, patches, contacts)
    return patches


def _territories(ground: Ground, truth: Truth) -> dict[str, UUID]:
    new = [(area.name, ", ".join(area.cities), ground.units[area.unit].pk) for area in truth.territories]
    rows = {row.name: row for row in add_territories(new, by=ground.by)}
    stated = [
        (rows[area.name], Decimal(amount), "EUR", ground.days.today - timedelta(days=back), source)
        for area in truth.territories
        for back, amount, source in area.stated
    ]
    state_potential(stated, by=ground.by)
    return {name: row.pk for name, row in rows.items()}


def _enter(
    ground: Ground, patches: Patches, patch: str, email: str, companies: Sequence[Company], territory: UUID | None
) -> None:
    cards = [
        {
            "name": one.name,
            "website": one.website,
            "city": one.city,
            "country": one.country,
            "sector": one.sector,
            "territory": territory,
        }
        for one in companies
    ]
    side, by = ground.sides[email], ground.actors[email]
    rows = add_accounts(cards, whose=side, by=by, now=ground.founded, judged=True)
    line = ground.line(project_of(ground.seat(email).place).line)
    hold([row.pk for row in rows], line=line, whose=side, by=by, now=ground.founded, judged=True)
    patches.companies[patch] = [row.name for row in rows]
    patches.accounts |= {row.name: row for row in rows}


def _beside(ground: Ground, patches: Patches, truth: Truth, random: Random) -> None:
    """Some companies have a caller in a second sales line too: another seller of another project."""
    for area in random.sample(truth.territories, min(BESIDE, len(truth.territories))):
        account = patches.accounts[random.choice(patches.companies[area.name])]
        own = project_of(area.unit).line
        others = [one for one in truth.sellers if project_of(one.project).line != own]
        other = random.choice(others)
        line = ground.line(project_of(other.project).line)
        hold(
            [account.pk],
            line=line,
            whose=ground.sides[other.email],
            by=ground.actors[other.email],
            now=ground.founded,
            judged=True,
        )


def _people_there(ground: Ground, patches: Patches, share: float) -> None:
    random = ground.part("contacts")
    names = PeopleNames(random)
    holders = {row.account_id: row.person_id for row in Holding.objects.in_network(ground.by).filter(until=None)}
    sides = {side.person: side for side in ground.sides.values()}
    cards = []
    for account in patches.accounts.values():
        if random.random() > share:
            continue
        name = names.customer()
        email = f"{plain(name).replace('-', '.')}@{account.domain}"
        card = {"name": name, "position": random.choice(POSITIONS), "email": email}
        cards.append((account.pk, sides[holders[account.pk]], card))
        patches.names[account.name] = name
    rows = {row.account_id: row for row in add_contacts_many(cards, by=ground.by, now=ground.founded)}
    patches.contacts = {name: rows[patches.accounts[name].pk].pk for name in patches.names}


def swap(ground: Ground, patches: Patches, begun: Sequence[Assignment]) -> None:
    """The companies of these territories go to who works them from now on; the director records it."""
    now = at(ground.days.ago(begun[0].since), 8 * 60)
    receivers = {
        patches.accounts[company].pk: ground.people[held.email].pk
        for held in begun
        for company in patches.companies[held.territory]
    }
    lines = {
        patches.accounts[company].pk: ground.line(project_of(ground.seat(held.email).place).line)
        for held in begun
        for company in patches.companies[held.territory]
    }
    rows = Holding.objects.in_network(ground.by).filter(account__in=receivers, until=None)
    things = [
        (Held("account", row.pk, "", row.unit_id), receivers[row.account_id])
        for row in rows
        if row.line_id == lines[row.account_id]
    ]
    answers.hand_over(things, ground.by, now)
