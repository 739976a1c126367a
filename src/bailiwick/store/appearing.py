"""A file that appears complete or not at all, is its owner's only, and replaces no other."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bailiwick.store.refused import StoreRefused


@contextmanager
def appearing(target: Path, what: str) -> Iterator[Path]:
    """The file to fill instead of `target`, which has its name once all of it is on the disk.

    It lies beside the target under another name. Refused: the target exists, or cannot be written; `what` says in the
    refusal what it would have been.
    """
    if os.path.lexists(target):
        raise StoreRefused(f"{target} exists and is not overwritten.")
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))  # nobody else's, before anything is in it
        yield part
        _settle_on_disk(part, target)
    except OSError as cause:
        raise StoreRefused(f"The {what} could not be written to {target.parent}: {cause.strerror or cause}") from cause
    finally:
        part.unlink(missing_ok=True)


def _settle_on_disk(part: Path, target: Path) -> None:
    """Renamed only when its bytes are on the disk: after a loss of power a name must not stand for an empty file."""
    _sync(part, os.O_RDWR)
    if os.path.lexists(target):
        raise StoreRefused(f"{target} appeared meanwhile and is not overwritten.")
    part.rename(target)
    _sync(target.parent, os.O_RDONLY)


def _sync(path: Path, how: int) -> None:
    descriptor = os.open(path, how)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
