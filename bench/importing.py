"""`bailiwick import` of a generated export, whole process, beside the least a database can do with the same cells."""

import csv
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median

import psycopg

from bench.figure import Figure
from bench.home import Say
from trials.exports import write_export

DEALS, ROUNDS = 8800, 3
LEAST = 1700  # rows a second


def imported(home: Path, outside: Mapping[str, str], admin: str, say: Say) -> Figure:
    """Rows a second from the start of the command to its end, each time into a new network."""
    with tempfile.TemporaryDirectory() as folder:
        export = write_export(Path(folder), DEALS)
        rows, took, floor = 0, [], []
        for turn in range(ROUNDS):
            rows, seconds = taken(home, outside, export, f"bench-{turn}")
            took.append(seconds)
            floor.append(_copied(export, admin))
            say(f"import {turn + 1} of {ROUNDS}: {took[-1]:.2f} s, COPY of the same cells {floor[-1]:.3f} s")
    return Figure(
        name="import_rows",
        value=rows / median(took),
        unit="rows/s",
        rival="the same cells copied into tables of text",
        rival_value=rows / median(floor),
        least=LEAST,
        note=f"{rows} rows in {median(took):.2f} s, with the start of the command",
    )


def taken(home: Path, outside: Mapping[str, str], export: Path, network: str) -> tuple[int, float]:
    """How many rows one `bailiwick import` of the export into a new network took in, and in how many seconds."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "bailiwick.cli", "--home", str(home), "import", str(export), "--network", network, "--json"]
    done = subprocess.run(command, env=outside, capture_output=True, text=True, check=True)  # noqa: S603
    took = time.perf_counter() - began
    report = json.loads(done.stdout)
    if report["refused"] or not report["created"].get("opportunities"):
        raise RuntimeError(f"the import did not take everything in: {report}")
    return report["rows"], took


def _copied(export: Path, admin: str) -> float:
    """Seconds for reading the files and COPY, one table a file, nothing judged and nothing recorded."""
    began = time.perf_counter()
    with psycopg.connect(admin) as connection:
        for file in sorted(export.glob("*.csv")):
            with file.open(newline="", encoding="utf-8") as source:
                rows = csv.reader(source)
                columns = ", ".join(f"c{number} text" for number, _ in enumerate(next(rows)))
                connection.execute(f"CREATE TEMP TABLE floor_{file.stem} ({columns})".encode())
                with connection.cursor() as cursor, cursor.copy(f"COPY floor_{file.stem} FROM STDIN".encode()) as copy:
                    for row in rows:
                        copy.write_row(row)
        connection.rollback()
    return time.perf_counter() - began
