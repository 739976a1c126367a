"""The feed of dates, read by a calendar's own reader: own dates only, and no longer than its token and its person."""

import logging
from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from icalendar import Calendar

from bailiwick.network.commands import give_token, leave, revoke_token
from bailiwick.network.models import ApiToken
from bailiwick.pipeline.commands import NewActivity, complete_task, log_activities, promise
from bailiwick.vitals.log import Discreet
from tests.lists.test_asking import dealt
from tests.village import NOW, TODAY, Village


def address(village: Village, who: str) -> str:
    return f"/dates/{give_token(label='phone', scope='dates', by=village.actor(who), now=NOW)[1]}.ics"


def read(path: str) -> dict[str, object]:
    """The events of a feed: summary -> start."""
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    return {str(event["summary"]): event.decoded("dtstart") for event in Calendar.from_ical(answer.content).walk("VEVENT")}


def planned(village: Village, who: str, text: str, at: time | None = None) -> object:
    new = NewActivity(kind="meeting", text=text, due=TODAY + timedelta(days=2), due_time=at)
    return log_activities([new], by=village.actor(who), now=NOW)[0]


def test_own_tasks_promises_and_closing_days_are_there_with_their_hours(village: Village) -> None:
    planned(village, "noor", "See Arno; bring samples, please", time(14, 30))
    planned(village, "noor", "Send the offer")
    promise(text="A price", due=TODAY + timedelta(days=3), opportunity=village.deals["Hafen Logistik GmbH terminals"].pk, by=village.actor("noor"), now=NOW)  # fmt: skip
    dealt(village, "noor", ["1"])
    found = read(address(village, "noor"))
    begins = datetime.combine(TODAY + timedelta(days=2), time(14, 30), ZoneInfo("Europe/Berlin"))
    assert found["meeting: See Arno; bring samples, please"] == begins
    assert found["meeting: Send the offer"] == TODAY + timedelta(days=2)
    assert found["Promised: A price"] == TODAY + timedelta(days=3)
    assert found["Expected close: noor 0"] == TODAY + timedelta(days=1)


def test_nothing_of_others_is_in_it_not_even_for_their_manager(village: Village) -> None:
    planned(village, "noor", "secret of noor")
    dealt(village, "noor", ["1"])
    for who in ("aylin", "dora", "ben", "piet"):
        assert not [one for one in read(address(village, who)) if "noor" in one]


def test_what_is_done_leaves_the_feed_and_what_stays_keeps_its_id(village: Village) -> None:
    task = planned(village, "noor", "once")
    planned(village, "noor", "stays")
    path = address(village, "noor")
    ids = {str(e["summary"]): str(e["uid"]) for e in Calendar.from_ical(Client().get(path).content).walk("VEVENT")}
    complete_task(task.pk, by=village.actor("noor"), now=NOW)  # type: ignore[attr-defined]
    again = {str(e["summary"]): str(e["uid"]) for e in Calendar.from_ical(Client().get(path).content).walk("VEVENT")}
    assert "meeting: once" not in again
    assert again["meeting: stays"] == ids["meeting: stays"]


def test_the_address_opens_no_other_door_and_no_other_token_opens_it(village: Village) -> None:
    path = address(village, "noor")
    text = path.removeprefix("/dates/").removesuffix(".ics")
    headers = {"Authorization": f"Bearer {text}"}
    assert Client().get("/api/v1/me", headers=headers).status_code == 401
    for scope in ("read", "write"):
        other = give_token(label="other", scope=scope, by=village.actor("noor"), now=NOW)[1]
        assert Client().get(f"/dates/{other}.ics").status_code == 404
    assert Client().post(path).status_code == 405


@pytest.mark.parametrize("end", ["revoked", "left", "ended"])
def test_a_feed_ends_with_its_token_and_with_its_person(village: Village, end: str) -> None:
    path = address(village, "ben")
    token = ApiToken.objects.get(label="phone")
    assert Client().get(path).status_code == 200
    if end == "revoked":
        revoke_token(token.pk, by=village.actor("ben"), now=NOW)
    if end == "ended":
        ApiToken.objects.update(until=NOW)
    if end == "left":
        from bailiwick.ledger.asking import holdings

        shares = {held.id: village.people["noor"].pk for held in holdings(village.people["ben"].pk, village.by)}
        leave(person=village.people["ben"].pk, shares=shares, by=village.by, now=NOW)
    assert Client().get(path).status_code == 404


def test_the_address_is_shown_once(village: Village, signed_in: Callable[[str], Client]) -> None:
    page = signed_in("noor").post("/settings/tokens", {"label": "phone", "scope": "dates", "days": "0"}).content.decode()
    assert "http://testserver/dates/bw_" in page
    assert "/dates/bw_" not in signed_in("noor").get("/settings").content.decode()


@pytest.mark.parametrize("text", ["x", "bw_", "bw_" + "a" * 43, "%00", "..", "bw_" + "a" * 5000])
def test_an_address_that_nobody_gave_is_not_there(village: Village, text: str) -> None:
    assert Client(raise_request_exception=False).get(f"/dates/{text}.ics").status_code == 404


def test_the_address_stands_in_no_log() -> None:
    record = logging.makeLogRecord({"msg": "Not Found: %s", "args": ("/dates/bw_secret.ics",)})
    assert Discreet().filter(record)
    assert record.getMessage() == "Not Found: /dates/..."


def test_a_hundred_old_tasks_hide_none_of_what_is_to_come(village: Village) -> None:
    old = [NewActivity(kind="call", text=f"old {n}", due=TODAY - timedelta(days=200)) for n in range(120)]
    log_activities(old, by=village.actor("noor"), now=NOW)
    planned(village, "noor", "still to come")
    assert "meeting: still to come" in read(address(village, "noor"))
