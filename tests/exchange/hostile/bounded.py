"""A reading in a process of its own that may take so much memory and time and no more, and writes to no disk."""

import os
import pickle
import resource
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bailiwick.exchange.reading import read
from bailiwick.exchange.rules.detecting import detect
from bailiwick.exchange.rules.rehearsing import rehearse
from bailiwick.kit import Refused
from tests.exchange.unknown import TODAY

MEMORY = 700 * 1024 * 1024  # on top of what the tests themselves take: what a small machine can spare
SECONDS = 10


@dataclass(frozen=True)
class Read:
    """What came of files: the refusal in words, or the deals, the rows that were refused and the findings."""

    refused: tuple[str, str] = ("", "")
    remedy: str = ""
    tables: tuple[str, ...] = ()
    deals: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    accepted: int = 0
    reasons: Mapping[int, str] = field(default_factory=dict)
    findings: Mapping[str, str] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()
    took: float = 0.0


def within_bounds(paths: list[Path]) -> Read:
    """The files read, told and rehearsed where more memory or time than the bounds ends the process, and so the test."""
    into, out = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover
        code = 1
        try:
            os.close(into)
            _bind()
            with os.fdopen(out, "wb") as pipe:
                pickle.dump(_read(paths), pipe)
            code = 0
        finally:
            os._exit(code)
    os.close(out)
    with os.fdopen(into, "rb") as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    assert status == 0, f"the reading ended by {os.waitstatus_to_exitcode(status)}: more than the bounds, or an accident"
    found: Read = pickle.loads(told)
    return found


def _bind() -> None:
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, size + MEMORY))
    used = int(time.process_time())
    resource.setrlimit(resource.RLIMIT_CPU, (used + SECONDS, used + SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Not a byte may go to a disk.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _read(paths: list[Path]) -> Read:
    began = time.process_time()
    try:
        tables = read(paths)
        mapping = detect(tables, source="hostile")
    except Refused as refusal:
        sentence, remedy = str(refusal.sentence), str(refusal.remedy or "")
        names = tuple(table.name for table in tables) if "tables" in locals() else ()
        return Read((refusal.code, sentence), remedy, names, took=time.process_time() - began)
    found = rehearse(tables, mapping, today=TODAY)
    return Read(
        tables=tuple(table.name for table in tables),
        deals={one.values["title"]: dict(one.values) for one in found.records["opportunity"]},
        accepted=found.accepted,
        reasons={row.line: str(row.reason) for row in found.refused},
        findings={one.kind: str(one.sentence) for one in found.findings},
        asked=frozenset(one.key for one in mapping.questions),
        took=time.process_time() - began,
    )
