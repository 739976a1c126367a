"""The network that is measured: the village of the tests, and many deals in the unit of its manager Aylin."""

import time
from datetime import timedelta
from decimal import Decimal

from django.db import transaction

from bailiwick.kit import Role
from bailiwick.network.commands import add_members, add_people
from bailiwick.network.commands.people import NewMember
from bailiwick.pipeline.commands import NewOpportunity, open_opportunities
from bailiwick.tenancy.within import within
from bailiwick.territories.commands import Whose, add_accounts
from bench.home import Say
from tests.village import FOUNDED, NOW, TODAY, Village, settle

DEALS, AT_ONCE = 20_000, 500
COMPANIES = 1_000
TOWNS = ("Hamburg", "Bremen", "Kiel", "Rostock", "Leer")
MORE_SELLERS = ("Ada Quist", "Bo Lind", "Cem Aksoy", "Dana Ilic", "Emil Horn", "Fee Marx", "Gil Sommer", "Hanna Roos")


def fill(say: Say, deals: int = DEALS) -> Village:
    """Ten sellers of one unit with so many undecided deals: nine in ten to close within two years, one in ten undated."""
    with transaction.atomic():
        village = settle("bench")
        sides = [*(village.side(name) for name in ("noor", "ben")), *_more_sellers(village)]
    began = time.monotonic()
    with within(village.by.network):
        accounts = _companies(village, sides)
    for start in range(0, deals, AT_ONCE):
        with within(village.by.network):
            number = start // AT_ONCE % len(sides)
            new = [_deal(place, accounts[number]) for place in range(start, min(start + AT_ONCE, deals))]
            open_opportunities(new, whose=sides[number], judged=True, by=village.by, now=NOW)
    took = time.monotonic() - began
    say(f"{deals:,} opportunities of {len(sides)} sellers opened in {took:.1f} s ({deals / took:,.0f} a second)")
    return village


def _more_sellers(village: Village) -> list[Whose]:
    unit = village.units["cobalt"]
    cards = [{"name": name, "email": ""} for name in MORE_SELLERS]
    people = add_people(cards, organization=unit.organization_id, unit=unit.pk, by=village.by, now=FOUNDED)
    members = [NewMember(person=person.pk, unit=unit.pk, role=Role.SELLER) for person in people]
    add_members(members, by=village.by, now=FOUNDED)
    return [Whose(unit=unit.pk, person=person.pk, organization=unit.organization_id, zone=unit.zone) for person in people]


def _companies(village: Village, sides: list[Whose]) -> list[list[object]]:
    """The companies of each seller."""
    share = COMPANIES // len(sides)
    held = []
    for number, side in enumerate(sides):
        cards = [{"name": f"Works {number}-{place} GmbH", "city": TOWNS[place % len(TOWNS)]} for place in range(share)]
        held.append([row.pk for row in add_accounts(cards, whose=side, by=village.by, now=NOW, judged=True)])
    return held


def _deal(place: int, accounts: list) -> NewOpportunity:
    today = TODAY
    return NewOpportunity(
        title=f"{place % 90 + 3} terminals, site {place}",
        account=accounts[place * 7 % len(accounts)],
        value=Decimal(2_000 + place * 37 % 90_000),
        currency="EUR",
        expected=None if place % 10 == 9 else today + timedelta(days=1 + place * 13 % 700),
        entered=today - timedelta(days=place % 60),
        step=1 + place % 4,
    )
