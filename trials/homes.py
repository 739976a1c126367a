"""Homes with real processes in them: made once with the village inside, copied for each trial, cleared away whatever happened."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from bailiwick.store import Address, settle

ROOT = Path(__file__).resolve().parent.parent
# What the session's own store has put into the environment (tests.cluster) must not reach a home of a trial.
FOREIGN = ("DATABASE_", "BAILIWICK_", "DJANGO_", "PG")


def surroundings(home: Path, **more: str) -> dict[str, str]:
    """The environment of a process that works on `home` only."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    return clean | {"BAILIWICK_HOME": str(home)} | more


def folder() -> Path:
    """A new folder that every account can enter; PostgreSQL does not run as root."""
    made = Path(tempfile.mkdtemp(prefix="bw-trial-"))
    made.chmod(0o755)
    return made


class Home:
    """One home of the product, and everything that runs on it."""

    code = ROOT  # whose commands work on it

    def __init__(self, place: Path, **more: str) -> None:
        self.place, self.environment = place, surroundings(place, **more)

    def start(self, *arguments: str, **options: Any) -> "subprocess.Popen[str]":
        """`bailiwick` with these arguments, left running."""
        command = [sys.executable, "-m", "bailiwick.cli", "--home", str(self.place), *arguments]
        return subprocess.Popen(command, env=self.environment, cwd=self.code, text=True, **options)

    def bailiwick(self, *arguments: str | Path, patience: float = 180) -> "subprocess.CompletedProcess[str]":
        """`bailiwick` with these arguments, finished within `patience` seconds."""
        running = self.start(*map(str, arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        told, complained = running.communicate(timeout=patience)
        return subprocess.CompletedProcess(arguments, running.returncode, told, complained)

    def inside(self, act: str, *arguments: object, patience: float = 180) -> Any:
        """What a function of `trials.inside` answers, run in a process of this home within `patience` seconds."""
        done = subprocess.run(
            [sys.executable, "-m", "trials.inside", str(self.place), act, json.dumps(arguments)],
            env=self.environment, cwd=self.code, capture_output=True, text=True, timeout=patience, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    @contextmanager
    def store(self) -> Iterator[Address]:
        """The store of this home, held up while it is asked."""
        address = settle(self.place, self.environment, linger=1)
        try:
            yield address
        finally:
            address.release()

    def ask(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows, read as the superuser: past the walls between networks."""
        with self.store() as address, psycopg.connect(address.admin, autocommit=True) as admin:
            return admin.execute(statement.encode(), values or None).fetchall()

    def processes(self) -> dict[int, str]:
        """Every process that works on this home, with its command line."""
        return {pid: line for pid, line, told in _all_processes() if str(self.place) in told}

    def quiet(self, within: float = 30.0) -> dict[int, str]:
        """What still runs when everything had `within` seconds to end by itself; nothing, if all is well."""
        eventually(lambda: not self.processes(), within)
        return self.processes()

    def clear(self) -> None:
        """Nothing of this home is left, whatever a trial did to it."""
        # A server that ends by itself leaves no shared memory behind; its keeper would look for it some seconds longer.
        for sent, left in ((signal.SIGTERM, "postgres"), (signal.SIGKILL, "")):
            for pid in self.processes():
                with suppress(ProcessLookupError):
                    os.kill(pid, sent)
            eventually(lambda left=left: not any(left in line for line in self.processes().values()), 10)  # type: ignore[misc]
        shutil.rmtree(self.place, ignore_errors=True)

    def copy_to(self, place: Path) -> "Home":
        """Another home with the same content; this one must be at rest."""
        subprocess.run(["cp", "-a", str(self.place), str(place)], check=True)
        return Home(place)


def _all_processes() -> Iterator[tuple[int, str, str]]:
    """(id, command line, all that it says of itself); the process itself is left out, and whoever started it."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            with suppress(OSError):
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                about = (entry / "environ").read_bytes().decode(errors="replace")
                yield int(entry.name), line, f"{line} {about} {os.readlink(entry / 'cwd')}"


def eventually(holds: Callable[[], object], within: float) -> bool:
    """Whether it came true in time."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return bool(holds())
