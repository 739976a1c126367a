"""What a file is, by its content; its name only helps where the content leaves it open."""

import re

from bailiwick.exchange.reading import archives, refusals
from bailiwick.kit import Refused, Sentence, say

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FOREIGN: tuple[tuple[bytes, Sentence], ...] = (
    (b"%PDF", say("a PDF document")),
    (b"%!PS", say("a PostScript document")),
    (b"{\\rtf", say("a text document (RTF)")),
    (b"\x89PNG", say("a picture")),
    (b"GIF8", say("a picture")),
    (b"\xff\xd8\xff", say("a picture")),
    (b"BM\x00", say("a picture")),
    (b"II*\x00", say("a picture")),
    (b"MM\x00*", say("a picture")),
    (b"RIFF", say("a picture or a recording")),
    (b"\x1f\x8b", say("a packed file (gzip)")),
    (b"BZh", say("a packed file (bzip2)")),
    (b"\xfd7zXZ", say("a packed file (xz)")),
    (b"(\xb5/\xfd", say("a packed file (zstd)")),
    (b"7z\xbc\xaf", say("a packed file (7-Zip)")),
    (b"Rar!", say("a packed file (RAR)")),
    (b"SQLite format 3", say("a database file")),
    (b"\x7fELF", say("a program")),
    (b"MZ\x90", say("a program")),
)
# A page of the web: what a server answers when the export failed, or a table that some systems save as ".xls".
MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|table|\?xml|!--|div|svg|script|meta|style|\w+(?:\s+[\w:-]+=|\s*/?>))", re.IGNORECASE
)
JSON = re.compile(r"\{\s*(?:\"|\}|\Z)|\[\s*(?:\{|\[|\"|\d|\]|\Z)")


def magic_of(data: bytes) -> str:
    """ "zip", "parquet", "foreign" or "text", by the first bytes."""
    if data.startswith(ZIP):
        return "zip"
    if data.startswith(b"PAR1"):
        return "parquet"
    if data.startswith((OLD_OFFICE, *(start for start, _ in FOREIGN))):
        return "foreign"
    return "text"


def kind_of(name: str, data: bytes) -> str:
    """ "workbook", "parquet" or "text". Raises Refused for every other kind that is recognised."""
    if not data:
        raise refusals.empty(name)
    magic = magic_of(data)
    if magic == "zip":
        return _office(name, data)
    if magic == "foreign":
        raise _refusal(name, data)
    return magic


def check_text(name: str, prefix: str) -> None:
    """Raises Refused for text that is a page, a document of data, or nothing."""
    start = prefix.lstrip("\ufeff \t\r\n")
    if not start:
        raise refusals.empty(name)
    if MARKUP.match(start):
        remedy = say("Open the export in a browser: if it shows an error, export again; if it shows a table, save it as .xlsx.")
        raise refusals.foreign(name, say("a web page (HTML or XML), whatever its name says"), remedy)
    if JSON.match(start):
        raise refusals.foreign(name, say("a JSON document, not a table"), refusals.EXPORT_AGAIN)


def _office(name: str, data: bytes) -> str:
    names = archives.names_of(name, data)
    if "xl/workbook.bin" in names:
        raise refusals.foreign(name, say("a binary Excel workbook (.xlsb)"))
    if any(member.startswith("xl/") for member in names):
        return "workbook"
    if "mimetype" in names:
        raise refusals.foreign(name, say("an OpenDocument file"))
    raise refusals.foreign(name, say("a document without a table"))


def _refusal(name: str, data: bytes) -> Refused:
    if data.startswith(OLD_OFFICE):
        kind = say("an old Excel workbook (.xls), or one that is protected by a password")
        return refusals.foreign(name, kind, say("Open it in Excel and save it as .xlsx without a password."))
    return refusals.foreign(name, next(kind for start, kind in FOREIGN if data.startswith(start)))
