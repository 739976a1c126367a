"""CPU time of this process and of the PostgreSQL backend that works for it, for two rivals in turn.

CPU time, because other work on the machine lengthens every waiting but hardly this.
"""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

Act = Callable[[], object]
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Spent:
    """CPU seconds of one act: in this process, and in its backend (None where that cannot be read)."""

    web: float
    backend: float | None

    @property
    def total(self) -> float:
        """Both together, as far as they are known."""
        return self.web + (self.backend or 0.0)

    def told(self) -> str:
        """The parts, in milliseconds."""
        return f"{self.web * 1000:.2f} ms web + " + (
            "backend unreadable" if self.backend is None else f"{self.backend * 1000:.2f} ms backend"
        )


def in_turns(one: Act, other: Act, *, rounds: int, each: int) -> tuple[Spent, Spent]:
    """The median cost of one call of each: `rounds` times `each` calls of the one and then of the other."""
    for act in (one, other) * 2:
        _spend(act, each)
    spent = [(_spend(one, each), _spend(other, each)) for _ in range(rounds)]
    return _middle([pair[0] for pair in spent]), _middle([pair[1] for pair in spent])


def _middle(spent: Sequence[Spent]) -> Spent:
    """The round whose total is the median, so that its parts add up."""
    return sorted(spent, key=lambda one: one.total)[len(spent) // 2]


def _spend(act: Act, times: int) -> Spent:
    pid, before = backend(), seconds_of(backend())
    began = time.process_time()
    for _ in range(times):
        act()
    web = time.process_time() - began
    after = seconds_of(pid)
    if backend() != pid:
        raise RuntimeError("the connection to the store was made anew: these figures are worth nothing")
    return Spent(web / times, None if before is None or after is None else (after - before) / times)


def backend() -> int:
    """The process of the server that works for this one."""
    from django.db import connection

    connection.ensure_connection()
    return int(connection.connection.info.backend_pid)


def seconds_of(pid: int) -> float | None:
    """What a process of one thread has spent: in nanoseconds where the kernel tells, else in ticks of user and system time."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    except (OSError, ValueError, IndexError):
        pass
    try:
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / TICK
    except (OSError, ValueError, IndexError):
        return None
