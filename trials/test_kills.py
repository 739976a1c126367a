"""SIGKILL of every process in turn, under load: what was acknowledged is there once, and pages come again."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from trials.conftest import Seed
from trials.homes import Home, eventually
from trials.load import Load, load
from trials.patience import bound
from trials.served import Served, gone, served

SECONDS = 5.0  # after which a page must come again
COUNT = """
    SELECT mark, count(DISTINCT a.id), count(e.id) FROM unnest(%s::text[]) mark
    LEFT JOIN pipeline_activity a ON substring(a.text FROM '[0-9a-f]{32}') = mark
    LEFT JOIN ledger_entry e ON e.subject = a.id AND e.kind = 'pipeline.activity_logged'
    GROUP BY mark
"""


def check_acts(home: Home, done: Load) -> None:
    """Each acknowledged act is there once, with one event; each other one at most once."""
    found = {mark: (rows, events) for mark, rows, events in home.ask(COUNT, done.tried)}
    assert done.kept, "nothing was acknowledged: this tried nothing"
    assert {mark: found[mark] for mark in done.kept if found[mark] != (1, 1)} == {}
    assert {mark: counted for mark, counted in found.items() if counted not in ((0, 0), (1, 1))} == {}


@pytest.fixture(scope="module")
def serving(seed: Seed, ground_of_module: Path) -> Iterator[Served]:
    """One home, served through all kills of this file."""
    home = seed.home.copy_to(ground_of_module / "home")
    with served(home, seed.facts["sessions"]["noor"]) as started:
        yield started


@pytest.fixture
def account(facts: dict[str, Any]) -> str:
    return str(facts["accounts"]["Hafen Logistik GmbH"])


@pytest.mark.parametrize("whom", ["worker", "granian", "clock", "postmaster"])
def test_a_killed_process_loses_no_acknowledged_act(
    whom: str, serving: Served, account: str, figure: Callable[[str], None]
) -> None:
    with load(serving.browser, account) as done:
        time.sleep(1.0)
        before, killed = len(done.kept), getattr(serving, whom)
        os.kill(killed, signal.SIGKILL)
        seconds = serving.browser.until_it_answers(60)
        time.sleep(1.0)
    assert seconds < bound(SECONDS)
    assert len(done.kept) > before, "nothing was acknowledged after the kill"
    assert eventually(lambda: stands_for(serving, whom, killed), bound(10)), "it was not started again"
    check_acts(serving.home, done)
    figure(f"{whom} killed: page after {seconds:.2f} s, {len(done.kept)} acts kept, {done.broken} cut off, {done.answers}")


def stands_for(serving: Served, whom: str, killed: int) -> bool:
    """Whether another one stands in the place of what was killed."""
    with suppress(IndexError, OSError, StopIteration, ValueError):
        return bool(getattr(serving, whom) != killed)
    return False


def test_a_second_serve_on_a_home_that_is_served_is_refused_in_plain_words(serving: Served) -> None:
    told = serving.home.bailiwick("serve", "--port", "1")
    assert told.returncode == 1
    assert "served already" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_killed_parent_leaves_nothing_and_the_next_one_serves_at_once(
    serving: Served, account: str, figure: Callable[[str], None]
) -> None:
    usual, orphans = serving.seconds, [serving.granian, serving.worker, serving.clock]
    with load(serving.browser, account) as done:
        time.sleep(1.0)
        serving.parent.kill()
        serving.parent.wait()
        serving.begin()
        time.sleep(1.0)
    assert serving.seconds < bound(SECONDS)
    assert all(gone(pid) for pid in orphans), "the killed parent left a process behind"
    check_acts(serving.home, done)
    figure(f"parent killed: page of the next one after {serving.seconds:.2f} s (a start otherwise: {usual:.2f} s)")


def test_everything_killed_at_once_loses_no_acknowledged_act(serving: Served, account: str) -> None:
    with load(serving.browser, account) as done:
        time.sleep(1.5)
        for pid in serving.home.processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        serving.parent.wait()
        serving.begin()
    check_acts(serving.home, done)


def test_after_all_kills_every_seal_holds_and_the_end_leaves_no_process(serving: Served) -> None:
    assert serving.home.bailiwick("seal").returncode == 0
    told = serving.home.bailiwick("doctor", "--ledger")
    assert told.returncode == 0, told.stdout
    assert serving.stop() == 0
    assert not serving.home.quiet(), "the parent ended and left processes"
