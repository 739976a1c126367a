"""What the keeper does when the server or its users die."""

import os
import signal
import subprocess
import time
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from bailiwick.store import Embedded, StoreRefused, locks, orphans
from bailiwick.store.keeper import STUCK_FOR, Watch
from bailiwick.store.server import answers

from .servers import Open, ask, eventually, postmaster, responds, user_of

COMPUTES = "SELECT count(*) FROM generate_series(1, 100000000000)"
needs_proc = pytest.mark.skipif(not Path("/proc/self").exists(), reason="processes cannot be seen here")


def test_a_killed_postmaster_answers_again_while_a_user_lives(ground: Path, opened: Open) -> None:
    server = opened(ground / "home").start()
    ask_write(server)
    os.kill(postmaster(server), signal.SIGKILL)
    assert eventually(lambda: responds(server.dsn(database="postgres")), within=10)
    assert ask(server.dsn(database="postgres"), "SELECT count(*) FROM kept") == 1


@needs_proc
def test_a_backend_that_computes_on_after_its_postmaster_does_not_hold_up_the_next(ground: Path, opened: Open) -> None:
    server = opened(ground / "home").start()
    with closing(psycopg.connect(server.dsn(database="postgres"))) as busy:
        busy.pgconn.send_query(COMPUTES.encode())
        assert eventually(lambda: computing(server) == 1, within=5)
        os.kill(postmaster(server), signal.SIGKILL)
        assert eventually(lambda: responds(server.dsn(database="postgres")), within=10)
    assert computing(server) == 0


@needs_proc
def test_a_process_that_only_holds_the_lock_is_never_ended(ground: Path, opened: Open) -> None:
    server = opened(ground / "home").start()
    assert server.release(wait=20)
    lock = locks.open_lock(server.place.lock("server"))
    with subprocess.Popen(["sleep", "60"], cwd=server.place.data, pass_fds=(lock,)) as bystander:
        os.close(lock)
        assert orphans.end_orphans(server.place.data, server.place.lock("server"), signal.SIGKILL) == 0
        assert bystander.poll() is None
        bystander.kill()


@needs_proc
def test_the_backends_of_a_living_server_are_never_ended(ground: Path, opened: Open) -> None:
    server = opened(ground / "home").start()
    with psycopg.connect(server.dsn(database="postgres")) as connection:
        found = orphans.workers(server.place.data, server.place.lock("server"))
        assert len(found) > 3
        assert orphans.orphans(found) == []
        assert connection.execute("SELECT 1").fetchone()


@needs_proc
def test_a_server_started_by_hand_on_the_data_is_not_pushed_aside(ground: Path, opened: Open) -> None:
    server = opened(ground / "home").start()
    assert server.release(wait=20)
    by_hand = Embedded(ground / "home")
    command = [str(by_hand.place.programs / "pg_ctl"), "-w", "-s", "-D", str(by_hand.place.data)]
    listening = ["-o", "-c unix_socket_directories=''  -c listen_addresses=127.0.0.1 -c port=54329"]
    who = {"user": by_hand.place.account.uid, "group": by_hand.place.account.gid} if by_hand.place.account else {}
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
    subprocess.run([*command, *listening, "start"], check=True, **who, **silent)  # type: ignore[call-overload]
    try:
        with pytest.raises(StoreRefused, match="started by hand"):
            opened(ground / "home").start()
    finally:
        subprocess.run([*command, "-m", "immediate", "stop"], check=True, **who, **silent)  # type: ignore[call-overload]


def test_a_killed_user_leaves_no_server_behind_after_the_linger(ground: Path, opened: Open) -> None:
    with user_of(ground / "home", linger=0.7) as user:
        assert user.stdout
        assert user.stdout.readline()
        user.kill()
    killed = time.monotonic()
    server = opened(ground / "home")
    assert eventually(lambda: not locks.is_held(server.place.lock("server")), within=10)
    assert time.monotonic() - killed >= 0.4
    assert not answers(server.place)


def test_who_comes_back_within_the_linger_finds_the_same_server(ground: Path, opened: Open) -> None:
    server = opened(ground / "home", linger=1.0).start()
    begun = ask(server.dsn(database="postgres"), "SELECT pg_postmaster_start_time()")
    assert not server.release(wait=0.5)
    server.start()
    assert ask(server.dsn(database="postgres"), "SELECT pg_postmaster_start_time()") == begun


def test_a_killed_keeper_is_replaced_by_the_next_start(ground: Path, opened: Open) -> None:
    server = opened(ground / "home").start()
    for pid in keepers(server):
        os.kill(pid, signal.SIGKILL)
    assert eventually(lambda: not locks.is_held(server.place.lock("keeper")), within=5)
    server.start()
    assert len(keepers(server)) == 1


def test_a_keeper_set_again_starts_the_server_that_died_meanwhile(ground: Path, opened: Open) -> None:
    server = opened(ground / "home").start()
    ask_write(server)
    for pid in [*keepers(server), postmaster(server)]:
        os.kill(pid, signal.SIGKILL)
    assert eventually(lambda: not locks.is_held(server.place.lock("keeper")), within=5)
    server.set_keeper()
    server.set_keeper()
    assert len(keepers(server)) == 1
    assert eventually(lambda: responds(server.dsn(database="postgres")), within=10)
    assert ask(server.dsn(database="postgres"), "SELECT count(*) FROM kept") == 1


def test_the_keeper_does_not_hear_the_signals_of_a_terminal(ground: Path, opened: Open) -> None:
    server = opened(ground / "home").start()
    for pid in keepers(server):
        os.kill(pid, signal.SIGTERM)
        os.kill(pid, signal.SIGINT)
    time.sleep(0.5)
    assert len(keepers(server)) == 1
    assert responds(server.dsn(database="postgres"))


def ask_write(server: Embedded) -> None:
    with psycopg.connect(server.dsn(database="postgres")) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1")
    with psycopg.connect(server.dsn(database="postgres"), autocommit=True) as connection:
        connection.execute("CHECKPOINT")


def computing(server: Embedded) -> int:
    found = orphans.workers(server.place.data, server.place.lock("server"))
    return sum(b"SELECT" in worker.title for worker in found)


def keepers(server: Embedded) -> list[int]:
    """The keepers of this home, by the exact place in their command line."""
    listed = subprocess.run(["ps", "-ww", "-eo", "pid=,args="], capture_output=True, text=True, check=True).stdout
    return [int(line.split()[0]) for line in listed.splitlines() if "keeper.py" in line and server.place.to_text() in line]


@needs_proc
def test_a_server_under_which_nothing_works_any_more_is_ended_and_comes_again(ground: Path, opened: Open) -> None:
    """As PostgreSQL 18 is left by a full disk at a crash: the postmaster says that it is ready, and begins nothing."""
    server = opened(ground / "home").start()
    ask_write(server)
    data, lock = server.place.data, server.place.lock("server")
    watch, old = Watch(server.place), postmaster(server)
    assert orphans.stuck(data, lock) is None
    os.kill(old, signal.SIGSTOP)
    (writer,) = [one.pid for one in orphans.workers(data, lock) if one.title.startswith(b"postgres: walwriter")]
    os.kill(writer, signal.SIGKILL)
    assert eventually(lambda: (found := orphans.stuck(data, lock)) and found.pid == old, within=10)
    watch.look(100)
    watch.look(100 + STUCK_FOR - 1)
    assert Path(f"/proc/{old}").exists(), "a moment after a crash is no reason"
    watch.look(100 + STUCK_FOR + 2)  # asked to end; it is stopped and does not hear
    assert Path(f"/proc/{old}").exists()
    watch.look(100 + 2 * STUCK_FOR + 2)
    assert eventually(lambda: responds(server.dsn(database="postgres")), within=20)
    assert postmaster(server) != old
    assert ask(server.dsn(database="postgres"), "SELECT count(*) FROM kept") == 1
