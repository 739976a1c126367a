"""Every request has an id that a person can quote, and one line in the log that holds nothing of what it was about."""

import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from unittest.mock import patch

import pytest
from django.test import Client

from bailiwick.vitals.log import Discreet, Json, Line
from tests.village import Village

SignIn = Callable[[str], Client]
MADE = re.compile(r"[0-9a-f]{16}")


class Ear:
    """What the log says, to whichever kind of reader."""

    def __init__(self, formatter: logging.Formatter) -> None:
        self.said = io.StringIO()
        self.handler = logging.StreamHandler(self.said)
        self.handler.setFormatter(formatter)
        self.handler.addFilter(Discreet())

    @property
    def lines(self) -> list[str]:
        return self.said.getvalue().splitlines()

    @property
    def objects(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.lines]


@pytest.fixture
def ear(request: pytest.FixtureRequest) -> Iterator[Ear]:
    """An ear on the whole log from INFO on; `request.param` is its kind, JSON unless told."""
    one = Ear(getattr(request, "param", Json)())
    root = logging.getLogger()
    was = root.level
    root.addHandler(one.handler)
    root.setLevel(logging.INFO)
    yield one
    root.setLevel(was)
    root.removeHandler(one.handler)


@pytest.mark.parametrize("given", ["a", "abc-DEF_1.2", "x" * 64])
def test_the_id_that_a_proxy_gave_is_kept(given: str) -> None:
    assert Client().get("/sign-in/", headers={"X-Request-Id": given})["X-Request-Id"] == given


@pytest.mark.parametrize("given", ["", "x" * 65, "with blank", "ümlaut", "semi;colon", "<script>", "a\u2028b"])
def test_what_is_no_id_is_replaced_by_one(given: str) -> None:
    assert MADE.fullmatch(Client().get("/sign-in/", headers={"X-Request-Id": given})["X-Request-Id"])


def test_a_request_is_one_object_a_line_with_its_route_and_without_what_it_named(
    village: Village, signed_in: SignIn, ear: Ear
) -> None:
    account = village.accounts["Hafen Logistik GmbH"].pk
    answer = signed_in("noor").get(f"/accounts/{account}?q=Ann+Berg", headers={"X-Request-Id": "mine"})
    (told,) = ear.objects
    assert {name: told[name] for name in ("level", "logger", "request", "method", "route", "status")} == {
        "level": "INFO",
        "logger": "bailiwick.answers",
        "request": "mine",
        "method": "GET",
        "route": "/accounts/<uuid:which>",
        "status": answer.status_code,
    }
    assert isinstance(told["duration_ms"], float)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", str(told["time"]))
    assert str(account) not in ear.lines[0]
    assert "Ann" not in ear.lines[0]


@pytest.mark.parametrize("ear", [Json, Line], indirect=True)
@pytest.mark.parametrize(
    "path",
    ["/dates/bw_secret.ics", "/welcome/bw_secret", "/password/reset/key/1-bw_secret/", "/nowhere/bw_secret", "/api/v1/bw_secret"],
)
def test_no_token_stands_in_the_log(village: Village, path: str, ear: Ear) -> None:
    Client().get(path, {"token": "bw_secret"}, headers={"Referer": "http://testserver/welcome/bw_secret"})
    assert len(ear.lines) == 1
    assert "bw_secret" not in ear.lines[0]


def test_a_form_of_another_site_is_told_with_its_reason_and_without_addresses(village: Village, ear: Ear) -> None:
    where = f"/accounts/{village.accounts['Hafen Logistik GmbH'].pk}/change"
    for headers in ({"Origin": "https://evil.example"}, {"Referer": "https://evil.example/secret"}, {}):
        assert Client(enforce_csrf_checks=True).post(where, {}, secure=True, headers=headers).status_code == 403
    reasons = [one["message"] for one in ear.objects if one["logger"] == "bailiwick.web"]
    assert reasons == ["csrf: Origin checking failed", "csrf: Referer checking failed", "csrf: Referer checking failed"]
    assert len(ear.lines) == 6
    assert not re.search(r"evil|secret|[0-9a-f]{8}-", ear.said.getvalue())


def test_what_is_refused_is_a_warning_with_its_route(village: Village, signed_in: SignIn, ear: Ear) -> None:
    foreign = village.people["arvid"].pk
    signed_in("noor").get("/imports")
    signed_in("noor").get(f"/people/{foreign}")
    Client().get("/api/v1/me")
    told = [(one["level"], one["route"], one["status"]) for one in ear.objects if one["logger"] == "bailiwick.answers"]
    assert told == [("WARNING", "/imports", 403), ("WARNING", "/people/<uuid:who>", told[1][2]), ("WARNING", "/api/v1/me", 401)]
    assert told[1][2] in (403, 404)
    assert str(foreign) not in ear.said.getvalue()


@pytest.mark.parametrize("ear", [Json, Line], indirect=True)
def test_nothing_that_was_sent_begins_a_line_of_the_log(village: Village, ear: Ear) -> None:
    forged = "x\r\n2026-11-30 ERROR forged"
    Client().generic("GET\nforged", "/sign-in/")
    Client().get("/nowhere/%0d%0aforged", headers={"X-Request-Id": forged, "User-Agent": forged, "Referer": forged})
    logging.getLogger("bailiwick.web").warning("somebody typed %s", forged)
    assert len(ear.lines) == 3
    assert not [line for line in ear.lines[:2] if "forged" in line]
    assert not [line for line in ear.lines if line.startswith("2026-11-30 ERROR")]


@pytest.mark.parametrize("ear", [Line], indirect=True)
def test_people_read_a_line(village: Village, ear: Ear) -> None:
    Client().get("/sign-in/", headers={"X-Request-Id": "mine"})
    assert re.fullmatch(r"\S+ \S+ INFO bailiwick\.answers GET /sign-in/ 200 [\d.]+ ms \[mine\]", ear.lines[0])


@pytest.mark.parametrize("ear", [Json, Line], indirect=True)
def test_a_bug_tells_its_places_and_none_of_its_words(village: Village, signed_in: SignIn, ear: Ear) -> None:
    client = signed_in("noor")
    client.raise_request_exception = False
    with patch("bailiwick.web.door.access_of", side_effect=ValueError("Ann Berg")):
        answer = client.get("/my-day", headers={"X-Request-Id": "mine"})
    assert answer.status_code == 500
    assert "<code>mine</code>" in answer.content.decode()
    said = ear.said.getvalue()
    assert "ValueError" in said
    assert "web/door.py" in said
    assert "mine" in said
    assert "Ann Berg" not in said


def test_a_bug_of_the_api_gives_the_id_in_its_problem_document(village: Village) -> None:
    with patch("bailiwick.api.bearer.ApiToken.objects.filter", side_effect=ValueError):
        answer = Client(raise_request_exception=False).get(
            "/api/v1/units", headers={"Authorization": "Bearer bw_x", "X-Request-Id": "mine"}
        )
    assert (answer.status_code, answer.json()["instance"]) == (500, "urn:bailiwick:mine")
