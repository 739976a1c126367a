"""Periods as people write them: their first and last day, and how much of them has passed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bailiwick.kit import Refused
from bailiwick.performance.rules.periods import KINDS, Period, before, period_of, read_period

DAYS = st.dates(date(1900, 1, 8), date(2200, 12, 31))
WAYS = ("2026", "2026-Q4", "2026-11", "2026-W47", "2026-10-01..2026-12-31")


def ends(text: str) -> tuple[str, str, int]:
    found = read_period(text)
    return found.since.isoformat(), found.until.isoformat(), found.days


@pytest.mark.parametrize(
    ("text", "since", "until", "days"),
    [
        ("2026", "2026-01-01", "2026-12-31", 365),
        ("2024", "2024-01-01", "2024-12-31", 366),
        ("2026-Q1", "2026-01-01", "2026-03-31", 90),
        ("2024-Q1", "2024-01-01", "2024-03-31", 91),
        ("2026-Q2", "2026-04-01", "2026-06-30", 91),
        ("2026-Q3", "2026-07-01", "2026-09-30", 92),
        ("2026-Q4", "2026-10-01", "2026-12-31", 92),
        ("2026-01", "2026-01-01", "2026-01-31", 31),
        ("2026-04", "2026-04-01", "2026-04-30", 30),
        ("2026-12", "2026-12-01", "2026-12-31", 31),
        ("2026-10-01..2026-12-31", "2026-10-01", "2026-12-31", 92),
        ("2026-11-27..2026-11-27", "2026-11-27", "2026-11-27", 1),
        ("2025-12-31..2026-01-01", "2025-12-31", "2026-01-01", 2),
    ],
)
def test_a_period_has_a_first_and_a_last_day_and_both_are_in_it(text: str, since: str, until: str, days: int) -> None:
    assert ends(text) == (since, until, days)


@pytest.mark.parametrize(("year", "days"), [(1900, 28), (2000, 29), (2023, 28), (2024, 29), (2100, 28), (2096, 29)])
def test_february_is_longer_every_fourth_year_but_not_in_most_full_centuries(year: int, days: int) -> None:
    assert read_period(f"{year}-02").days == days
    assert read_period(str(year)).days == 337 + days


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2026-W01", "2025-12-29", "2026-01-04"),
        ("2026-W47", "2026-11-16", "2026-11-22"),
        ("2026-W53", "2026-12-28", "2027-01-03"),
        ("2027-W01", "2027-01-04", "2027-01-10"),
        ("2020-W53", "2020-12-28", "2021-01-03"),
    ],
)
def test_a_week_begins_on_monday_and_the_first_of_a_year_is_that_of_its_first_thursday(text: str, since: str, until: str) -> None:
    assert ends(text) == (since, until, 7)


@pytest.mark.parametrize(("typed", "name"), [("2026-1", "2026-01"), ("2026-W7", "2026-W07"), (" 2026-Q4 ", "2026-Q4")])
def test_a_period_is_called_as_it_is_always_written(typed: str, name: str) -> None:
    assert read_period(typed).name == name
    assert read_period(typed) == read_period(name)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "..", "soon", "Q4", "26", "20266", "2026-", "2026-Q0", "2026-Q5", "2026-q4", "2026Q4", "Q4-2026",
        "2026-0", "2026-00", "2026-13", "2026-W0", "2026-W54", "2025-W53", "2026-W", "0000", "-2026", "2026-11-27",
        "2026-10-01..", "..2026-12-31", "2026-12-31..2026-10-01", "2026-02-01..2026-02-29", "2026-Q1..2026-Q2",
        "2026-10-01...2026-12-31", "2026-10-01-2026-12-31", "2026-Q4; drop table", "99999-01", "2026-10-01..9999-99-99",
    ],
)  # fmt: skip
def test_what_is_no_period_is_refused_with_the_word_and_the_ways_to_write_one(text: str) -> None:
    with pytest.raises(Refused, match="no_period") as no:
        read_period(text)
    assert str(no.value.sentence) == f"“{text}” is no period."
    assert no.value.remedy is not None
    assert all(way in str(no.value.remedy) for way in WAYS)


def test_the_ways_that_a_refusal_names_can_be_read() -> None:
    assert [read_period(way).name for way in WAYS] == list(WAYS)


def test_a_refusal_repeats_no_more_than_forty_characters_of_what_was_typed() -> None:
    with pytest.raises(Refused) as no:
        read_period("2026" * 100)
    assert str(no.value.sentence) == f"“{'2026' * 10}” is no period."


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (date(2024, 2, 29), ("2024", "2024-Q1", "2024-02", "2024-W09")),
        (date(2024, 3, 31), ("2024", "2024-Q1", "2024-03", "2024-W13")),
        (date(2024, 4, 1), ("2024", "2024-Q2", "2024-04", "2024-W14")),
        (date(2024, 12, 31), ("2024", "2024-Q4", "2024-12", "2025-W01")),
        (date(2027, 1, 1), ("2027", "2027-Q1", "2027-01", "2026-W53")),
    ],
)
def test_a_day_lies_in_a_year_a_quarter_a_month_and_a_week(day: date, names: tuple[str, ...]) -> None:
    assert tuple(period_of(day, kind).name for kind in KINDS) == names


@given(DAYS, st.sampled_from(KINDS))
def test_the_period_of_a_day_holds_it_and_is_read_again_from_its_name(day: date, kind: str) -> None:
    found = period_of(day, kind)
    assert found.since <= day <= found.until
    assert read_period(found.name) == found


@given(DAYS, st.sampled_from(KINDS))
def test_the_period_before_ends_on_the_day_before(day: date, kind: str) -> None:
    now = period_of(day, kind)
    assert before(now, kind).until + timedelta(days=1) == now.since
    assert period_of(now.until + timedelta(days=1), kind) != now, "no two periods overlap"


@given(st.integers(1, 9998))
def test_the_quarters_and_the_months_of_a_year_have_its_days(year: int) -> None:
    whole = read_period(f"{year:04}").days
    assert sum(read_period(f"{year:04}-Q{quarter}").days for quarter in (1, 2, 3, 4)) == whole
    assert sum(read_period(f"{year:04}-{month:02}").days for month in range(1, 13)) == whole


@pytest.mark.parametrize(
    ("day", "share"),
    [
        (date(2024, 3, 31), 0.0),
        (date(2024, 4, 1), 1 / 30),
        (date(2024, 4, 15), 0.5),
        (date(2024, 4, 29), 29 / 30),
        (date(2024, 4, 30), 1.0),
        (date(2030, 1, 1), 1.0),
        (date(1990, 1, 1), 0.0),
    ],
)
def test_a_day_has_passed_on_its_own_evening(day: date, share: float) -> None:
    assert read_period("2024-04").elapsed(day) == pytest.approx(share)


@given(st.lists(DAYS, min_size=4, max_size=4).map(sorted))
def test_time_only_passes(four: list[date]) -> None:
    first, second = four[1:3]
    period = Period(four[0], four[3], "")
    assert 0 < period.elapsed(first) <= period.elapsed(second) <= 1


def test_the_whole_of_a_period_is_the_sum_of_its_days() -> None:
    period = read_period("2026-Q4")
    one_by_one = [period.since + timedelta(days=n) for n in range(period.days)]
    assert [round(period.elapsed(day) * 92, 9) for day in one_by_one] == list(range(1, 93))
