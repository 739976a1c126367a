"""Processes of a server, seen from outside: started, ended, what they have spent and what they hold (Linux, from /proc)."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from bench.clocks import TICK
from bench.home import STOPS_WITHIN

HOST = "127.0.0.1"
PR_SET_PDEATHSIG = 1


@contextmanager
def child(command: Sequence[str], environment: Mapping[str, str]) -> Iterator[subprocess.Popen[Any]]:
    """A child that ends with this process at the latest, and gently; what it leaves behind of its own group ends, too.

    A worker that waits for a thread outlives the server that told it to stop.
    """
    started = subprocess.Popen(  # noqa: S603
        command,
        env=dict(environment),
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_die_with_parent,  # noqa: PLW1509 - no thread runs here
    )
    try:
        yield started
    finally:
        started.terminate()
        try:
            started.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()
        with suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def pss(root: int) -> dict[str, float]:
    """The proportional share of memory of a process and all below it, in MB, by what they are."""
    found: dict[str, float] = {}
    for place, pid in enumerate(below(root)):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        size = next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
        found[f"{_what(pid)} {place + 1}"] = size
    return found


def below(root: int) -> list[int]:
    """The process and its descendants, parents first."""
    parents: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            told = stat(int(entry))
            if told:  # or it has just ended
                parents.setdefault(int(told[1]), []).append(int(entry))
    found = [root]
    for pid in found:
        found += sorted(parents.get(pid, []))
    return found


def cpu(pid: int) -> float:
    """CPU seconds of a process and of those it has waited for; 0 when it is gone."""
    return sum(map(int, stat(pid)[11:15])) / TICK


def stat(pid: int) -> list[str]:
    """What the kernel says of a process, from its state on; nothing when it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def command_of(pid: int) -> str:
    """The command line of a process; empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _what(pid: int) -> str:
    told = command_of(pid)
    for mark, name in (
        ("bailiwick.cli.clock", "clock"),
        ("bailiwick.cli.importer", "importer"),
        ("serve", "parent"),
        ("granian", "web"),
    ):
        if mark in told:
            return name
    return "other"
