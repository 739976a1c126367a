"""Archives, read in memory and never unpacked to a disk: what the directory promises is checked, and again what comes."""

import io
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator

from bailiwick.exchange.reading import limits, refusals

ENTRY = b"PK\x01\x02"
CHUNK = 256 * 1024
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def is_workbook(name: str, data: bytes) -> bool:
    """Whether an archive is a document of an office program, and so no archive of files."""
    with _opened(name, data) as archive:
        names = set(archive.namelist())
    return "[Content_Types].xml" in names or "mimetype" in names


def names_of(name: str, data: bytes) -> list[str]:
    """What the directory lists."""
    with _opened(name, data) as archive:
        return archive.namelist()


def members(name: str, data: bytes, wanted: Callable[[str], bool]) -> Iterator[tuple[str, bytes]]:
    """The wanted members by the names that the archive gives them, in order of name.

    Raises Refused where an archive is damaged or locked, or would unpack to more than a reading takes.
    """
    with _opened(name, data) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir() and wanted(info.filename)]
        if len(infos) > limits.FILES:
            raise refusals.too_many(name, refusals.FILES, limits.FILES)
        if sum(info.file_size for info in infos) > limits.UNPACKED:
            raise refusals.bursting(name)
        left = limits.UNPACKED
        for info in sorted(infos, key=lambda info: info.filename):
            content = _content(name, archive, info, left)
            left -= len(content)
            yield info.filename, content


def _opened(name: str, data: bytes) -> zipfile.ZipFile:
    # Every entry costs a thousand bytes once opened, and forty-six inside the file.
    if data.count(ENTRY) > limits.ENTRIES:
        raise refusals.bursting(name)
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError) as error:
        raise refusals.damaged(name) from error


def _content(name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> bytes:
    """One member. The directory is not believed: what comes out is counted; a link is not followed, whatever it leads to."""
    if stat.S_ISLNK(info.external_attr >> 16):
        raise refusals.not_a_file(f"{name}: {info.filename}")
    if info.flag_bits & 0x1:
        raise refusals.foreign(name, refusals.LOCKED, refusals.UNLOCK)
    if info.compress_type not in METHODS:
        raise refusals.foreign(name, refusals.PACKED_OTHERWISE, refusals.UNPACK)
    most = min(left, limits.FILE)
    if info.file_size > most or _bursts(info.file_size, info.compress_size):
        raise refusals.bursting(name)
    parts, size = [], 0
    try:
        with archive.open(info) as member:
            while part := member.read(CHUNK):
                size += len(part)
                if size > most or _bursts(size, info.compress_size):
                    raise refusals.bursting(name)
                parts.append(part)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise refusals.damaged(name) from error
    return b"".join(parts)


def _bursts(size: int, packed: int) -> bool:
    return size > limits.RATIO_FROM and size > limits.RATIO * max(packed, 1)
