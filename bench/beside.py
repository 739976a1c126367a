"""Ours beside the rival's: starts, pages, creations, memory, imports."""

import argparse
import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from html import unescape
from pathlib import Path
from statistics import median
from typing import Any

import psycopg

from bench import product
from bench.figure import Figure
from bench.home import Say
from bench.importing import DEALS, taken
from bench.rival import RIVAL
from bench.rival.installing import NotThere, installed
from bench.rival.side import Rival, made
from bench.serving import Pressed, Server, Side
from bench.starting import WORKERS
from tests.village import Village
from trials.exports import write_export

TURNS, STARTS = 3, 3
WARMING = 3  # times that everything is asked before it is counted, so that every worker has loaded what it loads
THEIR_DEALS = 1_000  # rows of the rival's import, which takes them one by one
NOT_ASKED = f"{RIVAL} was not asked for: --rival or BAILIWICK_BENCH_RIVAL=1"
NOTES = {
    "cold_start": "from the start of the server to the first page of 50, with a session; PostgreSQL runs",
    "page_cpu": "a page of 50 as HTML with rights; theirs: search_read of the same 50, which its client renders",
    "page_depth": "CPU of the page behind nine tenths of the list over that of the first; theirs by offset",
    "create_pace": f"{product.CLIENTS} clients at once over HTTP, on the machine of the servers, {WORKERS} workers on each side",
    "create_cpu": "the same: all processes of the server and the backends of its database",
}
Turns = dict[str, list[list[Pressed]]]


def figures(
    village: Village, ours: Side, place: Path, outside: dict[str, str], admin: str, asked: argparse.Namespace, say: Say
) -> Iterator[Figure]:
    """Every figure of ours, with the rival's or with the reason why there is none."""
    rival, why = _rival(asked, place, outside, admin, village, ours, say)
    _settled(admin)
    yield from _compared(ours, rival, why, place, outside, asked, say)


def _rival(
    asked: argparse.Namespace, place: Path, outside: dict[str, str], admin: str, village: Village, ours: Side, say: Say
) -> tuple[Rival | None, str]:
    """The rival with the same rows, or None and why."""
    if not asked.rival:
        return None, NOT_ASKED
    try:
        python = installed(say)
        product.write_shown(village, admin, place / "shown.csv")
        theirs = write_export(place / "theirs", min(THEIR_DEALS, asked.rows))
        rival = made(python, place, outside, admin, ours, theirs, say)
    except NotThere as why:
        return None, str(why)
    return rival, ""


def _settled(admin: str) -> None:
    """The planner knows all tables of both, and nothing of the filling is still to be written."""
    with psycopg.connect(admin, autocommit=True) as connection:
        names = [
            name for (name,) in connection.execute("SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate")
        ]
        connection.execute("CHECKPOINT")
    for name in names:
        with psycopg.connect(admin, dbname=name, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")


def _compared(
    ours: Side, rival: Rival | None, why: str, place: Path, outside: dict[str, str], asked: argparse.Namespace, say: Say
) -> Iterator[Figure]:
    rival = _signed_in(rival) if rival else None
    sides = [ours, *([rival.side] if rival else [])]
    yield _cold(sides, why, say)
    with ExitStack() as stack:
        servers = [stack.enter_context(side.started(side.first))[0] for side in sides]
        if rival:
            _same(servers[0].ask(ours.first), servers[1].ask(rival.side.first))
            rival.judge(servers[1])
        for side, server in zip(sides, servers, strict=True):
            for request in [side.first, side.deep, *side.create] * WARMING:
                server.ask(request)
        pages = _turns(sides, servers, asked.seconds, say)
        yield from _pages(pages, why)
        yield from _created(pages, why)
        yield _memory(servers, why)
        yield _imports(rival, servers, why, place, outside, asked, say)


def _signed_in(rival: Rival) -> Rival:
    """With sessions; nobody has one before its server has run."""
    login = rival.login()
    with rival.side.started(login) as (server, _):
        return rival.signed_in(server)


def _same(page: bytes, listed: bytes) -> None:
    """Both show the same fifty."""
    shown = unescape(page.decode())
    other = [row["description"] for row in json.loads(listed)["result"]]
    if len(other) != 50 or not all(title in shown for title in other):
        raise RuntimeError(f"the rival lists others: {[title for title in other if title not in shown][:3]}")


def _cold(sides: list[Side], why: str, say: Say) -> Figure:
    took: list[list[float]] = [[] for _ in sides]
    for turn in range(STARTS):
        for side, seconds in zip(sides, took, strict=True):
            with side.started(side.first) as (_, waited):
                seconds.append(waited)
        say(
            f"start {turn + 1} of {STARTS}: "
            + ", ".join(f"{side.name} {waits[-1]:.2f} s" for side, waits in zip(sides, took, strict=True))
        )
    return _beside("cold_start", [median(one) for one in took], "s", why, most_ratio=0.5)


def _turns(sides: list[Side], servers: list[Server], seconds: float, say: Say) -> Turns:
    """Each load in turns over both sides: a page and its deep one by one client, creations by eight."""
    found: Turns = {"first": [[] for _ in sides], "deep": [[] for _ in sides], "create": [[] for _ in sides]}
    for turn in range(TURNS):
        for name, pressed in found.items():
            for side, server, results in zip(sides, servers, pressed, strict=True):
                requests = list(side.create) if name == "create" else [getattr(side, name)]
                results.append(server.pressed(requests, seconds))
                told = f"{results[-1].pace:.1f}/s, {results[-1].each:.2f} ms CPU each"
                say(f"{name} {turn + 1} of {TURNS}, {side.name}: {told}")
    return found


def _pages(turns: Turns, why: str) -> Iterator[Figure]:
    first, deep = (_middle(turns[name]) for name in ("first", "deep"))
    deeper = [far.each / near.each for far, near in zip(deep, first, strict=True)]
    yield _beside("page_cpu", [one.each for one in first], "ms CPU", why, _parts(first), most_ratio=0.25)
    yield _beside("page_depth", deeper, "x of the first", why, most=1.2)


def _created(turns: Turns, why: str) -> Iterator[Figure]:
    pace = [median(one.pace for one in side) for side in turns["create"]]
    spent = _middle(turns["create"])
    yield _beside("create_pace", pace, "requests/s", why, least_ratio=4)
    yield _beside("create_cpu", [one.each for one in spent], "ms CPU", why, _parts(spent), most_ratio=0.25)


def _middle(turns: list[list[Pressed]]) -> list[Pressed]:
    """The turn of each side whose cost is the median, so that its parts add up."""
    return [sorted(side, key=lambda one: one.each)[len(side) // 2] for side in turns]


def _parts(sides: list[Pressed]) -> str:
    return "; theirs ".join(one.told() for one in sides)


def _memory(servers: list[Server], why: str) -> Figure:
    held = [server.memory() for server in servers]
    parts = "; theirs ".join(", ".join(f"{name} {size:.0f}" for name, size in one.items()) for one in held)
    note = f"after the load, without PostgreSQL: {parts}"
    return _beside("memory", [sum(one.values()) for one in held], "MB PSS", why, note, most_ratio=1)


def _imports(
    rival: Rival | None,
    servers: list[Server],
    why: str,
    place: Path,
    outside: dict[str, str],
    asked: argparse.Namespace,
    say: Say,
) -> Figure:
    """Ours as a command, with its start; theirs asked of its running server, which has all loaded."""
    export = write_export(place / "ours", min(DEALS, asked.rows))
    pace: list[list[float]] = [[] for _ in servers]
    for turn in range(TURNS):
        done = [taken(place, outside, export, f"import-{turn}"), *([rival.imported(servers[1])] if rival else [])]
        for paces, (rows, seconds) in zip(pace, done, strict=True):
            paces.append(rows / seconds)
        say(f"import {turn + 1} of {TURNS}: " + ", ".join(f"{rows} rows in {seconds:.2f} s" for rows, seconds in done))
    shutil.rmtree(export)
    note = (
        f"validated; ours {min(DEALS, asked.rows)} deals by `bailiwick import`, with its start; theirs "
        f"{min(THEIR_DEALS, asked.rows)} of the same columns by import_data on its running server"
    )
    return _beside("import_rows", [median(one) for one in pace], "rows/s", why, note, least_ratio=10)


def _beside(name: str, values: list[float], unit: str, why: str, note: str = "", **goal: Any) -> Figure:
    other = values[1] if len(values) > 1 else None
    note = "; ".join(part for part in (NOTES.get(name, ""), note) if part)
    return Figure(name=name, value=values[0], unit=unit, rival=RIVAL, rival_value=other, why=why, note=note, **goal)
