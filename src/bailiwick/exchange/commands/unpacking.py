"""Given files as tables. They are read in a private folder that is gone afterwards; an uploaded name is never a path."""

import io
import re
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bailiwick.exchange.fields import LONGEST_SOURCE
from bailiwick.exchange.reading import archives, limits, read
from bailiwick.exchange.rules.tables import Table
from bailiwick.kit import Refused, say

MEGABYTE = 1024 * 1024
TOGETHER = 64 * MEGABYTE
UNPACKED = 256 * MEGABYTE  # what a page may unpack; the command line takes more
FILES = 200
LONGEST_NAME = 200  # bytes: file systems take 255
TELLS_NOTHING = re.compile(r"[\W_]*\d[\d\W_]*$")  # the day of an export, which is another one next time


@dataclass(frozen=True, slots=True)
class Given:
    """A file as somebody gave it."""

    name: str
    content: bytes


def tables_of(files: Sequence[Given]) -> list[Table]:
    """The tables in these files. Raises Refused, naming the file, for what is no table, too much, or made to burst."""
    if not files:
        raise Refused("no_files", say("No file was chosen."), say("Choose the files of the export, or one .zip that holds them."))
    if len(files) > FILES:
        raise Refused("too_many", say("These are more than %(most)s files.", most=FILES), say("Put them into one .zip."))
    if sum(len(file.content) for file in files) > TOGETHER:
        raise too_large()
    for file in files:
        _bounded(file)
    with tempfile.TemporaryDirectory(prefix="bailiwick-given-") as folder:
        paths = []
        for place, file in enumerate(files):
            inside = Path(folder) / str(place)  # two files may have one name
            inside.mkdir()
            path = inside / base_name(file.name)
            path.write_bytes(file.content)
            paths.append(path)
        return read(paths)


def too_large() -> Refused:
    """More than a page takes."""
    return Refused(
        "too_large",
        say("This is more than %(most)s MB.", most=TOGETHER // MEGABYTE),
        say("Give it as a .zip, in parts, or take it in at the server with `bailiwick import`."),
    )


def base_name(name: str) -> str:
    """The last part of a name, of any system's path, that no file system takes for anything but a name."""
    base = re.split(r"[/\\]", name)[-1]
    base = "".join(letter if letter.isprintable() and letter not in ':*?"<>|' else "_" for letter in base).strip()
    stem, dot, ending = base.rpartition(".")
    stem, ending = (stem, dot + ending) if dot and len(ending) <= 10 else (base, "")
    stem = stem.encode()[: LONGEST_NAME - 2 * len(ending)].decode("utf-8", "ignore").strip()
    return f"{'_' if stem.startswith('.') or not stem else ''}{stem}{ending}"


def proposed(names: Sequence[str]) -> str:
    """What to call the source of these files: what their names share, without the day of the export."""
    stems = [Path(base_name(name)).stem for name in names]
    shared = stems[0] if len(stems) == 1 else _shared(stems)
    return (TELLS_NOTHING.sub("", shared).strip(" -_.") or "export")[:LONGEST_SOURCE]


def _shared(stems: Sequence[str]) -> str:
    first, last = min(stems), max(stems)
    end = next((place for place, letter in enumerate(first) if place >= len(last) or last[place] != letter), len(first))
    return first[:end] if end >= 3 else ""


def _bounded(file: Given) -> None:
    """An archive (a workbook is one) that promises more than a page unpacks is left unopened."""
    # A directory of too many entries fills the memory as soon as it is opened: `read` counts them, and refuses it.
    if not file.content.startswith(b"PK") or file.content.count(archives.ENTRY) > limits.ENTRIES:
        return
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            promised = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return  # `read` says what is wrong with it
    if promised > UNPACKED:
        raise Refused(
            "too_large",
            say("%(name)s unpacks to more than %(most)s MB.", name=base_name(file.name), most=UNPACKED // MEGABYTE),
            say("Take it in at the server with `bailiwick import`, or give it in parts."),
        )
