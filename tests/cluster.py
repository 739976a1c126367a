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
from pathlib import Path

import pytest

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


def group_of(path: Path) -> str:
    """The tests that one process runs one after the other: a file, or a whole folder."""
    folder = path.parent.name
    return folder if folder in WHOLE else f"{folder}/{path.name}"


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where tests are shared: in groups, the longest first."""
    if SHARES:
        for item in items:
            item.add_marker(pytest.mark.xdist_group(group_of(item.path)))
        place = {folder: place for place, folder in enumerate(LONG)}
        items.sort(key=lambda item: place.get(item.path.parent.name, len(LONG)))


if SHARES_OUT:
    share_out()
else:
    for name in NOWHERE if SHARES else ():
        os.environ.pop(name, None)
    start()
