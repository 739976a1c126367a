"""Data of each earlier state that landed migrate to the present, killed on the way and run again: nothing is different."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from trials.conftest import Seed
from trials.homes import Home
from trials.releases import LANDED, Release, lived_in

DONE = "SELECT count(*) FROM django_migrations"
NAMES = "SELECT app, name FROM django_migrations"
DIGEST = "SELECT count(*), md5(coalesce(string_agg(t::text, ',' ORDER BY t::text), '')) FROM (SELECT {} FROM \"{}\") t"
COLUMNS = """
    SELECT table_name, array_agg(column_name::text ORDER BY column_name) FROM information_schema.columns
    JOIN pg_tables ON tablename = table_name AND schemaname = table_schema
    WHERE table_schema = 'public' AND NOT table_name = ANY(%s) GROUP BY table_name
"""
# Migrating adds rows that belong to the tables and not to what is kept in them; and sessions have a table of our own since
# migration 0007 of the network: whoever was signed in signs in again.
LEFT_OUT = ["django_migrations", "django_content_type", "auth_permission", "django_session"]
WALLS = "SELECT tablename, policyname, cmd, roles::text, qual, with_check FROM pg_policies ORDER BY tablename, policyname"
FORCED = "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity ORDER BY relname"
LEDGER = "SELECT id::text, kind, moment, seq, day FROM ledger_entry ORDER BY moment, seq"
SEALS = "SELECT upto, entries, digest FROM ledger_seal ORDER BY network_id, upto"


def kept(home: Home, columns: dict[str, list[str]]) -> dict[str, tuple[int, str]]:
    """Rows and a digest of these columns, by table."""
    found = {}
    for table, names in columns.items():
        found[table] = home.ask(DIGEST.format(", ".join(f'"{name}"' for name in names), table))[0]
    return found


def killed_on_the_way(home: Home, upto: int) -> int:
    """The migration is killed once so many migrations stand; how many stood in the end."""
    running = home.start("migrate", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while home.ask(DONE)[0][0] < upto and running.poll() is None:
        time.sleep(0.01)
    for pid, line in home.processes().items():
        if "bailiwick.cli.owner" in line:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    running.kill()
    running.wait()
    return int(home.ask(DONE)[0][0])


@pytest.mark.parametrize("release", LANDED, ids=lambda release: release.name)
def test_data_of_an_earlier_state_migrate_although_killed_on_the_way(
    release: Release, seed: Seed, ground: Path, figure: Callable[[str], None]
) -> None:
    home, wanted = lived_in(release, ground), set(seed.home.ask(NAMES))
    with home.store():
        first = home.ask(DONE)[0][0]
        left = len(wanted - set(home.ask(NAMES)))
        columns = dict(home.ask(COLUMNS, LEFT_OUT))
        before, ledger, seals = kept(home, columns), home.ask(LEDGER), home.ask(SEALS)
        assert sum(rows for rows, _ in before.values()) > 250, "the home of that state holds next to nothing"
        assert ledger
        assert seals
        stood = [killed_on_the_way(home, upto) for upto in (first + 1, first + left // 2, first + left - 1)]
        begun = time.monotonic()
        told = home.bailiwick("migrate")
        seconds = time.monotonic() - begun
        assert told.returncode == 0, told.stderr
        assert wanted <= set(home.ask(NAMES))
        now = dict(home.ask(COLUMNS, LEFT_OUT))
        gone = {(table, name) for table, names in columns.items() for name in names if name not in now.get(table, [])}
        assert gone == set(), "columns that held something are gone"
        assert kept(home, columns) == before
        assert (home.ask(LEDGER), home.ask(SEALS)) == (ledger, seals)
        assert (home.ask(WALLS), home.ask(FORCED)) == (seed.home.ask(WALLS), seed.home.ask(FORCED))
        told = home.bailiwick("doctor", "--ledger")
        assert told.returncode == 0, told.stdout
        assert home.bailiwick("digest", "--network", "village").returncode == 0
    rows = sum(rows for rows, _ in before.values())
    figure(
        f"{release.name} ({release.commit}): {rows} rows in {len(before)} tables, {len(ledger)} entries, {len(seals)} seals; "
        f"killed at {[one - first for one in stood]} of {left} migrations, then whole in {seconds:.1f} s, 0 differences"
    )
