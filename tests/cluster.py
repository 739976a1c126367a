"""One PostgreSQL for a test session: embedded, or the one that TEST_DATABASE_URL names; started before Django's settings load."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from bailiwick.cli.surroundings import migrated, settled

HOME = Path(tempfile.mkdtemp(prefix="bailiwick-test-"))


def start() -> None:
    """The store of this session answers with this release's tables."""
    if os.environ.get("TEST_DATABASE_URL"):
        os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
        os.environ["DATABASE_OWNER_URL"] = os.environ["TEST_DATABASE_OWNER_URL"]
    os.environ["BAILIWICK_HOSTS"] = "testserver,localhost,127.0.0.1"
    address = settled(HOME)
    migrated()
    atexit.register(shutil.rmtree, HOME, ignore_errors=True)
    if address.server:
        atexit.register(address.release)


start()
