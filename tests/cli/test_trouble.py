"""A command under which the store or the disk gives up says so in plain words, and what to do; a bug stays loud."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.db import OperationalError

from bailiwick.cli.trouble import as_refusal

NOWHERE = "postgresql://nobody@/nothing?host=/nowhere"


def full_store() -> OperationalError:
    """As Django raises it: what the driver said stands behind it."""
    try:
        try:
            raise psycopg.errors.DiskFull('could not extend file "base/1/2": No space left on device\nHINT:  Check it.')
        except psycopg.OperationalError as cause:
            raise OperationalError(str(cause)) from cause
    except OperationalError as why:
        return why


@pytest.mark.parametrize(
    ("why", "code"),
    [
        (full_store(), "disk_full"),
        (OSError(errno.ENOSPC, "No space left on device"), "disk_full"),
        (OperationalError("the connection is closed"), "store_gave_up"),
        (psycopg.OperationalError("connection refused"), "store_gave_up"),
        (OSError(errno.EIO, "Input/output error"), "disk_failed"),
        (KeyError("a bug"), None),
    ],
)
def test_trouble_of_disk_and_store_is_told_and_a_bug_is_not(why: Exception, code: str | None) -> None:
    told = as_refusal(why)
    assert (told.code if told else None) == code
    assert told is None or "\n" not in str(told.sentence)


def run(*arguments: str, home: Path) -> "subprocess.CompletedProcess[str]":
    surroundings = os.environ | {"DATABASE_URL": NOWHERE, "BAILIWICK_HOME": str(home)}
    for name in ("DATABASE_OWNER_URL", "DATABASE_MIRROR_URL", "DATABASE_ADMIN_URL"):
        surroundings.pop(name, None)
    return subprocess.run([sys.executable, "-m", *arguments], env=surroundings, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("verb", [["seal"], ["migrate"], ["backup", "there.bw"], ["import", __file__, "--network", "n"]])
def test_a_command_without_a_store_says_so_in_one_line(verb: list[str], tmp_path: Path) -> None:
    if verb[0] == "import":
        verb = ["import", str(tmp_path / "deals.csv"), "--network", "n"]
        (tmp_path / "deals.csv").write_text("deal_id,account,value\nD1,Acme,5\n")
    done = run("bailiwick.cli", "--home", str(tmp_path), *verb, "--json", home=tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "gave up" in done.stderr
    assert json.loads(done.stdout)["remedy"]  # one document, whatever went wrong
    assert not (tmp_path / "there.bw").exists()


def test_migrating_without_a_store_says_so_in_one_line(tmp_path: Path) -> None:
    done = run("bailiwick.cli.owner", home=tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "gave up" in done.stderr
