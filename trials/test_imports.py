"""Invariant 12: an import that is killed at any moment and run again gives what one clean run gives."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from trials.conftest import Seed
from trials.exports import write_export
from trials.homes import Home

DEALS = 1500
# Contents by source ids: everything that an import makes, without the ids and instants that differ from run to run.
DIGEST = """
WITH net AS (SELECT id FROM tenancy_network WHERE slug = %s),
told AS (
  SELECT 'deal ' || concat_ws('|', o.source_id, o.title, o.value, o.outcome, o.entered, o.decided, o.expected,
         o.stale_on_arrival,
         a.name, p.name, u.name, s.name,
         (SELECT string_agg(concat_ws('/', st.entered, st.left, st.open), ',') FROM pipeline_stage st
          WHERE st.opportunity_id = o.id),
         (SELECT string_agg(concat_ws('/', pr.name, l.quantity, l.price), ',') FROM pipeline_line l
          JOIN offer_product pr ON pr.id = l.product_id WHERE l.opportunity_id = o.id)) AS line
  FROM pipeline_opportunity o JOIN net ON o.network_id = net.id LEFT JOIN territories_account a ON a.id = o.account_id
  JOIN network_person p ON p.id = o.person_id JOIN network_unit u ON u.id = o.unit_id JOIN pipeline_step s ON s.id = o.step_id
  UNION ALL
  SELECT 'card ' || concat_ws('|', a.source_id, a.name, a.city, a.sector, h.contested, p.name)
  FROM territories_account a JOIN net ON a.network_id = net.id
  LEFT JOIN territories_holding h ON h.account_id = a.id AND h.until IS NULL LEFT JOIN network_person p ON p.id = h.person_id
  UNION ALL
  SELECT 'role ' || concat_ws('|', p.name, m.role, u.name) FROM network_membership m JOIN net ON m.network_id = net.id
  JOIN network_person p ON p.id = m.person_id JOIN network_unit u ON u.id = m.unit_id
  UNION ALL
  SELECT 'event ' || concat_ws('|', e.kind, e.day, count(*)) FROM ledger_entry e JOIN net ON e.network_id = net.id
  GROUP BY e.kind, e.day, e.network_id HAVING e.kind LIKE 'pipeline.%%'
)
SELECT count(*), md5(string_agg(line, E'\\n' ORDER BY line COLLATE "C")) FROM told
"""


def digest(home: Home, network: str) -> tuple[int, str]:
    ((rows, told),) = home.ask(DIGEST, network)
    return rows, told


def taken_in(home: Home, export: Path, network: str) -> dict[str, object]:
    done = home.bailiwick("import", export, "--network", network, "--json")
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.fixture(scope="module")
def export(ground_of_module: Path) -> Path:
    return write_export(ground_of_module / "export", DEALS)


@pytest.fixture(scope="module")
def home(seed: Seed, ground_of_module: Path) -> Home:
    return seed.home.copy_to(ground_of_module / "home")


@pytest.mark.parametrize("server", [False, True], ids=["the import", "the database"])
def test_a_killed_import_run_again_gives_what_a_clean_run_gives(
    server: bool, home: Home, export: Path, figure: Callable[[str], None]
) -> None:
    random = Random(3)
    began = time.monotonic()
    clean = f"clean-{server}".lower()
    taken_in(home, export, clean)
    whole = time.monotonic() - began
    expected = digest(home, clean)
    assert expected[0] > DEALS
    for turn in range(4):
        network = f"killed-{server}-{turn}".lower()
        after = whole * (0.3 + 0.65 * turn / 3) + random.uniform(0, 0.05)
        _killed(home, export, network, after, server=server)
        ((there,),) = home.ask("SELECT count(*) FROM tenancy_network WHERE slug = %s", network)
        if there:
            assert digest(home, network) == expected, "a part of an import was kept"
        taken_in(home, export, network)
        assert digest(home, network) == expected
        again = taken_in(home, export, network)
        assert (again["created"], again["changed"]) == ({}, {})
        assert digest(home, network) == expected
    figure(f"import of {DEALS} deals with the start of the command: {whole:.1f} s")


def _killed(home: Home, export: Path, network: str, after: float, *, server: bool) -> None:
    command = ("import", str(export), "--network", network, "--json")
    running = home.start(*command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(after)
    if server:
        masters = [pid for pid, line in home.processes().items() if "postgres" in line and "-D" in line]
        for pid in masters:
            os.kill(pid, signal.SIGKILL)
    running.kill()
    running.wait(30)


def test_two_imports_of_one_export_at_once_take_it_in_once(home: Home, export: Path) -> None:
    taken_in(home, export, "first")
    expected = digest(home, "first")
    made = home.bailiwick("import", export, "--network", "second", "--json", "--rehearse")
    assert made.returncode == 0, made.stderr
    command = ("import", str(export), "--network", "second", "--json")
    both = [home.start(*command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    ended = [one.communicate(timeout=180) for one in both]
    assert sorted(one.returncode for one in both) in ([0, 0], [0, 1]), ended
    assert digest(home, "second") == expected
