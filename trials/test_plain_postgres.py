"""A PostgreSQL of somebody else's, of another major version and with roles of its own, named by DATABASE_URL."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from bailiwick.store.accounts import account_for
from bailiwick.store.programs import programs
from bailiwick.store.running import run
from trials.homes import Home
from trials.served import Served

MAJOR, PORT = 16, 5499


@pytest.fixture
def plain(ground: Path) -> Iterator[Path]:
    """A cluster as an operator would make it; the folder of its socket."""
    data, account = ground / "cluster", account_for(ground, os.environ) if os.geteuid() == 0 else None
    data.mkdir(mode=0o700)
    if account:
        os.chown(data, *account)
    tools = programs(MAJOR)
    made = run(tools / "initdb", "-D", data, "-U", "postgres", "-E", "UTF8", "--locale=C", "--auth=trust", account=account)
    assert made.returncode == 0, made.stdout
    options = f"-c listen_addresses='' -c unix_socket_directories='{data}' -p {PORT}"
    begun = run(tools / "pg_ctl", "-D", data, "-w", "-l", data / "log", "-o", options, "start", account=account)
    assert begun.returncode == 0, (data / "log").read_text()
    yield data
    run(tools / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop", account=account)


def address(socket: Path, user: str, database: str) -> str:
    return f"postgresql://{user}@/{database}?host={quote(str(socket), safe='')}&port={PORT}"


def on(socket: Path, database: str) -> dict[str, str]:
    """A fresh database, owned by one role and worked with by another; what the product is told about it."""
    with psycopg.connect(address(socket, "postgres", "postgres"), autocommit=True) as admin:
        for role in ("sales_owner", "sales_app"):
            if not admin.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).rowcount:
                admin.execute(f"CREATE ROLE {role} LOGIN".encode())
        admin.execute(f"CREATE DATABASE {database} OWNER sales_owner".encode())
    return {
        "DATABASE_URL": address(socket, "sales_app", database),
        "DATABASE_OWNER_URL": address(socket, "sales_owner", database),
        "DATABASE_ADMIN_URL": address(socket, "postgres", database),
    }


def test_everything_works_on_a_plain_postgresql(plain: Path, ground: Path) -> None:
    home = Home(ground / "home", **on(plain, "sales"))
    told = home.bailiwick("migrate")
    assert told.returncode == 0, told.stderr
    facts = home.inside("settle_village")
    assert home.ask("SHOW server_version_num")[0][0].startswith(str(MAJOR))
    serving = Served(home, facts["sessions"]["noor"])
    act = f"/accounts/{facts['accounts']['Hafen Logistik GmbH']}/activities"
    assert serving.browser.post(act, {"kind": "call", "text": "on a plain one"}) == 302
    assert serving.stop() == 0
    assert not (home.place / "pg").exists(), "an embedded server was made all the same"
    assert home.bailiwick("seal").returncode == 0
    assert home.bailiwick("doctor", "--ledger").returncode == 0

    assert home.bailiwick("backup", ground / "plain.bw").returncode == 0
    other = Home(ground / "other", **on(plain, "restored"))
    done = other.bailiwick("restore", ground / "plain.bw")
    assert done.returncode == 0, done.stdout + done.stderr
    assert other.ask("SELECT count(*) FROM pipeline_activity WHERE text = 'on a plain one'") == [(1,)]


def test_the_tests_themselves_pass_on_a_plain_postgresql(plain: Path, ground: Path) -> None:
    told = on(plain, "tests")
    given = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "BAILIWICK_"))}
    given |= {"TEST_DATABASE_URL": told["DATABASE_URL"], "TEST_DATABASE_OWNER_URL": told["DATABASE_OWNER_URL"]}
    done = subprocess.run(
        [".venv/bin/pytest", "tests/pipeline/test_selling.py", "-q", "-p", "no:cacheprovider"],
        env=given, cwd=Path(__file__).parent.parent, capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]
