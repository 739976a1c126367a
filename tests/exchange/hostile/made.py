"""The hostile files themselves, made when they are wanted: archives, workbooks and texts around three honest deals."""

import io
import stat
import warnings
from collections.abc import Callable, Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tests.exchange.books import book

HEADER = "Deal,Company,Owner,Stage,Value,Created,Close date"
DEALS = (
    "Kiosk,Park Cafe,Amy Fox,Won,4000,2025-11-03,2026-01-20",
    "Oven,Park Cafe,Bo Lind,Lost,2500,2025-12-04,2026-02-20",
    "Terrace,Inn on Hill,Amy Fox,Offer,1500,2026-07-05,2026-12-20",
)
TEXT = "\n".join((HEADER, *DEALS)) + "\n"
ROWS = [line.split(",") for line in (HEADER, *DEALS)]
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
Members = Mapping[str, bytes | str]


def more(*rows: str) -> bytes:
    """The three deals, and further rows."""
    return (TEXT + "".join(f"{row}\n" for row in rows)).encode()


def bench(title: str = "Bench", company: str = "Inn on Hill", value: str = "70", close: str = "2026-12-21") -> str:
    """A fourth deal, of which a cell may be anything."""
    return f"{title},{company},Bo Lind,Offer,{value},2026-07-06,{close}"


def widened(name: str) -> bytes:
    """The three deals with one column more, of this name."""
    return "".join(f"{line},{more}\n" for line, more in zip((HEADER, *DEALS), (name, "1", "2", "3"), strict=True)).encode()


def headed(header: str) -> bytes:
    """The three deals below another header."""
    return "\n".join((header, *DEALS)).encode()


def zipped(members: Members, method: int = ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def honest_book() -> bytes:
    return book({"Deals": [[float(cell) if cell.isdigit() else cell for cell in row] for row in ROWS]})


def altered(member: str, change: Callable[[bytes], bytes], whole: bytes = b"") -> bytes:
    """An honest workbook of which one part was changed; a part that is not there is added."""
    file, there = io.BytesIO(), False
    with ZipFile(io.BytesIO(whole or honest_book())) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            there = there or name == member
            new.writestr(name, change(old.read(name)) if name == member else old.read(name))
        if not there:
            new.writestr(member, change(b""))
    return file.getvalue()


def without(member: str) -> bytes:
    file = io.BytesIO()
    with ZipFile(io.BytesIO(honest_book())) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != member:
                new.writestr(name, old.read(name))
    return file.getvalue()


def replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new, 1)

    return change


def declared(entity: bytes) -> Callable[[bytes], bytes]:
    """A document type with entities, and the first text of the workbook replaced by one of them."""

    def change(content: bytes) -> bytes:
        head, rest = content.split(b"?>", 1)
        return head + b"?>\n<!DOCTYPE x [" + entity + b"]>" + rest.replace(b"Kiosk", b"&e;", 1)

    return change


def laughs() -> bytes:
    """Each entity is ten of the one before: a thousand million at the end."""
    told = [b'<!ENTITY l0 "lol">']
    told += [b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10)]
    return b"".join(told) + b'<!ENTITY e "&l9;">'


def overlapping() -> bytes:
    """Nine hundred members that all are the same five megabytes of the file: 4.5 gigabytes in a file of a few kilobytes."""
    file = io.BytesIO(zipped({"a.csv": TEXT + "," * 5_000_000}))
    with ZipFile(file, "a") as archive:
        first = archive.infolist()[0]
        for n in range(900):
            info = ZipInfo(f"b{n}.csv")
            for name in ("compress_type", "CRC", "compress_size", "file_size", "header_offset", "flag_bits"):
                setattr(info, name, getattr(first, name))
            archive.filelist.append(info)
            archive.NameToInfo[info.filename] = info
        archive._didModify = True  # type: ignore[attr-defined]
    return file.getvalue()


def wide_book() -> bytes:
    return book({"Deals": [[f"c{n}" for n in range(16_000)], [1.0] * 16_000]})


def entries(count: int) -> bytes:
    """A directory alone: each entry is a member without a name and without a byte."""
    entry = b"PK\x01\x02" + bytes(42)
    size = len(entry) * count
    return b"PK\x03\x04" + bytes(26) + entry * count + b"PK\x05\x06" + bytes(8) + size.to_bytes(4, "little") + bytes(6)


def lying() -> bytes:
    """The directory promises a thousand bytes where thirty million come."""
    content = bytearray(zipped({"a.csv": b"0" * 30_000_000}))
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = (1_000).to_bytes(4, "little")
    return bytes(content)


def locked() -> bytes:
    content = bytearray(zipped({"a.csv": TEXT}))
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def linked(target: str) -> bytes:
    """A member that is a link to another file of the machine."""
    file = io.BytesIO()
    link = ZipInfo("deals.csv")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with ZipFile(file, "w") as archive:
        archive.writestr(link, target)
    return file.getvalue()


def twice() -> bytes:
    """Two members of one name, as only a program makes them."""
    file = io.BytesIO()
    with ZipFile(file, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        archive.writestr("deals.csv", TEXT)
        archive.writestr("deals.csv", TEXT.replace("Kiosk", "Stall"))
    return file.getvalue()
