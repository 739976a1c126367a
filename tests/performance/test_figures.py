"""Cells become figures: value, size, interval, what stands beside; and figures are asked, rolled up and named."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bailiwick.kit import NotAllowed
from bailiwick.measures import MEASURES, Shape
from bailiwick.mirror import Cell, Question
from bailiwick.network.commands import add_units
from bailiwick.network.commands.setting_up import NewUnit
from bailiwick.performance.queries import figures, today_of
from bailiwick.performance.queries.tree import nearest_projects, rolled_up
from bailiwick.performance.rules.figures import Figure, judge
from bailiwick.pipeline.commands import NewLine
from bailiwick.pipeline.models import Opportunity
from bailiwick.tenancy.models import Network
from tests.network.programs import a_program
from tests.performance.dealt import APRIL, MIDDLE, deals, open_deals
from tests.village import NOW, Village

RATE, COUNT, SUM = MEASURES["win_rate"], MEASURES["won_count"], MEASURES["won_value"]
PER_HIT, PACE, MEDIAN = MEASURES["appointments_per_close"], MEASURES["activities_per_week"], MEASURES["days_to_decision"]
Z = 1.6448536  # of 90%


def wilson(k: int, n: int) -> tuple[float, float]:
    """Wilson's interval, by the roots of (p - k/n)^2 = z^2 p (1 - p) / n."""
    a, b, c = 1 + Z * Z / n, -(2 * k / n + Z * Z / n), (k / n) ** 2
    root = (b * b - 4 * a * c) ** 0.5
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def rates(*pairs: tuple[int, int]) -> list[Figure]:
    """Peers with k of n each, in the order given."""
    return judge(RATE, [Cell((f"{place:03}",), n, k) for place, (k, n) in enumerate(pairs)], as_of=MIDDLE)


def one(figures: list[Figure]) -> Figure:
    assert len(figures) == 1
    return figures[0]


def test_a_rate_says_hits_cases_and_wilsons_interval() -> None:
    found = one(rates((12, 30)))
    low, high = wilson(12, 30)
    assert (found.k, found.n, found.value, found.enough) == (12, 30, 0.4, True)
    assert [found.low, found.high] == pytest.approx([low, high])
    assert [found.low, found.high] == pytest.approx([0.267, 0.549], abs=0.001)


@pytest.mark.parametrize(("n", "enough"), [(0, False), (1, False), (19, False), (20, True), (21, True)])
def test_below_twenty_cases_a_rate_is_too_few_to_tell(n: int, enough: bool) -> None:
    assert one(rates((0, n))).enough is enough


def test_a_rate_of_no_case_has_no_value_and_no_interval_but_that_of_its_peers() -> None:
    none, *_ = rates((0, 0), *[(400, 1000)] * 8)
    assert (none.value, none.low, none.high, none.enough) == (None, None, None, False)
    assert none.pooled == pytest.approx(0.4, abs=0.02)


def test_few_cases_are_drawn_to_the_peers_and_many_are_not() -> None:
    few, many, *_ = rates((2, 2), (180, 200), (30, 100), (35, 100), (32, 100), (28, 100))
    assert few.value == 1
    assert few.pooled is not None
    assert many.pooled is not None
    assert few.pooled < 0.85, "two of two is no hundred percent"
    assert many.pooled == pytest.approx(0.9, abs=0.02)
    assert few.pooled_low is not None
    assert few.pooled_high is not None
    assert few.pooled_low < few.pooled < few.pooled_high


def test_peers_that_did_alike_are_pooled_to_what_they_did_together() -> None:
    found = rates(*[(10, 40)] * 6)
    assert [one.pooled for one in found] == pytest.approx([0.25] * 6, abs=0.01)
    widths = [((one.pooled_high or 0) - (one.pooled_low or 0), (one.high or 0) - (one.low or 0)) for one in found]
    assert all(0 < among_peers < alone for among_peers, alone in widths)


PAIRS = st.tuples(st.integers(0, 60), st.integers(1, 60)).map(lambda pair: (min(pair), max(pair[1], pair[0])))


@given(st.lists(PAIRS, min_size=1, max_size=25))
def test_a_rate_lies_in_its_interval_and_the_pooled_one_in_its_own(pairs: list[tuple[int, int]]) -> None:
    for (k, n), found in zip(pairs, rates(*pairs), strict=True):
        assert found.value == k / n
        assert found.low is not None
        assert found.high is not None
        assert 0 <= found.low <= k / n <= found.high <= 1
        assert found.pooled is not None
        assert found.pooled_low is not None
        assert found.pooled_high is not None
        assert 0 < found.pooled_low < found.pooled < found.pooled_high < 1


@given(st.lists(PAIRS, min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_cells_of_the_same_keys_are_added_in_any_order(pairs: list[tuple[int, int]], chance: object) -> None:
    cells = [Cell(("a",), n, k) for k, n in pairs]
    whole = one(judge(RATE, cells, as_of=MIDDLE))
    assert (whole.k, whole.n) == (sum(k for k, _ in pairs), sum(n for _, n in pairs))
    assert judge(RATE, cells[::-1], as_of=MIDDLE) == [whole]


def test_what_stands_beside_a_rate_is_counted_by_its_words_and_never_in_it() -> None:
    cells = [
        Cell(("a",), 30, 12),
        *(Cell(("a",), n, 0, aside=word) for n, word in ((5, "undated"), (3, "stale"), (2, "undated stale"))),
    ]
    found = one(judge(RATE, cells, as_of=MIDDLE))
    assert (found.k, found.n, found.beside) == (12, 30, {"undated": 7, "stale": 5})


def test_trials_for_one_hit_turn_the_interval_over() -> None:
    """4 closes of 40 appointments: ten each, between the ends of the rate's interval turned over."""
    low, high = wilson(4, 40)
    found = one(judge(PER_HIT, [Cell((), 40, 4)], as_of=MIDDLE))
    assert (found.value, found.k, found.n) == (10, 4, 40)
    assert [found.low, found.high] == pytest.approx([1 / high, 1 / low])


def test_without_a_hit_it_is_more_than_the_lower_end() -> None:
    found = one(judge(PER_HIT, [Cell((), 40, 0)], as_of=MIDDLE))
    assert (found.value, found.high, found.enough) == (None, None, True)
    assert found.low == pytest.approx((40 + Z * Z) / (Z * Z)), "1 over Wilson's upper end, z^2 / (n + z^2)"


def test_a_count_has_no_interval_and_its_square_is_itself() -> None:
    found = one(judge(COUNT, [Cell((), 3), Cell((), 4)], as_of=MIDDLE))
    assert (found.value, found.n, found.square, found.low, found.high, found.enough) == (7, 7, 7.0, None, None, True)


def test_sums_stand_by_currency_and_say_how_many_are_unknown() -> None:
    cells = [
        Cell(("a",), 3, currency="EUR", amount=Decimal("10.10"), square=60.0, unknown=1),
        Cell(("a",), 1, currency="EUR", amount=Decimal("0.20"), square=0.04),
        Cell(("a",), 1, currency="SEK", amount=Decimal(500), square=250000.0),
        Cell(("a",), 2, currency="", amount=None, unknown=2),
    ]
    unsaid, euros, crowns = judge(SUM, cells, as_of=MIDDLE)
    assert (unsaid.currency, unsaid.value, unsaid.n, unsaid.unknown) == ("", None, 2, 2)
    assert (euros.currency, euros.value, euros.n, euros.unknown) == ("EUR", Decimal("10.30"), 4, 1)
    assert euros.square == pytest.approx(60.04)
    assert (crowns.currency, crowns.value, crowns.n) == ("SEK", 500, 1)


@pytest.mark.parametrize(
    ("since", "until", "as_of", "weekly"),
    [
        (date(2024, 4, 1), date(2024, 4, 14), MIDDLE, 6.0),  # 12 in two weeks
        (date(2024, 4, 1), date(2024, 4, 30), date(2024, 4, 7), 12.0),  # the rest of the time has not come
        (date(2024, 4, 1), date(2024, 4, 30), date(2024, 5, 9), 2.8),  # 30 days
        (date(2024, 4, 15), date(2024, 4, 15), MIDDLE, 84.0),  # one day
        (None, None, date(2024, 4, 14), 3.0),  # since the first, on 18 March: four weeks
    ],
)
def test_a_pace_is_cases_over_the_weeks_that_have_passed(
    since: date | None, until: date | None, as_of: date, weekly: float
) -> None:
    cells = [Cell((), 5, first=date(2024, 3, 18)), Cell((), 7, first=date(2024, 3, 25))]
    found = one(judge(PACE, cells, as_of=as_of, since=since, until=until))
    assert found.value == pytest.approx(weekly)
    assert (found.n, found.low) == (12, None)


def test_a_median_has_the_interval_of_ranks_and_forgets_unknown_values() -> None:
    """Of 20 values the 5th and 95th of a hundred binomial draws of 1/2 are 6 and 14: the 6th and the 15th value."""
    cells = [Cell((), 1, value=Decimal(n)) for n in range(1, 21)]
    found = one(judge(MEDIAN, [*cells, Cell((), 9)], as_of=MIDDLE))
    assert (found.value, found.n, found.low, found.high, found.enough) == (10.5, 20, 6.0, 15.0, True)
    nothing = one(judge(MEDIAN, [Cell((), 9)], as_of=MIDDLE))
    assert (nothing.value, nothing.n, nothing.enough) == (None, 0, False)


def test_a_cycle_counts_its_wins_against_the_least_number() -> None:
    """Thirty wins of 1 to 30 days, nothing open or lost: half have come by the 15th day."""
    measure = MEASURES["cycle_length"]
    cells = [Cell((), 1, days=n, ending="won") for n in range(1, 31)]
    full, short = (one(judge(measure, some, as_of=MIDDLE)) for some in (cells, cells[:29]))
    assert (full.value, full.n, full.k, full.enough, short.enough) == (15.0, 30, 30, True, False)
    assert full.low is not None
    assert full.high is not None
    assert full.low < 15 < full.high


@pytest.mark.parametrize("measure", [one for one in MEASURES.values() if one.shape is not Shape.TARGET], ids=lambda one: one.name)
def test_of_no_cell_no_figure_is_made(measure: object) -> None:
    assert judge(measure, [], as_of=MIDDLE) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("as_of", "today", "day"),
    [
        (None, date(2026, 11, 27), date(2026, 11, 27)),
        (date(2017, 12, 31), date(2026, 11, 27), date(2017, 12, 31)),
        (date(2026, 11, 27), date(2026, 11, 27), date(2026, 11, 27)),
        (date(2027, 1, 1), date(2026, 11, 27), date(2026, 11, 27)),  # no figure stands in the future
    ],
)
def test_an_archive_opens_on_its_own_last_day(as_of: date | None, today: date, day: date) -> None:
    assert today_of(Network(as_of=as_of), today) == day


def asked(village: Village, name: str, by: str, viewer: str = "dora") -> dict[str, tuple[float | None, int]]:
    """Value and cases by name, in April."""
    question = Question(as_of=MIDDLE, since=APRIL.since, until=APRIL.until, by=(by,))
    answer = figures(MEASURES[name], village.actor(viewer).scope, question)
    found = {str(answer.name(one)): (None if one.value is None else float(one.value), one.n) for one in answer.figures}
    whole = answer.whole[0]
    return found | {"whole": (None if whole.value is None else float(whole.value), whole.n)}


def test_units_are_rolled_up_to_the_nearest_project_above(village: Village) -> None:
    """A project in a project is one of its own; what stands in the firm itself is in none."""
    inner = add_units([NewUnit(name="Inner", kind="project", parent=village.units["nordpart"].pk)], by=village.by, now=NOW)[0]
    team = add_units([NewUnit(name="Team", kind="team", parent=inner.pk)], by=village.by, now=NOW)[0]
    cobalt, delta = str(village.units["cobalt"].pk), str(village.units["delta"].pk)
    assert nearest_projects(village.by.scope) == {
        cobalt: cobalt, str(village.units["callwerk"].pk): cobalt, delta: delta, str(village.units["nordpart"].pk): delta,
        str(inner.pk): str(inner.pk), str(team.pk): str(inner.pk),
    }  # fmt: skip
    cells = [Cell(("x", str(unit)), 1) for unit in (team.pk, village.units["callwerk"].pk, village.units["firm"].pk)]
    rolled = rolled_up(cells, Question(as_of=MIDDLE, by=("seller", "project")), village.by.scope)
    assert [cell.keys for cell in rolled] == [("x", str(inner.pk)), ("x", cobalt), ("x", "")]
    assert rolled_up(cells, Question(as_of=MIDDLE, by=("seller", "unit")), village.by.scope) == cells


def test_figures_by_project_are_those_of_everything_below_and_the_whole_is_all(village: Village) -> None:
    for who, amount in (("noor", 10), ("piet", 40), ("sven", 80), ("arvid", 160), ("dora", 500)):
        deals(village, who, amount)
    assert asked(village, "won_value", "project") == {
        "Cobalt Payments": (50, 2), "Delta Fasteners": (240, 2), "not known": (500, 1), "whole": (790, 5),
    }  # fmt: skip
    assert asked(village, "won_value", "project", "aylin") == {"Cobalt Payments": (50, 2), "whole": (50, 2)}


def test_a_deal_of_two_products_is_one_deal_in_the_whole(village: Village) -> None:
    """By product it is a case of each; together it was won once, and lost deals likewise."""
    terminal, gateway, _ = village.products
    lines = [NewLine(product=one.pk, quantity=Decimal(1), price=Decimal(price)) for one, price in ((terminal, 30), (gateway, 70))]
    deals(village, "noor", 100, lines=lines)
    deals(village, "noor", 30, lines=lines[:1])
    assert asked(village, "won_count", "product") == {"Terminal": (2, 2), "Gateway": (1, 1), "whole": (2, 2)}


def test_undated_and_stale_deals_stand_beside_a_rate(village: Village) -> None:
    deals(village, "ben", *[1] * 3)
    deals(village, "ben", 1, outcome="lost")
    open_deals(village, "ben", 1, 1, expected=None)
    open_deals(village, "ben", 1, expected=MIDDLE - timedelta(days=1), stale=True)
    open_deals(village, "ben", 1, expected=MIDDLE - timedelta(days=1))
    bens = {"seller": (str(village.people["ben"].pk),)}
    question = Question(as_of=MIDDLE, since=APRIL.since, until=APRIL.until, where=bens)
    decided, due = (
        one(list(figures(MEASURES[name], village.actor("dora").scope, question).whole))
        for name in ("win_rate", "win_rate_of_due")
    )
    assert (decided.k, decided.n, decided.beside, decided.enough) == (3, 4, {"undated": 2, "stale": 1}, False)
    assert (due.k, due.n, due.beside) == (3, 5, {"undated": 2, "stale": 1})


def test_figures_come_in_the_order_of_their_names(village: Village) -> None:
    for who in ("sven", "noor", "arvid", "piet"):
        deals(village, who, 10)
    names = [name for name in asked(village, "won_count", "seller") if name != "whole"]
    assert names == ["Arvid Nyman", "Noor Haddad", "Piet Vos", "Sven Berg"]


@pytest.mark.parametrize("viewer", ["clara", "conny", "luis", "stefan", "ines", "rita"])
def test_whoever_sells_nothing_reads_no_figure(village: Village, viewer: str) -> None:
    with pytest.raises(NotAllowed) as no:
        asked(village, "won_value", "unit", viewer)
    assert str(no.value.sentence) == "This measure is not for your role."


def test_what_a_service_account_entered_is_in_the_whole_and_no_sellers(village: Village) -> None:
    """One rule for every cut by seller: people sell. The deal counts, and stands beside nobody as a peer's."""
    for who in ("noor", "noor", "ben"):
        deals(village, who, 10)
    entered = Opportunity.objects.in_network(village.by).filter(person=village.people["ben"].pk, outcome="won")
    assert entered.update(person=a_program(village)) == 1
    assert asked(village, "won_count", "seller") == {"Noor Haddad": (2, 2), "not known": (1, 1), "whole": (3, 3)}
    assert asked(village, "won_count", "unit") == {"Cobalt Payments": (3, 3), "whole": (3, 3)}
