"""In which encoding the text of a file is written. The whole file is tried, not only its beginning."""

import codecs
import re
from dataclasses import dataclass

from bailiwick.exchange.reading import limits, refusals

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Halves of characters that some programs write apart; in Windows-1252 nobody writes these bytes together.
HALVES = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
STEP = limits.MEGABYTE
# Control characters that no table has; those left out serve some systems as delimiters or as an end of file.
CONTROL = re.compile(rb"[\x00\x02-\x08\x0e-\x19\x7f]")


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec of Python; `damaged` text is UTF-8 with a few wrong bytes, which stand as U+FFFD."""

    codec: str
    damaged: bool = False


def encoding_of(name: str, data: bytes) -> Encoding:
    """The encoding of all of a text. Raises Refused where it is none, or no text at all.

    UTF-8 and the marked encodings first; UTF-16 without a mark where null bytes alternate; else Windows-1252.
    """
    wide = next((codec for bom, codec in BOMS if data.startswith(bom) and codec != "utf-8-sig"), "")
    wide = wide or _unmarked_utf16(data[: limits.PREFIX])
    if wide:
        return _checked(name, data, wide)
    if len(CONTROL.findall(data, 0, limits.PREFIX)) > min(len(data), limits.PREFIX) // 100 or b"\0" in data:
        raise refusals.foreign(name, refusals.NO_TEXT, refusals.EXPORT_AGAIN)
    return _checked(name, data, "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8")


def _checked(name: str, data: bytes, codec: str) -> Encoding:
    if _fits(data, codec):
        # Null characters, in UTF-16 too, are what a damaged disk or a program leaves, never a cell.
        if codec.startswith("utf-8") or "\0" not in data.decode(codec):
            return Encoding(codec)
        raise refusals.foreign(name, refusals.NO_TEXT, refusals.EXPORT_AGAIN)
    if codec == "utf-8-sig" or (codec == "utf-8" and (HALVES.search(data) or _mostly_utf8(data))):
        return Encoding(codec, damaged=True)
    if codec == "utf-8" and _fits(data, "cp1252"):
        return Encoding("cp1252")
    raise refusals.unknown_text(name)


def _unmarked_utf16(prefix: bytes) -> str:
    """Latin text in UTF-16 has a null in every second byte, before or behind its letters."""
    half = len(prefix) // 2
    before, behind = prefix[0::2].count(0), prefix[1::2].count(0)
    if half >= 4 and behind > 0.6 * half and before < 0.1 * half:
        return "utf-16-le"
    if half >= 4 and before > 0.6 * half and behind < 0.1 * half:
        return "utf-16-be"
    return ""


def _fits(data: bytes, codec: str) -> bool:
    """Whether all of it decodes; step by step, so that a large file is never in memory twice."""
    decoder = codecs.getincrementaldecoder(codec)()
    view = memoryview(data)
    try:
        for start in range(0, len(data), STEP):
            decoder.decode(view[start : start + STEP])
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _mostly_utf8(data: bytes) -> bool:
    """As many letters beyond ASCII that are well formed as bytes that are not: read as Windows-1252, those would be spoilt."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    view = memoryview(data)
    good = bad = 0
    for start in range(0, len(data), STEP):
        text = decoder.decode(view[start : start + STEP])
        wrong = text.count("\ufffd")
        bad += wrong
        good += len(text) - len(text.encode("ascii", "ignore")) - wrong
    return good >= bad
