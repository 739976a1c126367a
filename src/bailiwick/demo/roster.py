"""Who works where in the demo: projects with their clients, partner firms, and every person with a seat."""

from dataclasses import dataclass
from functools import lru_cache

from bailiwick.demo.chance import source
from bailiwick.demo.names import PeopleNames, address_of
from bailiwick.kit import Role

FIRM = "Hafen Vertrieb"
SEED = 20


@dataclass(frozen=True, slots=True)
class Project:
    """A client's assignment to the firm. `home` is where its territories lie, `rotates` whether sellers swap them."""

    name: str
    client: str
    line: str
    goal: str
    home: str
    rotates: bool


@dataclass(frozen=True, slots=True)
class Partner:
    """A firm with people of its own that sells below a project."""

    name: str
    legal: str
    project: str
    sellers: int


@dataclass(frozen=True, slots=True)
class Seat:
    """A person in a unit: `place` names the unit, `organization` the person's own company, `email` the person."""

    name: str
    place: str
    organization: str
    role: Role

    @property
    def email(self) -> str:
        return address_of(self.name)


PROJECTS = (
    Project("Cobalt Payments", "Cobalt Payments SE", "Payments",
            "400 shops on Cobalt terminals by the end of the year, none below floor price.", "north", True),
    Project("Delta Fasteners", "Delta Befestigung GmbH", "Industrial supply",
            "Frame contracts with 60 steel builders, margin above 35%.", "nordic", True),
    Project("Lumen Checkout", "Lumen Kassa AB", "Payments",
            "Be in every third café and bakery of the ten largest cities.", "nordic", True),
    Project("Tresor Pay", "Tresor Pay B.V.", "Payments",
            "Win back the 120 hotels that left for a cheaper offer.", "west", False),
    Project("Orbita Terminals", "Orbita Pagamenti S.p.A.", "Payments",
            "Opening of the southern market: 150 first customers.", "south", True),
    Project("Brenner Hoists", "Brenner Hebetechnik AG", "Industrial supply",
            "Two new hoists a week and a service plan with every second one.", "alps", False),
    Project("Kallio Pumps", "Kallio Pumput Oy", "Industrial supply",
            "Replace 300 old pumps before the new energy rules hold.", "nordic", False),
    Project("Vistula Bearings", "Vistula Łożyska Sp. z o.o.", "Industrial supply",
            "Second supplier at 80 machine builders.", "east", True),
    Project("Nordlicht Planner", "Nordlicht Software GmbH", "Software",
            "Recurring revenue of a million, cancellations below 5%.", "north", True),
    Project("Atelier Bookings", "Atelier Réservations SAS", "Software",
            "Fill the pipeline for the spring season.", "west", True),
    Project("Cedro Cloud", "Cedro Nube S.L.", "Software",
            "40 mid-sized companies moved over, each a reference.", "south", False),
    Project("Fjord Analytics", "Fjord Analyse AS", "Software",
            "First appointments with every port and shipping line of the north.", "nordic", True),
)  # fmt: skip
PARTNERS = (
    Partner("Callwerk", "Callwerk GmbH", "Cobalt Payments", 3),
    Partner("Nordpart", "Nordpart AB", "Delta Fasteners", 4),
    Partner("Adria Vendite", "Adria Vendite S.r.l.", "Orbita Terminals", 3),
    Partner("Alpenkontakt", "Alpenkontakt KG", "Brenner Hoists", 2),
    Partner("Polska Linia", "Polska Linia Sp. z o.o.", "Vistula Bearings", 4),
    Partner("Baltic Reach", "Baltic Reach OÜ", "Kallio Pumps", 2),
    Partner("Télévente Loire", "Télévente Loire SARL", "Atelier Bookings", 3),
    Partner("Ventas Sur", "Ventas Sur S.L.", "Cedro Cloud", 3),
)
OWN_SELLERS = 3
# People whom pages, tests and pictures know by name; the first of a place and role takes its first seat.
KNOWN: dict[tuple[str, Role], tuple[str, ...]] = {
    (FIRM, Role.DIRECTOR): ("Dora Lang",),
    (FIRM, Role.COACH): ("Conny Maas",),
    (FIRM, Role.SUPPORT_LEAD): ("Luis Ortega",),
    (FIRM, Role.STEWARD): ("Stefan Roth",),
    ("Cobalt Payments", Role.MANAGER): ("Aylin Sahin",),
    ("Cobalt Payments", Role.SELLER): ("Noor Haddad", "Ben Okafor"),
    ("Cobalt Payments", Role.CLIENT): ("Clara Voigt",),
    ("Delta Fasteners", Role.MANAGER): ("Jonas Prinz",),
    ("Delta Fasteners", Role.SELLER): ("Sven Berg",),
    ("Callwerk", Role.PARTNER_ADMIN): ("Paula Kern",),
    ("Callwerk", Role.PARTNER_SELLER): ("Piet Vos",),
    ("Nordpart", Role.PARTNER_ADMIN): ("Astrid Holm",),
    ("Nordpart", Role.PARTNER_SELLER): ("Arvid Nyman",),
}


@lru_cache(maxsize=4)
def roster(seed: int = SEED) -> tuple[Seat, ...]:
    """Every person with a seat, in the order of the tree. The manager's role stands for the appointment."""
    names = PeopleNames(source(seed, "people"), [name for known in KNOWN.values() for name in known])
    seats: list[Seat] = []

    def sit(place: str, organization: str, role: Role, count: int = 1) -> None:
        known = KNOWN.get((place, role), ())
        named = (known[n] if n < len(known) else names.next() for n in range(count))
        seats.extend(Seat(name, place, organization, role) for name in named)

    for role in (Role.DIRECTOR, Role.COACH, Role.SUPPORT_LEAD, Role.STEWARD):
        sit(FIRM, FIRM, role)
    for project in PROJECTS:
        sit(project.name, FIRM, Role.MANAGER)
        sit(project.name, FIRM, Role.SELLER, OWN_SELLERS)
        sit(project.name, project.client, Role.CLIENT)
    for partner in PARTNERS:
        sit(partner.name, partner.legal, Role.PARTNER_ADMIN)
        sit(partner.name, partner.legal, Role.PARTNER_SELLER, partner.sellers)
    return tuple(seats)


def project_of(place: str) -> Project:
    """The project of a unit: itself, or the one above a partner."""
    above = {partner.name: partner.project for partner in PARTNERS}.get(place, place)
    return next(project for project in PROJECTS if project.name == above)


def sellers(seed: int = SEED) -> tuple[Seat, ...]:
    """Those who sell, the firm's own and the partners'."""
    return tuple(seat for seat in roster(seed) if seat.role in (Role.SELLER, Role.PARTNER_SELLER))
