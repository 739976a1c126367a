"""A program with holes, to see whether the scanners find them; and the place to which attacked servers are lured."""

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from socketserver import ThreadingMixIn
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs
from urllib.request import urlopen
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

START = '<a href="/hello?name=Ann">hello</a> <a href="/find?q=Anlage">find</a> <a href="/picture?address=http://127.0.0.1/">p</a>'


@dataclass
class Planted:
    """It prints what it is given, asks its store by text, and calls what it is told to. `lured`: who came to the lure."""

    port: int = 0
    lured: list[str] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        typed = {name: values[0] for name, values in parse_qs(environ["QUERY_STRING"]).items()}
        status, text = self.answer(environ["PATH_INFO"], typed)
        kind = "application/json" if text == "{}" else "text/html; charset=utf-8"
        start_response(status, [("Content-Type", kind), ("Set-Cookie", "key=1")])
        return [text.encode()]

    def answer(self, path: str, typed: dict[str, str]) -> tuple[str, str]:
        if path.startswith(("/get_ssrf.php", "/get_xxe.php")):  # the scanner asks who came; we look ourselves
            return "200 OK", "{}"
        if path.startswith("/ssrf/") or path.endswith(".dtd"):
            self.lured.append(path)
            return "200 OK", "come in"
        if path == "/hello":
            return "200 OK", f"<p>Hello {typed.get('name', '')}</p>"
        if path == "/find":
            return found(typed.get("q", ""))
        if path == "/picture" and typed.get("address", "").startswith(f"http://127.0.0.1:{self.port}/"):
            return fetched(typed["address"])
        return ("200 OK", START) if path == "/" else ("404 Not Found", "nothing")


def fetched(address: str) -> tuple[str, str]:
    try:
        with urlopen(address, timeout=5) as picture:
            return "200 OK", picture.read().decode(errors="replace")
    except (OSError, HTTPException) as why:
        if isinstance(why, HTTPError):
            why.close()
        return "502 Bad Gateway", "no picture"


def found(typed: str) -> tuple[str, str]:
    with closing(sqlite3.connect(":memory:")) as store:
        store.executescript("CREATE TABLE deal (title text, value int); INSERT INTO deal VALUES ('Anlage', 7), ('Halle', 9)")
        try:
            rows = store.execute(f"SELECT title, value FROM deal WHERE title = '{typed}'").fetchall()
        except sqlite3.Error as why:
            return "500 Internal Server Error", f"sqlite3.OperationalError: {why}"
    return "200 OK", "".join(f"<li>{title} {value}</li>" for title, value in rows) or "<p>None at all.</p>"


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *said: object) -> None:
        """Nobody reads it."""


@contextmanager
def planted() -> Iterator[Planted]:
    """It answers on loopback while the block runs."""
    program = Planted()
    with make_server("127.0.0.1", 0, program, _Server, _Quiet) as server:
        program.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield program
        server.shutdown()
        thread.join(5)
