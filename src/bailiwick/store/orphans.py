"""Processes of PostgreSQL seen through /proc: who is certainly at work on a data directory, and ending left-overs.

After a SIGKILL of the postmaster its backends end by themselves, except one that computes: it looks up only when its
query is done, and until then no new server may start. Ending the wrong process would be far worse than waiting, so a
backend is only ended when everything about it fits. Where there is no /proc nothing is ended: one waits.
"""

import contextlib
import os
import signal
import subprocess
from pathlib import Path
from typing import NamedTuple

PROC = Path("/proc")
BACKEND_TITLE = b"postgres: "  # the postmaster keeps its command line, its children are given such a title
AT_WORK = (b"postgres: startup", b"postgres: walwriter")
STATUS_LINE = 7  # of postmaster.pid (PostgreSQL's pidfile.h)


class Worker(NamedTuple):
    """A process of PostgreSQL whose working directory is the data directory."""

    pid: int
    parent: int
    title: bytes
    holds_lock: bool


def workers(data: Path, lock: Path) -> list[Worker]:
    """All processes of PostgreSQL that work in `data`; empty where they cannot be seen."""
    found = []
    for entry in PROC.iterdir() if PROC.is_dir() else ():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, ValueError, IndexError):  # it ended while we looked, or is another user's
                worker = _seen(entry, data, lock)
                if worker:
                    found.append(worker)
    return found


def _seen(entry: Path, data: Path, lock: Path) -> Worker | None:
    if not _works_in(entry, data):
        return None
    parent = int((entry / "stat").read_text(errors="replace").rpartition(")")[2].split()[1])
    title = (entry / "cmdline").read_bytes()
    return Worker(int(entry.name), parent, title, _holds(entry, lock))


def _works_in(entry: Path, data: Path) -> bool:
    program = os.readlink(entry / "exe").removesuffix(" (deleted)")
    return os.path.basename(program) == "postgres" and os.path.samefile(entry / "cwd", data)


def _holds(entry: Path, lock: Path) -> bool:
    wanted = lock.stat()
    for descriptor in (entry / "fd").iterdir():
        with contextlib.suppress(OSError):
            if os.path.samestat(descriptor.stat(), wanted):
                return True
    return False


def orphans(found: list[Worker]) -> list[Worker]:
    """The backends whose postmaster is gone. None of them while any postmaster of the directory lives."""
    if any(not worker.title.startswith(BACKEND_TITLE) for worker in found):
        return []
    pids = {worker.pid for worker in found}
    return [worker for worker in found if worker.holds_lock and worker.parent not in pids]


def end_orphans(data: Path, lock: Path, how: signal.Signals) -> int:
    """Signal every backend left behind on `data`; how many there were."""
    ended = 0
    for worker in orphans(workers(data, lock)):
        ended += _end(worker, data, lock, how)
    return ended


def _end(worker: Worker, data: Path, lock: Path, how: signal.Signals) -> bool:
    """The handle is opened first and the look repeated: a pid that was given to another process meanwhile is spared."""
    try:
        handle = os.pidfd_open(worker.pid)
    except (OSError, AttributeError):
        return False
    try:
        if _seen(PROC / str(worker.pid), data, lock) != worker:
            return False
        signal.pidfd_send_signal(handle, how)
    except (OSError, ValueError, IndexError):
        return False
    finally:
        os.close(handle)
    return True


def stuck(data: Path, lock: Path) -> Worker | None:
    """A postmaster that says it is ready, and under which nothing replays the log or writes it; None where it is at work.

    For a moment that is so after each crash of a backend. PostgreSQL 18 stays so for ever where the disk was full at that
    moment: what should replay the log has died, and nobody begins it again.
    """
    if _status(data) != "ready":
        return None
    found = workers(data, lock)
    if any(worker.title.startswith(AT_WORK) for worker in found):
        return None
    return next((worker for worker in found if worker.holds_lock and not worker.title.startswith(BACKEND_TITLE)), None)


def end_stuck(worker: Worker, data: Path, lock: Path, how: signal.Signals) -> bool:
    """Signal it, if it is still the one that was seen."""
    return _end(worker, data, lock, how)


def foreign_postmaster(data: Path, lock: Path) -> int | None:
    """The pid of a server on `data` that somebody started by hand, past our lock; None where there is surely none.

    Asked only when the lock is ours: a stale pid file may be removed then, but not one of a server that lives.
    """
    if PROC.is_dir():
        return next((w.pid for w in workers(data, lock) if not w.title.startswith(BACKEND_TITLE)), None)
    pid = _written_pid(data)
    told = subprocess.run(["ps", "-p", str(pid or 0), "-o", "command="], capture_output=True, text=True, check=False)  # noqa: S607
    return pid if "postgres" in told.stdout and str(data) in told.stdout else None


def postmaster_lives(data: Path) -> bool:
    """Whether the process that the pid file names is a server on `data`; where nothing can be seen it is believed."""
    if not PROC.is_dir():
        return True
    entry = PROC / str(_written_pid(data) or "none")
    try:
        return _works_in(entry, data)
    except OSError:
        return False


def _written_pid(data: Path) -> int | None:
    try:
        return int((data / "postmaster.pid").read_text().split("\n")[0])
    except (OSError, ValueError):
        return None


def _status(data: Path) -> str:
    try:
        return (data / "postmaster.pid").read_text().split("\n")[STATUS_LINE].strip()
    except (OSError, IndexError):
        return ""
