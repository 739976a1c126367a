"""An invitation (iCalendar, RFC 5545) read into events. Zones are taken by their names: what a file says of a zone is not run.

Each event is cut out as text first, so that of a calendar without end only so much is parsed as one invites to.
"""

import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Event

from bailiwick.kit import Refused, say
from bailiwick.pipeline.rules.arrivals.letters import MOST_ADDRESSES, Address, Happening
from bailiwick.pipeline.rules.arrivals.mail import is_address
from bailiwick.pipeline.rules.arrivals.recurring import next_day, rule_of
from bailiwick.pipeline.rules.arrivals.words import line

MOST_EVENTS, MOST_OF_ONE, LONGEST_LINE = 50, 400, 4_000
EARLIEST, LATEST = 1990, 2100
READ = frozenset({
    "UID", "SEQUENCE", "SUMMARY", "LOCATION", "DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "RECURRENCE-ID", "STATUS",
    "ORGANIZER", "ATTENDEE",
})  # fmt: skip
NAME = re.compile(r"[A-Z-]{1,20}(?=[:;])")
MOST_SEQUENCE = 2_000_000_000


def events_of(text: str, zone: str, now: datetime) -> list[Happening]:
    """The events of a calendar file, as somebody in `zone` meets them; of one that repeats the next. Refuses a whole calendar."""
    method, blocks = "", []
    for name, lines in _blocks(text):
        if name == "METHOD":
            method = line(lines[0], 20).upper()
        else:
            blocks.append(lines)
        if len(blocks) > MOST_EVENTS:
            raise Refused(
                "whole_calendar",
                say("This calendar has more than %(most)s events.", most=MOST_EVENTS),
                say("Give single invitations instead of the whole calendar."),
            )
    if method in ("REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"):
        return []  # somebody's answer to an invitation is none
    found = (_read(lines, zone, now, method == "CANCEL") for lines in blocks)
    return [one for one in found if one is not None]


def _blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    """The lines of each event, unfolded and without what is nested in them; and the method of the calendar."""
    inside: list[str] = []
    lines: list[str] = []
    for said in _unfolded(text):
        upper = said[:40].upper().strip()
        if upper.startswith("BEGIN:"):
            inside = [*inside, upper[6:]][-20:]
            lines = [] if upper == "BEGIN:VEVENT" else lines
        elif upper.startswith("END:"):
            if upper == "END:VEVENT" and inside[-1:] == ["VEVENT"]:
                yield "VEVENT", lines
            inside = inside[:-1]
        elif inside[-1:] == ["VEVENT"] and len(lines) < MOST_OF_ONE:
            lines.append(said)
        elif inside[-1:] == ["VCALENDAR"] and upper.startswith("METHOD:"):
            yield "METHOD", [said[7:]]


def _unfolded(text: str) -> Iterator[str]:
    kept = ""
    for each in io.StringIO(text, newline=None):
        said = each.removesuffix("\n")
        if said[:1] in (" ", "\t"):
            kept += said[1:] if len(kept) < LONGEST_LINE else ""
        else:
            yield kept
            kept = said[:LONGEST_LINE]
    yield kept


def _read(lines: list[str], zone: str, now: datetime, cancelled: bool) -> Happening | None:
    """The event; None where it has no day, or is over for good."""
    try:
        kept = [said for said in lines if (name := NAME.match(said.upper())) and name[0] in READ]
        event = Event.from_ical("\r\n".join(["BEGIN:VEVENT", *kept, "END:VEVENT", ""]))
        return _event(event, zone, now, cancelled)
    except Exception:  # the library fails in its own ways on what is made to break it; the other events count
        return None


def _event(event: Any, zone: str, now: datetime, cancelled: bool) -> Happening | None:
    starts = _value(event, "DTSTART")
    uid = str(event.get("UID", ""))[:500]
    if starts is None or not uid or not EARLIEST <= starts.year <= LATEST:
        return None
    first, at = _local(starts, zone)
    lasts = _lasts(event, starts)
    today = now.astimezone(ZoneInfo(zone)).date()
    # Of what comes again the next is meant: today's, unless it is over.
    day = _next(event, first, today if _ends(today, at, lasts, zone) > now else today + timedelta(days=1), zone)
    if day is None:
        return None
    return Happening(
        key=sha256(f"{uid}\n{event.get('RECURRENCE-ID', None) and _value(event, 'RECURRENCE-ID')}".encode()).hexdigest(),
        sequence=min(MOST_SEQUENCE, max(0, int(event.get("SEQUENCE", 0)))),
        summary=line(str(event.get("SUMMARY", "")), 200),
        place=line(str(event.get("LOCATION", "")), 200),
        day=day,
        time=at,
        over=_ends(day, at, lasts, zone),
        people=_people(event),
        cancelled=cancelled or str(event.get("STATUS", "")).upper() == "CANCELLED",
    )


def _ends(day: date, at: time | None, lasts: timedelta, zone: str) -> datetime:
    whole = lasts if at else max(lasts, timedelta(days=1))
    return (datetime.combine(day, at or time(), ZoneInfo(zone)) + whole).astimezone(UTC)


def _value(event: Any, name: str) -> date | None:
    """A day or an instant; of a name that stands there twice none is meant."""
    found = getattr(event.get(name), "dt", None)
    return found if isinstance(found, date) else None


def _local(said: date, zone: str) -> tuple[date, time | None]:
    """The day and the hour in the reader's zone; an hour without a zone is one of the reader's."""
    if not isinstance(said, datetime):
        return said, None
    here = said.astimezone(ZoneInfo(zone)) if said.tzinfo else said
    return here.date(), here.time().replace(second=0, microsecond=0, tzinfo=None)


def _lasts(event: Any, starts: date) -> timedelta:
    ends, length = _value(event, "DTEND"), getattr(event.get("DURATION"), "dt", None)
    if ends is not None and type(ends) is type(starts):
        length = ends - starts
    return min(max(length, timedelta()), timedelta(days=60)) if isinstance(length, timedelta) else timedelta()


def _next(event: Any, first: date, today: date, zone: str) -> date | None:
    parts = event.get("RRULE")
    if parts is None or isinstance(parts, list) or event.get("RECURRENCE-ID"):
        return first
    rule = rule_of({str(name).upper(): [_said(one) for one in _listed(values)] for name, values in parts.items()})
    return next_day(rule, first, today, _without(event, zone)) if rule else first


def _listed(values: Any) -> list[Any]:
    return list(values)[:40] if isinstance(values, list | tuple) else [values]


def _said(one: Any) -> str:
    return f"{one:%Y%m%d}" if isinstance(one, date) else str(one)


def _without(event: Any, zone: str) -> set[date]:
    """Days on which it does not take place."""
    found = _listed(event.get("EXDATE", []))
    days = [one.dt for each in found for one in getattr(each, "dts", ())][:1_000]
    return {_local(one, zone)[0] for one in days if isinstance(one, date)}


def _people(event: Any) -> tuple[Address, ...]:
    found: list[Address] = []
    for name in ("ORGANIZER", "ATTENDEE"):
        for one in _listed(event.get(name, []))[:MOST_ADDRESSES]:
            email = str(one).strip().lower().removeprefix("mailto:")
            if is_address(email):
                found.append(Address(email, line(str(getattr(one, "params", {}).get("CN", "")), 120)))
    return tuple(dict.fromkeys(found))[:MOST_ADDRESSES]
