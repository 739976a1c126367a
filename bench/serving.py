"""A server under load: eight clients at once over HTTP, what they got, and the CPU of everything that worked for it."""

import http.client
import json
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from bench.clocks import seconds_of
from bench.processes import HOST, below, child, command_of, cpu, free_port, pss, stat

LATEST = 120.0  # seconds after which a start has failed
PATIENCE = 600.0  # seconds for one answer


@dataclass(frozen=True)
class Request:
    """One request and the status that is insisted on. An answer that tells of an `error` in its status 200 is refused, too."""

    path: str
    headers: Mapping[str, str]
    body: bytes | None = None
    method: str = "GET"
    status: int = 200
    error: bytes = b""

    def ask(self, line: http.client.HTTPConnection) -> bytes:
        """The answer."""
        line.request(self.method, self.path, self.body, dict(self.headers))
        answer = line.getresponse()
        content = answer.read()
        if answer.status != self.status or (self.error and self.error in content[:200]):
            raise RuntimeError(f"{self.path} answered {answer.status}: {content[:300]!r}")
        return content


@dataclass(frozen=True)
class Pressed:
    """What came of some seconds of load."""

    answers: int
    seconds: float
    web: float
    backends: float

    @property
    def pace(self) -> float:
        """Answers a second."""
        return self.answers / self.seconds

    @property
    def each(self) -> float:
        """CPU of one answer, in milliseconds."""
        return (self.web + self.backends) * 1000 / self.answers

    def told(self) -> str:
        """The parts of it."""
        web, backends = (spent * 1000 / self.answers for spent in (self.web, self.backends))
        return f"{web:.2f} ms web + {backends:.2f} ms backends"


@dataclass(frozen=True)
class Server:
    """A running server, with the database that it asks and the postmaster that this is of."""

    port: int
    root: int
    database: str
    postmaster: int

    def ask(self, request: Request) -> bytes:
        """The answer to one request on a connection of its own."""
        line = self.line()
        try:
            return request.ask(line)
        finally:
            line.close()

    def line(self) -> http.client.HTTPConnection:
        """A new connection."""
        return http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)

    def spent(self) -> tuple[float, float]:
        """CPU seconds so far, user and system time: of its processes, and of the backends of its database.

        Backends that ended are in the postmaster's own sum, with whatever else of PostgreSQL has ended.
        """
        web = sum(map(cpu, below(self.root)))
        backends = [pid for pid in below(self.postmaster)[1:] if f" {self.database} " in command_of(pid)]
        return web, sum(seconds_of(pid) or 0.0 for pid in backends) + cpu(self.postmaster)

    def memory(self) -> dict[str, float]:
        """PSS of its processes in MB, PostgreSQL's not among them."""
        return pss(self.root)

    def pressed(self, requests: Sequence[Request], seconds: float) -> Pressed:
        """As many clients at once as there are requests, each sending its own again and again for so many seconds."""
        load = _Load(time.monotonic() + seconds)
        clients = [threading.Thread(target=load.run, args=(self.line(), request), daemon=True) for request in requests]
        before, began = self.spent(), time.monotonic()
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        took = time.monotonic() - began
        if load.broken:
            raise load.broken[0]
        web, backends = (now - then for now, then in zip(self.spent(), before, strict=True))
        return Pressed(load.answers, took, web, backends)


@dataclass
class _Load:
    until: float
    answers: int = 0
    broken: list[Exception] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, line: http.client.HTTPConnection, request: Request) -> None:
        """One client. What breaks it is told by the one who waits: a thread's own exception would be lost."""
        try:
            while time.monotonic() < self.until and not self.broken:
                request.ask(line)
                with self.lock:
                    self.answers += 1
        except (OSError, http.client.HTTPException, RuntimeError) as why:
            self.broken.append(why)
        finally:
            line.close()


@dataclass(frozen=True)
class Side:
    """One of the two: how its server is started, and what is asked of it."""

    name: str
    command: Sequence[str]  # with PORT where the port belongs
    environment: Mapping[str, str]
    database: str
    postmaster: int
    create: Sequence[Request] = ()
    first: Request = Request("/", {})
    deep: Request = Request("/", {})

    @contextmanager
    def started(self, request: Request) -> Iterator[tuple[Server, float]]:
        """Its server, once it answers this request, and after how many seconds it did; ended with the block."""
        port = free_port()
        with child([str(port) if part == "PORT" else part for part in self.command], self.environment) as process:
            server, began = Server(port, process.pid, self.database, self.postmaster), time.monotonic()
            while not _answers(server, request):
                if process.poll() is not None or time.monotonic() - began > LATEST:
                    raise RuntimeError(f"{self.name} does not answer ({process.returncode})")
                time.sleep(0.02)
            yield server, time.monotonic() - began


def _answers(server: Server, request: Request) -> bool:
    try:
        server.ask(request)
    except OSError:
        return False
    return True


def as_json(value: object) -> bytes:
    """The body of a request."""
    return json.dumps(value).encode()


def postmaster_of(backend: int) -> int:
    """The process that a backend was started by."""
    return int(stat(backend)[1])
