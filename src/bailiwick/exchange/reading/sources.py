"""What was given, file by file: a file, the files of a folder, the members of an archive. All in memory, one at a time."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bailiwick.exchange.reading import archives, kinds, limits, refusals

TABLES = (".csv", ".tsv", ".tab", ".psv", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".parquet", ".pq", ".zip")
# May hold a table, and as often a note to the reader.
PERHAPS = (".txt", ".dat", "")


@dataclass(frozen=True, slots=True)
class Source:
    """One file by its base name. `perhaps` is one that was found beside others and need not be a table."""

    name: str
    data: bytes
    perhaps: bool = False


def sources(paths: Sequence[Path]) -> Iterator[Source]:
    """Every file of what was given. Raises Refused for what is no file, too large, or an archive made to burst."""
    for path in paths:
        if path.is_dir():
            yield from _folder(path)
        else:
            yield from _unpacked(Source(_plain(path.name), _content(path)))


def _folder(folder: Path) -> Iterator[Source]:
    inside = folder.resolve()
    seen: set[Path] = set()
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        real = path.resolve()
        # A link that leads out of the folder may show what was never meant to be given; one inside, the same thing twice.
        if not _wanted(path.name) or path.is_dir() or not real.is_relative_to(inside) or real in seen:
            continue
        seen.add(real)
        if len(seen) > limits.FILES:
            raise refusals.too_many(_plain(folder.name), refusals.FILES, limits.FILES)
        perhaps = path.suffix.lower() in PERHAPS
        yield from _unpacked(Source(_plain(path.name), _content(path), perhaps))


def _unpacked(source: Source) -> Iterator[Source]:
    """The file itself, or the members of an archive that is no workbook."""
    if kinds.magic_of(source.data) != "zip" or archives.is_workbook(source.name, source.data):
        yield source
        return
    found = 0
    for member, data in archives.members(source.name, source.data, wanted=_wanted):
        name = _plain(member)
        if kinds.magic_of(data) == "zip" and not archives.is_workbook(name, data):
            raise refusals.foreign(f"{source.name}: {name}", refusals.NESTED, refusals.UNPACK)
        found += 1
        yield Source(name, data, Path(name).suffix.lower() in PERHAPS)
    if not found:
        raise refusals.nothing(source.name)


def _wanted(name: str) -> bool:
    """Whether a file found in a folder or an archive is looked at: not the hidden ones, not the locks of open workbooks."""
    base = _plain(name)
    hidden = base.startswith((".", "~$")) or "__MACOSX" in name.split("/")
    return not hidden and Path(base).suffix.lower() in TABLES + PERHAPS


def _plain(name: str) -> str:
    """The base name, of any system's path, without what no screen can show."""
    base = name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    return "".join(letter if letter.isprintable() else "?" for letter in base) or "?"


def _content(path: Path) -> bytes:
    """The bytes of a regular file. Opened without waiting: a pipe would wait for ever for somebody to write."""
    name = _plain(path.name)
    try:
        opened = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise refusals.not_a_file(name) from error
    with os.fdopen(opened, "rb") as file:
        known = os.fstat(opened)
        if not stat.S_ISREG(known.st_mode):
            raise refusals.not_a_file(name)
        if known.st_size > limits.FILE:
            raise refusals.too_large(name)
        data = file.read(known.st_size + 1)
        if len(data) > known.st_size:  # it grows meanwhile: one byte more than allowed is noticed
            data += file.read(limits.FILE + 1 - len(data))
    if len(data) > limits.FILE:
        raise refusals.too_large(name)
    return data
