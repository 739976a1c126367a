"""What the tests of the store do with servers, homes and other processes."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg

from bailiwick.store import Embedded

CAREFREE = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nshared_buffers = 16MB\n"
USER = """
import sys
from pathlib import Path
from bailiwick.store import Embedded
server = Embedded(Path(sys.argv[1]), linger=float(sys.argv[2]), extra=sys.argv[3]).start()
print(server.dsn(database="postgres"), flush=True)
sys.stdin.read()
"""


Say = Callable[[str], None]


class Open(Protocol):
    """The server of a home; it is released and waited for at the end of the test.

    Its data directory is a copy of one made before, unless it is to be `virgin`.
    """

    def __call__(
        self, home: Path, virgin: bool = False, linger: float = 0.0, extra: str = CAREFREE, say: Say = print
    ) -> Embedded: ...


def folder() -> Path:
    """A folder that every account can enter, which pytest's own is not."""
    memory = Path("/dev/shm")  # a third of the time of a disk, where there is one
    made = Path(tempfile.mkdtemp(prefix="bw-", dir=memory if os.access(memory, os.W_OK) else None))
    made.chmod(0o755)
    return made


@contextmanager
def user_of(home: Path, linger: float = 0.0) -> Iterator["subprocess.Popen[str]"]:
    """Another process that uses the server of `home` until it is ended."""
    command = [sys.executable, "-c", USER, str(home), str(linger), CAREFREE]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        if process.poll() is None:
            process.kill()


def ask(dsn: str, statement: str) -> Any:
    """The first value that the statement answers."""
    with psycopg.connect(dsn) as connection:
        row = connection.execute(statement.encode()).fetchone()
    return row[0] if row else None


def eventually(holds: Callable[[], bool], within: float) -> bool:
    end = time.monotonic() + within
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return holds()


def postmaster(server: Embedded) -> int:
    return int((server.place.data / "postmaster.pid").read_text().split("\n")[0])


def responds(dsn: str) -> bool:
    try:
        return bool(ask(dsn, "SELECT 1"))
    except psycopg.Error:
        return False
