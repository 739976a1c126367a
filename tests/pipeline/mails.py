"""Mails and invitations in the shapes of the programs that people use, written here from the formats; no mail is copied."""

import base64
from datetime import date, datetime
from uuid import uuid4

from bailiwick.pipeline.commands import take_in
from bailiwick.pipeline.models import Arrival
from tests.village import NOW, Village

BODY = "Guten Tag Frau Haddad,\n\nbitte senden Sie uns das Angebot.\n\nMit freundlichen Grüßen\nAnna Weiss\nKranbau Weiss GmbH"
FIRST = "Guten Tag Frau Haddad,\n\nbitte senden Sie uns das Angebot."
ANNA, NOOR = "Anna Weiss <anna@kranbau.example>", "Noor Haddad <noor@village.example>"
# What each program puts before the text of a mail that it forwards.
HEADS = {
    "outlook en": "________________________________\nFrom: {anna}\nSent: Tuesday, November 3, 2026 9:14 AM\nTo: {noor}\nCc: b@x.example\nSubject: Angebot Kräne\n\n{body}",
    "outlook de": "Von: {anna}\nGesendet: Dienstag, 3. November 2026 09:14\nAn: {noor}\nBetreff: AW: Angebot Kräne\n\n{body}",
    "outlook 2010 de": "-----Ursprüngliche Nachricht-----\nVon: Anna Weiss [mailto:anna@kranbau.example] \nGesendet: Dienstag, 3. November 2026 09:14\nAn: {noor}\nBetreff: Angebot Kräne\n\n{body}",
    "gmail en": "---------- Forwarded message ---------\nFrom: {anna}\nDate: Tue, Nov 3, 2026 at 9:14 AM\nSubject: Angebot Kräne\nTo: {noor}\n\n\n{body}",
    "gmail de": "---------- Forwarded message ---------\nVon: {anna}\nDate: Di., 3. Nov. 2026 um 09:14 Uhr\nSubject: Angebot Kräne\nTo: {noor}\n\n\n{body}",
    "apple en": "Begin forwarded message:\n\n> From: {anna}\n> Subject: Angebot Kräne\n> Date: 3 November 2026 at 09:14:00 CET\n> To: {noor}\n> \n{quoted}",
    "apple de": "Anfang der weitergeleiteten Nachricht:\n\n> Von: {anna}\n> Betreff: Angebot Kräne\n> Datum: 3. November 2026 um 09:14:00 MEZ\n> An: {noor}\n> \n{quoted}",
    "thunderbird en": "-------- Forwarded Message --------\nSubject: \tAngebot Kräne\nDate: \tTue, 3 Nov 2026 09:14:00 +0100\nFrom: \t{anna}\nTo: \t{noor}\n\n\n\n{body}",
    "thunderbird de": "-------- Weitergeleitete Nachricht --------\nBetreff: \tAngebot Kräne\nDatum: \tTue, 3 Nov 2026 09:14:00 +0100\nVon: \t{anna}\nAn: \t{noor}\n\n\n{body}",
}  # fmt: skip


def mail(
    text: str = BODY, *, sender: str = ANNA, to: str = NOOR, subject: str = "Angebot Kräne", date: str = "Tue, 3 Nov 2026 09:14:00 +0100",
    key: str = "", kind: str = "text/plain", more: str = "",
) -> bytes:  # fmt: skip
    """A mail of one part."""
    said = base64.b64encode(subject.encode()).decode()
    head = (
        f"From: {sender}\nTo: {to}\nSubject: =?utf-8?b?{said}?=\nDate: {date}\nMessage-ID: <{key or uuid4().hex}@kranbau.example>\n{more}"
        f"MIME-Version: 1.0\nContent-Type: {kind}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    )
    return (head + text).replace("\n", "\r\n").encode()


def forwarded(program: str, note: str = "", to: str = "log@in.example", body: str = BODY, anna: str = ANNA) -> bytes:
    """The mail of Anna as this program forwards it, sent by Noor the day after."""
    quoted = "\n".join(f"> {line}" for line in body.split("\n"))
    text = HEADS[program].format(anna=anna, noor=NOOR, body=body, quoted=quoted)
    mark = "WG" if program.endswith("de") else "Fwd"
    date = "Wed, 4 Nov 2026 10:00:00 +0100"
    return mail(f"{note}\n\n{text}\n", sender=NOOR, to=to, subject=f"{mark}: Angebot Kräne", date=date)


def attached(note: str = "", inner: bytes = b"") -> bytes:
    """The same as an attached mail."""
    head = (
        f"From: {NOOR}\r\nTo: log@in.example\r\nSubject: Fwd: Angebot\r\nDate: Wed, 4 Nov 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="between"\r\n\r\n--between\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n'
    )
    return (
        head.encode() + note.encode() + b"\r\n--between\r\nContent-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n"
        + (inner or mail()) + b"\r\n--between--\r\n"
    )  # fmt: skip


def invitation(
    *lines: str, starts: str = ";TZID=Europe/Berlin:20261112T140000", ends: str = "", uid: str = "one@kranbau.example",
    sequence: int = 0, summary: str = "Begehung Halle 3", method: str = "REQUEST", people: str = "anna@kranbau.example",
) -> bytes:  # fmt: skip
    """An invitation of one event."""
    event = [
        "BEGIN:VEVENT", f"UID:{uid}", f"SEQUENCE:{sequence}", f"SUMMARY:{summary}", f"DTSTART{starts}", *([f"DTEND{ends}"] if ends else []),
        f"ORGANIZER;CN=Anna Weiss:mailto:{people}", "ATTENDEE;CN=Noor Haddad:mailto:noor@village.example", *lines, "END:VEVENT",
    ]  # fmt: skip
    whole = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tests//", f"METHOD:{method}", *event, "END:VCALENDAR", ""]
    return "\r\n".join(whole).encode()


def on_day(day: date, hour: int = 14) -> str:
    """The DTSTART of an hour on a day, in the zone of the village."""
    return f";TZID=Europe/Berlin:{day:%Y%m%d}T{hour:02}0000"


def an_arrival(village: Village, name: str, subject: str = "Angebot", sender: str = ANNA, now: datetime = NOW) -> Arrival:
    """A mail that this person gave."""
    raw = mail(subject=subject, sender=sender, key=f"{name}-{subject.replace(' ', '-')}")
    return take_in(raw, language="en", by=village.actor(name), now=now).new[0]
