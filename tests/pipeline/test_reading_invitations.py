"""What an invitation says: its day and hour where its reader is, whether it is over, called off or comes again."""

from datetime import UTC, date, datetime, time

import pytest

from bailiwick.kit import Refused
from bailiwick.pipeline.rules.arrivals import Address, Happening, of_event, read
from bailiwick.pipeline.rules.arrivals.recurring import next_day, rule_of
from tests.pipeline.mails import invitation

NOW = datetime(2026, 11, 5, 9, tzinfo=UTC)


def events(raw: bytes, zone: str = "Europe/Berlin") -> tuple[Happening, ...]:
    return read(raw, zone=zone, now=NOW).events


@pytest.mark.parametrize(("starts", "day", "at"), [
    (";TZID=Europe/Berlin:20261112T140000", date(2026, 11, 12), time(14)),
    (";TZID=W. Europe Standard Time:20261112T140000", date(2026, 11, 12), time(14)),
    (";TZID=America/New_York:20261112T200000", date(2026, 11, 13), time(2)),
    (":20261112T130000Z", date(2026, 11, 12), time(14)),
    (":20261112T140000", date(2026, 11, 12), time(14)),
    (";TZID=Nowhere/Town:20261112T140000", date(2026, 11, 12), time(14)),
    (";VALUE=DATE:20261112", date(2026, 11, 12), None),
])  # fmt: skip
def test_day_and_hour_are_those_of_the_reader(starts: str, day: date, at: time | None) -> None:
    (event,) = events(invitation(starts=starts))
    assert (event.day, event.time) == (day, at)
    proposed = of_event(event, NOW)
    assert (proposed.kind, proposed.day, proposed.due, proposed.due_time) == ("meeting", None, day, at)


def test_who_and_what_stand_in_it() -> None:
    (event,) = events(invitation("LOCATION:Werk 2\\, Bremen", "DESCRIPTION:Join the meeting at https://x.example"))
    assert event.summary == "Begehung Halle 3"
    assert event.place == "Werk 2, Bremen"
    assert event.people == (Address("anna@kranbau.example", "Anna Weiss"), Address("noor@village.example", "Noor Haddad"))
    assert of_event(event, NOW).text == "Begehung Halle 3\nWerk 2, Bremen"


@pytest.mark.parametrize(("starts", "ends", "over"), [
    (":20261105T070000Z", ":20261105T080000Z", True),
    (":20261105T083000Z", ":20261105T093000Z", False),
    (";VALUE=DATE:20261105", "", False),
    (";VALUE=DATE:20261104", "", True),
    (";VALUE=DATE:20261103", ";VALUE=DATE:20261106", False),
])  # fmt: skip
def test_what_is_over_was_a_meeting_and_what_is_not_is_planned(starts: str, ends: str, over: bool) -> None:
    proposed = of_event(events(invitation(starts=starts, ends=ends))[0], NOW)
    assert (proposed.day is not None) == over
    assert (proposed.due is not None) != over


@pytest.mark.parametrize(("rule", "day"), [
    ("FREQ=WEEKLY", date(2026, 11, 5)),
    ("FREQ=WEEKLY;INTERVAL=2", date(2026, 11, 12)),
    ("FREQ=WEEKLY;BYDAY=MO,FR", date(2026, 11, 6)),
    ("FREQ=DAILY;INTERVAL=3", date(2026, 11, 5)),
    ("FREQ=DAILY;COUNT=5", None),
    ("FREQ=MONTHLY", date(2026, 11, 15)),
    ("FREQ=MONTHLY;BYDAY=2TU", date(2026, 11, 10)),
    ("FREQ=MONTHLY;BYDAY=-1FR", date(2026, 11, 27)),
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", date(2026, 11, 30)),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", date(2026, 11, 30)),
    ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24", date(2026, 12, 24)),
    ("FREQ=WEEKLY;UNTIL=20261101T000000Z", None),
    ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", date(2027, 2, 1)),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", None),
    ("FREQ=SECONDLY", date(2026, 10, 15)),
    ("FREQ=MONTHLY;BYWEEKNO=3", date(2026, 10, 15)),
])  # fmt: skip
def test_of_what_comes_again_the_next_counts(rule: str, day: date | None) -> None:
    found = events(invitation(f"RRULE:{rule}", starts=";TZID=Europe/Berlin:20261015T140000"))
    assert [one.day for one in found] == ([day] if day else [])


def test_a_day_that_was_taken_out_is_not_the_next() -> None:
    out = "EXDATE;TZID=Europe/Berlin:20261105T140000"
    (event,) = events(invitation("RRULE:FREQ=WEEKLY", out, starts=";TZID=Europe/Berlin:20261015T140000"))
    assert event.day == date(2026, 11, 12)


def test_when_todays_is_over_the_next_is_meant() -> None:
    (event,) = events(
        invitation("RRULE:FREQ=WEEKLY", starts=";TZID=Europe/Berlin:20261015T093000", ends=";TZID=Europe/Berlin:20261015T095900")
    )
    assert event.day == date(2026, 11, 12)


def test_called_off_is_said_by_the_method_and_by_the_status() -> None:
    assert [one.cancelled for one in events(invitation(method="CANCEL"))] == [True]
    assert [one.cancelled for one in events(invitation("STATUS:CANCELLED"))] == [True]


@pytest.mark.parametrize("method", ["REPLY", "COUNTER"])
def test_an_answer_to_an_invitation_is_none(method: str) -> None:
    assert events(invitation(method=method)) == ()


def test_an_invitation_in_a_mail_is_its_event_and_no_letter() -> None:
    raw = (
        b'From: anna@kranbau.example\r\nSubject: Begehung\r\nContent-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\n'
        b"Content-Type: text/plain\r\n\r\nhello\r\n--b\r\nContent-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\r\n"
        + invitation() + b"\r\n--b--\r\n"
    )  # fmt: skip
    told = read(raw, zone="Europe/Berlin", now=NOW)
    assert [one.summary for one in told.events] == ["Begehung Halle 3"]
    assert told.letters == ()


def test_a_whole_calendar_is_refused() -> None:
    one = invitation().split(b"\r\n")
    event = b"\r\n".join(one[4:-2])
    many = b"\r\n".join([*one[:4], *[event.replace(b"one@", f"{n}@".encode()) for n in range(51)], b"END:VCALENDAR", b""])
    with pytest.raises(Refused) as no:
        events(many)
    assert no.value.code == "whole_calendar"


def test_broken_events_are_passed_over_and_the_others_read() -> None:
    broken = invitation(starts=":yesterday").replace(b"END:VCALENDAR\r\n", b"")
    good = invitation().split(b"\r\n", 4)[4]
    assert [one.summary for one in events(broken + good)] == ["Begehung Halle 3"]


def test_a_rule_is_read_or_none() -> None:
    assert rule_of({"FREQ": ["WEEKLY"], "INTERVAL": ["x"]}) is None
    assert rule_of({}) is None
    rule = rule_of({"FREQ": ["DAILY"], "INTERVAL": ["0"]})
    assert rule is not None
    assert next_day(rule, date(2026, 1, 1), date(2026, 11, 5)) == date(2026, 11, 5)
