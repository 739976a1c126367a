"""The folders in which files for standing sources are laid, below the one root that the operator names.

Names of folders are made here and never typed; no link is followed, and what lies elsewhere is not reached: every step is
opened from the one before. A file counts when nothing about it changed for ten seconds. Files are moved, never deleted.
"""

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

STILL = 10.0  # seconds
MOST = 200  # files that one look takes
TAKEN, REFUSED = "taken", "refused"
UNFINISHED = (".part", ".partial", ".filepart", ".tmp", ".crdownload", "~")
AS_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
AS_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK  # a pipe would be waited for


@dataclass(frozen=True, slots=True)
class Laid:
    """A file that lies there: `stamp` is when it was written, in nanoseconds."""

    name: str
    size: int
    stamp: int


class Folder:
    """One source's folder, held open."""

    def __init__(self, held: int) -> None:
        self._held = held

    def files(self, now: datetime) -> list[Laid]:
        """Files that nobody is writing any more, the oldest first. Links, folders and what has no usual name are none."""
        found = []
        for name in os.listdir(self._held):
            if name.startswith(".") or name.lower().endswith(UNFINISHED) or not name.isprintable():
                continue
            with suppress(OSError):
                seen = os.stat(name, dir_fd=self._held, follow_symlinks=False)
                if stat.S_ISREG(seen.st_mode) and now.timestamp() - max(seen.st_mtime, seen.st_ctime) >= STILL:
                    found.append(Laid(name, seen.st_size, seen.st_mtime_ns))
        return sorted(found, key=lambda one: (one.stamp, one.name))[:MOST]

    def read(self, one: Laid) -> bytes | None:
        """What is in the file; None where it is not the very file any more."""
        try:
            held = os.open(one.name, AS_FILE, dir_fd=self._held)
        except OSError:
            return None
        with os.fdopen(held, "rb") as file:
            seen = os.fstat(file.fileno())
            if not stat.S_ISREG(seen.st_mode) or (seen.st_size, seen.st_mtime_ns) != (one.size, one.stamp):
                return None
            return file.read(one.size)

    def digest(self, one: Laid) -> str:
        """The digest of its content, read in parts: it may be larger than what is taken."""
        with os.fdopen(os.open(one.name, AS_FILE, dir_fd=self._held), "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def put_away(self, one: Laid, where: str) -> None:
        """The file lies in the folder `taken` or `refused` beside; one of the same name there stays."""
        with suppress(FileExistsError):
            os.mkdir(where, 0o770, dir_fd=self._held)
        beside = os.open(where, AS_FOLDER, dir_fd=self._held)
        try:
            there = set(os.listdir(beside))
            os.rename(one.name, _free(one.name, there), src_dir_fd=self._held, dst_dir_fd=beside)
        finally:
            os.close(beside)


@contextmanager
def folder_of(root: Path, network: str, name: str) -> Iterator[Folder]:
    """The folder of a source, made where it is missing. Raises `OSError` where a link stands in its place."""
    root.mkdir(parents=True, exist_ok=True, mode=0o770)
    held = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for part in (network, name):
            with suppress(FileExistsError):
                os.mkdir(part, 0o770, dir_fd=held)
            inside = os.open(part, AS_FOLDER, dir_fd=held)
            os.close(held)
            held = inside
        yield Folder(held)
    finally:
        os.close(held)


def _free(name: str, there: set[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, dot + ending) if dot else (name, "")
    place, free = 2, name
    while free in there:
        free, place = f"{stem} ({place}){ending}", place + 1
    return free
