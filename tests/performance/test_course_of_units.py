"""Units side by side: each with its target, its rate among its peers, its course, and who may count what."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from bailiwick.network import queries as network
from bailiwick.network.commands import add_units, grant_sight
from bailiwick.network.commands.setting_up import NewUnit
from bailiwick.network.models import Unit
from bailiwick.performance.queries import standings
from bailiwick.performance.queries.progress import progress
from bailiwick.performance.queries.units import Side, side_by_side, side_units, won_by_unit
from bailiwick.performance.rules.course import Course
from tests.performance.dealt import APRIL, END, MIDDLE, aim, days, deals, open_deals, stands
from tests.village import NOW, TODAY, Village


def side(village: Village, *units: str, viewer: str = "dora", as_of: date = MIDDLE) -> Side:
    return side_by_side(village.actor(viewer).scope, [village.units[unit].pk for unit in units], APRIL, as_of=as_of)


@pytest.mark.parametrize(
    ("kinds", "held"),
    [
        ("project team office partner", "project"),
        ("team office partner", "team"),
        ("office partner", "office"),
        ("partner", "partner"),
        ("project project", "project project"),
    ],
)
def test_projects_are_held_side_by_side_else_teams_else_offices_else_partners(kinds: str, held: str) -> None:
    root = Unit(kind="office", parent=None)
    units = [root, *(Unit(kind=kind, parent_id=root.pk) for kind in kinds.split())]
    assert [str(unit.kind) for unit in side_units(units)] == held.split()


def test_where_there_is_only_the_firm_itself_it_stands_alone() -> None:
    root = Unit(kind="office", parent=None)
    assert side_units([root]) == [root]


@pytest.mark.parametrize(
    ("viewer", "names"),
    [
        ("dora", ["Cobalt Payments", "Delta Fasteners"]),
        ("aylin", ["Cobalt Payments"]),
        ("jonas", ["Delta Fasteners"]),
        ("paula", ["Callwerk"]),
        ("luis", []),
    ],
)
def test_everybody_has_those_in_sight_side_by_side(village: Village, viewer: str, names: list[str]) -> None:
    assert [unit.name for unit in side_units(list(network.units(village.actor(viewer).scope)))] == names


def test_a_unit_won_what_everything_below_it_won_by_currency(village: Village) -> None:
    for who, amount in (("noor", 10), ("piet", 40), ("sven", 80)):
        deals(village, who, amount)
    deals(village, "piet", 500, currency="SEK")
    deals(village, "noor", 9000, day=date(2024, 3, 31))
    found = side(village, "cobalt", "delta")
    each = {unit: [(one.currency, one.value) for one in figures.won] for unit, figures in found.each.items()}
    cobalt, delta = village.units["cobalt"].pk, village.units["delta"].pk
    assert each == {cobalt: [("EUR", 50), ("SEK", 500)], delta: [("EUR", 80)]}
    assert [(one.currency, one.value) for one in found.won] == [("EUR", 130), ("SEK", 500)]
    alone = won_by_unit(village.actor("dora").scope, [cobalt, delta], APRIL, as_of=MIDDLE)
    assert {unit: [(one.currency, one.value) for one in figures] for unit, figures in alone.items()} == each


def test_rates_are_of_the_year_up_to_the_day_and_pooled_with_the_units_beside(village: Village) -> None:
    """Cobalt 3 of 30, Delta 27 of 30; what was decided more than a year ago is in neither."""
    for who, won in (("noor", 3), ("sven", 27)):
        deals(village, who, *[1] * won)
        deals(village, who, *[1] * (30 - won), outcome="lost")
        deals(village, who, *[1] * 50, day=date(2023, 4, 15))
    found = side(village, "cobalt", "delta")
    cobalt, delta = (found.each[village.units[unit].pk].rate for unit in ("cobalt", "delta"))
    assert [(one.k, one.n, one.value) for one in (cobalt, delta, found.rate)] == [(3, 30, 0.1), (27, 30, 0.9), (30, 60, 0.5)]
    assert cobalt.pooled is not None
    assert delta.pooled is not None
    assert 0.1 < cobalt.pooled < 0.5 < delta.pooled < 0.9


def test_what_is_open_is_all_that_can_still_be_won(village: Village) -> None:
    """On the village's own day: Noor 10, 12 and 13 thousand (11 lapsed), Ben and Piet 10; Sven and Arvid 10 each."""
    found = side(village, "cobalt", "delta", as_of=TODAY)
    cobalt, delta = (found.each[village.units[unit].pk].open for unit in ("cobalt", "delta"))
    assert [[(one.value, one.n) for one in figures] for figures in (cobalt, delta)] == [[(55_000, 5)], [(20_000, 2)]]
    assert [one.value for one in found.open] == [75_000]


def test_a_unit_without_a_deal_stands_there_with_nothing(village: Village) -> None:
    found = side(village, "cobalt", "delta")
    cobalt = found.each[village.units["cobalt"].pk]
    assert (cobalt.won, cobalt.rate.value, cobalt.rate.enough, cobalt.standing) == ([], None, False, None)
    assert (found.won, found.rate.n) == ([], 0)


def test_each_unit_stands_against_its_own_target_of_the_period(village: Village) -> None:
    """Half of April: Cobalt has 20 of 100 and luck of 1.645 x sqrt(80); Delta 50 of 100; Callwerk has no such target."""
    deals(village, "noor", *[4] * 5)
    deals(village, "sven", *[10] * 5)
    for unit in ("cobalt", "delta"):
        aim(village, 100, unit=unit)
    aim(village, 1, unit="callwerk", measure="won_count")
    aim(village, 1, unit="callwerk", period=days("2024-04-01", "2024-06-30"))
    aim(village, 1, unit="callwerk", person="piet")
    found = {unit: side(village, unit).each[village.units[unit].pk].standing for unit in ("cobalt", "delta", "callwerk")}
    assert {unit: one and one.course for unit, one in found.items()} == {
        "cobalt": Course.OFF, "delta": Course.ON, "callwerk": None,
    }  # fmt: skip
    assert found["cobalt"] is not None
    assert found["cobalt"].attained == 0.2


def test_a_unit_with_targets_in_two_currencies_stands_as_the_worse_of_them(village: Village) -> None:
    """Whoever is off course in euros is not on course because of a target in crowns."""
    deals(village, "noor", *[4] * 5)
    deals(village, "noor", *[100] * 5, currency="SEK")
    aim(village, 100)
    aim(village, 100, currency="SEK")
    standing = side(village, "cobalt").each[village.units["cobalt"].pk].standing
    assert standing is not None
    assert (standing.target.currency, standing.course) == ("EUR", Course.OFF)


@pytest.mark.parametrize(
    ("viewer", "sums"),
    [
        ("dora", {"cobalt": 50, "callwerk": 40, "noor": 10, "piet": 40}),
        ("aylin", {"cobalt": 50, "callwerk": 40, "noor": 10, "piet": 40}),
        ("paula", {"callwerk": 40, "piet": 40}),
        ("noor", {"noor": 10}),
        ("piet", {"piet": 40}),
        ("jonas", {}),
        ("ben", {}),
    ],
)
def test_a_target_says_how_it_stands_to_whoever_sees_every_row_it_is_made_of(
    village: Village, viewer: str, sums: dict[str, int]
) -> None:
    """A manager sees all rows of the own sellers, and so how each stands; a seller does not see those of the team."""
    for who, amount in (("noor", 10), ("piet", 40)):
        deals(village, who, amount)
    holders = {"cobalt": ("cobalt", ""), "callwerk": ("callwerk", ""), "noor": ("cobalt", "noor"), "piet": ("callwerk", "piet")}
    rows = {name: aim(village, 100, unit=unit, person=person) for name, (unit, person) in holders.items()}
    found = {name: stands(village, row, viewer=viewer) for name, row in rows.items()}
    assert {name: one.figure.value for name, one in found.items() if one.figure} == sums
    hidden = [one for one in found.values() if one.figure is None]
    assert all((one.attained, one.coverage, one.course) == (None, None, Course.NONE) for one in hidden)


def test_a_target_in_a_unit_is_of_what_was_done_there(village: Village) -> None:
    """Noor also won a deal in Delta, which her manager does not see: the figure is the same for everybody."""
    row = aim(village, 100, person="noor")
    deals(village, "noor", 10)
    moved = deals(village, "noor", 30)[0]
    delta = village.units["delta"]
    type(moved).objects.in_network(village.by).filter(pk=moved.pk).update(unit=delta.pk, organization=delta.organization_id)
    found = [stands(village, row, viewer=viewer).figure for viewer in ("dora", "aylin", "noor")]
    assert [one and one.value for one in found] == [10, 10, 10]


def test_whoever_is_shown_a_unit_sees_how_its_target_stands(village: Village) -> None:
    deals(village, "noor", 10)
    deals(village, "piet", 40)
    row, unit = aim(village, 100), village.units["cobalt"].pk
    assert stands(village, row, viewer="jonas").figure is None
    grant_sight(viewer=village.people["jonas"].pk, purpose="help", source="agreement", by=village.by, now=NOW, unit=unit)
    figure = stands(village, row, viewer="jonas").figure
    assert figure is not None
    assert figure.value == 50


def test_standings_come_in_the_order_that_was_given(village: Village) -> None:
    rows = [aim(village, 9, unit=unit, measure=measure) for unit in ("delta", "cobalt") for measure in ("won_count", "won_value")]
    for order in (rows, rows[::-1], rows[2:]):
        assert [one.target.pk for one in standings(village.actor("dora").scope, order, as_of=MIDDLE)] == [row.pk for row in order]
    assert standings(village.actor("dora").scope, [], as_of=MIDDLE) == []


def test_progress_sums_up_what_was_won_week_by_week(village: Village) -> None:
    """April 2024 begins on a Monday: weeks end on 7 and 14 April, and the third one so far on the 15th."""
    for day, amount in ((1, 10), (7, 20), (8, 30), (15, 40)):
        deals(village, "noor", amount, day=date(2024, 4, day))
    deals(village, "noor", 5, currency="SEK")
    found = progress(village.actor("dora").scope, APRIL, as_of=MIDDLE)
    assert found.currency == "EUR"
    assert found.points == [(0, 0), (pytest.approx(7 / 30), 30), (pytest.approx(14 / 30), 60), (pytest.approx(0.5), 100)]


def test_progress_goes_on_to_the_day_and_ends_with_the_period(village: Village) -> None:
    deals(village, "noor", 10, day=date(2024, 4, 2))
    quiet = progress(village.actor("dora").scope, APRIL, as_of=MIDDLE)
    assert quiet.points == [(0, 0), (pytest.approx(7 / 30), 10), (0.5, 10)]
    over = progress(village.actor("dora").scope, APRIL, as_of=END + timedelta(days=9))
    assert over.points[-1] == (1.0, 10)


def test_progress_is_of_the_units_asked_for_and_of_what_the_viewer_may_count(village: Village) -> None:
    deals(village, "noor", 10)
    deals(village, "sven", 40)
    only = (str(village.units["delta"].pk),)
    last = [
        progress(village.actor("dora").scope, APRIL, as_of=MIDDLE, units=only),
        progress(village.actor("dora").scope, APRIL, as_of=MIDDLE),
        progress(village.actor("aylin").scope, APRIL, as_of=MIDDLE),
        progress(village.actor("ben").scope, APRIL, as_of=MIDDLE),
    ]
    assert [one.points[-1][1] for one in last] == [40, 50, 10, 0]


def test_open_deals_of_a_team_below_a_partner_cover_the_target_above(village: Village) -> None:
    """firm > cobalt > callwerk > annex: 50 of 100 are missing, 25 are open at the very bottom."""
    annex = add_units([NewUnit(name="Annex", kind="team", parent=village.units["callwerk"].pk)], by=village.by, now=NOW)[0]
    deals(village, "noor", 50)
    row = open_deals(village, "piet", 25, expected=END)[0]
    type(row).objects.in_network(village.by).filter(pk=row.pk).update(unit=annex.pk)
    assert [stands(village, aim(village, Decimal(100), unit=unit)).coverage for unit in ("firm", "cobalt")] == [0.5, 0.5]
