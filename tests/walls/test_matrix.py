"""Every page and every endpoint, asked by fifteen roles about own, same unit, same firm, foreign and absent things.

Each door asks each role about its own thing or one other in turn, and about none to compare; roles that are alike but for their
place take turns too. Marked `whole` (`make trial`): every role is asked about all of them.
"""

from collections.abc import Iterator
from uuid import UUID
from zlib import crc32

import pytest
from django.db import transaction
from django.http import HttpResponse

from bailiwick.tenancy.within import set_network
from tests.walls.doors import Door, api_doors, ask, page_doors
from tests.walls.reading import body, digest, washed
from tests.walls.rights import NOBODY, OWNERS, ROLES, UNIT, may_create, page_right, right
from tests.walls.world import World

PAGES, ENDPOINTS = page_doors(), api_doors()
ALIKE = (("conny", "luis", "stefan"), ("noor", "ben"), ("aylin", "jonas"), ("paula", "astrid"))
OTHERS = ("ben", "sven", "piet", "arvid", "noor")


def turn(*said: object) -> int:
    """A number that is the same in every run."""
    return crc32(" ".join(map(str, said)).encode())


def owners_for(role: str, door: Door, whole: bool) -> list[str]:
    """Own (if any), and others: the same unit, the same firm, a partner below, a foreign partner; whole or one in turn."""
    others = [owner for owner in OTHERS if owner != role]
    if whole:
        return [role, *others] if role in OWNERS else others
    own = role in OWNERS and turn("own", role, door) % 3 == 0
    return [role] if own else [others[turn(role, door) % len(others)]]


def roles_for(door: Door, whole: bool) -> list[str]:
    """All of them, or one in turn of those that are alike."""
    left_out = set() if whole else {role for alike in ALIKE for role in alike if role != alike[turn(alike, door) % len(alike)]}
    return [role for role in ROLES if role not in left_out]


def asked(world: World, door: Door, role: str, owner: str) -> HttpResponse:
    """The answer, of which nothing stays."""
    before = transaction.savepoint()
    answer = ask(world, door, role, *door.things(world, owner))
    transaction.set_rollback(False)
    transaction.savepoint_rollback(before)
    set_network(world.network)
    return answer


def told(world: World, answer: HttpResponse, role: str, owners: tuple[str, ...] = OWNERS) -> list[str]:
    """Words in an answer that stand on things out of the role's sight."""
    text, found = body(answer), []
    for kind, by_owner in world.words.items():
        for owner, words in by_owner.items():
            if owner not in owners or owner not in UNIT or right(role, kind, owner).see is not False:
                continue
            if kind == "account" and UNIT[owner] == UNIT.get(role) and role in OWNERS:
                words = words[1:]  # names and holders of accounts of the own unit are no secret there
            found += [word for word in words if word in text]
    return found


def test_the_matrix_knows_every_route_and_every_operation() -> None:
    assert len(PAGES) > 40
    assert len(ENDPOINTS) > 30
    for door in (*PAGES, *ENDPOINTS):
        assert len(door.kinds) <= 2, f"{door}: teach tests/walls/doors.py this address"


@pytest.mark.parametrize("role", ["noor", "aylin", "dora"])
def test_whoever_may_see_a_thing_reads_its_words(world: World, role: str) -> None:
    """The control of the matrix: the words whose absence it asks for are there for those who may read them."""
    for kind, page in (("account", "account"), ("deal", "opportunity")):
        door = next(one for one in PAGES if one.name == page)
        answer = ask(world, door, role, *door.things(world, "noor"))
        assert answer.status_code == 200
        assert [word for word in world.words[kind]["noor"][:2] if word not in body(answer)] == []
    assert told(world, ask(world, next(one for one in PAGES if one.name == "pipeline"), "noor"), "noor") == []


def faults(world: World, door: Door, role: str, whole: bool) -> Iterator[str]:
    """Everything that is wrong with the answers of a door to a role."""
    if role in NOBODY:
        yield from _closed(world, door, role)
    elif door.kinds:
        yield from _about_things(world, door, role, whole)
    else:
        yield from _about_none(world, door, role)


def _closed(world: World, door: Door, role: str) -> Iterator[str]:
    """Nobody in particular, revoked, invited without a role: nothing, not even whether the thing exists."""
    answers = {owner: ask(world, door, role, *door.things(world, owner)) for owner in ("noor", "absent")}
    for owner, answer in answers.items():
        status, place = answer.status_code, answer.headers.get("Location", "")
        if role == "ines":
            ok = status == 403
        else:
            ok = status == 401 if door.api else (status == 302 and place.startswith("/sign-in/"))
        if not ok:
            yield f"{owner}: {status} {place}"
        if leaked := told(world, answer, role):
            yield f"{owner}: tells {leaked}"
    if not door.kinds:
        return
    first, *others = [washed(answer, *door.things(world, owner)) for owner, answer in answers.items()]
    if any(other != first for other in others):
        yield "a thing and no thing answer differently"


def _about_things(world: World, door: Door, role: str, whole: bool) -> Iterator[str]:
    unseen: dict[str, tuple[HttpResponse, tuple[UUID, ...]]] = {}
    for owner in owners_for(role, door, whole):
        wanted = page_right(role, door.name, door.kinds[0], owner)
        if wanted.see is False:
            things = door.things(world, owner)
            answer = ask(world, door, role, *things)
            unseen[owner] = answer, things
            yield from _out_of_sight(world, door, role, owner, answer)
        elif wanted.edit is False and door.acts:
            answer = ask(world, door, role, *door.things(world, owner))
            if not 400 <= answer.status_code < 500:
                yield f"{owner}: {answer.status_code} for an act on what is only seen"
        else:
            answer = asked(world, door, role, owner)
            yield from _in_sight(door, owner, answer, wanted.edit if door.acts else wanted.see)
        if answer.status_code >= 500:
            yield f"{owner}: {answer.status_code}"
    if not unseen and not whole:
        return
    things = door.things(world, "absent")
    absent = ask(world, door, role, *things)
    if absent.status_code not in ((403, 404) if door.acts else (302, 403, 404)):
        yield f"absent: {absent.status_code}"
    for owner, (answer, theirs) in unseen.items():
        if right(role, door.kinds[0], owner).see is False and washed(answer, *theirs) != washed(absent, *things):
            yield f"{owner}: a foreign thing answers otherwise than none ({answer.status_code}, {absent.status_code})"


def _out_of_sight(world: World, door: Door, role: str, owner: str, answer: HttpResponse) -> Iterator[str]:
    goes_on = answer.status_code == 302 and not door.acts  # to an address that then answers for itself
    if not (answer.status_code in (403, 404) or goes_on or (door.acts and answer.status_code == 422)):
        yield f"{owner}: {answer.status_code} for what is out of sight"
    hidden = [
        word for kind in door.kinds for word in world.words.get(kind, {}).get(owner, ()) if right(role, kind, owner).see is False
    ]
    if leaked := [word for word in hidden if word in body(answer)]:
        yield f"{owner}: tells {leaked}"


def _in_sight(door: Door, owner: str, answer: HttpResponse, wanted: bool | None) -> Iterator[str]:
    if wanted is True and answer.status_code in (401, 403, 404):
        yield f"{owner}: {answer.status_code} for what is theirs to {'do' if door.acts else 'see'}"


def _about_none(world: World, door: Door, role: str) -> Iterator[str]:
    allowed = True if not door.acts else may_create(role, door.name)
    answer = asked(world, door, role, "absent") if allowed is not False else ask(world, door, role)
    if answer.status_code >= 500:
        yield f"{answer.status_code}"
    if allowed is False and not 400 <= answer.status_code < 500:
        yield f"{answer.status_code} for an act that is not theirs"
    if leaked := told(world, answer, role):
        yield f"tells {leaked}"


@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.whole)], ids=["in turn", "whole"])
@pytest.mark.parametrize("door", (*PAGES, *ENDPOINTS), ids=str)
def test_a_door_answers_each_role_as_the_table_says(world: World, door: Door, whole: bool) -> None:
    found = [f"{ROLES[role]} ({role}): {one}" for role in roles_for(door, whole) for one in faults(world, door, role, whole)]
    if digest() != world.digest:
        found.append("something changed that nobody of them may change")
    assert not found, "\n".join(found)
