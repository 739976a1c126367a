"""What the stored rows say about each question of the setup. None: the question is not open."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q
from django.db.models.functions import Coalesce

from bailiwick.exchange.rules.proposals.callers import Worker, caller
from bailiwick.exchange.rules.proposals.currency import Proposed, proposed
from bailiwick.exchange.rules.proposals.floors import Given, floor_share, given
from bailiwick.kit import Actor, Scope
from bailiwick.network.models import Person
from bailiwick.offer.models import Price, PriceList
from bailiwick.pipeline.models import Activity, Line, Opportunity
from bailiwick.pipeline.rules.amounts import Sold, discount
from bailiwick.tenancy.models import Network
from bailiwick.territories.answers import sides_of
from bailiwick.territories.commands import Whose
from bailiwick.territories.models import Account, Holding

NOBODY = "not assigned"  # the key under which an import enters the owner of rows that name none


@dataclass(frozen=True, slots=True)
class NoCurrency:
    """Amounts that nobody can add up: opportunities with a value, and price lists, without a currency."""

    deals: int
    lists: int
    proposal: Proposed | None


def without_currency(viewer: Scope) -> NoCurrency | None:
    """Amounts without a currency, and which one they seem to be in."""
    stated = Counter(
        dict(
            Opportunity.objects.seen_by(viewer)
            .filter(value__isnull=False)
            .values_list("currency")
            .annotate(n=Count("pk"))
            .order_by()
        )
    )
    lists = PriceList.objects.seen_by(viewer).filter(currency="").count()
    deals = stated.pop("", 0)
    if not deals and not lists:
        return None
    own = Network.objects.values_list("currency", flat=True).get(pk=viewer.network)
    named = Account.objects.seen_by(viewer).filter(archived=None).exclude(country="")
    countries = dict(named.values_list("country").annotate(n=Count("pk")).order_by())
    return NoCurrency(deals, lists, proposed(own, stated, countries))


@dataclass(frozen=True, slots=True)
class NoFloors:
    """The price lists in which products have no floor, and the discounts that were given on them.

    `share` of the list price is what a floor would keep; `seal` stands for this proposal: what was looked at is what is done.
    """

    lists: Sequence[PriceList]
    prices: int
    given: Given

    @property
    def share(self) -> Decimal:
        return floor_share(self.given.nearly_all)

    @property
    def seal(self) -> str:
        return str(self.given.nearly_all)


def without_floors(viewer: Scope) -> NoFloors | None:
    """Newest editions without floors, where enough won deals tell what is usual. Deals of any currency: shares have none."""
    bare = Price.objects.seen_by(viewer).filter(price_list__until=None, floor=None, product__archived=None)
    by_list = dict(bare.values_list("price_list").annotate(n=Count("pk")).order_by())
    if not by_list:
        return None
    found = given(discounts(viewer))
    lists = PriceList.objects.seen_by(viewer).filter(pk__in=by_list).order_by("name")
    return NoFloors(list(lists), sum(by_list.values()), found) if found else None


def discounts(viewer: Scope) -> list[Decimal]:
    """The discount of each won deal of which every line has a price and a list price."""
    rows = Line.objects.seen_by(viewer).filter(opportunity__outcome=Opportunity.Outcome.WON)
    deals: dict[UUID, list[Sold]] = defaultdict(list)
    for deal, quantity, price, listed in rows.values_list("opportunity", "quantity", "price", "price_version__list_price"):
        deals[deal].append(Sold(quantity, price, listed, None))
    return [share for lines in deals.values() if (share := discount(lines)) is not None]


@dataclass(frozen=True, slots=True)
class Contested:
    """Companies that nobody holds because several work there, and who would get each.

    `choices`: a person by company; `sides`: where each of these people sells; `unsettled`: companies on which nobody who is
    still here works. `seal` stands for exactly these choices: what was looked at is what is done.
    """

    companies: int
    choices: Mapping[UUID, UUID]
    sides: Mapping[UUID, Whose]
    names: Mapping[UUID, str]

    @property
    def unsettled(self) -> int:
        return self.companies - len(self.choices)

    @property
    def gets(self) -> Sequence[tuple[str, int]]:
        """Each person by name, with the number of companies; those who would get most first."""
        counts = Counter(self.choices.values())
        return sorted(((self.names[person], n) for person, n in counts.items()), key=lambda one: (-one[1], one[0]))

    @property
    def seal(self) -> str:
        told = ",".join(sorted(f"{account}:{person}" for account, person in self.choices.items()))
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def contested(by: Actor) -> Contested | None:
    """The contested companies with a proposal for each: a bounded number of queries however many there are."""
    viewer = by.scope
    held = Holding.objects.seen_by(viewer).filter(contested=True, until=None, account__archived=None)
    accounts = set(held.values_list("account", flat=True))
    if not accounts:
        return None
    workers = _workers(viewer, accounts)
    people = {worker.person for there in workers.values() for worker in there}
    here = Person.objects.seen_by(viewer).filter(pk__in=people, left=None, erased=None, program=False)
    here = here.exclude(source_id=NOBODY)
    names = dict(here.values_list("pk", "name"))
    sides = sides_of(names.keys(), by)
    able = {account: caller(one for one in there if one.person in sides) for account, there in workers.items()}
    return Contested(len(accounts), {account: who for account, who in able.items() if who}, sides, names)


def _workers(viewer: Scope, accounts: set[UUID]) -> Mapping[UUID, Sequence[Worker]]:
    """Who works or worked on each account: open deals that can be believed, newest contact, newest deal."""
    still = Q(outcome=Opportunity.Outcome.OPEN, stale_on_arrival=False)
    deals = (
        Opportunity.objects.seen_by(viewer)
        .filter(account__in=accounts)
        .values_list("account", "person")
        .annotate(open=Count("pk", filter=still), newest=Max(Coalesce("decided", "entered")))
        .order_by()
    )
    done = Activity.objects.seen_by(viewer).filter(account__in=accounts, done__isnull=False)
    spoke: dict[Any, date] = {
        (account, person): day
        for account, person, day in done.values_list("account", "person").annotate(day_done=Max("day")).order_by()
    }
    found: dict[UUID, list[Worker]] = defaultdict(list)
    for account, person, n, newest in deals:
        found[account].append(Worker(person, n, spoke.pop((account, person), None), newest))
    for (account, person), day in spoke.items():
        found[account].append(Worker(person, 0, day))
    return found
