"""The list of people in sight."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from bailiwick.kit import Sentence, say
from bailiwick.lists import Column, Filter, Listing, Seen, State, Takes, Thing
from bailiwick.lists.listing import Rows
from bailiwick.network.fields import MEMBER_ROLE
from bailiwick.network.models import Membership, Person
from bailiwick.network.queries import units_below, units_to_choose
from bailiwick.tenancy.words import having

ROLES = dict(MEMBER_ROLE.choices)
PROGRAM = say("service account")


def _rows(seen: Seen) -> Rows:
    return Person.objects.seen_by(seen.viewer).filter(left=None, erased=None).select_related("organization")


def _roles(rows: Sequence[Person], seen: Seen) -> None:
    """The open roles of each, in units in sight."""
    there = Membership.objects.seen_by(seen.viewer).filter(person__in=rows, until=None).select_related("unit")
    found: dict[UUID, list[Membership]] = defaultdict(list)
    for one in there.order_by("since"):
        found[one.person_id].append(one)
    for row in rows:
        row.open_roles = found[row.pk]  # type: ignore[attr-defined]


def _role(row: Any, seen: Seen) -> tuple[Sentence, ...]:
    return tuple(ROLES[role] for role in dict.fromkeys(one.role for one in row.open_roles))


def _with_role(rows: Rows, text: str, seen: Seen) -> Rows:
    there = Membership.objects.seen_by(seen.viewer).filter(until=None, role=text)
    return rows.filter(pk__in=there.values("person"))


def _of_kind(rows: Rows, text: str, seen: Seen) -> Rows:
    return rows.filter(program=text == "program")


def _in_unit(rows: Rows, unit: UUID, seen: Seen) -> Rows:
    there = Membership.objects.seen_by(seen.viewer).filter(until=None, unit__in=units_below(seen.viewer, unit))
    return rows.filter(pk__in=there.values("person"))


def _about(row: Person) -> tuple[UUID, ...]:
    return (row.pk,)


EVERYBODY = Listing(
    name="everybody",
    label=say("Everybody"),
    model=Person,
    rows=_rows,
    complete=_roles,
    columns=(
        Column(
            name="name", label=say("Name"), kind="title", order="name",
            value=lambda row, seen: Thing(row.name, "person", row.pk),
        ),
        Column(name="role", label=say("Role"), value=_role),
        Column(
            name="unit", label=say("Unit"),
            value=lambda row, seen: ", ".join(dict.fromkeys(one.unit.name for one in row.open_roles)),
        ),
        Column(
            name="kind", label=say("Kind"),
            value=lambda row, seen: State("none", PROGRAM) if row.program else say("person"),
        ),
        Column(name="email", label=say("E-mail"), value=lambda row, seen: row.email),
        Column(name="phone", label=say("Telephone"), value=lambda row, seen: row.phone, first=False),
        Column(name="organization", label=say("Organization"), value=lambda row, seen: row.organization.name, first=False),
    ),
    filters=(
        Filter(
            name="q", label=say("Words of the name"), takes=Takes.WORDS,
            keep=lambda rows, value, seen: having(rows, value, seen.viewer),
        ),
        Filter(
            name="role", label=say("Role"), takes=Takes.CHOICE, keep=_with_role,
            choices=lambda seen: MEMBER_ROLE.choices,
        ),
        Filter(
            name="kind", label=say("Kind"), takes=Takes.CHOICE, keep=_of_kind,
            choices=lambda seen: (("person", say("person")), ("program", PROGRAM)),
        ),
        Filter(name="unit", label=say("Unit, with everything below it"), takes=Takes.ID, choices=units_to_choose, keep=_in_unit),
    ),
    order="name",
    about=_about,
)  # fmt: skip
