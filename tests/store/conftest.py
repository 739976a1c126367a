"""Real servers in temporary homes. Not under pytest's own folder: as root that is closed to the server's account."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bailiwick.store import Address, Embedded, cluster, settle

from .servers import CAREFREE, Open, Say, folder


@pytest.fixture
def ground() -> Iterator[Path]:
    made = folder()
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="session")
def seed() -> Iterator[Path]:
    """A data directory as initdb leaves it: copying it takes a tenth of the time of making one."""
    made = folder()
    place = Embedded(made / "home").place
    cluster.create(place, CAREFREE)
    yield place.data
    shutil.rmtree(made)


@pytest.fixture
def opened(seed: Path) -> Iterator[Open]:
    servers: list[Embedded] = []

    def opening(home: Path, virgin: bool = False, linger: float = 0.0, extra: str = CAREFREE, say: Say = print) -> Embedded:
        if not virgin and not (home / "pg").exists():
            home.mkdir(parents=True, exist_ok=True)
            subprocess.run(["cp", "-a", str(seed), str(home / "pg")], check=True)
        servers.append(Embedded(home, linger=linger, extra=extra, say=say))
        return servers[-1]

    yield opening
    for server in servers:
        server.release()
    assert all(server.release(wait=20) for server in servers), "a server of this test still runs"


@pytest.fixture(scope="session")
def address() -> Iterator[Address]:
    """One prepared store for all tests that only read it."""
    home = folder()
    settled = settle(home / "home", {}, linger=0, extra=CAREFREE)
    yield settled
    assert settled.server
    assert settled.server.release(wait=20)
    shutil.rmtree(home)
