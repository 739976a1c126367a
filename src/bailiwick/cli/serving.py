"""Web, clock and importer under one parent, which restarts what dies and takes both with it when it ends itself."""

import logging
import logging.config
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import FrameType

from bailiwick.kit import Refused, say
from bailiwick.store import Address, StoreRefused
from bailiwick.vitals.ending import end_with
from bailiwick.vitals.log import logging_of

log = logging.getLogger("bailiwick.serve")
LOG_OF_THE_WEB = Path(__file__).with_name("granian.json")
MEMORY = Path("/dev/shm")  # noqa: S108 - a private folder is made in it
PATIENCE = 10.0
KEEPER_EVERY = 1.0  # seconds
# How a child is ended when the parent is killed. Granian once asked a worker that was just starting to end, waited for it for
# ever, and held the port: it is killed, and its workers with it (config.wsgi).
ENDED_BY = {"web": signal.SIGKILL}


class Parent:
    """The children of one `serve`. Each child leads a process group, so that a killed child leaves nothing behind."""

    def __init__(self, address: Address, home: Path, host: str, port: int, workers: int) -> None:
        granian = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
            "--workers", str(workers), "--blocking-threads", "4", "--respawn-failed-workers", "--no-ws",
            "--log-level", "warning", "--log-config", str(LOG_OF_THE_WEB), "bailiwick.config.wsgi:application",
        ]  # fmt: skip
        beside = {name: [sys.executable, "-m", f"bailiwick.cli.{name}"] for name in ("clock", "importer")}
        self.commands = {"web": granian, **beside}
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.home, self.stopping = home, False
        self.store, self.looked = address.server, time.monotonic()
        self.counts = folder_of_counts(home) if os.environ.get("BAILIWICK_METRICS") else None

    def run(self) -> None:
        """Until told to stop."""
        for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(sign, self._stop)
        while not self.stopping:
            for name in self.commands:
                self._look_after(name)
            self._look_after_keeper()
            time.sleep(0.25)
        self._end_all()

    def _look_after_keeper(self) -> None:
        """The store's keeper starts a dead server again; a dead keeper is replaced from here, before both are dead."""
        if self.store is None or time.monotonic() - self.looked < KEEPER_EVERY:
            return
        self.looked = time.monotonic()
        try:
            self.store.set_keeper()
        except (StoreRefused, OSError) as why:
            log.error("the keeper of the store: %s", why)

    def _look_after(self, name: str) -> None:
        child = self.children.get(name)
        if child is not None and child.poll() is None:
            return
        if child is not None:
            log.error("%s ended (%s) and is started again", name, child.returncode)
            _end_group(child)
            time.sleep(0.5)
        self.children[name] = subprocess.Popen(
            self.commands[name],
            env=self._environment_of(name),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=partial(end_with, os.getpid(), ENDED_BY.get(name, signal.SIGTERM)),  # noqa: PLW1509 - no thread runs here
        )

    def _environment_of(self, name: str) -> dict[str, str]:
        """The workers of the web count into one folder, so that each can tell what all did; a new web begins at nothing."""
        if name != "web" or self.counts is None:
            return dict(os.environ)
        for file in self.counts.iterdir():
            file.unlink()
        return os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(self.counts)}

    def _stop(self, sign: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _end_all(self) -> None:
        for child in self.children.values():
            child.terminate()
        end = time.monotonic() + PATIENCE
        for child in self.children.values():
            with suppress(subprocess.TimeoutExpired):
                child.wait(max(0.1, end - time.monotonic()))
            _end_group(child)
        if self.counts:
            shutil.rmtree(self.counts, ignore_errors=True)


def folder_of_counts(home: Path) -> Path:
    """A new folder, in memory where there is such a place: a full disk must not end whoever counts.

    The home knows which, so that the next one clears away what a killed one left.
    """
    mark, name = home / "counts", "bailiwick-counts-"
    if mark.is_symlink() and mark.readlink().name.startswith(name):
        shutil.rmtree(mark.readlink(), ignore_errors=True)
    mark.unlink(missing_ok=True)
    made = Path(tempfile.mkdtemp(prefix=name, dir=MEMORY if os.access(MEMORY, os.W_OK) else None))
    mark.symlink_to(made)
    return made


def _end_group(child: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def alone(home: Path) -> int:
    """The lock that says that this home is being served; the kernel releases it whatever ends its holder."""
    import fcntl

    lock = os.open(home / "serve.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise Refused(
            "served_already", say("This home is being served already."), say("Stop that one, or give another --home.")
        ) from None
    return lock


def free(host: str, port: int) -> None:
    """Refuses a port that somebody listens on, before anything is started; waits a moment for one just released."""
    import socket

    end = time.monotonic() + 3
    while True:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
                return
            except OSError as why:
                if time.monotonic() > end:
                    raise Refused(
                        "port_taken",
                        say("Port %(port)s cannot be used (%(why)s).", port=str(port), why=str(why.strerror)),
                        say("Give another: PORT=8001 make demo, or --port 8001."),
                    ) from None
        time.sleep(0.2)


def serve(address: Address, home: Path, host: str, port: int, workers: int) -> None:
    """Serve until told to stop. The caller has settled the store and holds `alone`."""
    logging.config.dictConfig(logging_of(os.environ))
    try:
        Parent(address, home, host, port, workers).run()
    finally:
        address.release()
