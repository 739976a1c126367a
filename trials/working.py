"""What simulated people do all day: lists, cards, their day, the search box, lines, calls, deals, steps, exports, the API."""

import http.client
import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from trials.load import BROKEN, TOKEN

REFUSALS = frozenset({403, 404, 409, 422, 429})  # answers that a rule gives: no trouble
PATIENCE = 30.0  # seconds after which somebody gives up: an error
WORDS = ("terminals", "Works 3", "site 12", "Hafen", "GmbH", "Kran", "termnals")
LISTS = (
    "/pipeline", "/pipeline?standing=won", "/pipeline?order=-value", "/pipeline?standing=undecided&order=title", "/accounts",
    "/accounts?order=-name", "/activities", "/people",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answered:
    """One request: begun at (seconds of the run), how long, what it was, its status; 0 for a connection that broke."""

    at: float
    took: float
    what: str
    status: int


@dataclass
class Day:
    """What everybody did: every request, and the marks of acts of a kind that were tried and acknowledged."""

    began: float = field(default_factory=time.monotonic)
    answered: list[Answered] = field(default_factory=list)
    tried: list[tuple[str, str]] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)


@dataclass
class Worker:
    """Somebody who is signed in and thinks between two things; with a browser and with a program of their own."""

    told: Mapping[str, Any]
    port: int
    day: Day
    random: Random

    def work(self, stop: threading.Event, think: float) -> None:
        """One thing after the other until told to stop, after a pause each, of `think` seconds in the mean."""
        mix = READS[1:] if self.told["role"] == "director" else READS + ACTS
        acts, weights = [act for act, _ in mix], [weight for _, weight in mix]
        while not stop.wait(self.random.uniform(0.2, 1.8) * think):
            self.random.choices(acts, weights)[0](self)

    def get(self, what: str, path: str) -> None:
        self.ask(what, "GET", path, "", {})

    def post(self, what: str, path: str, form: Mapping[str, str], mark: str = "") -> None:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": TOKEN}
        self._keeping(what, path, urlencode(form), headers, mark, (204, 302))

    def program(self, what: str, method: str, path: str, body: Mapping[str, Any] | None = None, mark: str = "") -> None:
        headers = {"Authorization": f"Bearer {self.told['token']}", "Content-Type": "application/json"}
        if body is None:
            self.ask(what, method, path, "", headers)
        else:
            self._keeping(what, path, json.dumps(body), headers, mark, (201,))

    def _keeping(self, what: str, path: str, body: str, headers: Mapping[str, str], mark: str, fine: tuple[int, ...]) -> None:
        if mark:
            self.day.tried.append((what, mark))
        if self.ask(what, "POST", path, body, headers) in fine and mark:
            self.day.kept.add(mark)

    def ask(self, what: str, method: str, path: str, body: str, headers: Mapping[str, str]) -> int:
        """The status of one request, which is noted."""
        begun, status = time.monotonic(), 0
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        cookie = {} if "Authorization" in headers else {"Cookie": f"sessionid={self.told['session']}; csrftoken={TOKEN}"}
        try:
            connection.request(method, path, body or None, {**headers, **cookie})
            answer = connection.getresponse()
            answer.read()
            status = answer.status
        except BROKEN:
            pass
        finally:
            connection.close()
        took = time.monotonic() - begun
        self.day.answered.append(Answered(begun - self.day.began, took, what, status))
        return status

    def a(self, what: str) -> str:
        """One of the own deals, companies or steps."""
        return str(self.random.choice(self.told[what]))

    def mark(self) -> str:
        return f"lm{uuid4().hex}"


def _call(one: Worker) -> None:
    mark = one.mark()
    one.post("activity", f"/accounts/{one.a('accounts')}/activities", {"kind": "call", "text": f"spoke {mark}"}, mark)


def _line(one: Worker) -> None:
    mark = one.mark()
    one.post("line", "/line", {"line": f"note about the offer {mark}", "key": mark}, mark)


def _deal(one: Worker) -> None:
    mark = one.mark()
    form = {"title": f"deal {mark}", "value": "1200", "expected": "", "origin": ""}
    one.post("new deal", f"/opportunities/new?account={one.a('accounts')}", form, mark)


def _by_program(one: Worker) -> None:
    mark = one.mark()
    body = {"title": f"deal {mark}", "account": one.a("accounts"), "value": "1300.00"}
    one.program("api create", "POST", "/api/v1/opportunities", body, mark)


def _move(one: Worker) -> None:
    one.post("step", f"/opportunities/{one.a('deals')}/step", {"step": one.a("steps")})


def soon() -> str:
    """A day before which few deals are expected."""
    return (datetime.now(UTC) + timedelta(days=10)).date().isoformat()


Act = Callable[[Worker], None]
READS: tuple[tuple[Act, int], ...] = (
    (lambda one: one.get("my day", "/my-day"), 12),
    (lambda one: one.get("list", one.random.choice(LISTS)), 20),
    (lambda one: one.get("search", "/search/live?" + urlencode({"q": one.random.choice(WORDS)})), 8),
    (lambda one: one.get("company", f"/accounts/{one.a('accounts')}"), 10),
    (lambda one: one.get("deal", f"/opportunities/{one.a('deals')}"), 8),
    (lambda one: one.get("board", "/pipeline/board"), 3),
    (lambda one: one.get("export", f"/lists/pipeline/file/csv?expected_to={soon()}"), 1),
    (lambda one: one.get("messages", "/messages"), 3),
    (lambda one: one.program("api read", "GET", "/api/v1/opportunities?limit=20"), 6),
)
ACTS: tuple[tuple[Act, int], ...] = ((_call, 10), (_line, 8), (_deal, 4), (_by_program, 4), (_move, 5))
