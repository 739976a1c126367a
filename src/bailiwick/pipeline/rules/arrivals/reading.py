"""From the bytes of a message, whichever door they came by, to what it tells."""

from datetime import datetime

from bailiwick.kit import Refused, say
from bailiwick.pipeline.rules.arrivals.invitation import events_of
from bailiwick.pipeline.rules.arrivals.letters import MOST_BYTES, Told
from bailiwick.pipeline.rules.arrivals.mail import decoded, kind, letters_of, parsed, parts, unreadable

MOST_CALENDARS = 3
LONGEST_CALENDAR = MOST_BYTES
NAMED = ("from", "to", "date", "subject", "message-id")


def read(raw: bytes, *, zone: str, now: datetime) -> Told:
    """What a mail or a calendar file tells somebody in `zone`. Refuses what is too large, or is neither.

    A mail that carries an invitation tells of its event and is no letter besides.
    """
    if len(raw) > MOST_BYTES:
        raise Refused(
            "too_large_mail",
            say("This is larger than 10 MB."),
            say("Forward the text of the mail without what is attached to it."),
        )
    if raw.lstrip(b"\xef\xbb\xbf \r\n\t")[:15].upper() == b"BEGIN:VCALENDAR":
        return Told(events=tuple(events_of(raw.decode("utf-8", errors="replace"), zone, now)))
    message = parsed(raw)
    if not any(name in message for name in NAMED):
        raise unreadable()
    calendars = [part for part in parts(message) if kind(part) == "text/calendar"][:MOST_CALENDARS]
    for part in calendars:
        events = events_of(decoded(part, LONGEST_CALENDAR), zone, now)
        if events:
            return Told(events=tuple(events))
    return Told(letters=tuple(letters_of(message, zone)))
