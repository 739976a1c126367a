"""From a fresh clone to the first page of the demonstration in one command, by root and by an ordinary user."""

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trials.homes import ROOT, Home, surroundings
from trials.load import BROKEN, Browser, free_port

LONGEST = 420.0  # a bound against hanging, no goal: it fetches what pip has not cached and builds two years of history


def first_page(clone: Path, log: Path, who: dict[str, Any], **more: str) -> float:
    """Seconds from `make demo` to the first page; it is stopped afterwards and leaves nothing."""
    port, begun = free_port(), time.monotonic()
    home = Home(clone / ".bailiwick")
    given = surroundings(home.place, PORT=str(port), **more)
    del given["BAILIWICK_HOME"]
    given.pop("VIRTUAL_ENV", None)
    given.pop("MAKEFLAGS", None)
    with log.open("w") as out:
        make = subprocess.Popen(["make", "demo"], cwd=clone, env=given, stdout=out, stderr=out, start_new_session=True, **who)
    try:
        while not _page(port):
            assert make.poll() is None, log.read_text()[-3000:]
            assert time.monotonic() - begun < LONGEST, log.read_text()[-3000:]
            time.sleep(0.2)
        return time.monotonic() - begun
    finally:
        os.killpg(make.pid, signal.SIGINT)
        make.wait(30)
        left = home.quiet()
        home.clear()
        assert not left


def _page(port: int) -> bool:
    try:
        return Browser(port, "").get("/demo/")[0] == 200
    except BROKEN:
        return False


def cloned(ground: Path) -> Path:
    clone = ground / "a clone of it"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(clone)], check=True)
    return clone


@pytest.mark.skipif(not shutil.which("make") or not shutil.which("git"), reason="needs make and git")
def test_a_fresh_clone_shows_its_first_page(ground: Path, figure: Callable[[str], None]) -> None:
    seconds = first_page(cloned(ground), ground / "log", {})
    figure(f"fresh clone to the first page of the demonstration, as {pwd.getpwuid(os.geteuid()).pw_name}: {seconds:.0f} s")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_an_ordinary_user_sees_the_first_page_too(ground: Path, figure: Callable[[str], None]) -> None:
    nobody, python = pwd.getpwnam("nobody"), Path("/usr/bin/python3")
    if not python.exists() or subprocess.run([python, "-c", "import venv, ensurepip"], check=False).returncode:
        pytest.skip("there is no Python that an ordinary user could run (/usr/bin/python3 with venv)")
    clone, own = cloned(ground), ground / "own"
    own.mkdir()
    subprocess.run(["chown", "-R", f"{nobody.pw_uid}:{nobody.pw_gid}", str(clone), str(own)], check=True)
    who = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    seconds = first_page(clone, ground / "log", who, PYTHON=str(python), HOME=str(own), PATH="/usr/bin:/bin")
    figure(f"fresh clone to the first page, as nobody, nothing cached: {seconds:.0f} s")
