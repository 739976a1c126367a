"""`bailiwick receive` as a mail server calls it: a process, one mail on its input, exit codes of sysexits, nothing told to strangers."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from bailiwick import cli
from bailiwick.cli import receive as receiving
from bailiwick.cli import surroundings
from bailiwick.demo.removal import remove
from bailiwick.kit import Actor
from bailiwick.network.commands import end_mail_address, give_token, renew_mail_address
from bailiwick.network.models import Membership, Person
from bailiwick.notices.models import Message
from bailiwick.pipeline.models import Activity, Arrival
from bailiwick.tenancy.models import Network
from bailiwick.tenancy.within import set_network, within
from tests.cli.test_doctor import closed_port
from tests.house.source import ROOT
from tests.pipeline.mails import forwarded, invitation, mail
from tests.village import NOW, Village, settle


@pytest.fixture(scope="module")
def settled(django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[Village, str]]:
    """A village that other processes see, and the secret of Noor's address."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            village = settle(f"mail-{uuid4().hex[:8]}")
            Network.objects.filter(pk=village.by.network).update(demo=True)
            secret = renew_mail_address(by=village.actor("noor"), now=NOW)
        yield village, secret
        remove(Network.objects.get(pk=village.by.network))


def piped(raw: bytes, *words: str, home: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "bailiwick.cli", "--home", str(home), "receive", *words]
    return subprocess.run(
        command, input=raw, env=os.environ | environment, cwd=ROOT, capture_output=True, check=False, timeout=120
    )


def waiting(village: Village) -> list[Arrival]:
    with within(village.by.network):
        return list(Arrival.objects.in_network(village.by).order_by("id"))


def test_a_mail_that_a_server_hands_over_is_proposed_once(settled: tuple[Village, str], tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> None:  # fmt: skip
    village, secret = settled
    raw = mail(key="handed over")
    with ThreadPoolExecutor(4) as many:  # a server that tries again, while the first is at it
        said = list(many.map(lambda _: piped(raw, f"log+{secret}@in.example", "--json", home=tmp_path), range(4)))
    assert [one.returncode for one in said] == [0] * 4, said
    assert sorted(json.loads(one.stdout)["proposed"] for one in said) == [0, 0, 0, 1]
    assert piped(invitation(), home=tmp_path, ORIGINAL_RECIPIENT=f"log+{secret.upper()}@in.example").returncode == 0
    with django_db_blocker.unblock():
        assert [row.kind for row in waiting(village)] == ["mail", "meeting"]
        with within(village.by.network):
            assert not Activity.objects.in_network(village.by).filter(source="arrival").exists()


def test_a_store_that_is_away_means_later(settled: tuple[Village, str], tmp_path: Path) -> None:
    away = f"postgresql://nobody@127.0.0.1:{closed_port()}/nothing"
    done = piped(mail(), f"log+{settled[1]}@in.example", home=tmp_path, DATABASE_URL=away, DATABASE_OWNER_URL=away)
    assert done.returncode == 75
    assert settled[1].encode() not in done.stdout + done.stderr


Run = Callable[..., int]


@pytest.fixture
def run(village: Village, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The same in this process, in the store of the tests: its exit code."""
    monkeypatch.setattr(surroundings, "with_django", lambda home, migrate: None)

    def command(raw: bytes, *words: str) -> int:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        code = cli.main(["receive", *words])
        set_network(village.by.network)
        return code

    return command


@pytest.fixture
def address(village: Village) -> str:
    return f"log+{renew_mail_address(by=village.actor('noor'), now=NOW)}@in.example"


def proposed(village: Village) -> int:
    return Arrival.objects.in_network(village.by).count()


@pytest.mark.parametrize("name", ["Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc"])
def test_without_an_argument_the_head_says_whom_it_is_for(village: Village, run: Run, address: str, name: str) -> None:
    """As a script of fetchmail or getmail has it, and a mail that was sent as a blind copy."""
    assert run(f"{name}: <{address}>\r\n".encode() + mail()) == 0
    assert proposed(village) == 1


def test_the_address_in_the_text_is_no_address(village: Village, run: Run, address: str) -> None:
    assert run(mail(f"To: {address}")) == 67


@pytest.mark.parametrize("ending", ["renewed", "ended", "left", "no role"])
def test_an_address_that_is_nobodys_any_more_is_refused_like_one_that_never_was(
    village: Village, run: Run, address: str, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    by = village.actor("noor")
    assert run(mail(), "log+abcdefghijklmnopqrstuvwxyz234567@in.example") == 67
    never = capsys.readouterr()
    if ending == "renewed":
        renew_mail_address(by=by, now=NOW)
    if ending == "ended":
        end_mail_address(by=by, now=NOW)
    if ending == "left":
        from bailiwick.network.commands import end_access

        end_access(village.people["noor"].pk, by=village.by, now=NOW)
    if ending == "no role":
        Membership.objects.in_network(village.by).filter(person=village.people["noor"].pk).update(until=NOW)
    assert run(mail(), address) == 67
    assert capsys.readouterr() == never
    assert proposed(village) == 0


@pytest.mark.parametrize("given", ["", "noor@village.example", "log@in.example", "log+short@in.example", "log+" + "a" * 500, "\x00", "--"])  # fmt: skip
def test_any_other_address_is_unknown(village: Village, run: Run, given: str) -> None:
    words = (given,) if given not in ("", "--") else ()
    assert run(mail(), *words) == 67


def test_another_token_of_the_same_person_is_no_address(village: Village, run: Run) -> None:
    token = give_token(label="x", scope="write", by=village.actor("noor"), now=NOW)[1]
    assert run(mail(), f"log+{token}@in.example") == 67


@pytest.mark.parametrize(("raw", "code"), [(b"\x00\x01", 65), (mail("x" * 10_000_001), 65), (forwarded("gmail de"), 0)])
def test_what_cannot_be_read_is_65(village: Village, run: Run, address: str, raw: bytes, code: int) -> None:
    assert run(raw, address) == code


def test_a_bomb_of_mails_stops_at_two_hundred_with_one_notice(village: Village, run: Run, address: str, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr(receiving, "MOST_A_DAY", 3)
    assert receiving.MOST_BYTES == 10_000_000
    assert [run(mail(), address) for _ in range(6)] == [0, 0, 0, 75, 75, 75]
    assert proposed(village) == 3
    told = Message.objects.in_network(village.by).filter(kind="arrivals")
    assert [one.person for one in told] == [village.people["noor"].pk]
    assert told[0].subject == "More than 3 mails came to your address today"


def test_what_is_printed_names_nobody(village: Village, run: Run, address: str, capsys: pytest.CaptureFixture[str]) -> None:
    for raw, words in ((mail(), (address,)), (b"\x00", (address,)), (mail(), ("log+x@in.example",))):
        run(raw, *words)
    said = "".join(capsys.readouterr())
    for person in Person.objects.in_network(village.by):
        assert person.name not in said
    assert address[4:36] not in said
    assert isinstance(village.by, Actor)
