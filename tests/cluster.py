"""One PostgreSQL for a test session: embedded, or the one that TEST_DATABASE_URL names; started before Django's settings load."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from bailiwick.cli.surroundings import migrated, settled

# In memory where there is such a place, and without waiting for a disk: a test session's store need not survive it.
MEMORY = Path("/dev/shm")
HOME = Path(tempfile.mkdtemp(prefix="bailiwick-test-", dir=MEMORY if MEMORY.is_dir() else None))
CAREFREE = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"


def start() -> None:
    """The store of this session answers with this release's tables."""
    if os.environ.get("TEST_DATABASE_URL"):
        os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
        os.environ["DATABASE_OWNER_URL"] = os.environ["TEST_DATABASE_OWNER_URL"]
    os.environ["BAILIWICK_HOSTS"] = "testserver,localhost,127.0.0.1"
    address = settled(HOME, linger=0, extra=CAREFREE)
    migrated()

    def end() -> None:
        address.release(wait=20)
        shutil.rmtree(HOME, ignore_errors=True)

    atexit.register(end)


start()
