"""A home of its own for one run: made under the temp directory, with its own embedded PostgreSQL, gone at the end."""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

HERE = Path(__file__).resolve().parent
STOPS_WITHIN = 60.0  # seconds for the server to stop
Say = Callable[[str], None]


@contextmanager
def temporary(say: Say) -> Iterator[tuple[Path, dict[str, str], Any]]:
    """(home, the environment for commands started from outside, address of its store); everything is gone afterwards.

    No setting of the caller's is used: neither home nor database of theirs is touched. fsync is on, as in production.
    """
    for name in [name for name in os.environ if name.startswith(("BAILIWICK_", "DATABASE_", "DJANGO_", "PG"))]:
        del os.environ[name]
    outside = dict(os.environ)
    home = Path(tempfile.mkdtemp(prefix="bailiwick-bench-"))
    before = signal.signal(signal.SIGTERM, _leave)
    address = None
    try:
        from bailiwick.cli.surroundings import migrated, settled

        say(f"a temporary home: {home}")
        address = settled(home, linger=1.0)
        migrated()
        yield home, outside, address
    finally:
        signal.signal(signal.SIGTERM, before)
        _remove(home, address, say)


def with_django() -> None:
    """Django is set up, with the floor's addresses and templates before those of the product."""
    from django.conf import settings

    settings.ROOT_URLCONF = "bench.urls"
    settings.TEMPLATES[0]["DIRS"].append(HERE / "templates")
    settings.DATABASES["default"]["CONN_MAX_AGE"] = None  # one backend for the whole run, or its time could not be read
    import django

    django.setup()
    import_module("bench.urls")  # everything of the product is loaded before the long work begins


def _leave(sign: int, frame: FrameType | None) -> None:
    sys.exit(128 + sign)


def _remove(home: Path, address: Any, say: Say) -> None:
    """A server whose files vanish under it keeps its memory: it stops first."""
    if address is not None:
        if "django.db" in sys.modules:
            from django.db import connections

            connections.close_all()
        elsewhere = address.server.place.folder
        if not address.release(wait=STOPS_WITHIN):
            say(f"the server of {home} does not stop: the home is left there")
            return
        if elsewhere != home.resolve():
            shutil.rmtree(elsewhere, ignore_errors=True)
    shutil.rmtree(home, ignore_errors=True)
