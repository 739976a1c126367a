"""What races start from: people of the village at this instant, companies that nobody holds, open deals, and counts of events."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from bailiwick.kit import Actor, Door, Role
from bailiwick.ledger.models import Entry
from bailiwick.network.commands import add_members, add_people
from bailiwick.network.commands.people import NewMember
from bailiwick.network.queries import scope_of
from bailiwick.pipeline.commands import NewOpportunity, open_opportunities
from bailiwick.tenancy.within import within
from bailiwick.territories.commands import Whose, add_accounts
from bailiwick.territories.commands.accounts import tie
from tests.village import FOUNDED, Village

CALLERS = ("noor", "ben", "piet", "sven", "arvid")


def now() -> datetime:
    """This instant."""
    return datetime.now(UTC)


def actor(village: Village, name: str) -> Actor:
    """As the door makes it: the scope of this instant, inside the network."""
    return acting(village, village.people[name].pk)


def acting(village: Village, person: UUID) -> Actor:
    """The same for somebody who is not of the cast."""
    return Actor(scope_of(village.by.network, person, now()), Door.PAGE)


def free_companies(village: Village, how_many: int) -> list[UUID]:
    """Companies that nobody holds and on which all callers may work."""
    with within(village.by.network):
        rows = add_accounts(
            [{"name": f"Free {number} {now():%H%M%S%f}"} for number in range(how_many)],
            whose=village.side("noor"),
            by=village.by,
            now=now(),
        )
        for name in CALLERS:
            tie([row.pk for row in rows], whose=village.side(name), by=village.by)
    return [row.pk for row in rows]


def deals(village: Village, how_many: int, whose: Whose | None = None) -> list[UUID]:
    """Open deals of Noor's, or of this side."""
    new = [NewOpportunity(title=f"Deal {number}", value=Decimal(1000), currency="EUR") for number in range(how_many)]
    with within(village.by.network):
        by = village.by if whose else actor(village, "noor")
        return [row.pk for row in open_opportunities(new, whose=whose, by=by, now=now())]


def newcomers(village: Village, how_many: int, *, role: Role | None = Role.SELLER, place: str = "cobalt") -> list[UUID]:
    """People without a login, with a role in a unit or with none."""
    unit = village.units[place]
    cards = [{"name": f"Newcomer {number} {now():%H%M%S%f}"} for number in range(how_many)]
    with within(village.by.network):
        rows = add_people(cards, organization=unit.organization_id, unit=unit.pk, by=village.by, now=FOUNDED)
        if role:
            add_members([NewMember(person=row.pk, unit=unit.pk, role=role) for row in rows], by=village.by, now=FOUNDED)
    return [row.pk for row in rows]


def side_of(village: Village, person: UUID, place: str = "cobalt") -> Whose:
    """Where the rows of a newcomer stand."""
    unit = village.units[place]
    return Whose(unit=unit.pk, person=person, organization=unit.organization_id, zone=unit.zone)


def entries(village: Village, kind: str, subject: UUID) -> list[Entry]:
    """Events of a kind about one row, in the order of the ledger."""
    with within(village.by.network):
        found = Entry.objects.in_network(village.by).filter(kind=kind, subject=subject)
        return list(found.order_by("moment", "seq"))


def events(village: Village, kind: str, subject: UUID) -> int:
    """How many of them there are."""
    return len(entries(village, kind, subject))
