"""The database is away, the disk is full: pages say so in plain words, nothing acknowledged is lost, and it heals by itself."""

import http.client
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from bailiwick.store import locks
from trials.conftest import Seed
from trials.homes import Home, eventually
from trials.load import Browser, load
from trials.patience import bound
from trials.served import served
from trials.test_kills import check_acts

SPARE = 100_000_000  # bytes: what the server writes on its way up
CALL = '{{"activities": [{{"kind": "call", "text": "{}"}}]}}'
MOST = 4000  # acts until a full disk must have been noticed


def by_api(port: int, token: str, path: str, body: str = "") -> tuple[int, str, str]:
    """Status, kind of the document and Retry-After of what a program is answered."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
    try:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Idempotency-Key": uuid4().hex}
        link.request("POST" if body else "GET", path, body or None, headers)
        answer = link.getresponse()
        answer.read()
        return answer.status, answer.getheader("content-type") or "", answer.getheader("retry-after") or ""
    finally:
        link.close()


def test_a_database_that_is_away_is_503_and_comes_back_without_a_restart(
    home: Home, facts: dict[str, Any], figure: Callable[[str], None]
) -> None:
    tokens = home.inside("tokens")
    feed = f"/dates/{tokens['dates']}.ics"
    with served(home, facts["sessions"]["noor"]) as serving:
        browser, was = serving.browser, serving.granian
        assert (by_api(serving.port, tokens["write"], "/api/v1/accounts")[0], browser.get(feed)[0]) == (200, 200)
        account = facts["accounts"]["Hafen Logistik GmbH"]
        with load(browser, account, threads=4) as done:
            time.sleep(0.5)
            with _away(home):
                status, headers, page = _first_trouble(browser)
                assert status == 503
                assert int(headers["retry-after"]) > 0
                assert "Traceback" not in page
                assert browser.post(f"/accounts/{account}/activities", {"kind": "call", "text": "x"}) == 503
                for path in ("/sign-in/", "/accounts", "/pipeline", "/api/v1/accounts"):
                    assert browser.get(path)[0] in (200, 401, 503), path
                away = (503, "application/problem+json", "5")
                assert by_api(serving.port, tokens["write"], "/api/v1/accounts") == away
                assert by_api(serving.port, tokens["write"], "/api/v1/activities", CALL.format("away")) == away
                assert (browser.get(feed)[0], browser.get(feed)[1]["retry-after"]) == (503, "5")
            seconds = browser.until_it_answers(30)  # the parent sets a keeper again, and that starts the server
            time.sleep(0.5)
        assert seconds < bound(5.0)
        assert serving.granian == was, "the web was started anew"
        assert set(done.answers) <= {204, 302, 503}
        check_acts(home, done)
        figure(f"database away: page {seconds:.2f} s after it was back, {len(done.kept)} acts kept, {done.answers}")


@contextmanager
def _away(home: Home) -> Iterator[None]:
    """The server is stopped, and the lock says that it has a keeper, or the next one would bring it back at once."""
    lock = locks.open_lock(home.place / "keeper.lock")
    try:
        _end(home, "keeper.py", signal.SIGKILL)
        assert eventually(lambda: locks.seize(lock) or _end(home, "keeper.py", signal.SIGKILL), 10)
        _end(home, f"-D {home.place}", signal.SIGINT)
        assert eventually(lambda: not any("postgres" in line for line in home.processes().values()), 20)
        yield
    finally:
        os.close(lock)


def _end(home: Home, words: str, how: signal.Signals) -> None:
    for pid, line in home.processes().items():
        if words in line:
            with suppress(ProcessLookupError):
                os.kill(pid, how)


def _first_trouble(browser: Browser) -> tuple[int, Any, str]:
    end = time.monotonic() + 10
    while True:
        answer = browser.get("/my-day")
        if answer[0] != 200 or time.monotonic() > end:
            return answer


@pytest.fixture
def small_disk(seed: Seed, ground: Path) -> Iterator[Path]:
    """A disk with little more room than the village needs."""
    place = ground / "small"
    place.mkdir()
    needed = sum(file.lstat().st_blocks * 512 for file in seed.home.place.rglob("*"))
    room = f"size={needed + SPARE}"
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", room, "tmpfs", str(place)], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("a small disk can be mounted by root only, with the right to mount")
    yield place
    Home(place / "home").clear()
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_on_a_full_disk_reading_works_writing_is_507_and_room_heals_it(
    small_disk: Path, seed: Seed, figure: Callable[[str], None]
) -> None:
    home = seed.home.copy_to(small_disk / "home")
    account = seed.facts["accounts"]["Hafen Logistik GmbH"]
    tokens = home.inside("tokens")
    with served(home, seed.facts["sessions"]["noor"]) as serving:
        browser, kept = serving.browser, 0
        _fill(small_disk)
        for number in range(MOST):
            status = browser.post(f"/accounts/{account}/activities", {"kind": "call", "text": f"full {number} " + "x" * 900})
            if status != 302:
                break
            kept += 1
        assert status == 507
        assert browser.get("/my-day")[0] == 200
        assert browser.get("/accounts")[0] == 200
        assert browser.get(f"/accounts/{account}")[0] == 200
        told = by_api(serving.port, tokens["write"], "/api/v1/activities", CALL.format("full " + "x" * 900))
        assert told[:2] == (507, "application/problem+json")
        assert by_api(serving.port, tokens["write"], "/api/v1/accounts")[0] == 200
        assert browser.get(f"/dates/{tokens['dates']}.ics")[0] == 200
        (small_disk / "filler").unlink()
        assert browser.post(f"/accounts/{account}/activities", {"kind": "call", "text": "room again"}) == 302
        assert home.ask("SELECT count(*) FROM pipeline_activity WHERE text LIKE 'full %'") == [(kept,)]
        figure(f"disk full: 507 after {kept} acts that still found room, pages readable, writing again when there was room")


def _fill(disk: Path) -> None:
    """Not a byte is left."""
    with (disk / "filler").open("wb", buffering=0) as filler, suppress(OSError):
        while True:
            filler.write(b"x" * 4096)
