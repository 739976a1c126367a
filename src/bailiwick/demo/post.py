"""What arrived for those of the cast who sell: a mail that was forwarded, an invitation and a mail of a stranger."""

from collections.abc import Iterator
from datetime import date, datetime
from email.message import EmailMessage
from email.utils import format_datetime

from bailiwick.demo.days import DAY, Days, at, working
from bailiwick.demo.founding import Ground
from bailiwick.pipeline.arrived import own_open_deals
from bailiwick.pipeline.commands import take_in
from bailiwick.territories.models import Contact

STRANGER = "Karla Brandt <k.brandt@brandt-moebel.example>"


def deliver(ground: Ground, sellers: set[str]) -> None:
    """A few things for each of them to keep or to throw away, about own open deals."""
    for email in sorted(sellers):
        by, now = ground.actors[email], ground.now
        for raw in _post(ground, email):
            take_in(raw, language="en", by=by, now=now)


def _post(ground: Ground, email: str) -> Iterator[bytes]:
    by, days = ground.actors[email], ground.days
    deals = list(own_open_deals(by.scope).exclude(account=None).order_by("title", "pk"))
    known = Contact.objects.seen_by(by.scope).filter(account__in=[deal.account_id for deal in deals]).exclude(email="")
    people = {row.account_id: row for row in known.order_by("name", "pk")}
    met = [(deal, people[deal.account_id]) for deal in deals if deal.account_id in people]
    if met:
        deal, contact = met[0]
        call = f"{working(days.today + 6 * DAY):%d.%m.%Y}"
        said = f"Hello,\n\nwe go on with it. Could you call me on {call} about the dates?\n\nBest regards\n{contact.name}"
        yield _forwarded(f"{contact.name} <{contact.email}>", deal.title, said, email, days)
        deal, contact = met[-1]
        yield _invitation(contact.name, contact.email, f"On site: {deal.title}", working(days.today + 4 * DAY), email)
    yield _mail(
        STRANGER, email, "A question about your offer", "Hello,\n\ndo you deliver to Lübeck too?\n", at(days.last, 16 * 60)
    )


def _mail(sender: str, to: str, subject: str, text: str, when: datetime) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"], made["Date"] = sender, to, subject, format_datetime(when)
    made["Message-ID"] = f"<{when:%Y%m%d%H%M}.{to}>"
    made.set_content(text)
    return made.as_bytes()


def _forwarded(sender: str, subject: str, said: str, email: str, days: Days) -> bytes:
    head = f"From: {sender}\nSent: {days.last:%d.%m.%Y} 09:14\nTo: {email}\nSubject: {subject}\n"
    return _mail(email, "log@in.example", f"Fwd: {subject}", f"{head}\n{said}\n", at(days.last, 11 * 60))


def _invitation(name: str, sender: str, summary: str, day: date, email: str) -> bytes:
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Bailiwick//Demonstration//EN", "METHOD:REQUEST", "BEGIN:VEVENT",
        f"UID:{day:%Y%m%d}.{email}", "SEQUENCE:0", f"SUMMARY:{summary}", f"DTSTART;TZID=Europe/Berlin:{day:%Y%m%d}T100000",
        f"DTEND;TZID=Europe/Berlin:{day:%Y%m%d}T110000", f"ORGANIZER;CN={name}:mailto:{sender}", f"ATTENDEE:mailto:{email}",
        "END:VEVENT", "END:VCALENDAR", "",
    )  # fmt: skip
    return "\r\n".join(lines).encode()
