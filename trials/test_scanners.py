"""Scanners (wapiti, sqlmap at level 3) as seller, partner's admin and director find nothing high and nothing medium.

`TRIAL_LONG=1 make trial` gives them hours instead of minutes. A planted program shows that they find what is there.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from trials.attacking import LONG, SHORT, Finding, asked_by_pages, asked_by_the_contract, sqlmap, wapiti
from trials.homes import Home
from trials.load import Browser
from trials.planted import Planted, planted
from trials.served import served

PACE = LONG if os.environ.get("TRIAL_LONG") else SHORT
ROLES = {"noor": "seller", "paula": "partner's admin", "dora": "director"}
MEDIUM = 2
# Findings that are none: kind and address as the scanner says them, with the reason.
NONE: dict[tuple[str, str], str] = {}


@dataclass(frozen=True)
class Attacked:
    """A home with a row of every kind, served."""

    home: Home
    facts: dict[str, Any]
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def whole(self, path: str) -> str:
        return self.address + path.lstrip("/")

    def headers(self, name: str) -> tuple[str, str]:
        """By which pages know somebody, and by which the API does."""
        return f"Cookie: sessionid={self.facts['sessions'][name]}", f"Authorization: Bearer {self.facts['bearers'][name]}"

    def status(self, path: str, header: str) -> int:
        name, _, value = header.partition(": ")
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as asking:
            asking.request("GET", path, headers={name: value})
            return asking.getresponse().status

    def browser(self, name: str) -> Browser:
        return Browser(self.port, self.facts["sessions"][name])

    def events(self) -> int:
        return int(self.home.ask("SELECT count(*) FROM ledger_entry")[0][0])


@pytest.fixture(scope="module")
def attacked(ground_of_module: Path) -> Iterator[Attacked]:
    home = Home(ground_of_module / "home", BAILIWICK_API_PACE="0")
    assert home.bailiwick("migrate").returncode == 0
    facts = home.inside("settle_world")
    with served(home, facts["sessions"]["noor"]) as serving:
        yield Attacked(home, facts, serving.port)


@pytest.fixture
def lure() -> Iterator[Planted]:
    with planted() as program:
        yield program


def bad(found: list[Finding]) -> list[str]:
    return sorted({str(one) for one in found if one.level >= MEDIUM and (one.kind, one.where) not in NONE})


def test_the_scanners_find_what_is_planted(lure: Planted, ground: Path) -> None:
    where = f"http://127.0.0.1:{lure.port}/"
    found, _ = wapiti(where, where, "", SHORT, ground)
    assert {"Reflected Cross Site Scripting", "SQL Injection"} <= {one.kind for one in found}
    assert len(bad(found)) >= 2
    assert lure.lured, "what calls a typed address was not lured"
    injected, _ = sqlmap([f"{where}find?q=Anlage", f"{where}hello?name=Ann"], "Cookie: a=b", SHORT, ground)
    assert [(one.level, one.where) for one in injected] == [(4, f"GET {where}find?q=Anlage (q)")]


def test_sqlmap_finds_no_parameter_open_to_sql(attacked: Attacked, ground: Path, figure: Callable[[str], None]) -> None:
    def attack(name: str) -> tuple[list[Finding], int, int]:
        (keeps := ground / name).mkdir()
        (of_api := ground / f"{name}-api").mkdir()
        cookie, bearer = attacked.headers(name)
        pages, contract = asked_by_pages(attacked.browser(name)), asked_by_the_contract()
        assert [one for one in pages if attacked.status(one, cookie) != 200] == [], "a page refuses what is plausible"
        # A place in a list that was made up is refused by 422; nothing is refused for who asks.
        assert {attacked.status(one, bearer) for one in contract if "cursor=" not in one} <= {200, 404}
        found, tried = sqlmap([attacked.whole(one) for one in pages], cookie, PACE, keeps, "--dbms", "PostgreSQL")
        more, besides = sqlmap([attacked.whole(one) for one in contract], bearer, PACE, of_api, "--dbms", "PostgreSQL")
        return found + more, tried + besides, len(pages) + len(contract)

    with ThreadPoolExecutor(len(ROLES)) as pool:
        results = dict(zip(ROLES, pool.map(attack, ROLES), strict=True))
    for name, (found, tried, addresses) in results.items():
        assert bad(found) == [], name
        assert addresses > 30, name
        assert tried > addresses, name
        how = "thoroughly" if PACE.thorough else "by errors and, where a first look invites it, thoroughly"
        figure(f"sqlmap, level 3, as {ROLES[name]}: 0 of {tried} parameters at {addresses} addresses open to SQL, {how}")


# After sqlmap: it fills in every form that it sees, also the one that revokes a token.
def test_wapiti_finds_nothing_high_and_nothing_medium(
    attacked: Attacked, lure: Planted, ground: Path, figure: Callable[[str], None]
) -> None:
    before = attacked.events()

    def attack(name: str) -> tuple[list[Finding], int]:
        keeps = ground / name
        keeps.mkdir()
        return wapiti(attacked.address, f"http://127.0.0.1:{lure.port}/", attacked.facts["sessions"][name], PACE, keeps)

    with ThreadPoolExecutor(len(ROLES)) as pool:
        results = dict(zip(ROLES, pool.map(attack, ROLES), strict=True))
    assert [name for name in ROLES if attacked.browser(name).get("/", timeout=30)[0] != 302] == [], "signed out on the way"
    for name, (found, pages) in results.items():
        assert bad(found) == [], name
        assert pages > 50, f"{name} came nowhere"
        lower = sorted({f"{one.kind} ({one.where})" for one in found})
        figure(f"wapiti as {ROLES[name]}: 0 high, 0 medium on {pages} pages and forms; lower: {', '.join(lower) or 'none'}")
    acts = attacked.events() - before
    assert acts > 0, "the forms of the pages took nothing from the scanner"
    figure(f"wapiti wrote: {acts} events stand in the ledger that were not there before")
    assert lure.lured == [], "the server was lured to an address that was typed"
