"""Starting the embedded server, and finding one that runs."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bailiwick.store import StoreRefused, locks

from .servers import CAREFREE, USER, Open, ask, eventually, responds, user_of


def test_an_empty_directory_becomes_a_server_that_answers(ground: Path, opened: Open) -> None:
    server = opened(ground / "home", virgin=True).start()
    answer = ask(server.dsn(database="postgres"), "SELECT current_setting('server_version_num')::int / 10000")
    assert answer == 18
    assert ask(server.dsn(database="postgres"), "SELECT pg_encoding_to_char(encoding) FROM pg_database LIMIT 1") == "UTF8"
    assert ask(server.dsn(database="postgres"), "SELECT datlocale FROM pg_database LIMIT 1") == "C.UTF-8"
    assert ask(server.dsn(database="postgres"), "SHOW fsync") == "off"


def test_a_second_user_finds_the_server_that_runs(ground: Path, opened: Open) -> None:
    first = opened(ground / "home").start()
    begun = ask(first.dsn(database="postgres"), "SELECT pg_postmaster_start_time()")
    second = opened(ground / "home").start()
    first.release()
    assert ask(second.dsn(database="postgres"), "SELECT pg_postmaster_start_time()") == begun


def test_a_path_with_spaces_quotes_and_letters_of_all_kinds_is_served(ground: Path, opened: Open) -> None:
    server = opened(ground / "Müller's  own & co %41").start()
    assert responds(server.dsn(database="postgres"))


def test_a_path_too_long_for_a_socket_is_served_from_a_private_directory(ground: Path, opened: Open) -> None:
    deep = ground / ("d" * 100)
    home = deep / ("h" * (216 - len(str(deep)) - 1))
    assert len(str(home)) == 216
    server = opened(home).start()
    assert responds(server.dsn(database="postgres"))
    assert server.place.socket.parent == Path("/tmp")
    assert server.place.socket.stat().st_mode & 0o077 == 0
    assert server.release(wait=20)
    server.place.socket.rmdir()


def test_a_socket_directory_open_to_others_is_refused(ground: Path, opened: Open) -> None:
    (ground / "home" / "run").mkdir(parents=True)
    (ground / "home" / "run").chmod(0o777)
    with pytest.raises(StoreRefused, match="not a private directory"):
        opened(ground / "home").start()


def test_a_port_in_the_shell_of_the_caller_leads_nowhere_else(
    ground: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"PGPORT": "1", "PGHOST": "/nowhere", "PGDATA": "/nowhere", "PGDATABASE": "none"}.items():
        monkeypatch.setenv(name, value)
    assert responds(opened(ground / "home").start().dsn(database="postgres"))


def test_a_stale_pid_file_of_a_living_process_does_not_stop_the_start(ground: Path, opened: Open) -> None:
    server = opened(ground / "home").start()
    assert server.release(wait=20)
    words = f"{os.getpid()}\n{server.place.data}\n1\n5432\n{server.place.socket}\n\n"
    (server.place.data / "postmaster.pid").write_text(words)
    assert responds(server.start().dsn(database="postgres"))


def test_a_half_made_data_directory_is_never_taken(ground: Path, opened: Open) -> None:
    (ground / "home" / "pg.new.dead").mkdir(parents=True)
    server = opened(ground / "home", virgin=True).start()
    assert responds(server.dsn(database="postgres"))
    assert not (ground / "home" / "pg.new.dead").exists()


def test_data_of_a_version_that_is_not_there_are_refused_in_plain_words(ground: Path, opened: Open) -> None:
    (ground / "home" / "pg").mkdir(parents=True)
    (ground / "home" / "pg" / "PG_VERSION").write_text("9\n")
    with pytest.raises(StoreRefused, match=r"made by PostgreSQL 9; this release brings \[16, 18\]"):
        opened(ground / "home").start()


def test_the_words_of_a_server_that_will_not_start_reach_the_operator(ground: Path, opened: Open) -> None:
    with pytest.raises(StoreRefused, match="no_such_setting"):
        opened(ground / "home", extra="no_such_setting = 1\n").start()
    assert responds(opened(ground / "home").start().dsn(database="postgres"))


def test_eight_processes_at_once_on_an_empty_directory_are_all_served(ground: Path, opened: Open) -> None:
    command = [sys.executable, "-c", USER, str(ground / "home"), "0", CAREFREE]
    users = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # all before any is read
        for _ in range(8)
    ]
    addresses = [user.stdout.readline().strip() for user in users if user.stdout]
    begun = {str(ask(dsn, "SELECT pg_postmaster_start_time()")) for dsn in addresses}
    for user in users:
        user.communicate()
    assert len(addresses) == 8
    assert len(begun) == 1
    server = opened(ground / "home", virgin=True)
    assert eventually(lambda: not locks.is_held(server.place.lock("keeper")), within=20)


def test_threads_of_one_process_share_the_start(ground: Path, opened: Open) -> None:
    server = opened(ground / "home")
    threads = [threading.Thread(target=server.start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert responds(server.dsn(database="postgres"))


def test_short_uses_that_race_with_the_keeper_are_all_served(ground: Path, opened: Open) -> None:
    for _ in range(4):
        server = opened(ground / "home", linger=0.1).start()
        assert responds(server.dsn(database="postgres"))
        server.release(wait=0.3)


def test_the_server_stays_for_a_user_in_another_process(ground: Path, opened: Open) -> None:
    server = opened(ground / "home").start()
    with user_of(ground / "home") as user:
        assert user.stdout
        assert user.stdout.readline()
        assert not server.release(wait=0.7)
        assert responds(server.dsn(database="postgres"))
