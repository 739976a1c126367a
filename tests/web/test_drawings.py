"""Drawings: whatever the figures are, each stays in its box, says in words what it shows, and prints names as text."""

import re
from collections.abc import Iterator
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from bailiwick.web.drawings import CourseLabels, Drawn, DrawnChart, FunnelStep, attainment, course, funnel, interval, weeks
from tests.examples import examples

EVIL = "<script>alert('x')</script> & \"y\""
counts = st.integers(0, 10**12)
shares = st.none() | st.floats(0, 1)
numbers = st.none() | st.floats(-1e15, 1e15) | st.decimals(-(10**13), 10**13, places=2) | st.just(float("nan"))
steps = st.builds(FunnelStep, st.text(max_size=60), counts, counts, counts, shares, shares, shares, st.text(max_size=120))
points = st.lists(st.tuples(st.floats(-0.5, 1.5), st.floats(-1e12, 1e15)), max_size=12)
LABELS = CourseLabels("1 Apr", "today", "30 Apr", "€90", "target €80", [("21 Apr", "€90")])


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Whatever a page before spoke."""
    with translation.override("en"):
        yield


def printed(drawn: Drawn | DrawnChart) -> str:
    """As it stands in a page."""
    return str(drawn.__html__())


def tree(drawn: Drawn | DrawnChart) -> ElementTree.Element:
    """The drawing as marks within marks: it is well formed."""
    letters = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", printed(drawn))
    return ElementTree.fromstring(f"<div>{letters}</div>")


def numbers_of(root: ElementTree.Element) -> list[tuple[str, float]]:
    """Every coordinate and size that is drawn, with its name."""
    found: list[tuple[str, float]] = []
    for mark in root.iter():
        there = {"x", "y", "width", "height", "cx", "cy", "r", "dx"} & mark.attrib.keys()
        found += [(name, float(mark.attrib[name].removesuffix("%"))) for name in sorted(there)]
        found += [("d", float(one)) for one in re.findall(r"[^MLhZ ]+", mark.attrib.get("d", ""))]
    return found


def sound(drawn: Drawn | DrawnChart) -> ElementTree.Element:
    """No coordinate is no number or endless, and no size is below nothing; everything is told in words."""
    root = tree(drawn)
    for name, value in numbers_of(root):
        assert value == value, name
        assert abs(value) < 1e5, name
        assert value >= 0 or name not in ("width", "height", "r"), name
    assert root.find(".//svg[@role='img']") is not None
    return root


def within_box(drawn: Drawn) -> None:
    """Nothing is drawn beyond 170 by 22."""
    for mark in drawn.marks:
        assert all(0 <= x <= 170 and 0 <= y <= 22 for x, y in mark.points), mark


def shown(drawn: Drawn) -> dict[str, list[tuple[float, float]]]:
    """Where each kind of mark is."""
    return {mark.kind: list(mark.points) for mark in drawn.marks}


@given(numbers, numbers, numbers, numbers, st.tuples(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9)))
def test_an_interval_stays_in_its_box(value: object, low: object, high: object, tick: object, scale: tuple[float, float]) -> None:
    drawn = interval(value, low, high, scale=scale, tick=tick, said="so much")  # type: ignore[arg-type]
    within_box(drawn)


@given(numbers, st.floats(-1, 3))
def test_an_attainment_stays_in_its_box(done: object, elapsed: float) -> None:
    within_box(attainment(done, elapsed, said="so much"))  # type: ignore[arg-type]


def test_a_share_stands_where_it_is_on_the_line() -> None:
    """From 4 to 166: 40% is at 4 + 0.4 x 162 = 68.8, 25% at 44.5, 55% at 93.1, and the tick of 50% in the middle, at 85."""
    found = shown(interval(0.4, 0.25, 0.55, scale=(0, 1), tick=0.5, said="40%"))
    assert found["dot"] == [(68.8, 11)]
    assert [x for x, _ in found["range"]] == [44.5, 93.1]
    assert {x for x, _ in found["tick"]} == {85.0}


def test_what_is_not_known_is_not_drawn_and_what_is_open_ends_in_an_arrow() -> None:
    assert set(shown(interval(None, 0.2, 0.4, scale=(0, 1), tick=0.5, said=""))) == {"track"}
    assert set(shown(interval(3, None, None, scale=(0, 5), said=""))) == {"track", "dot"}
    assert "open" in shown(interval(3, 2, None, scale=(0, 5), said=""))
    assert "beyond" in shown(interval(9, 8, 9, scale=(0, 5), said=""))


@pytest.mark.parametrize(("done", "end"), [(0.6, 85.0), (1.2, 166.0), (5.0, 162.0)])
def test_a_target_is_drawn_to_a_fifth_more_than_all(done: float, end: float) -> None:
    """From 4 to 166 for 120%: half of it at 85; what is more ends before an arrow. The target itself is at 139."""
    found = shown(attainment(done, 0.5, said=""))
    assert found["reached"][1][0] == end
    assert ("beyond" in found) == (done > 1.2)
    assert {x for x, _ in found["goal"]} == {139.0}


def test_nothing_reached_is_drawn_as_nothing() -> None:
    for done in (None, 0, Decimal(0), -0.5, float("nan")):
        assert "reached" not in shown(attainment(done, 0.5, said=""))


@settings(deadline=None, max_examples=examples(60))
@given(st.lists(steps, max_size=6))
def test_a_funnel_of_any_steps_is_sound(given_steps: list[FunnelStep]) -> None:
    drawn = funnel(given_steps, title="t", description="d")
    sound(drawn)
    for bar in drawn.bars:
        assert 0 <= bar.x <= 100
        assert bar.width >= 0
        assert bar.x + bar.width <= 100.02
    assert len(drawn.told.rows) == len(given_steps)


def test_a_funnel_is_as_long_as_the_step_that_most_entered() -> None:
    """Of 200: 120 on, 20 still there, 60 ended; of the 100 of the next 50, 0 and 50."""
    first = FunnelStep("First", 200, 120, 20, 0.67, 0.6, 0.73, "67% of 180 went on")
    second = FunnelStep("Second", 100, 50, 0, 0.5, 0.42, 0.58, "50% of 100 went on")
    drawn = funnel([first, second], title="t", description="d")
    assert [(bar.kind, bar.x, bar.width) for bar in drawn.bars] == [
        ("went", 0, 60), ("still", 60, 10), ("left", 70, 30), ("went", 0, 25), ("left", 25, 25)
    ]  # fmt: skip
    assert drawn.told.rows[0] == ("First", "200", "120", "20", "67%", "60% to 73%")


def test_a_step_that_nobody_entered_is_a_sliver_and_its_share_is_empty() -> None:
    drawn = funnel([FunnelStep("Empty", 0, 0, 0, None, None, None, "")], title="t", description="d")
    sound(drawn)
    assert [(bar.kind, bar.width) for bar in drawn.bars] == [("none", 0.6)]
    assert drawn.told.rows == [("Empty", "0", "0", "0", "", "")]


@settings(deadline=None, max_examples=examples(60))
@given(points, st.none() | st.floats(0, 1e15), st.floats(-1, 2))
def test_a_course_of_any_points_is_sound(given_points: list[tuple[float, float]], target: float | None, until: float) -> None:
    drawn = course(given_points, target=target, until=until, title="t", description="d", labels=LABELS)
    sound(drawn)
    for mark in drawn.marks:
        assert all(0 <= x <= 1000 and 0 <= y <= 232 for x, y in mark.points), mark


def test_a_course_rises_from_nothing_to_today_and_shows_its_target() -> None:
    """The scale ends 6% above the target of 100: 50 is half of 172 / 1.06 above the bottom at 206."""
    drawn = course([(0, 0), (0.5, 50)], target=100, until=0.5, title="t", description="d", labels=LABELS)
    found = {mark.kind: mark.points for mark in drawn.marks}
    assert found["stroke"] == ((0, 206), (500, 124.9))
    assert found["target"] == ((0, 43.7), (1000, 43.7))
    assert drawn.spots[0].x == 50


def test_a_course_without_target_draws_none() -> None:
    for target in (None, 0.0):
        drawn = course([], target=target, until=0.0, title="t", description="d", labels=LABELS)
        sound(drawn)
        assert not {"target", "pace"} & {mark.kind for mark in drawn.marks}


@settings(deadline=None, max_examples=examples(60))
@given(st.lists(st.tuples(st.text(max_size=20), counts), max_size=60))
def test_weeks_of_any_counts_are_sound(given_counts: list[tuple[str, int]]) -> None:
    drawn = weeks(given_counts, title="t", description="d")
    sound(drawn)
    assert all(bar.x >= 0 and bar.x + bar.width <= 100.02 and bar.y >= 0 for bar in drawn.bars)
    assert len(drawn.bars) == len(drawn.told.rows) == len(given_counts)


def test_the_highest_week_is_as_high_as_the_place_and_half_of_it_half() -> None:
    drawn = weeks([("Mon", 4), ("Tue", 2), ("Wed", 0)], title="t", description="d")
    assert [bar.height for bar in drawn.bars] == [100, 50, 1]


def every() -> list[Drawn | DrawnChart]:
    """One of each, with the same evil words wherever somebody can have typed them."""
    labels = CourseLabels(EVIL, EVIL, EVIL, EVIL, EVIL, [(EVIL, EVIL)])
    told = {"title": EVIL, "description": EVIL}
    return [
        interval(0.4, 0.2, 0.6, scale=(0, 1), said=EVIL),
        attainment(0.4, 0.5, said=EVIL),
        funnel([FunnelStep(EVIL, 3, 1, 1, 0.5, 0.1, 0.9, EVIL)], **told),
        course([(0, 0), (0.5, 5)], target=9, until=0.5, labels=labels, **told),
        weeks([(EVIL, 3), (EVIL, 0)], **told),
    ]


@pytest.mark.parametrize("place", range(5))
def test_whatever_was_typed_is_printed_as_text(place: int) -> None:
    drawn = every()[place]
    text = printed(drawn)
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    title = sound(drawn).find(".//svg/title")
    assert title is not None
    assert title.text == EVIL


@pytest.mark.parametrize("place", range(2, 5))
def test_a_chart_has_title_words_and_a_table_and_points_to_them(place: int) -> None:
    root = sound(every()[place])
    named = {mark.attrib["id"]: mark.text for mark in root.iter() if "id" in mark.attrib}
    picture = root.find(".//svg[@role='img']")
    assert picture is not None
    assert [named[one] for one in picture.attrib["aria-labelledby"].split()] == [EVIL, EVIL]
    assert root.find(".//table/caption") is not None
    assert len(root.findall(".//tbody/tr")) >= 1


def test_two_charts_without_a_name_have_ids_of_their_own() -> None:
    one, other = (weeks([("Mon", n)], title="t", description="d") for n in (1, 2))
    assert one.name != other.name
    assert one.name == weeks([("Mon", 1)], title="t", description="d").name


def test_a_chart_speaks_the_language_of_the_page() -> None:
    with translation.override("de"):
        drawn = funnel([FunnelStep("Erstkontakt", 1200, 600, 0, 0.5, 0.4, 0.6, "")], title="t", description="d")
        assert drawn.told.rows == [
            ("Erstkontakt", "1.200", "600", "0", "50\N{NO-BREAK SPACE}%", "40\N{NO-BREAK SPACE}% bis 60\N{NO-BREAK SPACE}%")
        ]
        assert "Als Tabelle" in printed(drawn)
        assert not {"went on", "still in it", "ended there"} & {word for _, word in drawn.legend}
