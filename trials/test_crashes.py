"""A process that dies in the middle of an act or of a migration: all of it is there, or nothing."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from trials.conftest import Seed
from trials.homes import ROOT, Home

MANY = 200
TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
COUNTS = """
    SELECT (SELECT count(*) FROM pipeline_opportunity WHERE title LIKE 'Many %'),
           (SELECT count(*) FROM pipeline_stage s JOIN pipeline_opportunity o ON o.id = s.opportunity_id
             WHERE o.title LIKE 'Many %'),
           (SELECT count(*) FROM ledger_entry e JOIN pipeline_opportunity o ON o.id = e.subject
             WHERE o.title LIKE 'Many %' AND e.kind = 'pipeline.opportunity_opened'),
           (SELECT count(*) FROM ledger_entry WHERE kind = 'pipeline.opportunity_opened')
"""


def killed_in_the_act(home: Home, after: float) -> None:
    """A process that opens many opportunities is killed so many seconds after it began to."""
    with subprocess.Popen(
        [sys.executable, "-m", "trials.inside", str(home.place), "open_many", json.dumps([MANY])],
        env=home.environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    ) as act:  # fmt: skip
        assert act.stderr
        while "in the act" not in act.stderr.readline():
            assert act.poll() is None
        time.sleep(after)
        act.kill()


def test_an_act_on_two_hundred_rows_is_done_wholly_or_not_at_all(home: Home, figure: Callable[[str], None]) -> None:
    before = home.ask(COUNTS)[0][3]
    whole = 0
    for attempt in range(6):
        killed_in_the_act(home, after=random.uniform(0, 0.15) * (attempt + 1))
        rows, stages, events, _ = home.ask(COUNTS)[0]
        whole = rows // MANY
        assert (rows, stages, events) == (whole * MANY,) * 3
    assert home.ask(COUNTS)[0][3] == before + whole * MANY
    assert home.inside("open_many", MANY) == MANY
    assert home.ask(COUNTS)[0][0] == (whole + 1) * MANY
    figure(f"open_opportunities of {MANY} killed 6 times: {whole} whole, {6 - whole} not at all, none in part")


def test_a_migration_killed_on_its_way_succeeds_when_run_again(seed: Seed, ground: Path, figure: Callable[[str], None]) -> None:
    home = Home(ground / "new")
    whole = seed.home.ask(TABLES)[0][0]
    seen = []
    with home.store():
        for wanted in (1, whole // 3, whole - 2):
            running = home.start("migrate", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
            while home.ask(TABLES)[0][0] < wanted and running.poll() is None:
                time.sleep(0.01)
            _kill_the_migration(home)
            running.kill()
            running.wait()
            seen.append(home.ask(TABLES)[0][0])
        told = home.bailiwick("migrate")
        assert told.returncode == 0, told.stderr
        assert home.ask(TABLES)[0][0] == whole
        assert home.bailiwick("doctor", "--ledger").returncode == 0
        again = home.ask("SELECT count(*) FROM django_migrations")
        assert home.bailiwick("migrate").returncode == 0
        assert home.ask("SELECT count(*) FROM django_migrations") == again
    figure(f"migration killed with {seen} of {whole} tables made, then whole")


def _kill_the_migration(home: Home) -> None:
    for pid, line in home.processes().items():
        if "bailiwick.cli.owner" in line:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
