"""The overview: what is off course or waits comes first, the worst at the top; everything else stands quietly below."""

from datetime import date, timedelta

import pytest

from bailiwick.desk.overview import Line, Overview, overview
from bailiwick.kit import NotAllowed
from bailiwick.network.models import Membership
from bailiwick.performance.rules.course import Course
from bailiwick.pipeline.commands.promising import KeptPromise, Promised, keep_many, promise_many
from bailiwick.pipeline.queries import Waiting
from tests.performance.dealt import APRIL, MIDDLE, aim, deals, open_deals
from tests.village import NOW, Village

YESTERDAY = MIDDLE - timedelta(days=1)


def seen(village: Village, viewer: str = "dora") -> Overview:
    return overview(village.actor(viewer).scope, APRIL, as_of=MIDDLE)


def said(lines: list[Line] | tuple[Line, ...]) -> dict[str, list[str]]:
    """What each line needs, in the order of the page."""
    return {one.unit.name: [str(need) for need in one.needs] for one in lines}


def needs(village: Village, viewer: str = "dora") -> dict[str, list[str]]:
    return said(tuple(seen(village, viewer).needs))


def on_course(village: Village, who: str, unit: str) -> None:
    """Five deals of ten, half of a hundred in half of the time."""
    deals(village, who, *[10] * 5)
    aim(village, 100, unit=unit)


def off_course(village: Village, who: str, unit: str) -> None:
    """Five deals of four: 20, and luck of 1.645 x sqrt(80) = 14.7 leaves them under 50."""
    deals(village, who, *[4] * 5)
    aim(village, 100, unit=unit)


def to_be_watched(village: Village, who: str, unit: str) -> None:
    """Five deals of eight: 40, and luck of 1.645 x sqrt(320) = 29.4 would bring them beyond 50."""
    deals(village, who, *[8] * 5)
    aim(village, 100, unit=unit)


def test_where_nothing_waits_everything_is_quiet_and_in_the_order_of_names(village: Village) -> None:
    on_course(village, "noor", "cobalt")
    on_course(village, "sven", "delta")
    found = seen(village)
    assert list(found.needs) == []
    assert [(one.unit.name, one.manager and one.manager.name, one.course) for one in found.quiet] == [
        ("Cobalt Payments", "Aylin Sahin", Course.ON),
        ("Delta Fasteners", "Jonas Prinz", Course.ON),
    ]


def test_what_is_off_course_comes_first_and_the_rest_stands_below(village: Village) -> None:
    on_course(village, "noor", "cobalt")
    off_course(village, "sven", "delta")
    found = seen(village)
    assert said(tuple(found.needs)) == {"Delta Fasteners": ["behind its target by more than luck"]}
    assert [one.unit.name for one in found.quiet] == ["Cobalt Payments"]
    assert [one.unit.name for one in found.lines] == ["Delta Fasteners", "Cobalt Payments"]


def test_off_course_stands_above_what_is_to_be_watched_however_much_else_waits_there(village: Village) -> None:
    to_be_watched(village, "noor", "cobalt")
    open_deals(village, "noor", *[1] * 3, expected=YESTERDAY)
    off_course(village, "sven", "delta")
    assert needs(village) == {
        "Delta Fasteners": ["behind its target by more than luck"],
        "Cobalt Payments": ["a little behind its target", "3 deals lapsed this month"],
    }
    assert list(needs(village)) == ["Delta Fasteners", "Cobalt Payments"]


def test_of_two_that_stand_alike_the_one_with_more_waiting_comes_first(village: Village) -> None:
    off_course(village, "noor", "cobalt")
    off_course(village, "sven", "delta")
    assert list(needs(village)) == ["Cobalt Payments", "Delta Fasteners"], "by name where all is alike"
    open_deals(village, "sven", *[1] * 3, expected=YESTERDAY)
    assert list(needs(village)) == ["Delta Fasteners", "Cobalt Payments"]


def test_without_a_target_nothing_is_off_course(village: Village) -> None:
    deals(village, "sven", 1)
    found = seen(village)
    assert {one.course for one in found.lines} == {Course.NONE}
    assert list(found.needs) == []


def test_too_few_deals_early_on_need_nobody(village: Village) -> None:
    aim(village, 100)
    early = overview(village.actor("dora").scope, APRIL, as_of=date(2024, 4, 14))
    assert next((one.unit.name, one.course) for one in early.quiet) == ("Cobalt Payments", Course.TOO_FEW)
    assert needs(village) == {"Cobalt Payments": ["behind its target by more than luck"]}


def test_a_unit_for_which_nobody_answers_says_so(village: Village) -> None:
    delta = village.units["delta"]
    Membership.objects.in_network(village.by).filter(unit=delta, role="manager", until=None).update(until=NOW)
    found = seen(village)
    assert said(tuple(found.needs)) == {"Delta Fasteners": ["nobody answers for it"]}
    assert found.needs[0].manager is None


def test_a_rate_below_that_of_the_peers_by_more_than_luck_needs_a_look(village: Village) -> None:
    """Cobalt 2 of 40, Delta 38 of 40: together one half."""
    for who, won in (("noor", 2), ("sven", 38)):
        deals(village, who, *[1] * won)
        deals(village, who, *[1] * (40 - won), outcome="lost")
    assert needs(village) == {"Cobalt Payments": ["wins less often than its peers, beyond luck"]}


def test_a_difference_that_luck_explains_needs_nobody(village: Village) -> None:
    for who, won in (("noor", 19), ("sven", 21)):
        deals(village, who, *[1] * won)
        deals(village, who, *[1] * (40 - won), outcome="lost")
    assert needs(village) == {}


def test_too_few_decisions_are_below_nobody(village: Village) -> None:
    """None of 19 against 40 of 40: below twenty a rate says nothing."""
    deals(village, "noor", *[1] * 19, outcome="lost")
    deals(village, "sven", *[1] * 40)
    assert needs(village) == {}
    deals(village, "noor", 1, outcome="lost")
    assert needs(village) == {"Cobalt Payments": ["wins less often than its peers, beyond luck"]}


def test_late_promises_are_counted_with_those_of_everything_below(village: Village) -> None:
    for who, deal in (("noor", "Hafen Logistik GmbH terminals"), ("piet", "Papierfabrik Pirna terminals")):
        for due in (YESTERDAY, MIDDLE):
            promised = Promised(village.actor(who), NOW, village.deals[deal].pk, "the offer", due)
            row = promise_many([promised], by=village.by)[0]
    assert needs(village) == {"Cobalt Payments": ["2 promises are late"]}, "what is due today is not late"
    late = promise_many([Promised(village.actor("piet"), NOW, village.deals[deal].pk, "more", YESTERDAY)], by=village.by)[0]
    assert needs(village) == {"Cobalt Payments": ["3 promises are late"]}
    keep_many([KeptPromise(village.actor("piet"), NOW, which) for which in (row.pk, late.pk)], by=village.by)
    assert needs(village, "paula") == {"Callwerk": ["one promise is late"]}


@pytest.mark.parametrize(
    ("lapsed", "still", "many"),
    [(0, 0, False), (2, 2, False), (3, 3, True), (3, 15, True), (3, 16, False), (4, 20, True), (4, 21, False), (100, 500, True)],
)
def test_many_lapsed_are_a_fifth_of_what_is_open_and_three_at_least(lapsed: int, still: int, many: bool) -> None:
    assert Waiting(lapsed=lapsed, open=still).many_lapsed is many


def test_many_lapsed_deals_of_the_last_thirty_days_need_somebody(village: Village) -> None:
    """The village has two deals open in Callwerk and six in Cobalt, two in Delta and two in Nordpart."""
    open_deals(village, "noor", 1, 1, expected=YESTERDAY)
    assert needs(village) == {}
    open_deals(village, "piet", 1, expected=MIDDLE - timedelta(days=30))
    assert needs(village) == {"Cobalt Payments": ["3 deals lapsed this month"]}, "three of eleven"
    open_deals(village, "noor", *[1] * 5, expected=MIDDLE)  # three of sixteen
    assert needs(village) == {}


def test_deals_that_lapsed_before_or_arrived_stale_do_not_wait(village: Village) -> None:
    open_deals(village, "sven", *[1] * 5, expected=MIDDLE - timedelta(days=31))
    open_deals(village, "sven", *[1] * 5, expected=YESTERDAY, stale=True)
    open_deals(village, "sven", *[1] * 5, expected=MIDDLE)
    open_deals(village, "sven", *[1] * 5, expected=None)
    assert needs(village) == {}


@pytest.mark.parametrize(
    ("viewer", "lines", "won"),
    [
        ("dora", {"Delta Fasteners": 60, "Cobalt Payments": 90}, 150),
        ("aylin", {"Cobalt Payments": 90}, 90),
        ("jonas", {"Delta Fasteners": 60}, 60),
        ("paula", {"Callwerk": 40}, 40),
        ("astrid", {"Nordpart": 40}, 40),
    ],
)
def test_everybody_who_leads_has_the_own_units_and_their_own_figures(
    village: Village, viewer: str, lines: dict[str, int], won: int
) -> None:
    on_course(village, "noor", "cobalt")
    off_course(village, "sven", "delta")
    deals(village, "piet", 40)
    deals(village, "arvid", 40)
    found = seen(village, viewer)
    assert {one.unit.name: one.figures.won[0].value for one in found.lines} == lines
    assert [one.value for one in found.side.won] == [won]
    assert found.progress.points[-1][1] == won


@pytest.mark.parametrize("viewer", ["luis", "stefan", "conny", "ines", "rita"])
def test_whoever_leads_and_sells_nothing_has_no_unit_there(village: Village, viewer: str) -> None:
    with pytest.raises(NotAllowed):
        seen(village, viewer)
    assert len(seen(village).lines) == 2


def test_the_whole_is_the_target_of_everything_in_sight(village: Village) -> None:
    deals(village, "noor", 50)
    deals(village, "sven", 10)
    for unit, amount in (("callwerk", 1), ("cobalt", 200), ("firm", 120)):
        aim(village, amount, unit=unit)
    found = {viewer: seen(village, viewer).whole for viewer in ("dora", "aylin", "jonas")}
    assert {viewer: one and (one.target.unit.name, one.attained) for viewer, one in found.items()} == {
        "dora": ("Hafen Vertrieb", 0.5), "aylin": ("Cobalt Payments", 0.25), "jonas": None,
    }  # fmt: skip


def test_the_target_of_a_part_is_not_that_of_the_whole(village: Village) -> None:
    """Only Callwerk has a target: held against everything that Dora sees won it would be reached many times over."""
    deals(village, "sven", 1000)
    aim(village, 100, unit="callwerk")
    whole = seen(village).whole
    assert whole is None or whole.target.unit.parent_id is None


def test_days_to_decision_are_of_the_last_year(village: Village) -> None:
    """Three deals that took 10, 20 and 60 days: half did not exceed 20. One of more than a year ago is not in it."""
    for took in (10, 20, 60):
        deals(village, "noor", 1, entered=MIDDLE - timedelta(days=took))
    deals(village, "noor", 1, day=date(2023, 4, 15), entered=date(2023, 1, 1))
    found = seen(village).days
    assert found is not None
    assert (found.value, found.n, found.enough) == (20, 3, False)
