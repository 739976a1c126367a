"""Many processes that do the same thing at the same instant."""

import multiprocessing
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier

from django.db import connection, connections

from bailiwick.kit import Refused

RUNNERS = 50
PATIENCE = 60.0
Act = Callable[[int, int], object]


def race(act: Act, *, rounds: int, runners: int = RUNNERS) -> list[Counter[str]]:
    """How often each outcome came in each round: "done", the code of a refusal, or the name of an exception.

    `act` is called with the numbers of round and runner, in a process of its own with a connection of its own, by all at
    once: nobody begins a round before everybody has ended the one before.
    """
    connections.close_all()  # or all would share one
    fork = multiprocessing.get_context("fork")
    start = fork.Barrier(runners)
    ways = [fork.Pipe(duplex=False) for _ in range(runners)]
    processes = [
        fork.Process(target=_run, args=(act, number, rounds, start, way[1]), daemon=True) for number, way in enumerate(ways)
    ]
    for process in processes:
        process.start()
    try:
        told = [_hear(way[0]) for way in ways]
    finally:
        for process in processes:
            process.join(5)
            process.kill()
    return [Counter(outcomes) for outcomes in zip(*told, strict=True)]


def _hear(way: Connection) -> Sequence[str]:
    assert way.poll(PATIENCE), "a runner does not come back"
    heard: Sequence[str] = way.recv()
    return heard


def _run(act: Act, number: int, rounds: int, start: Barrier, way: Connection) -> None:
    connection.ensure_connection()
    outcomes = []
    for turn in range(rounds):
        try:
            start.wait(PATIENCE)
        except threading.BrokenBarrierError:
            break
        outcomes.append(_outcome(act, turn, number))
    way.send(outcomes)
    connections.close_all()


def _outcome(act: Act, turn: int, number: int) -> str:
    try:
        act(turn, number)
    except Refused as no:
        return no.code
    except Exception as why:
        return f"{type(why).__name__}: {str(why).splitlines()[0] if str(why) else ''}"
    return "done"
