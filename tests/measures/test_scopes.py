"""No figure is made of a row that its reader may not count."""

import pytest

from bailiwick.kit import NotAllowed, Refused, Role, Scope
from bailiwick.measures import MEASURES
from bailiwick.mirror import Question, ask
from bailiwick.performance.queries import cases_behind, figures
from bailiwick.pipeline.models import Opportunity
from tests.village import TODAY, Village

OPEN = MEASURES["pipeline_count"]


def counted(village: Village, name: str) -> int:
    return sum(cell.n for cell in ask(OPEN, Question(TODAY), within=village.actor(name).scope))


def still_open(village: Village, *sellers: str) -> int:
    """What stands open of these sellers, counted in plain Python over all rows."""
    people = {village.people[name].pk for name in sellers}
    rows = Opportunity.objects.in_network(village.by).filter(person__in=people, outcome="open", stale_on_arrival=False)
    return sum(1 for row in rows if row.expected is None or row.expected >= TODAY)


SEES = {
    "dora": ("noor", "ben", "sven", "piet", "arvid"),
    "aylin": ("noor", "ben", "piet"),
    "jonas": ("sven", "arvid"),
    "noor": ("noor",),
    "sven": ("sven",),
    "paula": ("piet",),
    "piet": ("piet",),
    "astrid": ("arvid",),
    "clara": (),
    "luis": (),
    "stefan": (),
    "conny": (),
    "ines": (),
}


@pytest.mark.parametrize("name", SEES)
def test_a_figure_is_made_of_the_rows_in_sight(village: Village, name: str) -> None:
    assert counted(village, name) == still_open(village, *SEES[name])


def test_the_rows_behind_a_figure_are_as_many_as_it_says(village: Village) -> None:
    for name in ("dora", "aylin", "noor", "piet"):
        viewer = village.actor(name).scope
        rows = cases_behind(OPEN, viewer, Question(TODAY), size=200).rows
        assert len(rows) == counted(village, name)
        assert all(row.opportunity is not None for row in rows), "a row that is counted can be seen"


def test_the_rows_come_in_pages_that_miss_none_and_repeat_none(village: Village) -> None:
    viewer, seen, cursor = village.actor("dora").scope, [], ""
    while True:
        found = cases_behind(OPEN, viewer, Question(TODAY), cursor=cursor, size=3)
        seen += [row.subject for row in found.rows]
        cursor = found.next
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == counted(village, "dora")


def test_another_network_is_never_counted(village: Village) -> None:
    from bailiwick.tenancy.models import new_id

    foreign = Scope(new_id(), new_id(), roles=frozenset({Role.DIRECTOR}), everything=True)
    assert ask(OPEN, Question(TODAY), within=foreign)[0].n == 0


@pytest.mark.parametrize("name", ["clara", "conny", "luis", "stefan"])
def test_whoever_sells_nothing_reads_no_figure(village: Village, name: str) -> None:
    with pytest.raises(NotAllowed):
        figures(OPEN, village.actor(name).scope, Question(TODAY))


def test_a_seller_reads_no_attainment_of_targets(village: Village) -> None:
    with pytest.raises(NotAllowed):
        figures(MEASURES["attainment"], village.actor("noor").scope, Question(TODAY))


def test_a_dimension_that_a_measure_does_not_have_is_refused(village: Village) -> None:
    for by in ("favourite colour", "outcome", "id; drop table"):
        with pytest.raises(Refused):
            figures(OPEN, village.actor("dora").scope, Question(TODAY, by=(by,)))


def test_a_person_out_of_sight_is_counted_without_a_name(village: Village) -> None:
    """The manager of a partner's project above is no secret to the director and no name to the partner's seller."""
    answer = figures(OPEN, village.actor("dora").scope, Question(TODAY, by=("manager",)))
    assert {str(answer.name(one)) for one in answer.figures} == {"Aylin Sahin", "Jonas Prinz", "Paula Kern", "Astrid Holm"}
