"""A parcel is opened and looked at with suspicion: whoever wrote it may have meant harm, or the copying broke off.

Nothing of it is ever written to a file, and nothing is believed before it was counted. At most one line is held at a time.
"""

import io
import json
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from bailiwick.kit import Refused, say
from bailiwick.moving.description import FORMAT, shape
from bailiwick.moving.digest import Counted, whole
from bailiwick.moving.lines import LONGEST
from bailiwick.moving.packing import DESCRIPTION, PIECE
from bailiwick.moving.tables import Table, moved

BEGINS = len('{"id":"00000000-0000-0000-0000-000000000000"')
LARGEST_DESCRIPTION = 4 * 1024 * 1024
LARGEST_READ = 256 * 1024  # from the file at once; the list of some forty members takes four thousand bytes
BURSTS, HARMLESS = 200, 1024**3  # more than so many times its size, and larger than that, was made to burst
BROKEN = (
    BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ArithmeticError,  # of the zip
    ValueError, TypeError, LookupError, AttributeError,  # of what its description says
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parcel:
    """An open parcel whose description fits this release."""

    zip: ZipFile
    network: UUID
    digest: str
    described: Mapping[str, Mapping[str, Any]]

    def lines(self, table: Table) -> Iterator[bytes]:
        """The lines of a table. Raises `Refused` where they cannot be read, or one is too long."""
        with _broken(), self.zip.open(table.file) as member:
            buffered = io.BufferedReader(cast(io.RawIOBase, member), PIECE)
            while line := buffered.readline(LONGEST + 1):
                if not line.endswith(b"\n") or len(line) > LONGEST:
                    raise damaged(table.file)
                yield line

    def check(self) -> None:
        """Every file holds what the description says of it, each row once. Raises `Refused` where one does not."""
        for table in moved():
            told, said, before = Counted(), self.described[table.name], b""
            for line in told.passing(self.lines(table)):
                begins = line[:BEGINS]
                if told.rows > said["rows"] or begins <= before:
                    raise damaged(table.file)
                before = begins
            if (told.rows, told.sha256) != (said["rows"], said["sha256"]):
                raise damaged(table.file)


@contextmanager
def opened(file: Path) -> Iterator[Parcel]:
    """The parcel in `file`. Refused: no parcel, damaged, of a newer format, of other tables, made to burst."""
    if not file.is_file():  # a pipe would wait for ever
        raise Refused("no_file", say("There is no file %(file)s.", file=str(file)))
    try:
        source = _Careful(file)
    except OSError as why:
        raise Refused("no_file", say("%(file)s cannot be read: %(why)s.", file=str(file), why=str(why.strerror))) from None
    with source:
        yield _parcel(source)


class _Careful(io.FileIO):
    """A file that gives little at once: the list of its members alone could fill the memory, and is cut off instead."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(LARGEST_READ if size is None or size < 0 else min(size, LARGEST_READ))


@contextmanager
def _broken() -> Iterator[None]:
    """Whatever goes wrong while a zip is read is the file's fault."""
    try:
        yield
    except BROKEN:
        raise damaged() from None


def damaged(where: str = DESCRIPTION) -> Refused:
    """The refusal of a file that is not what it should be."""
    return Refused(
        "damaged_parcel",
        say("This is no whole export of a network: %(where)s is missing or damaged.", where=where),
        say("Copy the file again, or export the network again."),
    )


def _parcel(source: _Careful) -> Parcel:
    with _broken():
        parcel = ZipFile(source)
        _check_packing(parcel, source.seek(0, io.SEEK_END))
        told = _description(parcel)
        _check_tables(told)
        return _described(parcel, told)


def _check_packing(parcel: ZipFile, size: int) -> None:
    """Everything in it is packed as we pack (others take as much memory as a file asks for), and it does not burst."""
    members = parcel.infolist()
    if any(member.compress_type not in (ZIP_STORED, ZIP_DEFLATED) or member.flag_bits & 1 for member in members):
        raise damaged()
    unpacked = sum(member.file_size for member in members)
    if unpacked > HARMLESS and unpacked > BURSTS * size:
        raise Refused(
            "bursting_parcel",
            say("This file unpacks to %(times)s times its size: it was made to fill the disk.", times=unpacked // max(size, 1)),
        )


def _description(parcel: ZipFile) -> dict[str, Any]:
    found = [member for member in parcel.infolist() if member.filename == DESCRIPTION]
    if len(found) != 1 or found[0].file_size > LARGEST_DESCRIPTION:
        raise damaged()
    told = json.loads(parcel.read(found[0]).decode())
    if not isinstance(told, dict) or type(told.get("format")) is not int:
        raise damaged()
    if told["format"] != FORMAT:
        raise Refused(
            "other_format",
            say("This export is of format %(theirs)s; this release reads format %(ours)s.", theirs=told["format"], ours=FORMAT),
            say("Take it in with the release that wrote it, or a newer one."),
        )
    return told


def _check_tables(told: Mapping[str, Any]) -> None:
    """The parcel has the tables and columns of this release: what another release would make of them is not guessed."""
    theirs = {one["table"]: one for one in told["tables"]}
    ours = {table.name: table for table in moved()}
    for name in sorted({*map(str, theirs), *ours}):
        said = theirs.get(name, {}).get("columns")
        columns = [{key: one.get(key) for key in ("name", "type", "null")} for one in said or ()]
        if name not in ours or columns != [shape(column) for column in ours[name].columns]:
            raise Refused(
                "other_tables",
                say(
                    "This export was written by release %(release)s, whose table %(table)s is not that of this release.",
                    release=str(told.get("release"))[:40],
                    table=name[:60],
                ),
                say("Take it in with that release, then upgrade."),
            )


def _described(parcel: ZipFile, told: Mapping[str, Any]) -> Parcel:
    """The parcel, if it holds each file that its description names once, and nothing else."""
    if sorted(parcel.namelist()) != sorted([DESCRIPTION, *(table.file for table in moved())]):
        raise damaged()
    described = {one["table"]: one for one in told["tables"]}
    if any(type(one["rows"]) is not int for one in described.values()):
        raise damaged()
    if told["digest"] != whole({name: one["sha256"] for name, one in described.items()}):
        raise damaged()
    return Parcel(parcel, UUID(told["network"]["id"]), told["digest"], described)
