"""The commands, as two operators use them: out of this store, into one of its own that counts its transactions from the beginning."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from bailiwick.cli import main
from bailiwick.cli.clerk import clerk
from bailiwick.demo import build
from bailiwick.demo.building import SMALL
from bailiwick.demo.removal import remove
from bailiwick.ledger.clock import lift_above
from bailiwick.ledger.queries import last_moment
from bailiwick.network.models import Person
from bailiwick.tenancy.models import Network
from bailiwick.tenancy.within import within
from tests.house.source import ROOT
from tests.moving.conftest import Left, sealed
from tests.village import NOW, Village

FAR = 10_000_000


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Network]:
    """A small demonstration network, sealed, in a store that has counted further than a new one has."""
    with django_db_blocker.unblock():
        lift_above(FAR)
        build(size=SMALL, now=NOW, slug="demo-moving")
        network = Network.objects.get(slug="demo-moving")
        sealed(Village(clerk(network.pk)))
        yield network
        remove(network)


def here(home: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    """A command on the store of these tests."""
    code = main(["--home", str(home), *arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def elsewhere(home: Path, *arguments: str) -> tuple[int, Any]:
    """A command on the store of a home of its own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "BAILIWICK_", "PG"))}
    command = [sys.executable, "-m", "bailiwick.cli", "--home", str(home), *arguments, "--json"]
    told = subprocess.run(command, env=clean, cwd=ROOT, capture_output=True, text=True, timeout=180, check=False)
    assert told.stdout, told.stderr
    return told.returncode, json.loads(told.stdout)


def test_a_demonstration_in_another_store_says_what_it_said_here(
    built: Network, real: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, home, other = str(tmp_path / "demo.zip"), tmp_path / "home", tmp_path / "other"
    code, exported = here(home, capsys, "export", file, "--network", "demo-moving")
    assert code == 0
    code, told = here(home, capsys, "digest", "--network", "demo-moving")
    assert (code, told["digest"]) == (0, exported["digest"])
    _, rate = here(home, capsys, "measure", "win_rate", "--network", "demo-moving", "--by", "seller")
    with within(built.pk):
        assert last_moment(clerk(built.pk)) > FAR

    code, admitted = elsewhere(other, "admit", file, "--network", "ours")
    assert code == 0, admitted
    assert (admitted["digest"], admitted["rows"], admitted["trouble"]) == (exported["digest"], exported["rows"], [])
    assert [one["director"] for one in admitted["directors"]] == ["Dora Lang"]
    assert elsewhere(other, "digest", "--network", "ours")[1]["tables"] == told["tables"]
    assert elsewhere(other, "measure", "win_rate", "--network", "ours", "--by", "seller")[1] == rate
    assert elsewhere(other, "admit", file, "--network", "again")[0] == 1
    lines = elsewhere(other, "doctor", "--ledger")[1]
    ledger = [line for line in lines if line["check"] == "ledger"]
    assert [line["state"] for line in ledger] == ["good"], ledger
    goes_on(other, tmp_path)


def goes_on(other: Path, folder: Path) -> None:
    """What is done in the other store from now on stands above all that came, and is sealed."""
    people = folder / "people.csv"
    people.write_text("Name,E-Mail\nNew Seller,new@seller.example\n")
    taken = elsewhere(other, "import", str(people), "--network", "ours", "--source", "crm")
    assert taken[0] == 0, taken
    code, closed = elsewhere(other, "seal")
    assert code == 0
    assert closed["sealed"] > 0
    lines = [line for line in elsewhere(other, "doctor", "--ledger")[1] if line["check"] == "ledger"]
    assert [(line["state"], "2 seals" in line["found"]) for line in lines] == [("good", True)], lines


def test_who_was_erased_after_the_export_is_erased_again(
    left: Left, real: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    noor = left.village.people["noor"].pk
    listed = tmp_path / "erased.jsonl"
    listed.write_text(json.dumps({"network": str(left.id), "kind": "person", "subject": str(noor), "at": NOW.isoformat()}) + "\n")
    try:
        code, told = here(tmp_path, capsys, "admit", str(left.file), "--network", "erased-again", "--erased", str(listed))
        assert (code, told["erased"], told["trouble"]) == (0, 1, [])
        code, _ = here(tmp_path, capsys, "digest", "--network", "erased-again")
        assert str(noor) in (tmp_path / "erased.jsonl").read_text()
        with within(left.id):
            assert Person.objects.in_network(clerk(left.id)).get(pk=noor).name == ""
    finally:
        for network in Network.objects.filter(slug="erased-again"):
            remove(network)


def test_commands_refuse_in_words(real: None, left: Left, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = tmp_path / "there.zip"
    there.write_text("mine")
    for arguments, words in (
        (("export", str(there), "--network", "none-such"), "nothing here"),
        (("admit", str(there), "--network", "x"), "no whole export"),
        (("admit", str(left.file), "--network", "Not A Slug"), "cannot name a network"),
        (("digest", "--network", "none-such"), "nothing here"),
    ):
        code, told = here(tmp_path, capsys, *arguments)
        assert code == 1
        assert words in told["refused"]
    assert there.read_text() == "mine"


def test_commands_say_what_they_did(real: None, left: Left, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        assert main(["--home", str(tmp_path), "admit", str(left.file), "--network", "said"]) == 0
        said = capsys.readouterr().out
        assert left.description["digest"] in said
        assert "Dora Lang signs in by opening, once: http://127.0.0.1:8000/welcome/" in said
        assert main(["--home", str(tmp_path), "digest", "--network", "said"]) == 0
        assert capsys.readouterr().out.splitlines()[-1].startswith(left.description["digest"])
        assert main(["--home", str(tmp_path), "export", str(tmp_path / "again.zip"), "--network", "said"]) == 0
        assert left.description["digest"] in capsys.readouterr().out
    finally:
        for network in Network.objects.filter(slug="said"):
            remove(network)
