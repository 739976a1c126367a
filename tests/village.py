"""The one hand-written cast: who works where, who holds what. Tests, documentation and screenshots use the same people.

Hafen Vertrieb (the firm; director Dora)
├── Cobalt Payments (project for the client Cobalt; manager Aylin; sellers Noor, Ben)
│   └── Callwerk (partner; admin Paula, seller Piet)
└── Delta Fasteners (project for the client Delta; manager Jonas; seller Sven)
    └── Nordpart (partner; admin Astrid, seller Arvid)
Clara (client Cobalt), Conny (coach), Luis (support lead), Stefan (steward), Rita (left), Ines (invited, no role yet)
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from bailiwick.kit import Actor, Door, Role
from bailiwick.network.commands import (
    add_members,
    add_organizations,
    add_people,
    add_units,
    appoint,
    found_network,
    leave,
    open_access,
)
from bailiwick.network.commands.people import NewMember
from bailiwick.network.commands.setting_up import NewUnit
from bailiwick.network.models import Login, Person, Unit
from bailiwick.network.queries import scope_of
from bailiwick.offer.commands import NewPrice, add_products, issue_price_list
from bailiwick.offer.models import Product, SalesLine
from bailiwick.pipeline.commands import NewActivity, NewOpportunity, NewStep, issue_process, log_activities, open_opportunities
from bailiwick.pipeline.models import Opportunity
from bailiwick.territories.commands import Whose, add_accounts, add_contacts, hold
from bailiwick.territories.models import Account

# Nine o'clock of the day that it is where the units are, or now while it is earlier: what happened lies behind the pages' clock.
_CLOCK = datetime.now(UTC).replace(second=0, microsecond=0)
NOW = min(datetime.combine(_CLOCK.astimezone(ZoneInfo("Europe/Berlin")).date(), time(9), UTC), _CLOCK)
TODAY = NOW.astimezone(ZoneInfo("Europe/Berlin")).date()  # which is not that of Greenwich for an hour or two each night
FOUNDED = NOW - timedelta(days=400)
PASSWORD = "a long enough word"
STEPS = ("Prospect", "First appointment", "Proposal", "Close")

PEOPLE: dict[str, tuple[str, str, Role | None]] = {
    "dora": ("Dora Lang", "firm", Role.DIRECTOR),
    "aylin": ("Aylin Sahin", "cobalt", None),
    "noor": ("Noor Haddad", "cobalt", Role.SELLER),
    "ben": ("Ben Okafor", "cobalt", Role.SELLER),
    "jonas": ("Jonas Prinz", "delta", None),
    "sven": ("Sven Berg", "delta", Role.SELLER),
    "paula": ("Paula Kern", "callwerk", Role.PARTNER_ADMIN),
    "piet": ("Piet Vos", "callwerk", Role.PARTNER_SELLER),
    "astrid": ("Astrid Holm", "nordpart", Role.PARTNER_ADMIN),
    "arvid": ("Arvid Nyman", "nordpart", Role.PARTNER_SELLER),
    "clara": ("Clara Voigt", "cobalt client", Role.CLIENT),
    "conny": ("Conny Maas", "firm", Role.COACH),
    "luis": ("Luis Ortega", "firm", Role.SUPPORT_LEAD),
    "stefan": ("Stefan Roth", "firm", Role.STEWARD),
    "rita": ("Rita Weiss", "cobalt", Role.SELLER),
    "ines": ("Ines Roth", "cobalt", None),
}
# Who holds which companies.
HELD: dict[str, tuple[str, ...]] = {
    "noor": ("Hafen Logistik GmbH", "Arno Papier AG", "Kranbau Weiss GmbH", "Lindhall AB"),
    "ben": ("Brauhaus Mitte", "Blech und Bau KG"),
    "sven": ("Schrauben Sander", "Stahlhof Süd"),
    "piet": ("Papierfabrik Pirna", "Pumpen Pohl"),
    "arvid": ("Arendal Marine", "Aker Tools"),
}


@dataclass
class Village:
    """The network with its people by first name, units, accounts and opportunities by name."""

    by: Actor
    people: dict[str, Person] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    organizations: dict[str, UUID] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    deals: dict[str, Opportunity] = field(default_factory=dict)
    products: list[Product] = field(default_factory=list)
    line: SalesLine | None = None

    def actor(self, name: str, now: datetime = NOW) -> Actor:
        """This person, acting through a page, with the scope of `now`."""
        return Actor(scope_of(self.by.network, self.people[name].pk, now), Door.PAGE)

    def login(self, name: str) -> Login:
        """The login of this person."""
        return Login.objects.get(email=f"{name}@village.example")

    def side(self, name: str) -> Whose:
        """Where this person's rows stand."""
        unit = self.units[PEOPLE[name][1]]
        return Whose(unit=unit.pk, person=self.people[name].pk, organization=unit.organization_id, zone=unit.zone)


def settle(slug: str = "village") -> Village:
    """The whole cast; the running transaction is inside the network from now on."""
    by, root = found_network(slug=slug, name="Hafen Vertrieb", now=FOUNDED)
    village = Village(by)
    village.units["firm"] = root
    _organizations(village, root)
    _people(village)
    _offer(village)
    for name, companies in HELD.items():
        _patch(village, name, companies)
    return village


def _organizations(village: Village, root: Unit) -> None:
    named = (("cobalt client", "client"), ("delta client", "client"), ("callwerk", "partner"), ("nordpart", "partner"))
    rows = add_organizations([(name.title(), kind) for name, kind in named], by=village.by)
    village.organizations = {name: row.pk for (name, _), row in zip(named, rows, strict=True)}
    village.organizations["firm"] = root.organization_id
    projects = [
        NewUnit(name="Cobalt Payments", kind="project", parent=root.pk, client=village.organizations["cobalt client"]),
        NewUnit(name="Delta Fasteners", kind="project", parent=root.pk, client=village.organizations["delta client"]),
    ]
    cobalt, delta = add_units(projects, by=village.by, now=FOUNDED)
    partners = [
        NewUnit(name="Callwerk", kind="partner", parent=cobalt.pk, organization=village.organizations["callwerk"]),
        NewUnit(name="Nordpart", kind="partner", parent=delta.pk, organization=village.organizations["nordpart"]),
    ]
    callwerk, nordpart = add_units(partners, by=village.by, now=FOUNDED)
    village.units |= {"cobalt": cobalt, "delta": delta, "callwerk": callwerk, "nordpart": nordpart, "cobalt client": cobalt}


def _people(village: Village) -> None:
    for first, (name, place, role) in PEOPLE.items():
        unit = village.units[place]
        organization = village.organizations["cobalt client"] if place == "cobalt client" else unit.organization_id
        card = [{"name": name, "email": f"{first}@village.example"}]
        person = add_people(card, organization=organization, unit=unit.pk, by=village.by, now=FOUNDED)[0]
        village.people[first] = person
        if role is not None:
            add_members([NewMember(person=person.pk, unit=unit.pk, role=role)], by=village.by, now=FOUNDED)
        open_access(person=person.pk, email=f"{first}@village.example", password=None, by=village.by, now=FOUNDED)
    managers = {"firm": "dora", "cobalt": "aylin", "delta": "jonas", "callwerk": "paula", "nordpart": "astrid"}
    for place, first in managers.items():
        appoint(unit=village.units[place].pk, person=village.people[first].pk, by=village.by, now=FOUNDED)
    leave(person=village.people["rita"].pk, shares={}, by=village.by, now=NOW - timedelta(days=1))


def _offer(village: Village) -> None:
    village.products = add_products({"Payments": ["Terminal", "Gateway", "Support plan"]}, by=village.by)
    village.line = village.products[0].line
    prices = [
        NewPrice(product=product, list_price=Decimal(price), floor=Decimal(price) * 8 / 10, cost=Decimal(price) * 6 / 10)
        for product, price in zip(village.products, (100, 1000, 50), strict=True)
    ]
    issue_price_list(name="List", currency="EUR", since=FOUNDED.date(), prices=prices, by=village.by)
    steps = [NewStep(name=name, usual_days=14) for name in STEPS]
    issue_process("Selling", steps, since=FOUNDED.date(), by=village.by)


def _patch(village: Village, name: str, companies: tuple[str, ...]) -> None:
    side, by = village.side(name), village.actor(name)
    assert village.line is not None
    rows = add_accounts([{"name": company, "city": "Hamburg"} for company in companies], whose=side, by=by, now=NOW)
    village.accounts |= {row.name: row for row in rows}
    hold([row.pk for row in rows], line=village.line.pk, whose=side, by=by, now=NOW)
    add_contacts(rows[0].pk, [{"name": f"Petra {name.title()}", "email": "petra@example.com"}], whose=side, by=by, now=NOW)
    today = TODAY
    new = [
        NewOpportunity(
            title=f"{row.name} terminals",
            account=row.pk,
            value=Decimal(10_000 + 1000 * place),
            currency="EUR",
            expected=_close(today, place),
            entered=today - timedelta(days=30),
        )
        for place, row in enumerate(rows)
    ]
    deals = open_opportunities(new, whose=side, by=by, now=NOW)
    village.deals |= {deal.title: deal for deal in deals}
    done = NewActivity(kind="call", text=f"{name} called about terminals", account=rows[0].pk, opportunity=deals[0].pk, day=today)
    plan = NewActivity(kind="call", text=f"{name} calls again", account=rows[0].pk, opportunity=deals[0].pk, due=today)
    log_activities([done, plan], whose=side, by=by, now=NOW)


def _close(today: date, place: int) -> date | None:
    """The first closes in three weeks, the second lapsed yesterday, the third is undated, the fourth closes today."""
    return (today + timedelta(days=21), today - timedelta(days=1), None, today)[place % 4]
