"""The product as it is served: a real store that goes and comes back, several workers that count together, a log for programs."""

import os
import re
import signal
import sys
import time
from pathlib import Path

import pytest

from bailiwick.cli.serving import folder_of_counts
from tests.store.servers import eventually
from tests.vitals.conftest import BEARER, SESSION, TOKEN, Serving, children, command

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it looks for processes as Linux tells of them")
BEARING = {"Authorization": f"Bearer {TOKEN}"}


def value(serving: Serving, name: str) -> float:
    """A metric; 0 where it is not there yet."""
    status, _, text = serving.ask("/metrics", BEARING)
    assert status == 200
    return sum(float(line.rpartition(" ")[2]) for line in text.splitlines() if line.startswith(name + " "))


def test_a_store_that_goes_is_503_everywhere_and_one_that_comes_back_heals_it_without_a_restart(serving: Serving) -> None:
    before = serving.workers()
    assert len(before) == 2
    assert [serving.ask(*one)[0] for one in (("/my-day", SESSION), ("/api/v1/units", BEARER))] == [302, 401]
    serving.store.stop()
    try:
        for _ in range(8):  # both workers, every thread that holds a connection of the old server
            status, headers, page = serving.ask("/my-day", SESSION | {"X-Request-Id": "gone"})
            assert (status, headers["retry-after"], headers["x-request-id"]) == (503, "5", "gone")
            assert "The store does not answer just now." in page
            assert "<code>gone</code>" in page
            assert "Traceback" not in page
        status, headers, text = serving.ask("/api/v1/units", BEARER | {"X-Request-Id": "gone"})
        assert (status, headers["content-type"], headers["retry-after"]) == (503, "application/problem+json", "5")
        assert '"instance":"urn:bailiwick:gone"' in text
        begun = time.monotonic()
        assert serving.ask("/healthz")[0] == 200
        assert serving.ask("/readyz")[0] == 503
        assert time.monotonic() - begun < 3
        assert value(serving, "bailiwick_store_up") == 0
    finally:
        serving.store.start()
    assert eventually(serving.answers, 10)
    for _ in range(8):
        assert serving.ask("/my-day", SESSION)[0] == 302
        assert serving.ask("/api/v1/units", BEARER)[0] == 401
    assert serving.workers() == before
    assert value(serving, "bailiwick_store_up") == 1
    assert value(serving, 'bailiwick_store_errors_total{kind="away"}') == 9
    told = [one for one in serving.said() if one.get("request") == "gone"]
    assert len([one for one in told if one.get("status") == 503]) == 9
    assert not [one for one in told if "exception" in one]


def test_workers_count_together_and_one_that_dies_takes_nothing_along(serving: Serving) -> None:
    name = 'bailiwick_requests_total{method="GET",route="/sign-in/",status="2xx"}'
    was = value(serving, name)
    for _ in range(20):
        serving.ask("/sign-in/", {})
    assert {value(serving, name) for _ in range(6)} == {was + 20}, "whichever worker is asked"
    victim = serving.workers()[0]
    os.kill(victim, signal.SIGKILL)
    assert eventually(lambda: victim not in serving.workers() and len(serving.workers()) == 2 and serving.answers(), 20)
    for _ in range(20):
        serving.ask("/sign-in/", {})
    assert value(serving, name) == was + 40
    assert value(serving, "bailiwick_requests_under_way") == 0


def test_web_clock_importer_and_parent_speak_one_object_a_line(serving: Serving) -> None:
    (clock,) = [pid for pid in children(serving.parent.pid) if b"bailiwick.cli.clock" in command(pid)]
    os.kill(clock, signal.SIGKILL)
    assert eventually(lambda: any(one["logger"] == "bailiwick.serve" for one in serving.said()), 10)
    said = serving.said()
    assert all({"time", "level", "logger", "message"} <= set(one) for one in said)
    assert {one["logger"] for one in said} >= {"bailiwick.answers", "bailiwick.serve", "_granian"}
    asked = [one for one in said if one["logger"] == "bailiwick.answers"]
    assert all(re.fullmatch(r"/\S*|static|none", str(one["route"])) for one in asked)
    assert all(one["request"] for one in asked)


def test_what_a_killed_parent_left_in_memory_is_cleared_away_by_the_next(tmp_path: Path) -> None:
    first = folder_of_counts(tmp_path)
    (first / "counter_1.db").touch()
    second = folder_of_counts(tmp_path)
    assert not first.exists()
    assert second.is_dir()
    assert second.stat().st_mode & 0o077 == 0
    second.rmdir()
