"""A hundred people at work for a while: errors, waiting times by thirds, memory, and whether every kept act is there once.

`python -m trials.steady --minutes 30 --deals 1000000 --keep` makes the long run and keeps its result in bench/kept/load.json.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import quantiles
from typing import Any

import psycopg

from trials.exports import write_export
from trials.homes import ROOT, Home, folder
from trials.served import Served, served
from trials.working import REFUSALS, Answered, Day, Worker

KEPT = ROOT / "bench" / "kept" / "load.json"
WARMING = 0.1  # of the run, before anything is counted by thirds
LOOKS_EVERY = 5.0
# Every mark once over, however many rows there are: what was tried is looked up among what was found.
FOUND = """
SELECT mark, count(DISTINCT id), sum(events)::int FROM (
    SELECT substring(a.text from 'lm[0-9a-f]{32}') mark, a.id,
        (SELECT count(*) FROM ledger_entry e WHERE e.subject = a.id AND e.kind = 'pipeline.activity_logged') events
    FROM pipeline_activity a WHERE a.text ~ 'lm[0-9a-f]{32}'
    UNION ALL
    SELECT substring(o.title from 'lm[0-9a-f]{32}'), o.id,
        (SELECT count(*) FROM ledger_entry e WHERE e.subject = o.id AND e.kind = 'pipeline.opportunity_opened')
    FROM pipeline_opportunity o WHERE o.title ~ 'lm[0-9a-f]{32}'
) found GROUP BY mark
"""


@dataclass
class Run:
    """What was seen: the day's requests, memory over time, what became of the import and the backup, the marks in the store."""

    seconds: float
    day: Day
    memory: list[tuple[float, dict[str, float]]] = field(default_factory=list)
    beside: dict[str, str] = field(default_factory=dict)
    found: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def lost(self) -> list[str]:
        """Acknowledged acts that are not in the store with exactly one row and one event."""
        return sorted(mark for mark in self.day.kept if self.found.get(mark) != (1, 1))

    @property
    def twice(self) -> list[str]:
        """Acts that are in the store more than once, acknowledged or not."""
        return sorted(mark for mark, found in self.found.items() if found != (1, 1))

    @property
    def errors(self) -> list[Answered]:
        """Answers that no rule explains: 5xx, connections that broke or took too long, and whatever nobody expects."""
        return [one for one in self.day.answered if one.status not in REFUSALS and not 200 <= one.status < 400]


def known(home: Home) -> None:
    """The planner knows the rows: the store sees to that by itself within seconds, and the run begins behind that."""
    with home.store() as address, psycopg.connect(address.admin, autocommit=True) as admin:
        admin.execute("VACUUM ANALYZE")


def run(home: Home, people: Sequence[dict[str, Any]], seconds: float, think: float, ground: Path) -> Run:
    """Everybody works for so many seconds; an import and a backup are made meanwhile."""
    write_export(ground / "export", 200)
    with served(home, people[2]["session"]) as site:
        seen, stop = Run(seconds, Day()), threading.Event()
        at_work = [
            threading.Thread(target=Worker(one, site.port, seen.day, Random(number)).work, args=(stop, think), daemon=True)
            for number, one in enumerate(people)
        ]
        others = [
            threading.Thread(target=_beside, args=(seen, seconds * part, act, home, arguments), daemon=True)
            for part, act, *arguments in (
                (0.4, "import", str(ground / "export"), "--network", "arrivals", "--json"),
                (0.6, "backup", str(ground / "busy.bw")),
            )
        ]  # fmt: skip
        for thread in (*at_work, *others):
            thread.start()
        while (past := time.monotonic() - seen.day.began) < seconds:
            seen.memory.append((past, memory(site)))
            time.sleep(min(LOOKS_EVERY, max(0.0, seconds - past)))
        seen.memory.append((time.monotonic() - seen.day.began, memory(site)))
        stop.set()
        for thread in (*at_work, *others):
            thread.join(180)
        seen.found = {mark: (rows, events) for mark, rows, events in home.ask(FOUND)}
    return seen


def _beside(seen: Run, after: float, act: str, home: Home, arguments: list[str]) -> None:
    time.sleep(after)
    begun = time.monotonic()
    done = home.bailiwick(act, *arguments, patience=900)
    told = f"{time.monotonic() - begun:.0f} s" if done.returncode == 0 else f"FAILED: {done.stderr[-300:]}"
    seen.beside[act] = told


def memory(site: Served) -> dict[str, float]:
    """MB of the processes under `serve` by what they are, and of PostgreSQL: the proportional share, without shared buffers."""
    found: dict[str, float] = {}
    for pid, line in site.home.processes().items():
        kind = next((name for name in ("postgres", "granian", "clock", "importer", " serve ") if name in line), "")
        with suppress(OSError, StopIteration):
            told = dict(row.split(":", 1) for row in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:])
            size = (int(told["Pss"].split()[0]) - int(told["Pss_Shmem"].split()[0])) / 1024
            found[kind.strip() or "other"] = found.get(kind.strip() or "other", 0.0) + size
    return found


def told(seen: Run) -> dict[str, Any]:
    """The figures of a run."""
    answered = [one for one in seen.day.answered if one.at <= seen.seconds]
    warm = seen.seconds * WARMING
    third = (seen.seconds - warm) / 3
    parts = [[one for one in answered if warm + n * third <= one.at < warm + (n + 1) * third] for n in range(3)]
    waits = [_waits([one.took for one in part]) for part in parts]
    by_kind = {
        what: _waits([one.took for one in answered if one.what == what]) for what in sorted({one.what for one in answered})
    }
    counted = [(at, sum(size for kind, size in sizes.items() if kind != "other")) for at, sizes in seen.memory]
    early = [size for at, size in counted if at >= min(120.0, warm)]
    return {
        "seconds": seen.seconds, "requests": len(answered), "a_second": round(len(answered) / seen.seconds, 1),
        "statuses": {str(status): n for status, n in sorted(Counter(one.status for one in answered).items())},
        "errors": len(seen.errors), "acknowledged": len(seen.day.kept), "lost": len(seen.lost), "twice": len(seen.twice),
        "p50_ms": [one[0] for one in waits], "p99_ms": [one[1] for one in waits],
        "p99_drift": round(waits[2][1] / waits[0][1] - 1, 3), "by_kind_ms": by_kind,
        "memory_mb": [round(early[0]), round(early[-1])], "memory_growth": round(early[-1] / early[0] - 1, 3),
        "memory_of": {kind: round(size) for kind, size in sorted(seen.memory[-1][1].items())}, "beside": dict(seen.beside),
    }  # fmt: skip


def _waits(took: Sequence[float]) -> tuple[int, int]:
    """Median and 99th percentile, in ms."""
    if len(took) < 2:
        return (0, 0)
    cuts = quantiles(took, n=100, method="inclusive")
    return round(cuts[49] * 1000), round(cuts[98] * 1000)


def main(arguments: Sequence[str]) -> int:
    """The long run; exit 1 where something was lost, doubled or broken."""
    asked = _asked(arguments)
    ground = folder()
    home = Home(ground / "home")
    try:
        assert home.bailiwick("migrate").returncode == 0
        people = home.inside("settle_crowd", asked.deals, patience=3600)
        known(home)
        load, commit = os.getloadavg()[0], _commit()
        seen = run(home, people, asked.minutes * 60, asked.think, ground)
        figures = {
            "made": datetime.now(UTC).isoformat(timespec="minutes"), "commit": commit, "machine": _machine(),
            "load_before": round(load, 1), "load_after": round(os.getloadavg()[0], 1),
            "people": len(people), "deals": asked.deals, "think_seconds": asked.think,
        } | told(seen)  # fmt: skip
    finally:
        home.clear()
        subprocess.run(["rm", "-rf", str(ground)], check=False)
    text = json.dumps(figures, indent=1) + "\n"
    sys.stdout.write(text)
    if asked.keep:
        KEPT.parent.mkdir(parents=True, exist_ok=True)
        KEPT.write_text(text)
    return 1 if figures["errors"] or figures["lost"] or figures["twice"] else 0


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m trials.steady", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--deals", type=int, default=1_000_000)
    parser.add_argument("--think", type=float, default=6.0, help="seconds between two things that a person does, in the mean")
    parser.add_argument("--keep", action="store_true", help=f"keep the result in {KEPT.relative_to(ROOT)}")
    return parser.parse_args(arguments)


def _machine() -> str:
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def _commit() -> str:
    asked = subprocess.run(["git", "log", "-1", "--format=%h"], cwd=ROOT, capture_output=True, text=True, check=False)
    return asked.stdout.strip() or "unknown"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
