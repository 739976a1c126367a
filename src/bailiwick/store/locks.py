"""Locks on files, released by the kernel whatever kills their holder. Knows nothing of PostgreSQL."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def open_lock(path: Path) -> int:
    """A descriptor of the lock file, made where missing; not inherited by programs started later.

    A lock file that root makes in somebody's folder is given to that somebody: otherwise one command run with sudo
    would shut the owner out of the own home. O_NOFOLLOW: root must not be led to another file by a planted link.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    if os.geteuid() == 0:
        owner = path.parent.stat().st_uid
        if os.fstat(descriptor).st_uid != owner:
            os.fchown(descriptor, owner, -1)
    return descriptor


def share(descriptor: int) -> None:
    """Hold the lock together with others; waits while somebody has it alone."""
    fcntl.flock(descriptor, fcntl.LOCK_SH)


def seize(descriptor: int) -> bool:
    """Hold the lock alone if that is possible now; says whether it was."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def let_go(descriptor: int) -> None:
    """Give the lock back but keep the descriptor."""
    fcntl.flock(descriptor, fcntl.LOCK_UN)


def is_held(path: Path) -> bool:
    """Whether any process holds the lock of this file."""
    descriptor = open_lock(path)
    try:
        return not seize(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock alone for a while; waits for its turn."""
    descriptor = open_lock(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
