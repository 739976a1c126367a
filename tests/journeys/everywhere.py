"""Every declared page that can be looked at, as the people who may come to it."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import pytest

from bailiwick.kit import Role
from bailiwick.web.door import ROUTES
from tests.walls.doors import Door, page_doors
from tests.walls.rights import OWNERS
from tests.walls.world import ABSENT

VIEWERS = {
    "noor": Role.SELLER,
    "dora": Role.DIRECTOR,
    "aylin": Role.MANAGER,
    "paula": Role.PARTNER_ADMIN,
    "piet": Role.PARTNER_SELLER,
    "clara": Role.CLIENT,
    "conny": Role.COACH,
    "stefan": Role.STEWARD,
    "luis": Role.SUPPORT_LEAD,
}
# What is asked by a page and put into it, what is saved as a file, and what only leads elsewhere: no page of its own.
PARTS = {"search_live", "list_cell", "leaving_preview", "import_progress"}
FILES = {"kept_json", "list_file", "import_refused", "measure_rows"}
ELSEWHERE = {"home", "tokens", "mail_address", "person_invitation", "program_tokens"} | {
    route.name for route in ROUTES if route.name.startswith("setup_")
}
# Whose thing is looked at by those who have none, and where it has to be another's: only who left can be erased.
LOOKED_AT, LEFT = "noor", "rita"
# Roles may come to these, but to the thing in the address only she may.
OPENED_BY = dict.fromkeys(("leaving", "target", "unit_manager", "unit_people", "unit_program", "person_roles"), "dora")
OPENED_BY |= dict.fromkeys(("hook", "hook_secret"), "noor")
# With something to see on them.
ASKED = {"search": "?q=hafen", "accounts": "?order=-name", "pipeline": "?order=-value"}


def doors() -> list[Door]:
    """Every page that is looked at."""
    return [door for door in page_doors() if not door.acts and door.name not in PARTS | FILES | ELSEWHERE]


def viewers_of(door: Door) -> list[str]:
    """Who may come."""
    roles = next(route.roles for route in ROUTES if route.name == door.name)
    return [name for name, role in VIEWERS.items() if role in roles]


def walks(ways: Iterable[str]) -> list[Any]:
    """Every page for one of those who may come in one of the ways, both in turn; for all of them in all ways where marked `whole`."""
    found = []
    for place, door in enumerate(doors()):
        everybody = [(name, way) for name in viewers_of(door) for way in ways]
        first = [one for one in everybody if one[0] == OPENED_BY.get(door.name, one[0]) and one[0] != "conny"]
        for name, way in everybody:
            marks = () if (name, way) == first[place % len(first)] else pytest.mark.whole
            found.append(pytest.param(door, name, way, marks=marks, id=f"{door.name}-{name}-{way}"))
    return found


def address(door: Door, facts: Mapping[str, Any], name: str) -> str:
    """Where `name` looks: at an own thing, or at somebody's."""
    owner = name if name in OWNERS and name != "dora" else LOOKED_AT
    owner = LEFT if door.name == "person_erasure" else owner
    things = (UUID(facts["ids"][kind].get(owner, str(ABSENT))) for kind in door.kinds)
    return door.address(*things) + ASKED.get(door.name, "")
