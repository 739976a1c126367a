"""A load on a served home: sellers who log calls and send lines through the pages, and remember what was acknowledged."""

import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import uuid4

TOKEN = "a" * 32  # a secret of the right length in the cookie and in the header: the pages ask for no more
BROKEN = (OSError, http.client.HTTPException)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Browser:
    """Somebody who is signed in."""

    port: int
    session: str

    def get(self, path: str, timeout: float = 5) -> tuple[int, Mapping[str, str], str]:
        """Status, headers (names in small letters) and text of a page."""
        return self._ask("GET", path, "", {}, timeout)

    def post(self, path: str, form: Mapping[str, str], key: str = "", timeout: float = 10) -> int:
        """The status of an act, with an Idempotency-Key where one is given."""
        return self.answer(path, form, key, timeout)[0]

    def answer(
        self, path: str, form: Mapping[str, str], key: str = "", timeout: float = 10
    ) -> tuple[int, Mapping[str, str], str]:
        """Status, headers and text of what an act is answered with."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": TOKEN}
        return self._ask("POST", path, urlencode(form), headers | ({"Idempotency-Key": key} if key else {}), timeout)

    def _ask(
        self, method: str, path: str, body: str, headers: Mapping[str, str], timeout: float
    ) -> tuple[int, Mapping[str, str], str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            cookie = {"Cookie": f"sessionid={self.session}; csrftoken={TOKEN}"}
            connection.request(method, path, body or None, {**headers, **cookie})
            answer = connection.getresponse()
            headers_told = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, headers_told, answer.read().decode(errors="replace")
        finally:
            connection.close()

    def answers(self) -> bool:
        """Whether a page that needs the store comes."""
        try:
            return self.get("/my-day", timeout=2)[0] == 200
        except BROKEN:
            return False

    def until_it_answers(self, within: float) -> float:
        """Seconds until a page came."""
        begun = time.monotonic()
        while not self.answers():
            assert time.monotonic() - begun < within, f"no page within {within} s"
            time.sleep(0.05)
        return time.monotonic() - begun


@dataclass
class Load:
    """What the threads did. `kept` holds the marks of acts that were acknowledged, `tried` those that were asked for."""

    kept: list[str] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    answers: dict[int, int] = field(default_factory=dict)
    broken: int = 0


@contextmanager
def load(browser: Browser, account: str, threads: int = 8) -> Iterator[Load]:
    """While the block runs half of the threads log calls, once each; the other half send lines with a key until kept."""
    done, stop = Load(), threading.Event()
    acts = [_call, _line]
    runners = [
        threading.Thread(target=_run, args=(acts[number % 2], browser, account, done, stop), daemon=True)
        for number in range(threads)
    ]
    for runner in runners:
        runner.start()
    try:
        yield done
    finally:
        stop.set()
        for runner in runners:
            runner.join(30)


def _run(act: Callable[..., None], browser: Browser, account: str, done: Load, stop: threading.Event) -> None:
    while not stop.is_set():
        mark = uuid4().hex
        done.tried.append(mark)
        act(browser, account, mark, done, stop)


def _sent(browser: Browser, path: str, form: Mapping[str, str], key: str, done: Load) -> bool:
    try:
        status = browser.post(path, form, key)
    except BROKEN:
        done.broken += 1
        time.sleep(0.05)
        return False
    done.answers[status] = done.answers.get(status, 0) + 1
    return status in (204, 302)


def _call(browser: Browser, account: str, mark: str, done: Load, stop: threading.Event) -> None:
    if _sent(browser, f"/accounts/{account}/activities", {"kind": "call", "text": f"call {mark}"}, "", done):
        done.kept.append(mark)


def _line(browser: Browser, account: str, mark: str, done: Load, stop: threading.Event) -> None:
    end = time.monotonic() + 20  # also after the stop: a line that was begun is sent until it is kept
    while time.monotonic() < end:
        if _sent(browser, "/line", {"line": f"called Hafen Logistik GmbH {mark}", "key": mark}, mark, done):
            done.kept.append(mark)
            return
