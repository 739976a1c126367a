"""What docs/demo.md says of the truth is what the simulator knows."""

from pathlib import Path

from bailiwick.demo import STORY, findings, truth_of
from bailiwick.demo.building import FULL

PAGE = (Path(__file__).parents[2] / "docs" / "demo.md").read_text()
ROWS = {cells[0]: cells[1:] for line in PAGE.splitlines() if line.startswith("| ") for cells in [line.strip("| ").split(" | ")]}
TRUTH = truth_of()
SKILLS = (-0.4, 0.0, 0.4)


def test_the_hazards_and_seasons_are_written_as_they_are() -> None:
    for step in TRUTH.steps:
        assert [float(cell) for cell in ROWS[step.name]] == [step.onward, step.lost, step.appointments]
    assert [float(cell) for cell in ROWS["arrivals"]] == [season.arrivals for season in TRUTH.seasons]
    assert [float(cell) for cell in ROWS["hazard of closing"]] == [season.closing for season in TRUTH.seasons]


def test_what_measures_should_find_is_written_as_computed() -> None:
    for place, step in enumerate(TRUTH.steps):
        told = [f"{findings.conversion(TRUTH, place, skill=skill):.0%}" for skill in SKILLS]
        assert ROWS[f"went on from {step.name}"] == told
    assert ROWS["win rate of decided"] == [f"{findings.win_rate(TRUTH, skill=skill):.0%}" for skill in SKILLS]
    assert ROWS["days to a win, mean"] == [f"{findings.days_to_win(TRUTH, skill=skill):.0f}" for skill in SKILLS]
    assert ROWS["appointments per close"] == [f"{findings.appointments_per_close(TRUTH, skill=skill):.1f}" for skill in SKILLS]


def test_the_story_and_the_size_are_written_as_they_are() -> None:
    for number, chapter in enumerate(STORY, 1):
        who, page, _ = ROWS[str(number)]
        assert who.startswith(chapter.name)
        assert f"`{chapter.page}`" in page
    assert f"({FULL.deals:,} deals" in PAGE
