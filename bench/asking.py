"""A caller of the WSGI application in this process: what a server does with it, without a server."""

import io
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any


@dataclass
class Caller:
    """Asks one application, keeps its cookies as a browser does, and insists on the expected status."""

    application: Callable[..., Iterable[bytes]]
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, body: bytes | None = None, *, status: int = 200) -> bytes:
        """The answer to a GET, or to a POST of JSON."""
        told: dict[str, Any] = {}

        def start(line: str, headers: list[tuple[str, str]], trouble: object = None) -> None:
            told["status"], told["headers"] = int(line.split(maxsplit=1)[0]), headers

        answer = self.application(self._environ(path, body), start)
        try:
            content = b"".join(answer)
        finally:
            getattr(answer, "close", lambda: None)()
        if told["status"] != status:
            raise RuntimeError(f"{path} answered {told['status']}: {content[:300]!r}")
        for name, value in told["headers"]:
            if name.lower() == "set-cookie":
                self.cookies |= {key: one.value for key, one in SimpleCookie(value).items()}
        return content

    def _environ(self, path: str, body: bytes | None) -> dict[str, Any]:
        address, _, query = path.partition("?")
        posted = {} if body is None else {"CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(body))}
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {
            "REQUEST_METHOD": "GET" if body is None else "POST",
            "SCRIPT_NAME": "",
            "PATH_INFO": address,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "HTTP_ACCEPT_LANGUAGE": "en",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body or b""),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            **({"HTTP_COOKIE": cookie} if cookie else {}),
            **posted,
            **self.headers,
        }
