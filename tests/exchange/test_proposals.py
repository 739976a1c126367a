"""What the rows propose for each question of the setup, and what works with how many of them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from bailiwick.exchange.rules.proposals.callers import Worker, caller
from bailiwick.exchange.rules.proposals.currency import CURRENCIES, currency_of, proposed
from bailiwick.exchange.rules.proposals.floors import ENOUGH, floor, floor_share, given
from bailiwick.exchange.rules.proposals.heads import Head, Team, heads, leader, only_manager_below
from bailiwick.exchange.rules.readiness import ENOUGH_MOVES, Counts, State, readiness

A, B, C, D, E = (UUID(int=n) for n in range(1, 6))
ROOT, NORTH, SOUTH, DEEP = (UUID(int=n) for n in range(11, 15))
OLD, NEW = date(2026, 1, 5), date(2026, 11, 20)


@pytest.mark.parametrize(
    ("workers", "who"),
    [
        ((), None),
        ((Worker(A, 0),), A),
        ((Worker(A, 1, NEW, NEW), Worker(B, 2)), B),
        ((Worker(A, 2, OLD), Worker(B, 2, NEW)), B),
        ((Worker(A, 2, None, NEW), Worker(B, 2, OLD, OLD)), B),
        ((Worker(A, 0, None, OLD), Worker(B, 0, None, NEW)), B),
        ((Worker(B, 1), Worker(A, 1)), A),
    ],
)
def test_a_contested_company_goes_to_most_open_deals_then_the_newest_contact(workers: tuple[Worker, ...], who: UUID) -> None:
    assert caller(workers) == who


@pytest.mark.parametrize(
    ("own", "stated", "countries", "code"),
    [
        ("", {}, {}, None),
        ("SEK", {"EUR": 9}, {"Germany": 9}, "SEK"),
        ("", {"EUR": 3, "USD": 4}, {"Germany": 9}, "USD"),
        ("", {"???": 9}, {"Schweiz": 2, "Germany": 1}, "CHF"),
        ("", {}, {"Germany": 1, "Poland": 1}, None),
        ("", {}, {"Atlantis": 5}, None),
        ("", {}, {"uk": 5, "": 0}, "GBP"),
    ],
)
def test_the_currency_is_proposed_from_what_is_stated_and_else_from_where_companies_are(
    own: str, stated: dict[str, int], countries: dict[str, int], code: str | None
) -> None:
    found = proposed(own, stated, countries)
    assert (found.code if found else None) == code


def test_countries_are_known_by_name_in_two_languages_and_by_code() -> None:
    names = ("United States", "USA", "Vereinigte Staaten", "us", " us ")
    assert {currency_of(name) for name in names} == {"USD"}
    assert "RMB" not in CURRENCIES


@pytest.mark.parametrize("n", [0, 1, ENOUGH - 1])
def test_few_deals_propose_no_floor(n: int) -> None:
    assert given([Decimal("0.1")] * n) is None


def test_nine_of_ten_gave_at_most_what_is_told() -> None:
    found = given([Decimal(n) / 100 for n in range(-10, 90)])
    assert found
    assert (found.deals, found.at_list, found.median, found.nearly_all) == (100, 11, Decimal("0.39"), Decimal("0.79"))


def test_a_rounded_discount_is_not_rounded_up_twice() -> None:
    found = given([Decimal("0.1305")] * ENOUGH)
    assert found
    assert (found.nearly_all, floor_share(found.nearly_all)) == (Decimal("0.130"), Decimal("0.870"))


@pytest.mark.parametrize(
    ("listed", "nearly_all", "kept"),
    [
        ("100", "0.13", "87.00"),
        ("0.05", "0.13", "0.04"),
        ("3393", "0.130", "2951.91"),
        ("50", "-0.2", "50.00"),
        ("9", "1", "0.00"),
    ],
)
def test_a_floor_is_to_the_cent_and_never_above_list(listed: str, nearly_all: str, kept: str) -> None:
    assert floor(Decimal(listed), floor_share(Decimal(nearly_all))) == Decimal(kept)


TREE = (
    Team(ROOT, None, A, frozenset({A})),
    Team(NORTH, ROOT, B, frozenset({C, D})),
    Team(SOUTH, ROOT),
    Team(DEEP, SOUTH, E, frozenset({UUID(int=9)})),
)


@pytest.mark.parametrize(
    ("teams", "but", "found"),
    [
        ((), (), []),
        (TREE, (), [Head(A, 5)]),
        (TREE, (A,), [Head(B, 2), Head(E, 1)]),
        ((Team(ROOT, None), Team(NORTH, ROOT, B)), (), []),
        ((Team(ROOT, None, B), Team(NORTH, ROOT, B, frozenset({C}))), (), [Head(B, 1)]),
        ((Team(ROOT, NORTH, A, frozenset({C})), Team(NORTH, ROOT, None)), (), [Head(A, 1)]),
    ],
)
def test_heads_lead_somebody_and_are_led_by_nobody(teams: tuple[Team, ...], but: tuple[UUID, ...], found: list[Head]) -> None:
    assert heads(teams, but) == found


def test_of_equals_nobody_is_proposed() -> None:
    assert leader([]) is None
    assert leader([Head(A, 3)]) == A
    assert leader([Head(A, 3), Head(B, 3)]) is None
    assert leader([Head(A, 3), Head(B, 2)]) == A


def test_only_who_manages_everything_below_is_proposed_for_a_unit() -> None:
    assert only_manager_below(SOUTH, TREE) == E
    assert only_manager_below(ROOT, TREE) is None  # two stand below, one of them without a manager
    assert only_manager_below(NORTH, TREE) is None
    both = (Team(ROOT, None), Team(NORTH, ROOT, A), Team(SOUTH, ROOT, B))
    assert only_manager_below(ROOT, both) is None


FULL = Counts(
    open_deals=9, dated=9, valued=9, moved=ENOUGH_MOVES, accounts=5, contacted=5, with_contacts=5, products=3, listed=3, costed=3,
    outside=4, mailed=4,
)  # fmt: skip


def stands(c: Counts) -> dict[str, State]:
    return {str(one.what): one.state for one in readiness(c)}


def test_with_everything_there_everything_works() -> None:
    assert set(stands(FULL).values()) == {State.WORKS}
    assert not [one for one in readiness(FULL) if one.note]


@pytest.mark.parametrize(
    ("without", "what", "word"),
    [
        ({"dated": 0}, "deals about to lapse", "needs expected close"),
        ({"valued": 0}, "open deals by step with their value", "needs value"),
        ({"contacted": 0}, "the day of the last contact", "needs activities"),
        ({"with_contacts": 0}, "people at the company", "needs contacts"),
        ({"listed": 0}, "discount against list", "needs list price"),
        ({"costed": 0}, "margin", "needs cost"),
        ({"mailed": 0}, "signing in with the own address", "needs e-mail address"),
        ({"moved": 0}, "time in each step", "about 8 weeks more"),
        ({"moved": 0, "weeks": 7}, "time in each step", "about one week more"),
        ({"moved": 0, "weeks": 8}, "time in each step", "needs steps as they happen"),
        ({"products": 0, "listed": 0}, "discount against list", "needs products"),
    ],
)
def test_what_is_missing_is_named(without: dict[str, int], what: str, word: str) -> None:
    changed = [one for one in readiness(replace(FULL, **without)) if one.state is not State.WORKS]
    assert [(str(one.what), str(one.word)) for one in changed] == [(what, word)]


def test_what_some_rows_carry_works_and_says_for_how_many() -> None:
    (note,) = [str(one.note) for one in readiness(replace(FULL, dated=4)) if one.note]
    assert note == "known for 4 of 9"


def test_nobody_without_a_login_needs_no_address() -> None:
    assert stands(replace(FULL, outside=0, mailed=0)) == stands(FULL)
