"""Every verb at every address, ids of two owners in one address, and whether a foreign thing is told from none by its cost.

The matrix (test_matrix.py) asks what is declared; here is everything else that a program may send.
"""

from collections.abc import Iterable, Iterator
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bailiwick.tenancy.within import set_network
from tests.walls.doors import JSON, SENT, Door, api_doors, ask, page_doors
from tests.walls.reading import body, digest, washed
from tests.walls.rights import OWNERS, ROLES, right
from tests.walls.test_matrix import turn
from tests.walls.world import World

VERBS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
DOORS = (*page_doors(), *api_doors())
PATTERNS = {door.pattern: door for door in DOORS}
DECLARED = {pattern: {door.method for door in DOORS if door.pattern == pattern} for pattern in PATTERNS}
STRANGERS = {"noor": "sven", "paula": "arvid", "piet": "arvid", "jonas": "noor"}
# What differs between any two answers.
OF_EACH = {"x-request-id", "date", "set-cookie", "content-length"}
WHOLE = pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.whole)], ids=["in turn", "whole"])


def sent(world: World, door: Door, role: str, verb: str, owner: str) -> HttpResponse:
    """The verb with nothing in it, as a page's browser or as a program."""
    SENT[verb] += 1
    where = door.address(*door.things(world, owner))
    if not door.api:
        return world.client(role).generic(verb, where)
    headers = {} if role == "anonymous" else {"Authorization": f"Bearer {world.bearer(role)}"}
    return Client(raise_request_exception=False).generic(verb, where, "", content_type=JSON, headers=headers)


def undeclared(pattern: str) -> list[str]:
    """HEAD is GET for pages; the API does not know it."""
    read = {"HEAD"} if "GET" in DECLARED[pattern] and not PATTERNS[pattern].api else set()
    return [verb for verb in VERBS if verb not in DECLARED[pattern] | read]


def foreign(door: Door) -> Iterator[tuple[str, str]]:
    """Who asks about whose thing without seeing it."""
    for role, other in STRANGERS.items():
        if right(role, door.kinds[0], other).see is False:
            yield role, other


def in_turn(names: Iterable[str], door: Door, whole: bool) -> list[str]:
    """All of them, or one that is the same in every run."""
    every = list(names)
    return every if whole else [every[turn(door, *every) % len(every)]]


@WHOLE
@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_verb_that_an_address_does_not_declare_does_nothing_for_anybody(world: World, pattern: str, whole: bool) -> None:
    door = PATTERNS[pattern]
    for role in in_turn(ROLES, door, whole):
        for verb in undeclared(pattern):
            answers = [
                sent(world, door, role, verb, owner) for owner in (("noor", "arvid", "absent") if door.kinds else ("noor",))
            ]
            assert {answer.status_code for answer in answers} == {405}, (role, verb)
            allowed = set(answers[0]["Allow"].replace(" ", "").split(","))
            assert allowed - {"HEAD", "OPTIONS"} == DECLARED[pattern], (role, verb)
            assert len({body(answer) for answer in answers}) == 1, (role, verb)
    assert digest() == world.digest


@pytest.mark.parametrize("door", [door for door in page_doors() if door.method == "GET"], ids=str)
def test_head_is_get_without_a_body(world: World, door: Door) -> None:
    for role, owner in (("noor", "noor"), ("noor", "arvid"), ("anonymous", "noor")):
        whole, head = (sent(world, door, role, verb, owner) for verb in ("GET", "HEAD"))
        leads = [one.headers.get("Location", "").partition("?")[0] for one in (whole, head)]
        assert (head.status_code, leads[1]) == (whole.status_code, leads[0]), role
        assert head.content == b"", role


@pytest.mark.parametrize("door", [door for door in DOORS if len(door.kinds) > 1], ids=str)
def test_an_address_with_things_of_two_owners_leads_to_neither(world: World, door: Door) -> None:
    for role, other in STRANGERS.items():
        mine, theirs, none = (door.things(world, owner) for owner in (role, other, "absent"))
        for pair in ((mine[0], theirs[1]), (theirs[0], mine[1]), (mine[0], none[1]), (none[0], mine[1])):
            assert ask(world, door, role, *pair).status_code in (403, 404), (role, pair)
    assert digest() == world.digest


def cost(world: World, door: Door, role: str, things: tuple[UUID, ...]) -> tuple[HttpResponse, list[str]]:
    before = transaction.savepoint()
    with CaptureQueriesContext(connection) as asked:
        answer = ask(world, door, role, *things)
    transaction.savepoint_rollback(before)
    set_network(world.network)
    return answer, [one["sql"].split(" ", 3)[0] for one in asked.captured_queries]


@WHOLE
@pytest.mark.parametrize("door", [door for door in DOORS if door.kinds and list(foreign(door))], ids=str)
def test_a_foreign_thing_costs_what_none_costs_and_has_the_same_headers(world: World, door: Door, whole: bool) -> None:
    """No clock tells them apart: the store is asked the same questions, and no header differs."""
    among = dict(foreign(door))
    for role in in_turn(among, door, whole):
        other = among[role]
        theirs, none = door.things(world, other), door.things(world, "absent")
        (answer, asked), (nothing, besides) = cost(world, door, role, theirs), cost(world, door, role, none)
        assert asked == besides, (role, other)
        assert washed(answer, *theirs) == washed(nothing, *none), (role, other)
        told = [{name: text for name, text in one.items() if name.lower() not in OF_EACH} for one in (answer, nothing)]
        for one, things in zip(told, (theirs, none), strict=True):
            one.update({name: text.replace(str(thing), "THING") for name, text in one.items() for thing in things})
        assert told[0] == told[1], (role, other)


def test_every_kind_of_thing_has_somebody_who_asks_about_it_without_seeing_it() -> None:
    open_to_all = {"process"}
    assert {door.kinds[0] for door in DOORS if door.kinds and not list(foreign(door))} <= open_to_all
    assert set(STRANGERS) | set(STRANGERS.values()) <= set(OWNERS)
