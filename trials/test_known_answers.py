"""The known answers of a real export, in each of its three date layouts, by the two plain commands."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.given import DATA, needs_data
from trials.conftest import Seed

FOLDER = DATA / "crm_sales_opportunities"
LAYOUTS = {
    "iso": "sales_pipeline.csv",
    "dmy": "variants/sales_pipeline_dmy2.csv",
    "mixed": "variants/sales_pipeline_mdy_mixed.csv",
}
# Decided and won, by the manager at the time (data/README).
MANAGERS = {
    "Melvin Marxen": (1418, 882),
    "Summer Sewald": (1287, 828),
    "Rocco Neubert": (1113, 691),
    "Celia Rouche": (962, 610),
    "Cara Losch": (745, 480),
    "Dustin Brinkmann": (1186, 747),
}


@needs_data
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_known_answers_print(layout: str, seed: Seed, ground: Path) -> None:
    home = seed.home.copy_to(ground / "home")
    export = ground / "export"
    shutil.copytree(FOLDER, export, ignore=shutil.ignore_patterns("variants", "sales_pipeline.csv"))
    shutil.copy(FOLDER / LAYOUTS[layout], export / "sales_pipeline.csv")
    done = home.bailiwick("import", export, "--network", layout, "--currency", "USD", "--json")
    assert done.returncode == 0, done.stderr

    def row(*asked: str) -> dict[str, Any]:
        return rows(*asked)[0]

    def rows(*asked: str) -> list[dict[str, Any]]:
        told = home.bailiwick("measure", *asked, "--network", layout, "--json")
        assert told.returncode == 0, told.stderr
        return list(json.loads(told.stdout)["rows"])

    for rate in ("win_rate", "win_rate_of_due"):
        found = row(rate)
        assert (found["value"], found["n"], found["k"]) == (0.6315, 6711, 4238)
        assert found["beside"] == {"undated": 2089, "stale": 1291}
    assert row("won_count")["value"] == 4238
    assert (row("won_value")["value"], row("won_value")["currency"]) == (10_005_534, "USD")
    assert [
        row("days_to_decision", *only)["value"] for only in ((), ("--where", "outcome=won"), ("--where", "outcome=lost"))
    ] == [45, 57, 14]
    assert {one["key"]: (one["n"], one["k"]) for one in rows("win_rate", "--by", "manager")} == MANAGERS
    assert row("discount")["value"] == pytest.approx(0.130, abs=0.0006)
    won, engaged = row("win_rate", "--period", "2017-Q4"), row("pipeline_count")
    assert won["n"] < 6711
    assert engaged["value"] == 2089 - 1291
