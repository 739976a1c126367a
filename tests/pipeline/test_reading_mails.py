"""What a forwarded mail says: whom it is from, of which day, in which words, whichever program forwards it."""

from datetime import UTC, date, datetime

import pytest

from bailiwick.kit import Refused
from bailiwick.pipeline.rules.arrivals import Address, Letter, of_letter, read
from tests.pipeline.mails import ANNA, BODY, FIRST, HEADS, NOOR, attached, forwarded, mail

NOW = datetime(2026, 11, 5, 9, tzinfo=UTC)
NOV_3 = date(2026, 11, 3)


def letters(raw: bytes) -> tuple[Letter, ...]:
    return read(raw, zone="Europe/Berlin", now=NOW).letters


@pytest.mark.parametrize("program", HEADS)
def test_a_forwarded_mail_is_the_one_that_was_forwarded(program: str) -> None:
    outer, inner = letters(forwarded(program, "bitte merken"))
    assert inner.sender is not None
    assert inner.sender.email == "anna@kranbau.example"
    assert inner.sender.name == "Anna Weiss"
    assert inner.day == NOV_3
    assert inner.subject == "Angebot Kräne"
    assert inner.text == FIRST
    assert inner.around == outer.text == "bitte merken"
    assert Address("noor@village.example") in {Address(one.email) for one in inner.others}


@pytest.mark.parametrize("program", HEADS)
def test_the_same_mail_forwarded_twice_is_the_same(program: str) -> None:
    assert letters(forwarded(program))[1].key == letters(forwarded(program, "once more"))[1].key


def test_an_attached_mail_is_read_with_its_own_head() -> None:
    outer, inner = letters(attached("siehe unten", mail(key="inner")))
    assert (inner.sender, inner.day, inner.subject) == (Address("anna@kranbau.example", "Anna Weiss"), NOV_3, "Angebot Kräne")
    assert inner.key == "<inner@kranbau.example>"
    assert (inner.around, inner.text) == ("siehe unten", FIRST)
    assert outer.subject == "Angebot"


@pytest.mark.parametrize("end", [
    "On Mon, Nov 2, 2026 at 8:00 AM Noor Haddad <noor@village.example> wrote:\n> old words",
    "On Mon, Nov 2, 2026 at 8:00 AM Noor Haddad\n<noor@village.example> wrote:\n> old words",
    "Am Mo., 2. Nov. 2026 um 08:00 Uhr schrieb Noor Haddad <noor@village.example>:\n> old words",
    "Am 02.11.26 um 08:00 schrieb Noor Haddad:\n> old words",
    "-----Original Message-----\nFrom: Noor\nold words",
    "________________________________\nVon: Noor\nold words",
    "Von: Noor Haddad <noor@village.example>\nGesendet: Montag, 2. November 2026 08:00\nAn: Anna\nBetreff: Angebot\n\nold words",
    "> old words\n> older words",
    "-- \nAnna Weiss\nold words", "Best regards,\nold words", "Viele Grüße\nold words", "Von meinem iPhone gesendet\nold words",
])  # fmt: skip
def test_answers_and_signatures_are_cut(end: str) -> None:
    (letter, *_) = letters(mail(f"Yes, please.\n\nOn Friday we decide.\n\n{end}\n"))
    assert letter.text == "Yes, please.\n\nOn Friday we decide."


def test_a_mail_of_html_only_is_read_as_words() -> None:
    page = (
        "<html><head><title>no</title><style>p{color:red}</style></head><body><p>Guten Tag,</p><div>das <b>Angebot</b> bitte.</div>"
        "<script>steal()</script><img src='https://evil.example/p.gif'><blockquote>old words</blockquote></body></html>"
    )
    assert letters(mail(page, kind="text/html"))[0].text == "Guten Tag,\ndas Angebot bitte."


@pytest.mark.parametrize(("charset", "text"), [("iso-8859-1", "Grüße"), ("windows-1252", "Grüße – Größe"), ("utf-16", "Kräne"), ("no-such", "Kräne"), ("zlib", "Kräne"), ("punycode", "Kräne")])  # fmt: skip
def test_every_character_set_is_read_or_survived(charset: str, text: str) -> None:
    real = charset if charset in ("iso-8859-1", "windows-1252", "utf-16") else "utf-8"
    raw = f"From: {ANNA}\r\nContent-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n".encode()
    assert letters(raw + f"{text} hier".encode(real))[0].text == f"{text} hier"


def test_what_turns_or_hides_characters_is_not_kept() -> None:
    letter = letters(mail("pay \u202egnp.exe\u202c now\u200b\x00\x07", subject="An\u202egebot\u2066"))[0]
    assert letter.text == "pay gnp.exe now"
    assert letter.subject == "Angebot"


def test_a_header_cannot_begin_another_one() -> None:
    letter = letters(mail(subject="Angebot\r\nBcc: all@x.example"))[0]
    assert letter.subject == "Angebot Bcc: all@x.example"


def test_a_day_to_come_in_the_words_is_a_next_step() -> None:
    letter = letters(mail("Bitte bis zum 12. November anrufen."))[0]
    proposed = of_letter(letter, NOW.date(), "de")
    assert (proposed.kind, proposed.day, proposed.due) == ("mail", NOV_3, date(2026, 11, 12))


@pytest.mark.parametrize("text", ["am 4. November war es schön", "heute", "2019-05-06", "am 3/4", "no day at all"])
def test_a_day_that_is_past_or_unsure_is_none(text: str) -> None:
    assert of_letter(letters(mail(text))[0], NOW.date(), "en").due is None


def test_a_mail_of_tomorrow_is_of_today() -> None:
    letter = letters(mail(date="Tue, 3 Nov 2099 09:14:00 +0100"))[0]
    assert of_letter(letter, NOW.date(), "en").day == NOW.date()


def test_the_day_is_that_of_the_reader() -> None:
    assert letters(mail(date="Mon, 2 Nov 2026 23:30:00 +0000"))[0].day == NOV_3


@pytest.mark.parametrize("raw", [b"", b"\x00\x01\x02", b"PK\x03\x04", b"hello", b"\r\n\r\nhello", b"X-Y: 1\r\n\r\nhello"])
def test_what_is_no_mail_is_refused_in_words(raw: bytes) -> None:
    with pytest.raises(Refused) as no:
        letters(raw)
    assert no.value.code == "unreadable_mail"


def test_no_more_is_kept_than_an_activity_holds() -> None:
    letter = letters(mail("\n".join(f"line {n} {'x' * 500}" for n in range(1_000)), subject="s" * 5_000))[0]
    assert len(of_letter(letter, NOW.date(), "en").text) <= 4_000
    assert len(letter.subject) <= 200
    assert NOOR
    assert BODY
