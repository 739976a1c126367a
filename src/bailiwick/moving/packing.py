"""A network becomes a parcel: one zip with a file for each table and the description."""

import json
import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BufferedWriter, RawIOBase
from pathlib import Path
from typing import Any, cast
from zipfile import ZIP_DEFLATED, ZipFile

from bailiwick.kit import Refused, say
from bailiwick.moving.description import describe
from bailiwick.moving.digest import Counted
from bailiwick.moving.lines import LONGEST, lines_of
from bailiwick.moving.tables import moved
from bailiwick.store.appearing import appearing
from bailiwick.tenancy.models import Network

DESCRIPTION = "description.json"
LEVEL = 3  # a tenth larger than the best, in a third of its time
PIECE = 1024 * 1024


def pack(network: Network, target: Path, *, now: datetime) -> dict[str, Any]:
    """`target` holds all of the network as this transaction sees it; its description.

    The file appears complete or not at all, is its owner's only, and replaces no other.
    """
    with appearing(target, "export") as part, part.open("wb") as out:
        with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=LEVEL) as parcel:
            told = {table.name: _write(parcel, table.file, lines_of(table, network.pk)) for table in moved()}
            description = describe(network, told, now)
            text = json.dumps(description, indent=1, ensure_ascii=False) + "\n"
            _write(parcel, DESCRIPTION, [text.encode()])
        out.flush()
        os.fsync(out.fileno())
    return description


def _write(parcel: ZipFile, name: str, lines: Iterable[bytes]) -> Counted:
    told = Counted()
    with parcel.open(name, "w", force_zip64=True) as member, BufferedWriter(cast(RawIOBase, member), PIECE) as out:
        for line in told.passing(_short(lines)):
            out.write(line)
    return told


def _short(lines: Iterable[bytes]) -> Iterator[bytes]:
    """A row that could not be taken in again is not written out."""
    for line in lines:
        if len(line) > LONGEST:
            raise Refused(
                "long_row",
                say("A row of this network is larger than a parcel can hold: %(row)s.", row=line[:60].decode(errors="replace")),
                say("Tell whoever looks after this release."),
            )
        yield line
