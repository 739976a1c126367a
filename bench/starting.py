"""Real processes: how soon `bailiwick serve` answers, what it holds when idle, how soon `bailiwick --help` is there."""

import http.client
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.figure import Figure
from bench.home import HERE, Say
from bench.processes import HOST, below, child, cpu, free_port, pss

WORKERS = 2
LATEST = 120.0  # seconds after which a start has failed
STARTS, HELPS = 3, 11
MOST_COLD, MOST_HELP = 5, 0.1
SETTLING, WARMING = 3.0, 40  # seconds of rest, and requests before it, so that both workers have loaded all they load


@dataclass(frozen=True)
class Served:
    """One start: seconds to the first 200, elapsed and of CPU, and the PSS of each process when idle, in MB."""

    seconds: float
    cpu: float
    memory: Mapping[str, float]


def served(home: Path, outside: Mapping[str, str], at_rest: Callable[[], None], say: Say) -> list[Figure]:
    """Memory and start of `serve` on the existing home, beside granian with an empty application, in turns.

    `at_rest` waits until the store of the home has stopped.
    """
    product, empty = [], []
    for turn in range(STARTS):
        at_rest()
        product.append(_serve(_product(home), outside, "/sign-in/"))
        empty.append(_serve(_empty(), outside | {"PYTHONPATH": str(HERE.parent)}, "/"))
        say(f"start {turn + 1} of {STARTS}: {product[-1].seconds:.2f} s, empty application {empty[-1].seconds:.2f} s")
    return [_memory(product, empty), _cold(product, empty)]


def _memory(product: Sequence[Served], empty: Sequence[Served]) -> Figure:
    middle = sorted(product, key=lambda one: sum(one.memory.values()))[len(product) // 2]
    parts = ", ".join(f"{name} {size:.0f}" for name, size in middle.memory.items())
    return Figure(
        name="idle_memory",
        value=sum(middle.memory.values()),
        unit="MB PSS",
        rival=f"granian with {WORKERS} workers and an empty application",
        rival_value=median(sum(one.memory.values()) for one in empty),
        note=f"{parts}; without PostgreSQL",
    )


def _cold(product: Sequence[Served], empty: Sequence[Served]) -> Figure:
    return Figure(
        name="cold_start",
        value=median(one.seconds for one in product),
        unit="s",
        rival=f"granian with {WORKERS} workers and an empty application",
        rival_value=median(one.seconds for one in empty),
        most=MOST_COLD,
        note="to the first 200 of the sign-in page on an existing home whose PostgreSQL is at rest; files in the page cache; "
        "elapsed time, so it grows with whatever else the machine does: "
        f"CPU of its processes meanwhile {median(one.cpu for one in product):.2f} s (PostgreSQL's not counted), "
        f"rival {median(one.cpu for one in empty):.2f} s",
    )


def helped(outside: Mapping[str, str]) -> Figure:
    """`bailiwick --help` beside an interpreter that does nothing."""
    script = Path(sys.executable).parent / "bailiwick"
    own = [str(script)] if script.exists() else [sys.executable, "-m", "bailiwick.cli"]
    commands = ([*own, "--help"], [sys.executable, "-c", "pass"])
    for command in commands:
        _run(command, outside)
    rounds = [[_run(command, outside) for command in commands] for _ in range(HELPS)]
    (cpu, elapsed), (bare, _) = ([median(turn[which][part] for turn in rounds) for part in (0, 1)] for which in (0, 1))
    return Figure(
        name="help_start",
        value=cpu,
        unit="s CPU",
        rival="python -c pass",
        rival_value=bare,
        most=MOST_HELP,
        note=f"CPU of the one process, which on an idle machine is the time to wait; elapsed here {elapsed:.3f} s",
    )


def _run(command: Sequence[str], environment: Mapping[str, str]) -> tuple[float, float]:
    """(CPU seconds, elapsed seconds) of a short command."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, env=dict(environment), stdout=subprocess.DEVNULL, check=True)  # noqa: S603
    elapsed, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, elapsed


def _product(home: Path) -> Callable[[int], list[str]]:
    return lambda port: [
        sys.executable, "-m", "bailiwick.cli", "--home", str(home), "serve", "--port", str(port), "--workers", str(WORKERS),
    ]  # fmt: skip


def _empty() -> Callable[[int], list[str]]:
    return lambda port: [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port),
        "--workers", str(WORKERS), "--blocking-threads", "4", "--no-ws", "--log-level", "warning", "bench.empty:application",
    ]  # fmt: skip


def _serve(command: Callable[[int], list[str]], environment: Mapping[str, str], path: str) -> Served:
    """Start, wait for the first 200, warm, rest, look, stop."""
    port = free_port()
    with child(command(port), environment) as server:
        began = time.monotonic()
        while not _answers(port, path):
            if server.poll() is not None or time.monotonic() - began > LATEST:
                raise RuntimeError(f"{server.args} does not answer ({server.returncode})")
            time.sleep(0.02)
        seconds, spent = time.monotonic() - began, sum(map(cpu, below(server.pid)))
        for _ in range(WARMING):
            _answers(port, path)
        time.sleep(SETTLING)
        return Served(seconds, spent, pss(server.pid))


def _answers(port: int, path: str) -> bool:
    caller = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        caller.request("GET", path)
        return caller.getresponse().status == 200
    except OSError:
        return False
    finally:
        caller.close()
