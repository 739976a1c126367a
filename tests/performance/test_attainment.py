"""Attainment and coverage of targets, each against what was worked out on paper."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from bailiwick.kit import NotAllowed, Refused
from bailiwick.measures import MEASURES
from bailiwick.mirror import Question
from bailiwick.network.commands import add_units
from bailiwick.network.commands.setting_up import NewUnit
from bailiwick.performance.commands import withdraw_target
from bailiwick.performance.queries import Standing, figures
from bailiwick.performance.queries.tree import subtrees
from bailiwick.performance.rules.course import Course
from bailiwick.performance.rules.periods import read_period
from bailiwick.pipeline.commands import NewActivity, log_activities
from tests.performance.dealt import APRIL, END, MIDDLE, aim, days, deals, open_deals, stands
from tests.village import NOW, Village

OUTSIDE = (date(2024, 3, 31), date(2024, 5, 1))


def asked(village: Village, measure: str = "attainment", by: str = "unit", viewer: str = "dora") -> dict[str, float | None]:
    """The measure in April by a dimension: values by name."""
    question = Question(as_of=MIDDLE, since=APRIL.since, until=APRIL.until, by=(by,) if by else ())
    answer = figures(MEASURES[measure], village.actor(viewer).scope, question)
    return {str(answer.name(one)): None if one.value is None else float(one.value) for one in answer.figures}


def value(standing: Standing) -> tuple[float, int]:
    assert standing.figure is not None
    return float(standing.figure.value or 0), standing.figure.n


def test_a_persons_target_counts_what_the_person_won_in_its_time(village: Village) -> None:
    """20 + 30 of 200 in the middle of April, by two deals: 100 is asked, luck is 1.645 x sqrt(1300) = 59."""
    row = aim(village, 200, person="noor")
    deals(village, "noor", 20, 30)
    deals(village, "noor", 700, outcome="lost")
    deals(village, "noor", 800, outcome="withdrawn")
    deals(village, "ben", 900)
    for day in OUTSIDE:
        deals(village, "noor", 1000, day=day)
    standing = stands(village, row)
    assert value(standing) == (50, 2)
    assert (standing.attained, standing.elapsed, standing.course) == (0.25, 0.5, Course.WATCH)


def test_the_first_and_the_last_day_of_the_time_count(village: Village) -> None:
    row = aim(village, 100)
    for day in (APRIL.since, APRIL.until):
        deals(village, "noor", 10, day=day)
    assert value(stands(village, row, as_of=END)) == (20, 2)


def test_a_units_target_counts_everything_below_it_and_nothing_beside_or_above(village: Village) -> None:
    """Cobalt: Noor 10, Ben 20; Callwerk below it: Piet 40. Delta: Sven 80; Nordpart below it: Arvid 160."""
    for who, amount in (("noor", 10), ("ben", 20), ("piet", 40), ("sven", 80), ("arvid", 160)):
        deals(village, who, amount)
    rows = {unit: aim(village, 1000, unit=unit) for unit in ("firm", "cobalt", "callwerk", "delta", "nordpart")}
    assert {unit: value(stands(village, row)) for unit, row in rows.items()} == {
        "firm": (310, 5),
        "cobalt": (70, 3),
        "callwerk": (40, 1),
        "delta": (240, 2),
        "nordpart": (160, 1),
    }


def test_a_persons_target_counts_the_person_in_its_unit_and_below(village: Village) -> None:
    """Piet sells below Cobalt; a deal of his that stands in Cobalt itself is in no target of Callwerk's."""
    deals(village, "piet", 10)
    moved = deals(village, "piet", 20)[0]
    type(moved).objects.in_network(village.by).filter(pk=moved.pk).update(unit=village.units["cobalt"].pk)
    assert value(stands(village, aim(village, 100, unit="callwerk", person="piet"))) == (10, 1)
    assert value(stands(village, aim(village, 100, unit="callwerk"))) == (10, 1)


def test_what_lies_below_a_unit_is_known_for_trees_of_any_depth(village: Village) -> None:
    """firm > cobalt > callwerk, firm > delta > nordpart > a > b: whoever lies below, lies below all above it."""
    parent = village.units["nordpart"]
    for name in ("a", "b"):
        parent = add_units([NewUnit(name=name, kind="team", parent=parent.pk)], by=village.by, now=NOW)[0]
        village.units[name] = parent
    found = {
        unit: subtrees(village.by.scope)[village.units[unit].pk] for unit in ("firm", "cobalt", "delta", "nordpart", "a", "b")
    }
    below = {
        "firm": "firm cobalt callwerk delta nordpart a b", "cobalt": "cobalt callwerk", "delta": "delta nordpart a b",
        "nordpart": "nordpart a b", "a": "a b", "b": "b",
    }  # fmt: skip
    assert found == {unit: {str(village.units[one].pk) for one in names.split()} for unit, names in below.items()}


def test_two_currencies_are_never_added(village: Village) -> None:
    deals(village, "noor", 10, 20)
    deals(village, "noor", 400, currency="SEK")
    deals(village, "noor", 7000, currency="")
    euros, crowns = aim(village, 100), aim(village, 1000, currency="SEK")
    assert value(stands(village, euros)) == (30, 2)
    assert value(stands(village, crowns)) == (400, 1)
    assert (stands(village, euros).attained, stands(village, crowns).attained) == (0.3, 0.4)
    count = aim(village, 8, measure="won_count")
    assert value(stands(village, count)) == (4, 4), "deals can be counted in any currency"


def test_deals_of_unknown_value_are_deals_without_an_amount(village: Village) -> None:
    row = aim(village, 100)
    for deal in deals(village, "noor", 1, 1):
        type(deal).objects.in_network(village.by).filter(pk=deal.pk).update(value=None)
    deals(village, "noor", 40)
    standing = stands(village, row)
    assert value(standing) == (40, 3)
    assert standing.figure is not None
    assert (standing.figure.unknown, standing.attained) == (2, 0.4)


def test_a_target_that_nobody_worked_for_has_reached_nothing(village: Village) -> None:
    row = aim(village, 100)
    early, late = (stands(village, row, as_of=day) for day in (date(2024, 4, 2), END))
    assert [value(one) for one in (early, late)] == [(0, 0), (0, 0)]
    assert (early.attained, early.course, late.course) == (0, Course.TOO_FEW, Course.OFF)


def test_a_rate_is_held_against_its_target_as_a_share(village: Village) -> None:
    """12 of 20 decided; Wilson's interval at 90% from its formula."""
    deals(village, "noor", *[1] * 12)
    deals(village, "noor", *[1] * 8, outcome="lost")
    z, n, p = 1.6448536, 20, 0.6
    half = z * (p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5
    low, high = ((p + z * z / (2 * n) + side * half) / (1 + z * z / n) for side in (-1, 1))
    row = aim(village, Decimal("0.75"), measure="win_rate")
    standing = stands(village, row)
    assert standing.figure is not None
    assert standing.attained == pytest.approx(0.6 / 0.75)
    assert [standing.figure.low, standing.figure.high] == pytest.approx([low, high])
    wanted = {"0.6": Course.ON, "0.75": Course.WATCH, "0.77": Course.OFF}  # the upper end is 0.756
    for version, (amount, course) in enumerate(wanted.items()):
        row = aim(village, Decimal(amount), measure="win_rate", unit="firm", version=version)
        assert stands(village, row).course is course, amount


def test_where_less_is_better_the_target_is_divided_by_the_value(village: Village) -> None:
    """Twenty deals that took 40 days each, against 50 and against 20."""
    deals(village, "noor", *[1] * 20, entered=MIDDLE - timedelta(days=40))
    good, bad = (aim(village, n, measure="days_to_decision", unit=unit) for n, unit in ((50, "cobalt"), (20, "firm")))
    assert (stands(village, good).attained, stands(village, good).course) == (1.25, Course.ON)
    assert (stands(village, bad).attained, stands(village, bad).course) == (0.5, Course.OFF)


def test_a_pace_is_held_against_its_target_by_the_week(village: Village) -> None:
    """Four calls in the fourteen days up to the 14th of April are two a week."""
    calls = [
        NewActivity(kind="call", day=day) for day in (date(2024, 4, 1), date(2024, 4, 3), date(2024, 4, 9), date(2024, 4, 14))
    ]
    log_activities(calls, by=village.by, now=NOW, whose=village.side("noor"), judged=True)
    noor = aim(village, 4, measure="activities_per_week", person="noor")
    standing = stands(village, noor, as_of=date(2024, 4, 14))
    assert (value(standing), standing.attained, standing.course) == ((2.0, 4), 0.5, Course.WATCH)


def test_nothing_done_at_all_is_behind_a_target_of_activities_and_not_too_few_to_tell(village: Village) -> None:
    row = aim(village, 4, measure="activities_per_week", person="ben")
    assert stands(village, row, as_of=END).course in (Course.WATCH, Course.OFF)


def test_coverage_is_what_is_open_in_the_rest_of_the_time_over_what_is_missing(village: Village) -> None:
    """40 of 100 are won, 60 are missing; 30 + 60 + 30 are expected from today to the end of April: twice covered."""
    row = aim(village, 100)
    deals(village, "noor", 40)
    for amount, expected in ((30, MIDDLE), (60, date(2024, 4, 20)), (30, END)):
        open_deals(village, "noor", amount, expected=expected)
    open_deals(village, "noor", 1000, expected=MIDDLE - timedelta(days=1))  # lapsed
    open_deals(village, "noor", 2000, expected=date(2024, 5, 1))
    open_deals(village, "noor", 4000, expected=None)
    open_deals(village, "noor", 8000, expected=END, stale=True)
    open_deals(village, "noor", 9000, expected=END, currency="SEK")
    open_deals(village, "sven", 9999, expected=END)
    assert stands(village, row).coverage == 2.0
    assert asked(village, "coverage") == {"Cobalt Payments": 2.0}


def test_coverage_of_a_target_in_deals_counts_deals(village: Village) -> None:
    """One of five is won; two are open, of any currency: 2 over 4."""
    row = aim(village, 5, measure="won_count")
    deals(village, "noor", 10)
    open_deals(village, "noor", 10, expected=END)
    open_deals(village, "ben", 10, expected=END, currency="SEK")
    assert stands(village, row).coverage == 0.5


def test_where_nothing_is_missing_there_is_nothing_to_cover(village: Village) -> None:
    reached, over, rate = aim(village, 40), aim(village, 30, unit="firm"), aim(village, Decimal("0.5"), measure="win_rate")
    deals(village, "noor", 40)
    open_deals(village, "noor", 100, expected=END)
    assert [stands(village, row).coverage for row in (reached, over, rate)] == [None, None, None]


def test_of_a_time_that_is_over_nothing_is_covered(village: Village) -> None:
    row = aim(village, 100)
    open_deals(village, "noor", 100, expected=END)
    assert stands(village, row, as_of=date(2024, 5, 1)).coverage == 0


def test_attainment_is_asked_by_unit_project_manager_and_seller(village: Village) -> None:
    deals(village, "noor", 10)
    deals(village, "piet", 40)
    deals(village, "sven", 30)
    for unit, amount in (("cobalt", 100), ("callwerk", 80), ("delta", 60), ("firm", 160)):
        aim(village, amount, unit=unit)
    aim(village, 20, person="noor")
    projects = {"Cobalt Payments": 0.5, "Delta Fasteners": 0.5}
    assert asked(village, by="unit") == projects | {"Callwerk": 0.5, "Hafen Vertrieb": 0.5}
    assert asked(village, by="project") == projects
    people = {"Aylin Sahin": 0.5, "Paula Kern": 0.5, "Jonas Prinz": 0.5, "Dora Lang": 0.5}
    assert asked(village, by="manager") == people
    assert asked(village, by="seller") == {"Noor Haddad": 0.5}
    assert asked(village, by="") == {"": 0.5}


def test_asked_by_nothing_it_is_that_of_the_units_at_the_top(village: Village) -> None:
    deals(village, "noor", 10)
    deals(village, "sven", 30)
    for unit, amount in (("cobalt", 100), ("callwerk", 80), ("delta", 60)):
        aim(village, amount, unit=unit)
    question = Question(as_of=MIDDLE, since=APRIL.since, until=APRIL.until)
    found = figures(MEASURES["attainment"], village.actor("dora").scope, question).figures
    assert sorted(float(one.value or 0) for one in found) == [0.1, 0.5]


def test_without_a_period_it_is_every_target_that_runs_on_the_day(village: Village) -> None:
    deals(village, "noor", 30)
    for text, amount in (("2024-04", 60), ("2024-Q2", 120), ("2024-03", 1), ("2024-Q3", 1)):
        aim(village, amount, period=read_period(text))
    aim(village, 300, period=days("2024-04-15", "2024-04-15"))
    withdraw_target(aim(village, 3, period=days("2024-04-01", "2024-04-20")).pk, version=1, by=village.by, now=NOW)
    found = figures(MEASURES["attainment"], village.actor("dora").scope, Question(as_of=MIDDLE, by=("unit",))).figures
    assert sorted(float(one.value or 0) for one in found) == [0.1, 0.25, 0.5]


def test_asked_of_some_units_it_is_of_those_only(village: Village) -> None:
    for unit in ("cobalt", "delta"):
        aim(village, 100, unit=unit)
    only = {"unit": (str(village.units["delta"].pk),)}
    question = Question(as_of=MIDDLE, since=APRIL.since, until=APRIL.until, by=("unit",), where=only)
    answer = figures(MEASURES["attainment"], village.actor("dora").scope, question)
    assert [str(answer.name(one)) for one in answer.figures] == ["Delta Fasteners"]


@pytest.mark.parametrize("by", ["product", "month", "colour"])
def test_attainment_by_what_no_target_has_is_refused(village: Village, by: str) -> None:
    aim(village, 100)
    with pytest.raises(Refused, match="no_dimension"):
        asked(village, by=by)


@pytest.mark.parametrize(
    ("viewer", "units"),
    [
        ("dora", {"Cobalt Payments": 0.5, "Callwerk": 0.4, "Delta Fasteners": 0.3}),
        ("aylin", {"Cobalt Payments": 0.5, "Callwerk": 0.4}),
        ("jonas", {"Delta Fasteners": 0.3}),
        ("paula", {"Callwerk": 0.4}),
        ("astrid", {}),
    ],
)
def test_leaders_read_the_attainment_of_what_they_lead(village: Village, viewer: str, units: dict[str, float]) -> None:
    deals(village, "noor", 10)
    deals(village, "piet", 40)
    deals(village, "sven", 30)
    for unit in ("cobalt", "callwerk", "delta"):
        aim(village, 100, unit=unit)
    assert asked(village, viewer=viewer) == units


@pytest.mark.parametrize("viewer", ["noor", "piet", "clara", "conny", "luis", "stefan", "ines", "rita"])
def test_nobody_else_reads_attainment(village: Village, viewer: str) -> None:
    with pytest.raises(NotAllowed):
        asked(village, viewer=viewer)
    assert aim(village, 100).version == 1
