"""Service accounts of the village, for tests."""

from datetime import datetime

from bailiwick.kit import Role
from bailiwick.network.commands import add_program
from bailiwick.network.models import Person
from tests.village import NOW, Village


def a_program(
    village: Village,
    place: str = "cobalt",
    answers: str = "aylin",
    by: str = "dora",
    *,
    name: str = "ERP sync",
    now: datetime = NOW,
) -> Person:
    """A service account that sells in a unit of the village; `answers` answers for it."""
    return add_program(
        name=name,
        purpose="Writes orders back",
        unit=village.units[place].pk,
        role=Role.PARTNER_SELLER if place in ("callwerk", "nordpart") else Role.SELLER,
        answerable=village.people[answers].pk,
        by=village.actor(by),
        now=now,
    )
