"""The doctor finds what is wrong, says what to do, names no person, and looks also where the store is away."""

import json
import os
import socket
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from bailiwick.cli.doctor import around, backups, ledger, mail, store, work
from bailiwick.cli.doctor.line import GOOD, OFF, WATCH, Line, look
from bailiwick.cli.doctor.place import Place
from bailiwick.cli.serving import alone
from bailiwick.exchange.models import Import
from bailiwick.ledger.commands import seal
from bailiwick.ledger.models import Seal
from bailiwick.notices.commands import MOST_TRIES
from bailiwick.notices.models import Message
from bailiwick.store.note import note
from bailiwick.tenancy.models import Network
from bailiwick.tenancy.within import set_network
from bailiwick.vitals.beat import beat
from tests.house.source import ROOT
from tests.village import Village

SETTINGS = (
    "BAILIWICK_HOSTS",
    "BAILIWICK_HTTPS",
    "BAILIWICK_BEHIND_PROXY",
    "BAILIWICK_SECRET",
    "BAILIWICK_SMTP",
    "BAILIWICK_METRICS",
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home in which nothing happened yet, in a shell that sets nothing."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def states(lines: list[Line]) -> list[str]:
    return [line.state for line in lines]


def here(village: Village, lines: list[Line]) -> list[Line]:
    """The lines about the village, which the transaction is in again: other tests may have left networks of their own."""
    set_network(village.by.network)
    return [line for line in lines if line.found.startswith("village:")]


def run(home: Path, *arguments: str, verb: str = "doctor", **settings: str) -> "subprocess.CompletedProcess[str]":
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "BAILIWICK_", "PG"))}
    command = [sys.executable, "-m", "bailiwick.cli", "--home", str(home), verb, *arguments]
    return subprocess.run(command, env=clean | settings, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_where_the_store_is_away_the_doctor_says_so_and_checks_the_rest(tmp_path: Path) -> None:
    told = run(tmp_path, "--json", DATABASE_URL=f"postgresql://app:hidden@127.0.0.1:{closed_port()}/x")
    assert told.returncode == 1, told.stderr
    assert "hidden" not in told.stdout + told.stderr
    lines = json.loads(told.stdout)
    assert [(one["check"], one["state"]) for one in lines if one["state"] == OFF] == [("store", OFF)]
    assert {"backups", "mail", "disk", "settings", "versions"} <= {one["check"] for one in lines}
    assert all(one["remedy"] for one in lines if one["state"] != GOOD)


def test_a_home_that_is_not_there_is_off_and_is_not_made(tmp_path: Path) -> None:
    told = run(tmp_path / "none")
    assert told.returncode == 1
    assert told.stdout.startswith("off   store")
    assert not (tmp_path / "none").exists()


def test_what_is_only_to_be_watched_is_no_failure(tmp_path: Path) -> None:
    """In a store of its own: what other tests did to the ledger of theirs is off, and rightly so."""
    made = run(tmp_path, verb="migrate")
    assert made.returncode == 0, made.stderr
    told = run(tmp_path)
    assert told.returncode == 0, told.stdout + told.stderr
    assert "watch mail" in told.stdout
    assert "good  walls" in told.stdout
    assert "good  tables" in told.stdout


def test_the_owner_of_the_tables_as_the_role_of_the_application_is_off(tmp_path: Path) -> None:
    told = run(tmp_path, DATABASE_URL=os.environ["DATABASE_OWNER_URL"])
    assert told.returncode == 1
    assert "owns tables" in told.stdout


def test_a_check_that_breaks_is_off_and_never_silent() -> None:
    def broken() -> list[Line]:
        raise PermissionError("not for you")

    assert [(line.state, "not for you" in line.found) for line in look("disk", broken)] == [(OFF, True)]


def test_the_tables_of_the_store_are_walled(village: Village) -> None:
    assert states(store.walls()) == [GOOD]


def test_unsealed_entries_are_watched_and_sealed_ones_good(village: Village, home: Path) -> None:
    place = Place(home, given=False)
    assert states(here(village, ledger.seals(place, whole=False))) == [WATCH], (
        "the village was recorded long ago and never sealed"
    )
    assert not here(village, ledger.broken())


def test_a_seal_that_does_not_fit_is_off_by_its_number_as_the_newest_and_among_all(village: Village, home: Path) -> None:
    first = seal(village.by, datetime.now(UTC))
    assert first, "the village left entries to seal"
    assert states(here(village, ledger.seals(Place(home, given=False), whole=False))) == [GOOD]
    assert not here(village, ledger.broken(newest=True))
    Seal.objects.in_network(village.by).create(
        network_id=village.by.network, number=2, after=first.upto, upto=first.upto, entries=1, digest="0" * 64, made=first.made
    )
    for newest in (True, False):
        (line,) = here(village, ledger.broken(newest=newest))
        assert line.state == OFF
        assert "seal 2 does not fit" in line.found


def test_a_home_that_nobody_serves_has_no_clock_to_miss(home: Path) -> None:
    beat(home, "clock")
    assert states(around.beats(Place(home, given=False))) == [WATCH]


def test_a_clock_that_has_stopped_under_serve_is_off(home: Path) -> None:
    lock = alone(home)
    try:
        for name in ("clock", "importer"):
            beat(home, name)
        assert states(around.beats(Place(home, given=False))) == [GOOD, GOOD]
        for minutes, state in ((3, WATCH), (11, OFF)):
            then = (datetime.now(UTC) - timedelta(minutes=minutes)).timestamp()
            os.utime(home / "clock.beat", (then, then))
            assert states(around.beats(Place(home, given=False))) == [state, GOOD]
    finally:
        os.close(lock)


@pytest.mark.parametrize(("days", "state"), [(0, GOOD), (3, WATCH), (9, OFF)])
def test_a_backup_grows_old(home: Path, days: int, state: str) -> None:
    file = home / "one.bw"
    file.write_bytes(b"x" * 10)
    note(home, file, datetime.now(UTC) - timedelta(days=days))
    assert states(backups.newest(Place(home, given=False))) == [state]


def test_a_backup_that_was_cut_is_off_and_one_that_was_moved_is_watched(home: Path) -> None:
    file = home / "one.bw"
    file.write_bytes(b"x" * 10)
    note(home, file, datetime.now(UTC))
    file.write_bytes(b"x" * 9)
    assert states(backups.newest(Place(home, given=False))) == [GOOD, OFF]
    file.unlink()
    assert states(backups.newest(Place(home, given=False))) == [GOOD, WATCH]


def test_no_backup_is_off_once_there_is_something_to_lose(village: Village, home: Path) -> None:
    place = Place(home, given=False, tables=True)
    assert states(backups.newest(place)) == [WATCH]
    Network.objects.update(created=datetime.now(UTC) - timedelta(days=9))
    assert states(backups.newest(place)) == [OFF]


def outgoing(village: Village, *, due: timedelta, tries: int = 0, trouble: str = "") -> None:
    then = datetime.now(UTC) - due
    Message.objects.in_network(village.by).create(
        network_id=village.by.network, person=uuid4(), kind="morning", about=str(uuid4()), subject="Secret subject", body="",
        made=then, not_before=then, tries=tries, trouble=trouble,
    )  # fmt: skip


def test_messages_that_wait_too_long_are_watched_then_off_and_nobody_is_named(village: Village) -> None:
    assert states(here(village, mail.outbox())) == [GOOD]
    outgoing(village, due=timedelta(hours=1))
    assert states(here(village, mail.outbox())) == [WATCH]
    outgoing(village, due=timedelta(hours=7), tries=2, trouble="{'ann.berg@cobalt.example': (550, b'no such user')}")
    (line,) = here(village, mail.outbox())
    assert line.state == OFF
    assert "2 waiting" in line.found
    assert "no such user" in line.found
    assert "ann" not in line.found
    assert "Secret" not in line.found


def test_a_message_that_was_given_up_is_watched_and_does_not_wait(village: Village) -> None:
    outgoing(village, due=timedelta(days=2), tries=MOST_TRIES)
    (line,) = here(village, mail.outbox())
    assert line.state == WATCH
    assert "0 waiting; 1 given up" in line.found


def test_a_mail_server_that_does_not_listen_is_off(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert states(mail.server()) == [WATCH]
    monkeypatch.setenv("BAILIWICK_SMTP", f"127.0.0.1:{closed_port()}")
    assert states(mail.server()) == [OFF]


def test_a_mail_server_that_never_says_a_word_is_off_after_seconds(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "PATIENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("BAILIWICK_SMTP", f"127.0.0.1:{silent.getsockname()[1]}")
        assert states(mail.server()) == [OFF]


def test_a_mail_server_that_greets_is_good(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def greet(server: socket.socket) -> None:
        link, _ = server.accept()
        with link, link.makefile("rb") as lines:
            link.sendall(b"220 here\r\n")
            for _ in lines:
                link.sendall(b"250 fine\r\n")

    with socket.create_server(("127.0.0.1", 0)) as server:
        speaking = threading.Thread(target=greet, args=(server,))
        speaking.start()
        monkeypatch.setenv("BAILIWICK_SMTP", f"127.0.0.1:{server.getsockname()[1]}")
        assert states(mail.server()) == [GOOD]
        speaking.join(5)


def test_an_import_that_nobody_takes_in_is_watched(village: Village) -> None:
    assert states(here(village, work.waiting())) == [GOOD]
    for minutes, state in ((5, GOOD), (20, WATCH)):
        Import.objects.in_network(village.by).create(
            network_id=village.by.network, source="crm", by=village.by.person, state=Import.State.ASKED,
            created=datetime.now(UTC) - timedelta(minutes=minutes),
        )  # fmt: skip
        assert states(here(village, work.waiting())) == [state]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"BAILIWICK_SECRET": "s" * 50}, GOOD),
        ({"BAILIWICK_SECRET": "short"}, OFF),
        ({"BAILIWICK_SECRET": "s" * 50, "BAILIWICK_METRICS": "m" * 15}, WATCH),
        ({"BAILIWICK_SECRET": "s" * 50, "BAILIWICK_METRICS": "m" * 16}, GOOD),
        ({}, WATCH),
        ({"BAILIWICK_SECRET": "s" * 50, "BAILIWICK_HOSTS": "localhost"}, GOOD),
        ({"BAILIWICK_SECRET": "s" * 50, "BAILIWICK_HOSTS": "sales.example.com"}, OFF),
        ({"BAILIWICK_SECRET": "s" * 50, "BAILIWICK_HOSTS": "sales.example.com", "BAILIWICK_HTTPS": "1"}, OFF),
        (
            {
                "BAILIWICK_SECRET": "s" * 50,
                "BAILIWICK_HOSTS": "sales.example.com",
                "BAILIWICK_HTTPS": "1",
                "BAILIWICK_BEHIND_PROXY": "1",
            },
            GOOD,
        ),
    ],
)
def test_dangerous_settings(home: Path, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], expected: str) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert states(around.settings(Place(home, given=False))) == [expected]


def test_a_secret_that_others_can_read_is_off(home: Path) -> None:
    (home / "secret").write_text("s" * 50)
    for mode, state in ((0o600, GOOD), (0o640, OFF)):
        (home / "secret").chmod(mode)
        assert states(around.settings(Place(home, given=False))) == [state]


def test_a_demonstration_that_other_machines_reach_is_off(village: Village, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAILIWICK_SECRET", "s" * 50)
    place = Place(home, given=False, tables=True)
    Network.objects.create(slug="shown", name="Shown", demo=True)
    assert states(around.settings(place)) == [WATCH], "it stands beside a network of one's own"
    for name, value in {"HOSTS": "a.example", "HTTPS": "1", "BEHIND_PROXY": "1"}.items():
        monkeypatch.setenv(f"BAILIWICK_{name}", value)
    assert states(around.settings(place)) == [OFF]
