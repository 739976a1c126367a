"""`setup`: what is still open after an import, with what the rows propose, and what works by now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bailiwick.desk.people import Place, tree
from bailiwick.exchange import evidence
from bailiwick.exchange.aims import Aims, aims
from bailiwick.exchange.commands.setting_up import Question
from bailiwick.exchange.counting import counts
from bailiwick.exchange.evidence import Contested, NoCurrency, NoFloors
from bailiwick.exchange.models import SetupAnswer
from bailiwick.exchange.rules.proposals.heads import Head, Team, heads, leader, only_manager_below
from bailiwick.exchange.rules.readiness import Ready, readiness
from bailiwick.kit import Actor, Role, Scope
from bailiwick.network.models import Person
from bailiwick.network.queries import Member


@dataclass(frozen=True, slots=True)
class Units:
    """The tree as it stands; for units without a manager whom the rows propose, and who could be it at all."""

    places: Sequence[Place]
    proposed: Mapping[UUID, UUID]
    able: Sequence[Member]


@dataclass(frozen=True, slots=True)
class Directing:
    """Who leads whom without being led, whom the rows propose, and everybody who could direct."""

    heads: Sequence[Head]
    proposed: UUID | None
    people: Mapping[UUID, str]


@dataclass(frozen=True, slots=True)
class Setup:
    """Each question with its evidence, None where it is not open; those set aside; and what works."""

    currency: NoCurrency | None
    units: Units | None
    directing: Directing | None
    floors: NoFloors | None
    contested: Contested | None
    targets: Aims | None
    aside: Mapping[Question, str]
    ready: Sequence[Ready]

    @property
    def open(self) -> int:
        questions = (self.currency, self.units, self.directing, self.floors, self.contested, self.targets)
        return sum(one is not None for one in questions)


def setup(by: Actor, now: datetime, as_of: date) -> Setup:
    """Everything on the page; what was set aside is not looked at. `as_of`: the day at which figures stand."""
    viewer = by.scope
    aside = {Question(row.question): row.state for row in SetupAnswer.objects.seen_by(viewer).order_by("since")}
    places = tree(viewer)
    return Setup(
        currency=None if Question.CURRENCY in aside else evidence.without_currency(viewer),
        units=None if Question.UNITS in aside else _units(places, viewer),
        directing=None if Question.DIRECTOR in aside else _directing(places, by),
        floors=None if Question.FLOORS in aside else evidence.without_floors(viewer),
        contested=None if Question.CONTESTED in aside else evidence.contested(by),
        targets=None if Question.TARGETS in aside else aims(viewer, as_of),
        aside=aside,
        ready=readiness(counts(viewer, now)),
    )


def _units(places: Sequence[Place], viewer: Scope) -> Units | None:
    """Asked where an import made units, or where nobody manages one."""
    if all(place.manager and not place.unit.source for place in places):
        return None
    teams = _teams(places)
    found = {team.unit: only_manager_below(team.unit, teams) for team in teams if team.manager is None}
    nobody = set(Person.objects.seen_by(viewer).filter(source_id=evidence.NOBODY).values_list("pk", flat=True))
    members = [one for place in places for one in (*place.people, place.manager) if one and one.role is not Role.CLIENT]
    able = {one.person: one for one in members if one.person not in nobody}
    proposed = {unit: person for unit, person in found.items() if person in able}
    return Units(places, proposed, sorted(able.values(), key=lambda one: one.name))


def _directing(places: Sequence[Place], by: Actor) -> Directing | None:
    """Asked where people came with an import and none of them directs yet."""
    came = Person.objects.seen_by(by.scope).filter(left=None, erased=None, organization__kind="firm").exclude(source="")
    people = dict(came.exclude(source_id=evidence.NOBODY).order_by("name").values_list("pk", "name"))
    directors = {one.person for place in places for one in place.people if one.role is Role.DIRECTOR}
    if not people or directors & people.keys():
        return None
    found = [head for head in heads(_teams(places), directors) if head.person in people]
    return Directing(found, leader(found), people)


def _teams(places: Sequence[Place]) -> list[Team]:
    return [
        Team(
            unit=place.unit.pk,
            parent=place.unit.parent_id,
            manager=place.manager.person if place.manager else None,
            people=frozenset(one.person for one in place.people),
        )
        for place in places
    ]
