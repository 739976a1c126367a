"""People of a source stand in the network, in a tree of teams made of who leads whom; nobody gets a login."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from string import ascii_uppercase

from django.db.models import Q

from bailiwick.exchange.commands.intake.hold import Hold
from bailiwick.exchange.models import Taken
from bailiwick.exchange.rules.records import Record
from bailiwick.kit import Role
from bailiwick.network.commands import add_members, add_people, add_units, appoint
from bailiwick.network.commands.people import NewMember
from bailiwick.network.commands.setting_up import NewUnit
from bailiwick.network.commands.vacancies import act_for_vacant
from bailiwick.network.models import Membership, Person, Unit
from bailiwick.territories.answers import sides_of
from bailiwick.territories.commands import Whose

MARK = "not assigned"
NOBODY = Record("person", "", "", 0, {"name": "Not assigned", "email": "", "phone": "", "manager": None, "office": ""})


def take_people(new: Sequence[Record], everybody: Sequence[Record], hold: Hold) -> None:
    """New people join; those of them who lead somebody get a team, the others a place in the team of who leads them."""
    firm, unit = hold.root.organization_id, hold.root.pk
    cards = _with_own_addresses([_card(record) for record in new], hold)
    rows = add_people(cards, organization=firm, unit=unit, by=hold.by, now=hold.now, source=hold.of.source)
    hold.made("person", new, rows)
    over = _chain({record.key: record.values["manager"] for record in everybody if record.values["manager"]})
    teams = _teams(over, new, everybody, hold)
    members = [
        NewMember(
            person=hold.ids["person"][record.key],
            unit=teams.get(over.get(record.key, ""), hold.root).pk,
            role=Role.SELLER,
            since=hold.since,
        )
        for record in new
        if record.key not in over.values()
    ]  # fmt: skip
    add_members(members, by=hold.by, now=hold.now)
    act_for_vacant(by=hold.by, now=hold.now)
    _place(hold)


def _place(hold: Hold) -> None:
    """Where rows of each person stand; those who have no role any more stand where they had the last one."""
    known = hold.ids.get("person", {})
    sides = sides_of(known.values(), hold.by)
    hold.sides = {key: sides[row] for key, row in known.items() if row in sides}
    without = {row for row in known.values() if row not in sides}
    past = Membership.objects.in_network(hold.by).filter(person__in=without).select_related("unit").order_by("until")
    last = {member.person_id: member.unit for member in past}
    units = {key: (row, last.get(row, hold.root)) for key, row in known.items() if row in without}
    hold.former = {
        key: Whose(unit=unit.pk, person=row, organization=unit.organization_id, zone=unit.zone)
        for key, (row, unit) in units.items()
    }


def take_nobody(hold: Hold) -> None:
    """The person to whom belongs what nobody owns: the one that is there, or another where that one was sent away."""
    there = Person.objects.in_network(hold.by).filter(source_id=MARK)
    working = there.filter(left=None, erased=None, memberships__until=None, memberships__isnull=False)
    row = working.order_by("pk").first()
    if row is None:
        there.filter(source=hold.of.source).update(source_id="")  # whoever was called so keeps what is past
        take_people([NOBODY], [NOBODY], hold)
        return
    noted = Taken.objects.in_network(hold.by).filter(row=row.pk, of__source=hold.of.source)
    if noted.exists():
        hold.ids.setdefault("person", {})[NOBODY.key] = row.pk
        hold.more(hold.unchanged, [NOBODY], 1)
    else:
        hold.met(NOBODY, row.pk)
    _place(hold)


def _with_own_addresses(cards: Sequence[Mapping[str, str]], hold: Hold) -> list[Mapping[str, str]]:
    """An address that somebody of the firm has already stays theirs: whoever else names it stands without one."""
    theirs = Person.objects.in_network(hold.by).filter(organization=hold.root.organization_id).exclude(email="")
    taken = {email.lower() for email in theirs.values_list("email", flat=True)}
    return [{**card, "email": ""} if card["email"].lower() in taken else card for card in cards]


def _card(record: Record) -> Mapping[str, str]:
    known = {name: str(record.values[name]) for name in ("name", "email", "phone")}
    return known | {"source_id": record.key or MARK}


def _teams(over: Mapping[str, str], new: Sequence[Record], everybody: Sequence[Record], hold: Hold) -> dict[str, Unit]:
    """The team of each leader by the leader's key: the unit they manage already, or a new one below who leads them."""
    leaders = list(dict.fromkeys(over.values()))
    teams = _managed(leaders, hold)
    fresh = {record.key for record in new}
    wanted = [key for key in leaders if key in fresh and key not in teams]
    offices = _offices(wanted, everybody, hold)
    names = _names(wanted, {key: unit.name for key, unit in offices.items()})
    while wanted:
        ready = [key for key in wanted if over.get(key) not in wanted]
        above = {key: teams.get(over.get(key, "")) or offices.get(key) or hold.root for key in ready}
        units = [NewUnit(name=names[key], kind="team", parent=above[key].pk, source=hold.of.source) for key in ready]
        made = add_units(units, by=hold.by, now=hold.now)
        hold.also_made("unit", made)
        for key, unit in zip(ready, made, strict=True):
            teams[key] = unit
            appoint(unit=unit.pk, person=hold.ids["person"][key], by=hold.by, now=hold.now, since=hold.since)
        wanted = [key for key in wanted if key not in ready]
    return teams


def _chain(over: Mapping[str, str]) -> dict[str, str]:
    """Who leads whom without rings: a ring in the source is opened where it closes."""
    opened: dict[str, str] = {}
    for person, leader in over.items():
        above: str | None = leader
        while above is not None and above != person:
            above = opened.get(above)
        if above is None:
            opened[person] = leader
    return opened


def _managed(leaders: Sequence[str], hold: Hold) -> dict[str, Unit]:
    """The units of the firm that leaders who were here already manage."""
    rows = {hold.ids["person"][key]: key for key in leaders if key in hold.ids.get("person", {})}
    firm = Q(unit__organization=hold.root.organization_id, unit__archived=None) & ~Q(unit__kind=Unit.Kind.PARTNER)
    found = Membership.objects.in_network(hold.by).filter(firm, person__in=rows, role=Role.MANAGER, until=None)
    return {rows[member.person_id]: member.unit for member in found.select_related("unit")}


def _offices(leaders: Sequence[str], everybody: Sequence[Record], hold: Hold) -> dict[str, Unit]:
    """The office of each leader: the one that all of their people name, made below the firm where it is not there yet."""
    named: dict[str, set[str]] = defaultdict(set)
    for record in everybody:
        for key in {record.values["manager"], record.key} & set(leaders):
            named[key].add(str(record.values.get("office") or ""))
    of = {key: max(offices) for key, offices in named.items() if len(offices - {""}) == 1}
    below = Unit.objects.in_network(hold.by).filter(parent=hold.root, kind=Unit.Kind.OFFICE, archived=None)
    units = {unit.name: unit for unit in below}
    missing = [name for name in dict.fromkeys(of.values()) if name not in units]
    new = [NewUnit(name=name, kind="office", parent=hold.root.pk, source=hold.of.source) for name in missing]
    made = add_units(new, by=hold.by, now=hold.now)
    hold.also_made("unit", made)
    units |= {unit.name: unit for unit in made}
    return {key: units[name] for key, name in of.items()}


def _names(leaders: Sequence[str], offices: Mapping[str, str]) -> dict[str, str]:
    """A name for each team that tells no person's: the office's with a letter, or a number."""
    names: dict[str, str] = {}
    count: dict[str, int] = defaultdict(int)
    for key in sorted(leaders):
        place = offices.get(key, "")
        number = count[place]
        count[place] += 1
        letter = ascii_uppercase[number] if number < len(ascii_uppercase) else str(number + 1)
        names[key] = f"{place} {letter}" if place else f"Team {number + 1}"
    return names
