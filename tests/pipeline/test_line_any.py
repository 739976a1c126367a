"""Any text is understood somehow: never an error, never lost, always the same, in bounded time."""

import gc
import random
import sys
import time
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bailiwick.kit import Money
from bailiwick.pipeline.rules.line import Kind, Named, Understood, candidates, understand
from tests.examples import examples

TODAY = date(2026, 11, 23)
FIRMS = [Named(UUID(int=n), f"{first} {second} GmbH") for n, (first, second) in enumerate([("Acme", "Nord"), ("Hafen", "Bau")])]
WORDS = (
    "met called call Acme Hafen proposal offer demo 84k 84.000 EUR 15 % wants by until Friday next week tomorrow morgen bis 3/4"
    " 27.11. 2026-11-27 14 Uhr 2pm promised will send won lost because weil zu teuer need to remember , . ; : - ( ) & \n € $ T€"
    " in two weeks Ende des Monats vor KW 48 Foobar GmbH from Petra not nicht note versprochen Freitag um at on the I they"
).split(" ")

anything = st.text(max_size=200)
likely = st.lists(st.sampled_from(WORDS), max_size=30).flatmap(
    lambda words: st.sampled_from([" ", "", "  ", "\t"]).map(lambda blank: blank.join(words))
)
lines = st.one_of(anything, likely, st.tuples(likely, anything, likely).map(" ".join))
days = st.dates()


def read(line: str, today: date = TODAY, language: str = "en") -> Understood:
    people = [Named(UUID(int=9), "Petra Lind", FIRMS[0].id)]
    deals = [Named(UUID(int=8), "40 t hoist", FIRMS[1].id)]
    return understand(line, today=today, language=language, currency="EUR", accounts=FIRMS, contacts=people, opportunities=deals)


@given(lines, days, st.sampled_from(["en", "de", "de-CH", "xx", ""]))
@settings(max_examples=examples(400), deadline=None)
def test_any_text_is_understood_and_kept_and_always_alike(line: str, today: date, language: str) -> None:
    understood = read(line, today, language)
    assert understood.text == line
    assert understood == read(line, today, language)
    assert understood.chips
    assert all(str(chip) for chip in understood.chips)


@given(lines)
@settings(max_examples=examples(300), deadline=None)
def test_the_words_to_look_up_are_few_small_and_distinct(line: str) -> None:
    words = candidates(line)
    assert len(words) <= 12
    assert len(set(words)) == len(words)
    assert all(word == word.lower() and word for word in words)


@given(st.integers(min_value=1, max_value=9_999_999))
def test_an_amount_in_thousands_comes_back(n: int) -> None:
    assert read(f"{n}k").money == Money(Decimal(n) * 1000, "EUR")
    assert read(f"met Acme, proposal {n}k by Friday").money == Money(Decimal(n) * 1000, "EUR")


@given(st.integers(min_value=1_000, max_value=999_999_999), st.sampled_from([" ", ".", ","]))
def test_a_grouped_amount_comes_back(n: int, mark: str) -> None:
    assert read(f"€ {n:,}".replace(",", mark)).money == Money(Decimal(n), "EUR")


@given(st.decimals(min_value="0.1", max_value=100, places=1))
def test_a_discount_comes_back(percent: Decimal) -> None:
    assert read(f"wants {percent}%").discount == percent / 100


deadlines = st.sampled_from(
    "Friday|Monday|today|tomorrow|next week|27 Nov|27.11.|1.1.|in two weeks|end of month|end of week|end of March|2020-01-01|3/4"
    "|27.11.2026|Freitag|nächste Woche|Ende des Monats|Jahresende|KW 48|the 5th|end of quarter|29 Feb|yesterday".split("|")
)


@given(deadlines, st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.sampled_from(["by", "bis", "before"]))
@settings(max_examples=examples(400))
def test_a_deadline_is_never_past(words: str, today: date, by: str) -> None:
    for line in (f"met Acme, proposal {by} {words}", f"promised the reference {by} {words}"):
        step = read(line, today).next
        assert step is not None
        assert step.by is None or step.by >= today
    planned = read(f"need to call Acme {by} {words}", today)
    assert not planned.done
    assert planned.when is None or planned.when >= today


@given(lines, st.dates(date(1990, 1, 1), date(2090, 1, 1)))
@settings(max_examples=examples(400), deadline=None)
def test_done_is_never_ahead_and_planned_never_behind(line: str, today: date) -> None:
    understood = read(line, today)
    if understood.when is not None:
        assert understood.when <= today if understood.done else understood.when >= today
    assert understood.next is None or understood.next.by is None or understood.next.by >= today


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_within_the_week_to_come_or_the_week_that_was(today: date, number: int) -> None:
    name = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()[number]
    ahead, back = read(f"call Acme on {name}", today).when, read(f"called Acme on {name}", today).when
    assert ahead is not None
    assert back is not None
    assert ahead.weekday() == back.weekday() == number
    assert timedelta(0) < ahead - today <= timedelta(7)
    assert timedelta(0) < today - back <= timedelta(7)


def _random(size: int) -> str:
    chance = random.Random(7)
    letters = [chr(c) for c in range(1, sys.maxunicode) if chr(c).isprintable() and c < 0x30000]
    return "".join(chance.choice(letters) for _ in range(size))


HARD = [
    _random(10_000),
    "9" * 10_000,
    "9," * 5_000,
    "1.1" * 3_000,
    "1 000 " * 1_700,
    "a'" * 5_000,
    "Acme " * 2_000,
    "met, " * 2_000,
    "by " * 3_000,
    "Acme-" * 2_000,
    "if met signed call promised will " * 300,
    "3/4 " * 2_500,
    "proposal by Friday, " * 500,
    "Foobar GmbH & " * 700,
    "the " * 2_500 + "proposal",
    "\n" * 10_000,
    "مرحبا Acme \u202e\u200f " * 600,
    "🙂👩‍👩‍👧‍👦" * 1_000,
    "\ud800met Acme",
    "won, 5k, 3/4, Acme, " * 500,
    "call, offer 3/4, " * 600,
    "promised will, " * 700,
    "wants 15%, " * 900,
    "Acme lost because " * 600,
]


@cache
def a_while() -> float:
    """What thirty million additions take here and now: a pattern that goes astray takes minutes, on any machine."""
    begun = time.process_time()
    sum(range(30_000_000))
    return time.process_time() - begun


@pytest.mark.parametrize("line", HARD, ids=range(len(HARD)))
def test_ten_thousand_characters_take_no_time(line: str) -> None:
    crowd = [Named(UUID(int=n), f"Acme {n} Nord GmbH") for n in range(300)]
    gc.collect()  # what others left is not the line's
    gc.disable()
    begun = time.process_time()
    understood = understand(line, today=TODAY, language="en", currency="EUR", accounts=crowd, contacts=crowd, opportunities=crowd)
    candidates(line)
    took = time.process_time() - begun
    gc.enable()
    assert took < 3 * a_while()
    assert understood.text == line


def test_a_right_to_left_line_keeps_its_company() -> None:
    assert read("اجتماع مع Acme غدا").account == FIRMS[0]
    assert read("🙂 met Acme 🎉").kind is Kind.MEETING


def test_a_page_pasted_by_accident_is_a_line_too() -> None:
    understood = read("met Acme. " + "blah " * 5_000)
    assert understood.kind is Kind.MEETING
    assert understood.account == FIRMS[0]
