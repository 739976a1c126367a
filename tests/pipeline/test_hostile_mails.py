"""Whatever bytes come: they are read or refused, in bounded time and memory."""

import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bailiwick.kit import Refused
from bailiwick.pipeline.rules.arrivals import of_event, of_letter, read
from tests.pipeline.mails import HEADS, attached, forwarded, invitation, mail

NOW = datetime(2026, 11, 5, 9, tzinfo=UTC)
SECONDS, BYTES = 15.0, 400_000_000
HEAD = b"From: a@x.example\r\nSubject: s\r\n"
MOST = 9_900_000


def survived(raw: bytes) -> str:
    """How it ended: the number of things told, or the code of the refusal. What is told can be proposed."""
    try:
        told = read(raw, zone="Europe/Berlin", now=NOW)
    except Refused as no:
        assert str(no.sentence)
        return no.code
    for letter in told.letters:
        proposed = of_letter(letter, NOW.date(), "de")
        assert len(proposed.text) <= 4_000
        assert "\x00" not in proposed.text
        proposed.text.encode()
        assert len(letter.people) <= 301
        assert len(letter.key) <= 500
    for event in told.events:
        of_event(event, NOW).text.encode()
    return str(len(told.letters) + len(told.events))


def nested(levels: int) -> bytes:
    text = HEAD
    for n in range(levels):
        text += f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n'.encode()
    return text + b"\r\nhello\r\n" * 100_000


def inside(levels: int) -> bytes:
    return b"".join([HEAD + b"Content-Type: message/rfc822\r\n\r\n"] * levels) + HEAD + b"\r\nhello"


def many_parts(count: int) -> bytes:
    return HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n\r\nx\r\n" * count + b"--b--\r\n"


def typed(text: bytes, kind: bytes = b"text/html") -> bytes:
    return HEAD + b"Content-Type: " + kind + b"; charset=utf-8\r\n\r\n" + text


def calendar(lines: bytes) -> bytes:
    return b"BEGIN:VCALENDAR\r\n" + lines + b"END:VCALENDAR\r\n"


ENDLESS = b"BEGIN:VTIMEZONE\r\nTZID:Own\r\nBEGIN:STANDARD\r\nDTSTART:19000101T000000\r\nRRULE:FREQ=SECONDLY\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
EVENT = b"BEGIN:VEVENT\r\nUID:%d@x\r\nDTSTART:20261112T140000Z\r\nSUMMARY:s\r\nEND:VEVENT\r\n"
ATTACKS: dict[str, Callable[[], bytes]] = {
    "larger than is taken": lambda: mail("x" * 10_000_001),
    "nested parts": lambda: nested(1_000),
    "nested as deep as is taken": lambda: nested(50),
    "nested mails": lambda: inside(5_000),
    "nested mails as deep as is taken": lambda: inside(50),
    "a hundred thousand parts": lambda: many_parts(100_000),
    "as many lines as fit": lambda: HEAD + b"\r\n" + b"\n" * MOST,
    "one line": lambda: HEAD + b"\r\n" + b"x" * MOST,
    "a million addresses": lambda: b"To: " + b"a@b.example, " * 700_000 + b"\r\n" + HEAD + b"\r\nhello",
    "a hundred thousand headers": lambda: b"To: a@b.example\r\n" * 100_000 + HEAD + b"\r\nhello",
    "brackets in an address": lambda: b"To: " + b"(" * MOST + b"\r\n" + HEAD + b"\r\nhello",
    "quotes in an address": lambda: b'From: "' + b"\\" * MOST + b"\r\n" + HEAD + b"\r\nhello",
    "encoded words": lambda: b"Subject: " + b"=?utf-8?q?a?= " * 500_000 + b"\r\n" + HEAD + b"\r\nhello",
    "parameters of a type": lambda: HEAD + b"Content-Type: text/plain" + b"; a*0=b" * 900_000 + b"\r\n\r\nhello",
    "open tags": lambda: typed(b"<a " * 3_000_000),
    "open comments": lambda: typed(b"<!--" * 2_000_000),
    "open declarations": lambda: typed(b"<![" * 3_000_000),
    "closed tags": lambda: typed(b"</" * 4_000_000),
    "open quotes": lambda: typed(b'<a b=">' * 1_000_000),
    "scripts": lambda: typed(b"<script></scrip" * 600_000),
    "titles": lambda: typed(b"<title></titl>" * 600_000),
    "quotes of quotes": lambda: typed(b"<blockquote>" * 800_000),
    "entities": lambda: typed(b"&lt" * 3_000_000),
    "heads without end": lambda: typed(b"From: a\r\nTo: b\r\n" * 500_000, b"text/plain"),
    "the beginning of an answer": lambda: typed(b"On 3 \r\n" * 250_000, b"text/plain"),
    "days without end": lambda: typed(b"3. November " * 700_000, b"text/plain"),
    "blanks": lambda: typed(b" " * MOST, b"text/plain"),
    "marks of a quote": lambda: typed(b"> " * 4_000_000, b"text/plain"),
    "at signs": lambda: typed(b"From: " + b"a@" * 4_000_000, b"text/plain"),
    "base64 of nothing": lambda: HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"=" * MOST,
    "quoted printable": lambda: HEAD + b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + b"=0" * 4_000_000,
    "punycode": lambda: HEAD + b"Content-Type: text/plain; charset=punycode\r\n\r\n" + b"a-" * 4_000_000,
    "a zip as text": lambda: HEAD + b"Content-Type: text/plain; charset=zlib\r\n\r\n" + b"x\x9c" + b"\x00" * MOST,
    "a hundred thousand events": lambda: calendar(b"".join(EVENT % n for n in range(90_000))),
    "a hundred thousand calendars": lambda: b"BEGIN:VCALENDAR\r\n" * 500_000,
    "components in components": lambda: b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 600_000,
    "one event of many lines": lambda: calendar(b"BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261112T140000Z\r\n" + b"ATTENDEE:mailto:a@b.example\r\n" * 300_000 + b"END:VEVENT\r\n"),
    "one line of an event": lambda: calendar(b"BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261112T140000Z\r\nSUMMARY:" + b"x" * 9_000_000 + b"\r\nEND:VEVENT\r\n"),
    "one folded line": lambda: calendar(b"BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:x\r\n" + b" x\r\n" * 2_000_000 + b"END:VEVENT\r\n"),
    "zones without end": lambda: calendar(ENDLESS + EVENT.replace(b"DTSTART:", b"DTSTART;TZID=Own:") % 1),
    "rules without end": lambda: calendar(b"".join((EVENT % n).replace(b"END:", b"RRULE:FREQ=DAILY;INTERVAL=%d;COUNT=99999999\r\nEND:" % (n + 1)) for n in range(50))),
    "rules that never come": lambda: calendar(b"".join((EVENT % n).replace(b"20261112", b"19910101").replace(b"END:", b"RRULE:FREQ=MONTHLY;COUNT=9;BYMONTHDAY=31;BYMONTH=2;INTERVAL=%d\r\nEND:" % (n + 1)) for n in range(50))),
    "parameters of an event": lambda: calendar(b"BEGIN:VEVENT\r\nUID:1\r\nDTSTART" + b";A=B" * 2_000_000 + b":20261112T140000Z\r\nEND:VEVENT\r\n"),
    "days taken out": lambda: calendar((EVENT % 1).replace(b"END:", b"RRULE:FREQ=DAILY\r\nEXDATE:" + b"20261112T140000Z," * 500_000 + b"\r\nEND:")),
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_takes_long_or_much(attack: str) -> None:
    raw = ATTACKS[attack]()
    begun = time.perf_counter()
    survived(raw)
    assert time.perf_counter() - begun < SECONDS


@pytest.mark.parametrize("attack", ["as many lines as fit", "a million addresses", "a hundred thousand events", "one folded line", "a hundred thousand headers"])  # fmt: skip
def test_nothing_takes_much_memory(attack: str) -> None:
    raw = ATTACKS[attack]()
    tracemalloc.start()
    survived(raw)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < BYTES


@pytest.mark.parametrize(("attack", "code"), [
    ("larger than is taken", "too_large_mail"), ("nested parts", "unreadable_mail"), ("nested mails", "unreadable_mail"),
    ("as many lines as fit", "unreadable_mail"), ("a hundred thousand events", "whole_calendar"),
])  # fmt: skip
def test_what_nobody_writes_is_refused(attack: str, code: str) -> None:
    assert survived(ATTACKS[attack]()) == code


@given(st.binary(max_size=2_000))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    survived(raw)
    survived(HEAD + raw)
    survived(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\n" + raw)


SHAPES = [*(forwarded(program) for program in HEADS), attached("note"), mail(), invitation("RRULE:FREQ=WEEKLY;BYDAY=MO"), typed(b"<p>x</p>")]  # fmt: skip


@given(st.sampled_from(SHAPES), st.data())
def test_any_change_of_a_real_shape_is_read_or_refused(shape: bytes, data: st.DataObject) -> None:
    changed = bytearray(shape)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(changed)))
        kind = data.draw(st.integers(0, 2))
        if kind == 0:
            changed[at:at] = data.draw(st.binary(max_size=30))
        elif kind == 1:
            del changed[at : at + data.draw(st.integers(1, 60))]
        else:
            changed[at:at] = changed[at : at + 200]
    survived(bytes(changed))


@given(st.text(max_size=300), st.text(max_size=100), st.text(max_size=100))
def test_any_words_are_read(body: str, subject: str, name: str) -> None:
    clean = body.encode("utf-8", "ignore").decode()
    said = name.encode("utf-8", "ignore").decode().replace("\r", "").replace("\n", "")
    survived(mail(clean, sender=f"{said} <a@x.example>", subject=subject.encode("utf-8", "ignore").decode()))
    for program in HEADS:
        survived(forwarded(program, body=clean, anna=f"{said} <a@x.example>"))
