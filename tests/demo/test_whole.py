"""The demonstration network in its full size: how much there is, and what the product's own measures find of the truth in it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from statistics import correlation, mean
from uuid import UUID

import pytest
from pytest_django import DjangoDbBlocker

from bailiwick.demo import build, findings, truth_of
from bailiwick.demo.removal import remove
from bailiwick.kit import Actor, Door, Role, Scope
from bailiwick.measures import measure_of
from bailiwick.mirror import Question
from bailiwick.network.models import Person
from bailiwick.performance.queries import figures
from bailiwick.performance.rules.periods import before, period_of
from bailiwick.tenancy.models import new_id
from bailiwick.tenancy.within import set_network
from bailiwick.territories.models import Territory
from tests.demo.conftest import Built
from tests.village import Village

pytestmark = pytest.mark.whole
# A day of its own, so that what is found does not depend on the day on which it is looked for.
NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)
TODAY = NOW.date()
TRUTH = truth_of()
SELLING = (
    "pipeline_opportunity", "pipeline_stage", "pipeline_line", "pipeline_activity", "pipeline_promise", "pipeline_lead",
    "territories_account", "territories_accountkey", "territories_contact", "territories_holding", "territories_tie",
)  # fmt: skip


@pytest.fixture(scope="module")
def standing(django_db_blocker: DjangoDbBlocker, settled_village: Village) -> Iterator[Built]:
    built = Built("demo-whole")
    with django_db_blocker.unblock():
        assert build(now=NOW, slug=built.slug)
        yield built
        remove(built.network)


@pytest.fixture
def whole(standing: Built, db: None) -> Built:
    set_network(standing.network.pk)
    return standing


def director(whole: Built) -> Scope:
    return Actor(Scope(whole.network.pk, new_id(), roles=frozenset({Role.DIRECTOR}), everything=True), Door.COMMAND).scope


def values(whole: Built, measure: str, by: str, question: Question | None = None) -> dict[str, float]:
    """What the product says, by the ids of what it was asked by; what it says nothing of is left out."""
    asked = question or Question(as_of=TODAY, by=(by,))
    answer = figures(measure_of(measure), director(whole), asked)
    return {str(figure.keys[0]): float(figure.value) for figure in answer.figures if figure.keys and figure.value is not None}


def test_there_are_about_six_thousand_opportunities_and_forty_thousand_rows_with_an_event_for_every_fact(whole: Built) -> None:
    counts = {table: whole.ask(f"SELECT count(*) FROM {table}")[0][0] for table in SELLING}
    assert 5_900 < counts["pipeline_opportunity"] < 6_100
    assert 38_000 < sum(counts.values()) < 44_000
    events = dict(whole.ask("SELECT kind, count(*) FROM ledger_entry GROUP BY 1"))
    outcomes = dict(whole.ask("SELECT outcome, count(*) FROM pipeline_opportunity GROUP BY 1"))
    done = whole.ask("SELECT count(*) FROM pipeline_activity WHERE done IS NOT NULL")[0][0]
    assert events["pipeline.opportunity_opened"] == counts["pipeline_opportunity"]
    assert events["pipeline.step_entered"] == counts["pipeline_stage"] - counts["pipeline_opportunity"]
    assert events["pipeline.activity_logged"] == done
    assert [events[f"pipeline.{one}"] for one in ("won", "lost", "withdrawn")] == [
        outcomes[one] for one in ("won", "lost", "withdrawn")
    ]


def test_the_product_finds_the_skill_of_sellers_in_win_rate_conversion_cycle_and_attainment(whole: Built) -> None:
    people = dict(Person.objects.in_network(director(whole)).values_list("email", "pk"))
    skill = {str(people[one.email]): one.skill for one in TRUTH.sellers}
    last = before(period_of(TODAY))
    of_last = Question(as_of=TODAY, since=last.since, until=last.until, by=("seller",))
    found = {
        "win_rate": (values(whole, "win_rate", "seller"), 0.6),
        "stage_conversion": (values(whole, "stage_conversion", "seller"), 0.5),
        "appointments_per_close": (values(whole, "appointments_per_close", "seller"), -0.5),
        "cycle_length": (values(whole, "cycle_length", "seller"), -0.4),
        "attainment": (values(whole, "attainment", "seller", of_last), 0.25),
    }
    for name, (told, least) in found.items():
        known = [seller for seller in skill if seller in told]
        assert len(known) > 50, name
        measured = correlation([told[seller] for seller in known], [skill[seller] for seller in known])
        assert measured > least if least > 0 else measured < least, (name, measured)


def test_the_product_finds_as_many_wins_and_appointments_as_the_truth_says(whole: Built) -> None:
    answers = {
        name: figures(measure_of(name), director(whole), Question(as_of=TODAY)).figures[0].value
        for name in ("win_rate", "appointments_per_close")
    }
    expected = mean(findings.win_rate(TRUTH, skill=one.skill) for one in TRUTH.sellers)
    assert abs(float(answers["win_rate"] or 0) - expected) < 0.04
    assert abs(float(answers["appointments_per_close"] or 0) - findings.appointments_per_close(TRUTH)) < 0.5


def test_the_product_finds_the_ease_of_territories_where_sellers_changed_places(whole: Built) -> None:
    names = dict(Territory.objects.in_network(director(whole)).values_list("pk", "name"))
    told = {names[key]: value for key, value in _by_territory(whole).items() if key in names}
    known = [area for area in TRUTH.territories if area.name in told]
    assert len(known) > 50
    assert correlation([told[area.name] for area in known], [area.ease for area in known]) > 0.2


def _by_territory(whole: Built) -> dict[object, float]:
    return {UUID(key): value for key, value in values(whole, "win_rate", "territory").items() if key}
