"""One message leaves, to the address that was judged and to no other; of the answer only the status is read."""

import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bailiwick.hooks import posting
from bailiwick.hooks.posting import MOST, Answer, post
from tests.hooks.listening import FINE, LOOPBACK, Listener, listening

BODY = b'{"type":"hooks.test"}'
HEADERS = {"webhook-id": "msg_1"}


def leading(*addresses: str) -> Callable[[str, int], Sequence[str]]:
    """A look-up of names that leads all of them there."""
    return lambda host, port: addresses


def sent(listener: Listener, **more: object) -> Answer:
    return post(listener.url, HEADERS, BODY, inside=LOOPBACK, **more)  # type: ignore[arg-type]


def test_a_message_is_one_post_with_its_own_headers_and_nothing_else() -> None:
    with listening() as there:
        assert sent(there) == Answer(status=204)
    assert there.sent[0].startswith(b"POST /in HTTP/1.1\r\n")
    assert there.body() == BODY
    assert there.headers() == {
        "host": f"127.0.0.1:{there.port}",
        "user-agent": "Bailiwick",
        "content-type": "application/json",
        "content-length": str(len(BODY)),
        "webhook-id": "msg_1",
        "connection": "close",
    }


@pytest.mark.parametrize("status", [200, 201, 299, 301, 302, 307, 308, 400, 404, 410, 429, 500, 503])
def test_whatever_the_status_is_it_comes_back_and_nothing_is_followed(status: int) -> None:
    with listening() as other:
        said = f"HTTP/1.1 {status} Anything\r\nLocation: {other.url}\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n".encode()
        with listening(said) as there:
            assert sent(there) == sent(there) == Answer(status=status)
    assert other.connected == 0
    assert "cookie" not in there.headers(1)


def test_what_is_not_opened_is_not_even_connected_to() -> None:
    with listening() as there:
        assert post(there.url, HEADERS, BODY) == Answer(trouble="no_address")
        name = f"http://rebinding.example:{there.port}/"
        assert post(name, HEADERS, BODY, resolve=leading("127.0.0.1")) == Answer(trouble="no_address")
        time.sleep(0.05)
    assert there.connected == 0


def test_a_name_is_looked_up_once_and_the_very_address_that_was_judged_is_called() -> None:
    """A name that leads elsewhere at the second look (DNS rebinding) never gets one."""
    looks: list[str] = []

    def turning(host: str, port: int) -> Sequence[str]:
        looks.append(host)
        return ["127.0.0.1"] if len(looks) == 1 else ["169.254.169.254"]

    with listening() as there:
        answer = post(f"http://name.example:{there.port}/x?y=z", HEADERS, BODY, inside=LOOPBACK, resolve=turning)
    assert answer == Answer(status=204)
    assert looks == ["name.example"]
    assert there.sent[0].startswith(b"POST /x?y=z HTTP/1.1")
    assert there.headers()["host"] == f"name.example:{there.port}"


def test_one_forbidden_address_among_those_of_a_name_stops_everything() -> None:
    with listening() as there:
        answer = post(
            f"http://name.example:{there.port}/", HEADERS, BODY, inside=LOOPBACK, resolve=leading("127.0.0.1", "10.0.0.1")
        )
        time.sleep(0.05)
    assert answer == Answer(trouble="no_address")
    assert there.connected == 0


@pytest.mark.parametrize("url", ["https://localhost/", "https://127.1/", "https://0x7f.1/", "https://2130706433/", "https://0/"])
def test_the_systems_own_look_up_leads_no_spelling_of_the_loopback_past_the_rule(url: str) -> None:
    assert post(url, HEADERS, BODY) == Answer(trouble="no_address")


def test_a_name_that_leads_nowhere_is_told_as_one_that_leads_inside() -> None:
    def nowhere(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror("not known")

    assert post("https://nowhere.example/", HEADERS, BODY, resolve=nowhere) == Answer(trouble="no_address")
    assert post("https://inside.example/", HEADERS, BODY, resolve=leading("10.0.0.1")) == Answer(trouble="no_address")
    assert post("https://none.example/", HEADERS, BODY, resolve=leading()) == Answer(trouble="no_address")


def test_a_proxy_that_the_surroundings_name_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening() as proxy, listening() as there:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        assert sent(there) == Answer(status=204)
    assert (proxy.connected, there.connected) == (0, 1)


def test_an_address_that_does_not_answer_is_followed_by_the_next_of_the_name() -> None:
    with listening() as there:
        shut = post(f"http://n.example:{there.port}/", HEADERS, BODY, inside=LOOPBACK, resolve=leading("127.0.0.2", "127.0.0.1"))
    assert shut == Answer(status=204)


def test_a_closed_port_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    assert post(f"http://127.0.0.1:{port}/", HEADERS, BODY, inside=LOOPBACK) == Answer(trouble="unreachable")


@pytest.fixture
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same rule with shorter times."""
    monkeypatch.setattr(posting, "WHOLE", 0.6)
    monkeypatch.setattr(posting, "CONNECT", 0.3)


@pytest.mark.usefixtures("_hurried")
def test_one_who_says_nothing_is_left_after_a_while() -> None:
    with listening(lambda line: time.sleep(3)) as there:
        began = time.monotonic()
        assert sent(there) == Answer(trouble="silent")
        assert time.monotonic() - began < 2


@pytest.mark.usefixtures("_hurried")
def test_one_who_answers_a_letter_at_a_time_is_left_after_the_same_while() -> None:
    def drip(line: socket.socket) -> None:
        for letter in b"HTTP/1.1 100 Continue\r\n\r\n" * 5:
            line.sendall(bytes([letter]))
            time.sleep(0.05)

    with listening(drip) as there:
        began = time.monotonic()
        assert sent(there) == Answer(trouble="silent")
        assert time.monotonic() - began < 2


@pytest.mark.usefixtures("_hurried")
def test_a_look_up_that_hangs_is_left_after_a_while() -> None:
    def slow(host: str, port: int) -> Sequence[str]:
        time.sleep(2)
        return ["127.0.0.1"]

    began = time.monotonic()
    assert post("https://slow.example/", HEADERS, BODY, resolve=slow) == Answer(trouble="no_address")
    assert time.monotonic() - began < 1.5


def test_what_only_announces_an_answer_is_read_over() -> None:
    with listening(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + FINE) as there:
        assert sent(there) == Answer(status=204)


@pytest.mark.parametrize("said", [b"", b"SSH-2.0-OpenSSH_9\r\n", b"HTTP/2 200 OK\r\n\r\n", b"HTTP/1.1 999 X\r\n\r\n", b"x" * 200])
def test_what_is_no_answer_of_http_is_none(said: bytes) -> None:
    with listening(said) as there:
        assert sent(there) == Answer(trouble="no_http")


def test_of_an_answer_without_end_no_more_than_a_little_is_read() -> None:
    given: list[int] = []

    def flood(line: socket.socket) -> None:
        for _ in range(2000):
            line.sendall(b"x" * 65536)
            given.append(65536)

    with listening(flood) as there:
        assert sent(there) == Answer(trouble="no_http")
        time.sleep(0.1)
    assert sum(given) < MOST * 200, "what was written stays in the buffers of the connection"


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context with a certificate for good.example, and that of somebody who trusts it."""
    place: Path = tmp_path_factory.mktemp("tls")
    key, certificate = place / "key.pem", place / "certificate.pem"
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=good.example"
    alternative = ["-addext", "subjectAltName=DNS:good.example", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(["openssl", *words.split(), *alternative], check=True, capture_output=True)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    return server, ssl.create_default_context(cafile=str(certificate))


def test_over_tls_the_name_is_proved_while_the_judged_address_is_called(
    certified: tuple[ssl.SSLContext, ssl.SSLContext],
) -> None:
    server, trust = certified
    asked: list[str | None] = []
    server.sni_callback = lambda line, name, context: asked.append(name)
    with listening(tls=server) as there:
        led = {"inside": LOOPBACK, "resolve": leading("127.0.0.1"), "trust": trust}
        assert post(f"https://good.example:{there.port}/", HEADERS, BODY, **led) == Answer(status=204)  # type: ignore[arg-type]
        assert post(f"https://other.example:{there.port}/", HEADERS, BODY, **led) == Answer(trouble="tls")  # type: ignore[arg-type]
        assert post(f"https://127.0.0.1:{there.port}/", HEADERS, BODY, **led) == Answer(trouble="tls")  # type: ignore[arg-type]
        stranger = led | {"trust": None}
        assert post(f"https://good.example:{there.port}/", HEADERS, BODY, **stranger) == Answer(trouble="tls")  # type: ignore[arg-type]
    assert asked[:2] == ["good.example", "other.example"]
    assert len(there.sent) == 1, "nothing is said to whom is not proved"


def test_a_server_without_tls_is_told_nothing_by_an_address_with_it(certified: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    with listening() as there:
        url = f"https://good.example:{there.port}/"
        answer = post(url, HEADERS, BODY, inside=LOOPBACK, resolve=leading("127.0.0.1"), trust=certified[1])
    assert answer.status is None
    assert BODY not in b"".join(there.sent)
