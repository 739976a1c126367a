"""One PostgreSQL for a test session: embedded, or the one that TEST_DATABASE_URL names; started before Django's settings load.

Where several processes share the tests (`pytest -n 2`), each has an embedded one of its own: a seal waits for every
transaction of its server, so that a module which works in one long transaction would hold up the tests of seals next door.
"""

import atexit
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path, PurePosixPath

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from bailiwick.cli.surroundings import migrated, settled

# In memory where there is such a place, and without waiting for a disk: a test session's store need not survive it.
MEMORY = Path("/dev/shm")
CAREFREE = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
NOWHERE = {"DATABASE_URL": "postgresql://nobody@/nothing?host=/nowhere", "BAILIWICK_SECRET": "nothing"}
SHARES = "PYTEST_XDIST_WORKER" in os.environ
SHARES_OUT = not SHARES and any(re.match(r"-n(?!0$)|--numprocesses", one) for one in sys.argv[1:])
# What cannot be divided (one browser, one server's programs) and what takes longest goes first.
WHOLE = ("journeys", "store")
LONG = (*WHOLE, "walls", "api")


def start() -> None:
    """The store of this session answers with this release's tables."""
    home = Path(tempfile.mkdtemp(prefix="bailiwick-test-", dir=MEMORY if MEMORY.is_dir() else None))
    if os.environ.get("TEST_DATABASE_URL"):
        os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
        os.environ["DATABASE_OWNER_URL"] = os.environ["TEST_DATABASE_OWNER_URL"]
    os.environ["BAILIWICK_HOSTS"] = "testserver,localhost,127.0.0.1"
    address = settled(home, linger=0, extra=CAREFREE)
    migrated()

    def end() -> None:
        address.release(wait=20)
        shutil.rmtree(home, ignore_errors=True)

    atexit.register(end)


def share_out() -> None:
    """This process runs no test itself: it needs settings that load, and no store."""
    if os.environ.get("TEST_DATABASE_URL"):
        raise pytest.UsageError("A store that is given is one store: leave -n out.")
    os.environ.update(NOWHERE, DJANGO_SETTINGS_MODULE="bailiwick.config.settings")


def group_of(test: str) -> str:
    """The tests that one process runs one after the other: a file, or a whole folder."""
    path = PurePosixPath(test.partition("::")[0])
    return path.parent.name if path.parent.name in WHOLE else str(path)


class Groups(LoadScopeScheduling):
    """Whole groups go to the process that is free. (The marks of `--dist loadgroup` reach no id since pytest 9.2.)"""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Groups:
    """The one that shares the tests out."""
    return Groups(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where tests are shared: the longest first."""
    if SHARES:
        place = {folder: place for place, folder in enumerate(LONG)}
        items.sort(key=lambda item: place.get(item.path.parent.name, len(LONG)))


if SHARES_OUT:
    share_out()
else:
    for name in NOWHERE if SHARES else ():
        os.environ.pop(name, None)
    start()
