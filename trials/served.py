"""A home that is being served, and the processes it consists of."""

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trials.homes import Home, eventually
from trials.load import Browser, free_port
from trials.patience import bound

START_LIMIT = 20.0


class Served:
    """`bailiwick serve` on a home. `seconds` says how long it took to the first page."""

    def __init__(self, home: Home, session: str, port: int = 0) -> None:
        self.home, self.port = home, port or free_port()
        self.browser = Browser(self.port, session)
        self.begin()

    def begin(self) -> None:
        """Start it, on the same port again if it was started before."""
        begun = time.monotonic()
        self.parent = self.home.start("serve", "--port", str(self.port), stdout=subprocess.DEVNULL, start_new_session=True)
        try:
            # Or a page of the one before, which is just ending, would be taken for one of this.
            assert eventually(lambda: self.children_named("granian"), bound(START_LIMIT)), "no web was started"
            self.browser.until_it_answers(bound(START_LIMIT))
            self.seconds = time.monotonic() - begun
        except AssertionError:
            self.stop()
            raise

    def children_named(self, words: str) -> list[int]:
        """The processes under the parent whose command lines hold `words`."""
        return [pid for pid in children(self.parent.pid) if words in command_of(pid)]

    @property
    def granian(self) -> int:
        return self.children_named("granian")[0]

    @property
    def worker(self) -> int:
        """One that serves pages, not the one that tracks resources for them."""
        workers = [pid for pid in children(self.granian) if "tracker" not in command_of(pid)]
        return workers[0]

    @property
    def clock(self) -> int:
        return self.children_named("bailiwick.cli.clock")[0]

    @property
    def importer(self) -> int:
        return self.children_named("bailiwick.cli.importer")[0]

    @property
    def keeper(self) -> int:
        """Nobody's child: it is known by what it says that it keeps."""
        return next(pid for pid, line in self.home.processes().items() if "store/keeper.py" in line)

    @property
    def postmaster(self) -> int:
        return int((self.home.place / "pg" / "postmaster.pid").read_text().split("\n")[0])

    def stop(self) -> int:
        """Stopped as Ctrl-C does it."""
        self.parent.send_signal(signal.SIGINT)
        return self.parent.wait(30)


@contextmanager
def served(home: Home, session: str) -> Iterator[Served]:
    """The home is served while the block runs."""
    serving = Served(home, session)
    try:
        yield serving
    finally:
        if serving.parent.poll() is None:
            serving.stop()


def children(pid: int) -> list[int]:
    """The processes that `pid` started and that live."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                told = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if told[0] != "Z" and int(told[1]) == pid:
                found.append(int(entry.name))
    return sorted(found)


def command_of(pid: int) -> str:
    """The command line of a process; empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def gone(pid: int, within: float = 10.0) -> bool:
    """Whether a process ended in time."""
    return eventually(lambda: not command_of(pid), within)
