"""A sign of life: each child of `serve` touches a file of the home when a round is done. Works also where the store is away."""

from datetime import UTC, datetime, timedelta
from pathlib import Path


def beat(home: Path, name: str) -> None:
    """A round of `name` is done now. A disk that is full still lets an existing file be touched."""
    (home / f"{name}.beat").touch(mode=0o600)


def age_of(home: Path, name: str) -> timedelta | None:
    """How long ago the last round of `name` ended; None where there was none."""
    try:
        last = (home / f"{name}.beat").stat().st_mtime
    except FileNotFoundError:
        return None
    return datetime.now(UTC) - datetime.fromtimestamp(last, UTC)
