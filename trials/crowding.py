"""A hundred people in the network of a home: the cast, six more projects, four more partners, and deals of all who sell."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from trials.inside import session_of

PROJECTS, SELLERS, PARTNERS, PARTNER_SELLERS = 6, 12, 4, 2
COMPANIES, AT_ONCE, SHOWN = 20, 1000, 12
TOWNS = ("Hamburg", "Bremen", "Kiel", "Rostock", "Leer")


def settle_crowd(deals: int) -> list[dict[str, Any]]:
    """Who signs in with which cookie and which token, what they are, and deals and companies of theirs."""
    from django.db import transaction

    from tests.village import PEOPLE, settle

    with transaction.atomic():
        village = settle()
        cast = ("dora", "aylin", "noor", "ben", "jonas", "sven", "paula", "piet", "astrid", "arvid")
        people = [(village.people[name].pk, PEOPLE[name][1], _role(name)) for name in cast]
        people += _more(village)
        _entered(village, [who for who, _, role in people[len(cast) :]])
    selling = [(who, place) for who, place, role in people if role == "seller"]
    work = _worked(village, selling, deals)
    return [_told(village, who, role, work.get(who) or _near(work, selling, place)) for who, place, role in people]


def _role(name: str) -> str:
    return {"dora": "director", "aylin": "manager", "jonas": "manager", "paula": "admin", "astrid": "admin"}.get(name, "seller")


def _more(village: Any) -> list[tuple[UUID, str, str]]:
    from bailiwick.kit import Role
    from bailiwick.network.commands import add_organizations, add_units
    from bailiwick.network.commands.setting_up import NewUnit
    from tests.village import FOUNDED

    by, root, found = village.by, village.units["firm"].pk, []
    projects = [NewUnit(name=f"Project {number}", kind="project", parent=root) for number in range(PROJECTS)]
    for number, unit in enumerate(add_units(projects, by=by, now=FOUNDED)):
        village.units[unit.name] = unit
        found += _staff(village, unit.name, Role.MANAGER, Role.SELLER, SELLERS)
        if number < PARTNERS:
            firm = add_organizations([(f"Partner {number}", "partner")], by=by)[0].pk
            new = NewUnit(name=f"Partner {number}", kind="partner", parent=unit.pk, organization=firm)
            (partner,) = add_units([new], by=by, now=FOUNDED)
            village.units[partner.name] = partner
            found += _staff(village, partner.name, Role.PARTNER_ADMIN, Role.PARTNER_SELLER, PARTNER_SELLERS)
    return found


def _staff(village: Any, place: str, first: Any, others: Any, how_many: int) -> list[tuple[UUID, str, str]]:
    """Somebody who answers for the unit, and so many who sell in it."""
    from bailiwick.kit import Role
    from bailiwick.network.commands import add_members, add_people, appoint
    from bailiwick.network.commands.people import NewMember
    from tests.village import FOUNDED

    unit, by = village.units[place], village.by
    names = [f"{place} {number}" for number in range(how_many + 1)]
    cards = [{"name": name, "email": f"{name.replace(' ', '.').lower()}@village.example"} for name in names]
    people = add_people(cards, organization=unit.organization_id, unit=unit.pk, by=by, now=FOUNDED)
    roles = [others] * how_many if first is Role.MANAGER else [first, *[others] * how_many]
    members = [NewMember(person=row.pk, unit=unit.pk, role=role) for row, role in zip(people[-len(roles) :], roles, strict=True)]
    add_members(members, by=by, now=FOUNDED)
    appoint(unit=unit.pk, person=people[0].pk, by=by, now=FOUNDED)
    answers_for = "manager" if first is Role.MANAGER else "admin"
    return [(row.pk, place, "seller" if number else answers_for) for number, row in enumerate(people)]


def _entered(village: Any, people: list[UUID]) -> None:
    from bailiwick.network.commands import open_access
    from bailiwick.network.models import Person
    from tests.village import FOUNDED

    for row in Person.objects.in_network(village.by).filter(pk__in=people):
        open_access(person=row.pk, email=row.email, password=None, by=village.by, now=FOUNDED)


def _worked(village: Any, selling: list[tuple[UUID, str]], deals: int) -> dict[UUID, tuple[list[str], list[str]]]:
    """Deals and companies of everybody who sells: as many of each."""
    from bailiwick.pipeline.commands import open_opportunities
    from bailiwick.tenancy.within import within
    from bailiwick.territories.commands import Whose, add_accounts
    from tests.village import NOW

    work = {}
    for number, (who, place) in enumerate(selling):
        unit = village.units[place]
        side = Whose(unit=unit.pk, person=who, organization=unit.organization_id, zone=unit.zone)
        cards = [{"name": f"Works {number}-{one} GmbH", "city": TOWNS[one % len(TOWNS)]} for one in range(COMPANIES)]
        with within(village.by.network):
            accounts = [row.pk for row in add_accounts(cards, whose=side, by=village.by, now=NOW, judged=True)]
        opened: list[str] = []
        share = range(number, deals, len(selling))
        for start in range(0, len(share), AT_ONCE):
            new = [_deal(one, accounts[one % COMPANIES]) for one in share[start : start + AT_ONCE]]
            with within(village.by.network):
                rows = open_opportunities(new, whose=side, judged=True, by=village.by, now=NOW)
            opened += [str(row.pk) for row in rows[:SHOWN]]
        work[who] = (opened[:SHOWN], list(map(str, accounts[:SHOWN])))
    return work


def _deal(number: int, account: UUID) -> Any:
    from bailiwick.pipeline.commands import NewOpportunity
    from tests.village import TODAY

    return NewOpportunity(
        title=f"{number % 90 + 3} terminals, site {number}", account=account, value=Decimal(2_000 + number * 37 % 90_000),
        currency="EUR", expected=TODAY + timedelta(days=1 + number * 13 % 700), step=1 + number % 4,
    )  # fmt: skip


def _near(work: dict[UUID, Any], selling: list[tuple[UUID, str]], place: str) -> Any:
    """What somebody works on who does not sell: what a seller of the same unit does, or of any for the director."""
    return next((work[who] for who, where in selling if where == place), next(iter(work.values())))


def _told(village: Any, who: UUID, role: str, work: tuple[list[str], list[str]]) -> dict[str, Any]:
    from bailiwick.kit import Actor, Door
    from bailiwick.network.commands import give_token
    from bailiwick.network.models import Access
    from bailiwick.network.queries import scope_of
    from bailiwick.pipeline.models import Step
    from bailiwick.tenancy.within import within
    from tests.village import NOW

    with within(village.by.network):
        login = Access.objects.select_related("login").get(network=village.by.network, person=who).login
        by = Actor(scope_of(village.by.network, who, NOW), Door.PAGE)
        token = give_token(label="load", scope="write", by=by, now=NOW)[1]
        steps = [str(pk) for pk in Step.objects.in_network(village.by).order_by("place").values_list("pk", flat=True)]
    return {
        "session": session_of(login), "token": token, "role": role, "deals": work[0], "accounts": work[1], "steps": steps,
    }  # fmt: skip
