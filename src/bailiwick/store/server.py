"""The server process of one place: does it answer, launch it, stop it. Whoever launches holds the setup lock.

The postmaster and its backends inherit a locked descriptor. While any of them lives nobody else gets the server lock;
whoever has it knows that no old server lives and that a left-over pid file is stale, whatever its pid belongs to now.
"""

import os
import signal
import stat
import time

from bailiwick.store import locks, orphans
from bailiwick.store.place import SOCKET_NAME, Place
from bailiwick.store.refused import StoreRefused
from bailiwick.store.running import run

PATIENCE = 60.0  # seconds for the processes of a dead server to end
ASK_AFTER = 2.0  # seconds after which left-over backends are asked to quit
FORCE_AFTER = 5.0  # seconds after which they are killed
START_LIMIT = 300  # seconds: the replay of a large log after a crash takes its time


def answers(place: Place) -> bool:
    """Whether the server takes connections now."""
    return _ready(place) == 0


def lives(place: Place) -> bool:
    """Whether the postmaster is there. The lock alone does not say: a backend left behind by it holds it too."""
    return locks.is_held(place.lock("server")) and orphans.postmaster_lives(place.data)


def _ready(place: Place) -> int:
    asked = run(place.programs / "pg_isready", "-q", "-h", place.socket, "-p", "5432", "-d", "postgres", "-t", "2")
    return asked.returncode


def launch(place: Place) -> None:
    """The server answers. Also right when another one is just coming up: then it is waited for."""
    lock = locks.open_lock(place.lock("server"))
    try:
        if _seize_or_answered(place, lock):
            _clear_stale(place)
            _start(place, lock)
    finally:
        os.close(lock)


def _seize_or_answered(place: Place, lock: int) -> bool:
    """True: the lock is ours and nothing runs. False: a server answers after all."""
    begun = time.monotonic()
    while not locks.seize(lock):
        ready = _ready(place)
        if ready == 0:
            return False
        waited = time.monotonic() - begun
        if ready == 1 and waited < START_LIMIT:  # it is there and replays its log: that is work, not a hang
            time.sleep(0.1)
            continue
        if waited > PATIENCE:
            raise StoreRefused(f"Processes of an earlier PostgreSQL still run on {place.data} and do not end.")
        if waited > ASK_AFTER:
            how = signal.SIGKILL if waited > FORCE_AFTER else signal.SIGQUIT
            orphans.end_orphans(place.data, place.lock("server"), how)
        time.sleep(0.1)
    return True


def _clear_stale(place: Place) -> None:
    foreign = orphans.foreign_postmaster(place.data, place.lock("server"))
    if foreign:
        raise StoreRefused(f"A PostgreSQL started by hand (process {foreign}) runs on {place.data}. Stop it first.")
    (place.data / "postmaster.pid").unlink(missing_ok=True)
    (place.socket / SOCKET_NAME).unlink(missing_ok=True)
    (place.socket / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)


def _start(place: Place, lock: int) -> None:
    log = os.open(place.log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    if place.account:
        os.fchown(log, *place.account)
    os.close(log)
    command = (
        place.programs / "pg_ctl",
        "-w",
        "-t",
        str(START_LIMIT),
        "-D",
        place.data,
        "-l",
        place.log,
        "-s",
        "start",
    )
    started = run(*command, account=place.account, timeout=START_LIMIT + 10, inherit=(lock,))
    if started.returncode:
        words = place.log.read_text(errors="replace").strip().splitlines()[-5:]
        raise StoreRefused("PostgreSQL did not start: " + " / ".join(words or [started.stdout.strip()]))


def stop(place: Place, mode: str = "fast", limit: int = 60) -> bool:
    """Ask the server to stop and wait for it; says whether it has."""
    command = (place.programs / "pg_ctl", "-D", place.data, "-m", mode, "-w", "-t", str(limit), "-s", "stop")
    return run(*command, account=place.account, timeout=limit + 10).returncode == 0


def open_socket_folder(place: Place) -> None:
    """The directory of the socket exists and is closed to everybody but the server's account.

    Every role is trusted on this socket, so an open directory, or one that another user made under /tmp, is refused.
    """
    folder = place.socket
    folder.mkdir(mode=0o700, exist_ok=True)
    if place.account and folder.lstat().st_uid == 0 and not folder.is_symlink():
        os.chown(folder, *place.account, follow_symlinks=False)
    found = folder.lstat()
    owner = place.account.uid if place.account else os.geteuid()
    if not stat.S_ISDIR(found.st_mode) or found.st_mode & 0o077 or found.st_uid != owner:
        raise StoreRefused(f"{folder} is not a private directory of the server's account: remove it and start again.")
