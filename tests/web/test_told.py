"""What people are told: once, in their hours and their language, and by mail if a server is there."""

import re
import socketserver
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client, override_settings

from bailiwick.cli.clock import Clock
from bailiwick.ledger.models import Seal
from bailiwick.network.commands import end_access, prefer
from bailiwick.notices.commands import NewMessage, tell
from bailiwick.notices.models import Message
from bailiwick.pipeline.commands import NewActivity, complete_task, log_activities, promise
from bailiwick.pipeline.models import Activity
from bailiwick.tenancy.models import Network
from bailiwick.tenancy.within import set_network
from tests.village import NOW, TODAY, Village
from tests.web.test_people import body

SignIn = Callable[[str], Client]
BERLIN = ZoneInfo("Europe/Berlin")
MEMORY = "django.core.mail.backends.locmem.EmailBackend"


def at(hour: int, minute: int = 0, day: date = TODAY) -> datetime:
    return datetime.combine(day, time(hour, minute), BERLIN)


def told(village: Village, name: str, kind: str = "") -> list[Message]:
    set_network(village.by.network)  # the tick of another network may have been the last
    rows = Message.objects.in_network(village.by).filter(person=village.people[name].pk).order_by("made", "pk")
    return list(rows.filter(kind=kind) if kind else rows)


@pytest.fixture
def clock(village: Village) -> Clock:
    return Clock()


def test_a_morning_is_told_once_however_often_the_clock_ticks_and_starts(village: Village, clock: Clock) -> None:
    for minute in range(3):
        clock.tick(at(7, minute))
    Clock().tick(at(8))
    messages = told(village, "noor", "digest")
    assert [one.about for one in messages] == [TODAY.isoformat()]
    assert "noor calls again" in messages[0].body
    assert "Kranbau" not in messages[0].body
    assert "Arno Papier AG terminals" in messages[0].body


def test_a_morning_is_between_six_and_ten_where_the_person_works(village: Village) -> None:
    for hour, count in ((5, 0), (10, 0), (6, 1)):
        Clock().tick(at(hour))
        assert len(told(village, "noor", "digest")) == count


def test_nothing_is_sent_where_there_is_nothing_to_say(village: Village, clock: Clock) -> None:
    clock.tick(at(7))
    assert told(village, "aylin") == []
    assert (village.people["aylin"].pk, TODAY) in clock.looked


def test_a_message_holds_own_rows_only(village: Village, clock: Clock) -> None:
    clock.tick(at(7))
    for name, other in (("ben", "noor calls again"), ("piet", "arvid calls"), ("arvid", "piet calls")):
        assert other not in "".join(one.body for one in told(village, name))


def test_nobody_without_access_is_told_anything(village: Village, clock: Clock) -> None:
    end_access(village.people["ben"].pk, by=village.by, now=at(5))
    clock.tick(at(7))
    assert told(village, "ben") == []
    assert told(village, "clara") == []


def test_who_switched_it_off_gets_no_morning_and_still_the_reminders(village: Village, clock: Clock) -> None:
    prefer({"digest": False}, by=village.actor("noor"))
    _task(village, time(9, 30))
    clock.tick(at(7))
    assert told(village, "noor") == []
    clock.tick(at(9, 30))
    assert [one.kind for one in told(village, "noor")] == ["task"]


def test_a_message_waits_for_the_end_of_the_quiet_hours(village: Village, clock: Clock) -> None:
    prefer({"quiet_from": time(20), "quiet_until": time(8)}, by=village.actor("noor"))
    clock.tick(at(7))
    waiting = told(village, "noor")[0]
    assert (waiting.not_before, waiting.sent) == (at(8), None)
    clock.tick(at(8, 1))
    assert told(village, "noor")[0].sent is not None


def _task(village: Village, hour: time) -> Activity:
    new = NewActivity(kind="call", text="Call Petra\nBcc: all@example.com", account=None, due=TODAY, due_time=hour)
    return log_activities([new], whose=village.side("noor"), by=village.actor("noor"), now=NOW)[0]


def test_a_task_is_told_at_its_hour_once_and_again_when_it_is_moved(village: Village, clock: Clock) -> None:
    task = _task(village, time(14, 30))
    for minute, count in ((29, 0), (30, 1), (31, 1), (45, 1)):
        clock.tick(at(14, minute))
        assert len(told(village, "noor", "task")) == count
    assert "\n" not in told(village, "noor", "task")[0].subject
    Activity.objects.in_network(village.by).filter(pk=task.pk).update(due_time=time(16))
    clock.tick(at(16))
    assert len(told(village, "noor", "task")) == 2


def test_a_task_that_is_done_or_long_past_is_not_told(village: Village, clock: Clock) -> None:
    done, _ = _task(village, time(14, 30)), _task(village, time(11))
    complete_task(done.pk, by=village.actor("noor"), now=NOW)
    clock.tick(at(14, 30))
    assert told(village, "noor", "task") == []


def test_a_promise_is_told_the_morning_before(village: Village, clock: Clock) -> None:
    account = village.accounts["Hafen Logistik GmbH"]
    tomorrow = TODAY + timedelta(days=1)
    promise(text="the offer", due=tomorrow, account=account.pk, by=village.actor("noor"), now=NOW)
    clock.tick(at(7))
    clock.tick(at(7, 1))
    messages = told(village, "noor", "promise")
    assert [one.subject for one in messages] == ["Promised for tomorrow: the offer"]
    assert "to Hafen Logistik GmbH" in messages[0].body


def test_the_page_shows_own_messages_only(signed_in: SignIn, village: Village, clock: Clock) -> None:
    assert "told nothing yet" in body(signed_in("noor").get("/messages"))
    clock.tick(at(7))
    assert "noor calls again" in body(signed_in("noor").get("/messages"))
    for name in ("aylin", "dora", "ben", "clara"):
        assert "noor calls again" not in body(signed_in(name).get("/messages"))


def test_the_ledger_is_sealed_every_few_minutes(village: Village, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[datetime] = []
    monkeypatch.setattr("bailiwick.cli.seal.seal_all", made.append)
    for minute in (0, 1, 5, 6):
        clock.tick(at(12, minute))
    assert made == [at(12, 0), at(12, 5)]
    assert not Seal.objects.in_network(village.by).exists()


def test_trouble_in_one_network_does_not_stop_the_others(village: Village, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    Network.objects.create(slug="first", name="First")
    Network.objects.filter(slug="first").update(created=NOW - timedelta(days=900))
    compose = Clock.compose

    def breaks(self: Clock, network: Network, now: datetime) -> int:
        if network.slug == "first":
            raise RuntimeError("broken")
        return compose(self, network, now)

    monkeypatch.setattr(Clock, "compose", breaks)
    clock.tick(at(7))
    assert told(village, "noor", "digest")


class Post(socketserver.StreamRequestHandler):
    """As much of SMTP as a client needs."""

    def handle(self) -> None:
        server: PostOffice = self.server  # type: ignore[assignment]
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines: list[bytes] = []
                while (line := self.rfile.readline()) not in (b".\r\n", b""):
                    lines.append(line)
                server.letters.append(b"".join(lines).decode())
            self.wfile.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")
            if verb == b"QUIT":
                return


class PostOffice(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Post)
        self.letters: list[str] = []


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with PostOffice() as office:
        threading.Thread(target=office.serve_forever, args=(0.01,), daemon=True).start()
        backend = "django.core.mail.backends.smtp.EmailBackend"
        with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=office.server_address[1]):
            yield office
        office.shutdown()


def test_a_mail_leaves_once_and_is_recognisable_by_its_id(village: Village, clock: Clock, office: PostOffice) -> None:
    _only(village, "noor")
    for minute in range(3):
        clock.tick(at(7, minute))
    assert len(office.letters) == 1
    message = told(village, "noor")[0]
    assert f"Message-ID: <{message.pk}@" in office.letters[0]
    assert "To: noor@village.example" in office.letters[0]
    assert message.sent == at(7)


def test_what_somebody_typed_begins_no_header_of_a_mail(village: Village, clock: Clock, office: PostOffice) -> None:
    _only(village, "noor")
    task = _task(village, time(14, 30))
    text = "call\r\nBcc: everybody@elsewhere.example\n\nanother body\r\n.\r\nRCPT TO:<everybody@elsewhere.example>"
    Activity.objects.in_network(village.by).filter(pk=task.pk).update(text=text)
    clock.tick(at(14, 30))
    (letter,) = [one for one in office.letters if "another body" in one]
    heads = letter.partition("\r\n\r\n")[0]
    assert "Subject: 14:30 call" in heads
    assert [line for line in heads.splitlines() if line.lower().startswith(("bcc", "cc", "rcpt"))] == []
    assert [line for line in heads.splitlines() if line.startswith("To:")] == ["To: noor@village.example"]
    assert len(office.letters) == 1


def _only(village: Village, name: str) -> None:
    for other in set(village.people) - {name}:
        end_access(village.people[other].pk, by=village.by, now=at(0))


def test_a_demonstration_writes_to_nobody_even_where_a_mail_server_is(village: Village, clock: Clock, office: PostOffice) -> None:
    Network.objects.filter(pk=village.by.network).update(demo=True)
    clock.tick(at(7))
    assert office.letters == []
    assert told(village, "noor")[0].sent is not None


def test_a_server_that_is_away_is_tried_again_later(village: Village, clock: Clock) -> None:
    _only(village, "noor")
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=1):
        clock.tick(at(7))
    waiting = told(village, "noor")[0]
    assert (waiting.sent, waiting.tries) == (None, 1)
    assert waiting.not_before > at(7)
    with override_settings(EMAIL_BACKEND=MEMORY):
        clock.tick(at(7, 30))
    assert told(village, "noor")[0].sent == at(7, 30)


def test_what_waits_for_somebody_who_left_meanwhile_does_not_leave(village: Village, clock: Clock, office: PostOffice) -> None:
    _only(village, "noor")
    prefer({"quiet_from": time(20), "quiet_until": time(8)}, by=village.actor("noor"))
    clock.tick(at(7))
    end_access(village.people["noor"].pk, by=village.by, now=at(7, 30))
    clock.tick(at(8))
    assert office.letters == []


def test_what_is_new_is_counted_on_every_page_until_it_was_shown(village: Village, signed_in: SignIn) -> None:
    def there(about: str, due: datetime) -> None:
        one = NewMessage(person=village.people["noor"].pk, kind="reminder", about=about, subject=about, body="", not_before=due)
        tell([one], by=village.by, now=due)

    def count(page: str) -> list[str]:
        return re.findall(r'Messages <span class="count">(\d+)', body(client.get(page)))

    client, now = signed_in("noor"), datetime.now(UTC)
    for minute in (1, 2):
        there(f"before {minute}", now - timedelta(minutes=minute))
    there("in the quiet hours", now + timedelta(hours=3))
    assert count("/my-day") == count("/messages") == ["2"], "to look is not to change"
    until = re.findall(r'name="until" value="([^"]+)"', body(client.get("/messages")))[0]
    there("while the page was open", now)
    client.post("/messages/read", {"until": until})
    assert count("/my-day") == ["1"]
    for wrong in ("", "no moment", "2999-01-01", "2999-01-01T00:00:00+00:00"):
        client.post("/messages/read", {"until": wrong})
    assert count("/my-day") == []
    there("later", datetime.now(UTC))
    assert count("/my-day") == ["1"], "nobody reads what is not written yet"
