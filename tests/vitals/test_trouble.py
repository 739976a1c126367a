"""A store that is away is 503 and a full one 507 wherever it happens, in a page or around it. PostgreSQL itself raises it here."""

import errno
import gc
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings

from bailiwick.network.commands import give_token
from bailiwick.network.models import Session
from bailiwick.vitals.trouble import status_of
from bailiwick.web.sessions import SessionStore
from tests.village import NOW, Village

SignIn = Callable[[str], Client]
AWAY, FULL = "57P01", "53100"
STATUS = {AWAY: 503, FULL: 507}
SENTENCE = {AWAY: "The store does not answer just now.", FULL: "The disk is full"}


@contextmanager
def breaking(begins: str, names: str, code: str) -> Iterator[None]:
    """Statements that begin so and name such a table end in this error of the server."""

    def ask(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if str(sql).startswith(begins) and names in str(sql):
            return execute(f"DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{code}'; END $$", None, False, context)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(ask):
        yield


def test_the_driver_and_the_machine_mean_the_same() -> None:
    for why, status in (
        (psycopg.errors.DiskFull(), 507),
        (psycopg.errors.AdminShutdown(), 503),
        (psycopg.InterfaceError(), 503),
        (OSError(errno.EDQUOT, ""), 507),
        (OSError(errno.EACCES, ""), 500),
        (None, 500),
    ):
        assert status_of(why) == status, why


@pytest.fixture
def client(signed_in: SignIn) -> Client:
    one = signed_in("noor")
    one.raise_request_exception = False
    return one


def says(answer: HttpResponse, code: str) -> None:
    page = answer.content.decode()
    assert answer.status_code == STATUS[code], page
    assert SENTENCE[code] in page
    assert "Traceback" not in page
    assert answer["X-Request-Id"] in page
    assert answer.get("Retry-After") == ("5" if code == AWAY else None)


@pytest.mark.parametrize("code", STATUS)
@pytest.mark.parametrize("table", ["network_session", "network_login", "network_access", "pipeline_"])
def test_reading_for_a_page(village: Village, client: Client, table: str, code: str) -> None:
    with breaking("SELECT", table, code):
        says(client.get("/my-day"), code)


@pytest.mark.parametrize("code", STATUS)
def test_a_session_that_cannot_be_written_after_the_page_is_done(village: Village, client: Client, code: str) -> None:
    with breaking("UPDATE", "network_session", code):
        says(client.post("/settings/network", {"network": str(village.by.network)}), code)


@pytest.mark.parametrize("code", STATUS)
def test_a_session_that_cannot_be_made_when_somebody_signs_in(village: Village, code: str) -> None:
    login = village.login("noor")
    login.set_password("a long enough word")
    login.save()
    client = Client(raise_request_exception=False)
    with breaking("INSERT", "network_session", code):
        says(client.post("/sign-in/", {"login": login.email, "password": "a long enough word"}), code)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with room for nothing much."""
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(tmp_path)], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("a small disk can be mounted by root only, with the right to mount")
    yield tmp_path
    gc.collect()  # what did not fit goes before its disk
    subprocess.run(["umount", "-l", str(tmp_path)], check=True)


# What was not written yet cannot be written either when Python closes the file.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_file_for_which_there_is_no_room_on_our_own_disk(village: Village, signed_in: SignIn, small_disk: Path) -> None:
    client = signed_in("dora")
    client.raise_request_exception = False
    large = SimpleUploadedFile("export.csv", b"name,website\n" * 300_000)
    with override_settings(FILE_UPLOAD_TEMP_DIR=str(small_disk)):
        says(client.post("/imports", {"files": large}), FULL)


@pytest.mark.parametrize("code", STATUS)
@pytest.mark.parametrize("table", ["network_apitoken", "network_unit"])
def test_the_api_answers_with_a_problem_document(village: Village, table: str, code: str) -> None:
    _, text = give_token(label="x", scope="read", by=village.actor("noor"), now=NOW)
    client = Client(raise_request_exception=False)
    with breaking("SELECT", table, code):
        answer = client.get("/api/v1/units", headers={"Authorization": f"Bearer {text}"})
    assert (answer.status_code, answer["Content-Type"]) == (STATUS[code], "application/problem+json")
    assert answer.json()["instance"] == f"urn:bailiwick:{answer['X-Request-Id']}"


def test_a_session_that_somebody_has_ended_is_no_trouble_of_the_store(village: Village, client: Client) -> None:
    store = SessionStore(session_key=client.session.session_key)
    store["x"] = 1
    Session.objects.all().delete()
    with pytest.raises(UpdateError):
        store.save()
