"""`bailiwick bench doors` measures everything it names, leaves a reason where its rival was not asked for, and nothing else."""

import json
import subprocess
import sys
from pathlib import Path

from trials.homes import ROOT, surroundings

NAMES = [
    "cold_start", "page_cpu", "page_depth", "create_pace", "create_cpu", "memory", "import_rows",
    "list_pipeline", "list_activities", "list_accounts", "save_field", "search_p50", "search_p95",
]  # fmt: skip
BESIDE = NAMES[:7]


def test_every_figure_is_there_and_says_why_nothing_stands_beside_it(ground: Path) -> None:
    small = ["--rows", "300", "--many", "300", "--seconds", "0.5"]
    command = [sys.executable, "-m", "bailiwick.cli", "bench", "doors", *small, "--json"]
    environment = surroundings(ground / "not-used") | {"TMPDIR": str(ground)}
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    figures = json.loads(done.stdout)
    assert [figure["name"] for figure in figures] == NAMES
    for figure in figures:
        assert figure["value"] > 0, figure["name"]
        assert figure["rival_value"] is None
        assert bool(figure["why"]) == (figure["name"] in BESIDE)
        if figure["goal"] and "ratio" in figure["goal"]:
            assert figure["holds"] is None, "nothing is compared with a number that was remembered"
    assert list(ground.iterdir()) == [], "the home of the bench is gone, and nothing else was made"
