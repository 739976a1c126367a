"""What the source reaches outside of itself: the store, the mail server, and by one place the receivers of webhooks."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.source import modules, place

CALLERS = frozenset(
    "aiohttp ftplib http.client httpx imaplib paramiko poplib pycurl requests smtplib socket socketserver telnetlib urllib.request "
    "urllib3 websocket websockets xmlrpc".split()
)
# Where one of them is needed, and why it reaches nothing that a request names.
KNOWN = {
    ("src/bailiwick/cli/doctor/mail.py", "smtplib"): "the mail server of the settings, asked whether it takes us",
    ("src/bailiwick/cli/serving.py", "socket"): "looks whether the own port is free",
    ("src/bailiwick/hooks/posting.py", "socket"): "the one place that calls what somebody typed, once it is judged (tests/hooks)",
    ("src/bailiwick/web/signin/company.py", "requests"): "names what the provider of the settings may fail with; calls nothing",
}
UNSAFE = frozenset("dill jsonpickle marshal pickle shelve yaml".split())
RUNNING = frozenset(("eval", "exec", "compile", "__import__"))


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)


def using(names: frozenset[str]) -> set[tuple[str, str]]:
    return {(place(path), name) for path, tree in modules().items() for name in imported(tree) if name in names}


def called(tree: ast.Module, path: Path) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RUNNING:
            yield f"{place(path)}:{node.lineno} {node.func.id}"


def test_nothing_else_calls_an_address_that_somebody_typed() -> None:
    """There is no picture, calendar or preview to fetch: what could fetch one is not even imported."""
    assert using(CALLERS) == set(KNOWN)


def test_nothing_stored_or_sent_is_turned_into_objects_or_code() -> None:
    assert using(UNSAFE) == set()
    assert [one for path, tree in modules().items() for one in called(tree, path)] == []


def test_no_command_goes_through_a_shell() -> None:
    through = [
        f"{place(path)}:{node.lineno}"
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for given in node.keywords
        if given.arg == "shell" or (isinstance(node.func, ast.Attribute) and node.func.attr in ("system", "popen"))
    ]
    assert through == []
