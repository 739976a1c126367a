"""A real server on the loopback that takes what hooks send, and answers as it is told."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from bailiwick.hooks.rules.sites import networks

LOOPBACK = networks("127.0.0.0/8")
FINE = b"HTTP/1.1 204 No Content\r\n\r\n"
Answering = Callable[[socket.socket], None]


@dataclass
class Listener:
    """Where it listens, what it was sent (whole requests), and how often somebody connected."""

    port: int = 0
    sent: list[bytes] = field(default_factory=list)
    connected: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/in"

    def body(self, which: int = -1) -> bytes:
        return self.sent[which].partition(b"\r\n\r\n")[2]

    def headers(self, which: int = -1) -> dict[str, str]:
        lines = self.sent[which].partition(b"\r\n\r\n")[0].decode().split("\r\n")[1:]
        return {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}


def saying(answer: bytes) -> Answering:
    return lambda line: line.sendall(answer)


@contextmanager
def listening(answer: Answering | bytes = FINE, tls: ssl.SSLContext | None = None) -> Iterator[Listener]:
    """A listener on a free port; each connection is read to the end of its request and answered."""
    act = saying(answer) if isinstance(answer, bytes) else answer
    door = socket.create_server(("127.0.0.1", 0))
    listener = Listener(door.getsockname()[1])

    def serve() -> None:
        with suppress(OSError):
            while True:
                line, _ = door.accept()
                listener.connected += 1
                threading.Thread(target=take, args=(line,), daemon=True).start()

    def take(line: socket.socket) -> None:
        with suppress(OSError), line:
            line.settimeout(20)
            spoken = tls.wrap_socket(line, server_side=True) if tls else line
            with spoken:
                listener.sent.append(_request(spoken))
                act(spoken)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listener
    finally:
        with suppress(OSError):
            door.shutdown(socket.SHUT_RDWR)
        door.close()


def _request(line: socket.socket) -> bytes:
    told = b""
    while b"\r\n\r\n" not in told:
        part = line.recv(65536)
        if not part:
            return told
        told += part
    head, _, body = told.partition(b"\r\n\r\n")
    length = next(int(one.split(b":")[1]) for one in head.split(b"\r\n") if one.lower().startswith(b"content-length:"))
    while len(body) < length:
        body += line.recv(65536)
    return head + b"\r\n\r\n" + body
