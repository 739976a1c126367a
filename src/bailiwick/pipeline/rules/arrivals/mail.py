"""A mail as bytes (RFC 5322, MIME) read into letters: the mail itself, and those that it forwards.

Headers are cut before they are parsed and texts before they are decoded, and a mail of more parts, lines or levels than people
write is refused before the parser sees it: its time grows with them.
"""

import codecs
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import EmailPolicy
from email.utils import getaddresses
from hashlib import sha256
from typing import Any

from bailiwick.kit import Refused, say
from bailiwick.pipeline.rules.arrivals import quoted
from bailiwick.pipeline.rules.arrivals.letters import LONGEST_ADDRESS, MOST_ADDRESSES, Address, Letter
from bailiwick.pipeline.rules.arrivals.markup import words_of
from bailiwick.pipeline.rules.arrivals.saidday import day_in, day_said, instant_of
from bailiwick.pipeline.rules.arrivals.words import EMAIL, READ_LETTERS, line, plain

MOST_BREAKS, MOST_NESTED, MOST_PARTS, MOST_LETTERS = 300_000, 60, 200, 3
LONGEST_HEADER = 4_000
READ_BYTES = 200_000  # of a text part
NESTING = re.compile(rb"boundary(?:\*\d*)?\*?\s*=|message/", re.IGNORECASE)
READABLE = re.compile(r"utf-(8|16|32).*|ascii|iso8859-\d+|cp\d{3,4}|koi8-[ru]|gb\w+|big5\w*|shift_jis\w*|euc_\w+|mac\w+|latin-1")


class Bounded(EmailPolicy):
    """The standard policy, that keeps no more of a header than is read."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name[:200], value[:LONGEST_HEADER]


def parsed(raw: bytes) -> Message:
    """The message as the standard library reads it. Refuses what is no message of people."""
    nested = sum(1 for _ in NESTING.finditer(raw))
    if raw.count(b"\n") + raw.count(b"\r") > 2 * MOST_BREAKS or nested > MOST_NESTED:
        raise unreadable()
    try:
        return message_from_bytes(raw, policy=Bounded())
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError):
        raise unreadable() from None


def unreadable() -> Refused:
    """What is no mail and no invitation."""
    return Refused(
        "unreadable_mail",
        say("This is no mail and no invitation that can be read."),
        say("Save the mail as .eml or the invitation as .ics, and give that file."),
    )


def parts(message: Message) -> Iterator[Message]:
    """The message and its parts in their order, at most `MOST_PARTS`; a mail inside is one part, and not entered."""
    waiting, seen = [message], 0
    while waiting and seen < MOST_PARTS:
        part = waiting.pop()
        seen += 1
        yield part
        inside = part.get_payload() if part.is_multipart() and kind(part) != "message/rfc822" else ()
        waiting += [one for one in reversed(list(inside)[:MOST_PARTS]) if isinstance(one, Message)]


def kind(part: Message) -> str:
    """Its type; that of a plain text where the header is broken."""
    try:
        return part.get_content_type()
    except Exception:  # the parser of headers fails in its own ways on what is made to break it
        return "text/plain"


def header(message: Message, name: str) -> str:
    """A header in readable characters, empty where there is none or it cannot be read."""
    try:
        return line(str(message.get(name, "")), LONGEST_HEADER)
    except Exception:  # as above
        return ""


def letters_of(message: Message, zone: str, *, around: str = "") -> list[Letter]:
    """The mail, then what it forwards: as an attached mail, or as lines with a head of their own."""
    found: list[Letter] = []
    waiting: list[tuple[Message, str]] = [(message, around)]
    while waiting and len(found) < MOST_LETTERS:
        one, note = waiting.pop(0)
        there = list(parts(one))
        lines = _text(there).split("\n")
        own = quoted.written(lines)
        found.append(_letter(one, zone, own, note))
        inner = [part.get_payload(0) for part in there if kind(part) == "message/rfc822" and part.is_multipart()]
        waiting += [(part, own) for part in inner[:1] if isinstance(part, Message)]
        forwarded = None if inner else _forwarded(lines, zone, own)
        found += [forwarded] if forwarded else []
    return found[:MOST_LETTERS]


def _letter(message: Message, zone: str, text: str, around: str) -> Letter:
    senders = addresses(header(message, "from"))
    others = [one for name in ("to", "cc") for one in addresses(header(message, name))]
    said, subject = header(message, "date"), subject_of(header(message, "subject"))
    key = header(message, "message-id")[:500] or _made(senders, said, subject, text)
    return Letter(
        sender=senders[0] if senders else None,
        others=tuple(dict.fromkeys(others)),
        day=day_in(instant_of(said), zone),
        subject=subject,
        text=text,
        key=key,
        around=around,
    )


def _forwarded(lines: list[str], zone: str, own: str) -> Letter | None:
    head = quoted.head(lines)
    if head is None:
        return None
    senders = found_in(head.values["from"])
    others = [one for name in ("to", "cc") for one in found_in(head.values.get(name, ""))]
    subject, said = subject_of(head.values.get("subject", "")), head.values.get("date", "")
    text = quoted.written(quoted.unquoted(lines[head.end :]))
    return Letter(
        sender=senders[0] if senders else None,
        others=tuple(dict.fromkeys(others)),
        day=day_said(said, zone),
        subject=subject,
        text=text,
        key=_made(senders, said, subject, ""),
        around=own,
    )


def _made(senders: list[Address], day: str, subject: str, text: str) -> str:
    """The key of a mail without an id: the same mail makes the same."""
    parts = (senders[0].email if senders else "", day, subject, text)
    return sha256("\n".join(parts).encode()).hexdigest()


def addresses(value: str) -> list[Address]:
    """The addresses of a header with the names beside them."""
    try:
        pairs = getaddresses([value])
    except (ValueError, IndexError, RecursionError):
        return found_in(value)
    found = [Address(email.lower(), line(name, 120)) for name, email in pairs[:MOST_ADDRESSES] if is_address(email)]
    return found or found_in(value)


def found_in(value: str) -> list[Address]:
    """The addresses of a line of text; the name of the first is what stands before it.

    >>> found_in("Anna Weiss <Anna@Kranbau.example>; Ben")
    [Address(email='anna@kranbau.example', name='Anna Weiss')]
    """
    value = value[:LONGEST_HEADER]
    found = [Address(match[0].lower()) for match in EMAIL.finditer(value)][:MOST_ADDRESSES]
    name = line(value.partition("<")[0] if "<" in value else value.partition("[")[0] if "[" in value else "", 120)
    return [Address(found[0].email, name.strip(" \"'")), *found[1:]] if found and "@" not in name else found


def is_address(text: str) -> bool:
    return len(text) <= LONGEST_ADDRESS and EMAIL.fullmatch(text) is not None


SHORT = re.compile(r"^((re|aw|antw|fwd?|wg|tr|sv)\s?(\[\d{1,3}\])?:\s*)+", re.IGNORECASE)


def subject_of(text: str) -> str:
    """The subject without the marks of answers and of what was forwarded.

    >>> subject_of("WG: AW: Angebot Kräne")
    'Angebot Kräne'
    """
    return SHORT.sub("", line(text, 200))


def _text(there: list[Message]) -> str:
    """What is written in it: its plain texts, else the words of its HTML. Attached files are not looked into."""
    for wanted, read in (("text/plain", plain), ("text/html", lambda text: plain(words_of(text)))):
        texts = [read(decoded(part)) for part in there if kind(part) == wanted and not _attached(part)][:5]
        if any(text.strip() for text in texts):
            return "\n".join(texts)[:READ_LETTERS]
    return ""


def _attached(part: Message) -> bool:
    return header(part, "content-disposition").lower().startswith("attachment")


def decoded(part: Message, most: int = READ_BYTES) -> str:
    """The text of a part, whatever character set it says that it is in."""
    try:
        payload: Any = part.get_payload(decode=True)
        named = part.get_content_charset("utf-8")
    except Exception:  # as above
        return ""
    raw = payload[:most] if isinstance(payload, bytes) else b""
    for charset in (_charset(named), "utf-8"):
        try:
            return raw.decode(charset)
        except (UnicodeError, LookupError):
            continue
    return raw.decode("utf-8" if len(raw) == most else "cp1252", errors="replace")


def _charset(named: str) -> str:
    """The character set, if it is one of texts: some codecs unpack, or take time without end."""
    try:
        name = codecs.lookup(named[:40]).name
    except (LookupError, ValueError):
        return "utf-8"
    return name if READABLE.fullmatch(name) else "utf-8"
