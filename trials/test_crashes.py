"""A process that dies in the middle of an act or of a migration: all of it is there, or nothing."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psycopg

from trials.conftest import Seed
from trials.homes import ROOT, Home, eventually

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


# What the act writes in turn; whoever locks a table holds it up there.
TABLES_OF_THE_ACT = ("pipeline_opportunity", "pipeline_stage", "ledger_entry")
WAITS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE wait_event_type = 'Lock' AND query LIKE %s AND datname = current_database()
"""


def begun(home: Home) -> "subprocess.Popen[str]":
    """A process that opens many opportunities, right before it does."""
    act = subprocess.Popen(
        [sys.executable, "-m", "trials.inside", str(home.place), "open_many", json.dumps([MANY])],
        env=home.environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert act.stderr
    while "in the act" not in act.stderr.readline():
        assert act.poll() is None
    return act


def killed_while_it_writes(home: Home, table: str) -> None:
    """The act is held up at this table, seen to wait in its INSERT there, and killed; only then it could go on."""
    with home.store() as address, psycopg.connect(address.admin) as holder:
        holder.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
        with begun(home) as act:
            insert = f'%INSERT INTO "{table}"%'
            assert eventually(lambda: home.ask(WAITS, insert) == [(1,)], 60), f"it writes no {table}"
            act.kill()


def counted(home: Home) -> int:
    """How many acts are there, each whole: its rows, their stays, their events."""
    assert eventually(lambda: home.ask(WAITS, "%INSERT%") == [(0,)], 30)
    rows, stages, events, _ = home.ask(COUNTS)[0]
    assert (rows, stages, events) == (rows // MANY * MANY,) * 3
    return int(rows // MANY)


def test_an_act_on_two_hundred_rows_is_done_wholly_or_not_at_all(home: Home, figure: Callable[[str], None]) -> None:
    before = home.ask(COUNTS)[0][3]
    for table in TABLES_OF_THE_ACT:
        killed_while_it_writes(home, table)
        assert counted(home) == 0, f"killed while it wrote {table}"
    with begun(home) as act:
        assert act.stdout
        assert act.stdout.read(len(str(MANY))) == str(MANY)  # answered: from here on it must be kept
        act.kill()
    assert counted(home) == 1
    assert home.ask(COUNTS)[0][3] == before + MANY
    assert home.inside("open_many", MANY) == MANY
    assert counted(home) == 2
    seen = ", ".join(TABLES_OF_THE_ACT)
    figure(f"opening {MANY} opportunities killed while it was seen writing {seen}: not at all; once answered: wholly")


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
