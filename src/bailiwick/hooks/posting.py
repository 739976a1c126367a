"""One message leaves: the name is looked up once, judged, and the very address that was judged is called.

It knows no table, no clock of the house and no proxy. Of the answer it reads the status and nothing else; it follows nothing.
"""

import re
import socket
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic

from bailiwick.hooks.rules.sites import Network, Site, may_call, site_of

CONNECT, WHOLE = 5.0, 10.0  # seconds to be connected, and in all
MOST = 65536  # bytes of an answer that are looked at for its status
STATUS = re.compile(rb"HTTP/1\.[01] ([1-5][0-9][0-9])[ \r\n]")
BLANK = b"\r\n\r\n"
Resolve = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """The status that came back, or a code for why none did."""

    status: int | None = None
    trouble: str = ""


class NoAddress(OSError):
    """The name leads nowhere, or to an address that may not be called: both are told alike."""


class NoAnswer(OSError):
    """What answered does not speak HTTP."""


def resolved(host: str, port: int) -> list[str]:
    """The addresses to which a name leads now."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def post(
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    inside: Sequence[Network] = (),
    resolve: Resolve = resolved,
    trust: ssl.SSLContext | None = None,
) -> Answer:
    """What became of one POST. `inside`: networks of one's own that may be called; `resolve`: from a name to addresses."""
    end = monotonic() + WHOLE
    try:
        site = site_of(url)
        if site is None:
            raise NoAddress
        addresses = _looked_up(site, resolve)
        if not may_call(site, addresses, inside):
            raise NoAddress
        with _connected(site, addresses, trust or _trusted(), end) as line:
            line.settimeout(_left(end))
            line.sendall(_request(site, headers, body))
            return Answer(status=_status(line, end))
    except NoAddress:
        return Answer(trouble="no_address")
    except NoAnswer:
        return Answer(trouble="no_http")
    except TimeoutError:
        return Answer(trouble="silent")
    except ssl.SSLError:
        return Answer(trouble="tls")
    except OSError:
        return Answer(trouble="unreachable")


@cache
def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context()


def _looked_up(site: Site, resolve: Resolve) -> Sequence[str]:
    """The system's own look-up knows no patience: it is left behind after a while."""
    told: SimpleQueue[Sequence[str]] = SimpleQueue()

    def ask() -> None:
        try:
            told.put(resolve(site.host, site.port))
        except (OSError, UnicodeError):
            told.put(())

    Thread(target=ask, daemon=True).start()
    try:
        return told.get(timeout=CONNECT)
    except Empty:
        raise NoAddress from None


def _connected(site: Site, addresses: Sequence[str], trust: ssl.SSLContext, end: float) -> socket.socket:
    """A connection to the first address that takes it; with TLS only to what proves that it is the host."""
    until, why = min(end, monotonic() + CONNECT), OSError()
    for address in addresses:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        line = socket.socket(family, socket.SOCK_STREAM)
        try:
            line.settimeout(_left(until))
            line.connect((address, site.port))
            line.settimeout(_left(until))
            return trust.wrap_socket(line, server_hostname=site.host) if site.tls else line
        except OSError as no:
            line.close()
            why = no
    raise why


def _request(site: Site, headers: Mapping[str, str], body: bytes) -> bytes:
    own = {"Host": site.named, "User-Agent": "Bailiwick", "Content-Type": "application/json", "Content-Length": str(len(body))}
    lines = [f"POST {site.path} HTTP/1.1", *(f"{name}: {value}" for name, value in {**own, **headers}.items())]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("ascii") + body


def _status(line: socket.socket, end: float) -> int:
    """The status of the answer; what only announces one (100, 103) is read over."""
    told = b""
    while len(told) < MOST:
        line.settimeout(_left(end))
        part = line.recv(4096)
        if not part:
            break
        told += part
        while found := STATUS.match(told):
            status = int(found[1])
            if status >= 200:
                return status
            if BLANK not in told:
                break
            told = told.partition(BLANK)[2]
    raise NoAnswer


def _left(end: float) -> float:
    left = end - monotonic()
    if left <= 0:
        raise TimeoutError
    return left
