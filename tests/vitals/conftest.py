"""`bailiwick serve` on a PostgreSQL of its own, which nobody starts again but the test."""

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bailiwick.store import Embedded, cluster, roles, server
from tests.cli.test_doctor import closed_port
from tests.house.source import ROOT
from tests.store.servers import CAREFREE, eventually, folder

TOKEN = "a long enough token"
SESSION = {"Cookie": f"sessionid={'a' * 32}"}  # nobody's: the store must be asked to know that
BEARER = {"Authorization": "Bearer bw_nobody"}


class Store:
    """A server without a keeper."""

    def __init__(self, home: Path) -> None:
        self.embedded = Embedded(home, extra=CAREFREE)
        self.place = self.embedded.place
        cluster.create(self.place, CAREFREE)
        cluster.configure(self.place, CAREFREE)
        self.start()
        roles.prepare(self.embedded.dsn())

    def start(self) -> None:
        server.open_socket_folder(self.place)
        server.launch(self.place)

    def stop(self) -> None:
        assert server.stop(self.place)

    @property
    def addresses(self) -> dict[str, str]:
        """As somebody sets them who runs a PostgreSQL of their own."""
        named = {"": roles.APP, "OWNER_": roles.OWNER}
        return {f"DATABASE_{name}URL": self.embedded.dsn(role) for name, role in named.items()}


class Serving:
    """Web, clock and importer on a store, with the log in a file."""

    def __init__(self, home: Path, store: Store, log: Path) -> None:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "BAILIWICK_", "PG"))}
        settings = {"BAILIWICK_LOG_FORMAT": "json", "BAILIWICK_METRICS": TOKEN, "BAILIWICK_LOG": "INFO"}
        self.port, self.log, self.store = closed_port(), log, store
        command = [sys.executable, "-m", "bailiwick.cli", "--home", str(home), "serve", "--port", str(self.port)]
        with log.open("w") as out:
            self.parent = subprocess.Popen(
                command, env=clean | settings | store.addresses, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=out
            )

    def ask(self, path: str, headers: Mapping[str, str] = SESSION) -> tuple[int, dict[str, str], str]:
        """Status, headers by small names, and text."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            link.request("GET", path, headers=dict(headers))
            answer = link.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode()
        finally:
            link.close()

    def answers(self) -> bool:
        """Whether it is there yet."""
        try:
            return self.ask("/readyz")[0] == 200
        except OSError:
            return False

    def said(self) -> list[dict[str, object]]:
        """The log so far. A line that is no object fails here."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def workers(self) -> list[int]:
        """The processes that answer: children of the web that hold the port's program."""
        web = [pid for pid in children(self.parent.pid) if b"granian" in command(pid)]
        return [pid for one in web for pid in children(one) if b"tracker" not in command(pid)]


def children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def command(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


@pytest.fixture(scope="module")
def serving() -> Iterator[Serving]:
    ground = folder()
    store = Store(ground / "store")
    home = Path(tempfile.mkdtemp(prefix="bw-"))
    one = Serving(home, store, ground / "log")
    try:
        assert eventually(one.answers, 60), one.log.read_text()
        yield one
    finally:
        one.parent.send_signal(signal.SIGTERM)
        one.parent.wait(30)
        server.stop(store.place)
        shutil.rmtree(ground, ignore_errors=True)
        shutil.rmtree(home, ignore_errors=True)
