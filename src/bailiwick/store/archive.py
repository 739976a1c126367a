"""The programs that write and read archives: which one fits a server, and running it without showing a password."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from bailiwick.store.programs import FOLDERS, programs
from bailiwick.store.refused import StoreRefused

MAGIC = b"PGDMP"  # the first bytes of an archive in pg_dump's custom format


def fitting(name: str, connection: psycopg.Connection) -> Path:
    """The program `name` of the server's major version, or the next newer one.

    Not simply the newest: pg_restore 18 sets a parameter that PostgreSQL 16 does not know. The wheel's programs speak
    no TLS, and a backup must not travel in the clear over a network that the operator chose to encrypt.
    """
    major = connection.info.server_version // 10000
    if not connection.info.pgconn.ssl_in_use:
        for ours in sorted(FOLDERS):
            if ours >= major:
                return programs(ours) / name
    installed = shutil.which(name)
    if installed and _major(installed) >= major:
        return Path(installed)
    raise StoreRefused(
        f"The server is PostgreSQL {major}{' over TLS' if connection.info.pgconn.ssl_in_use else ''}, "
        f"which the built-in {name} cannot reach: install the client programs of PostgreSQL {major} or newer."
    )


def _major(program: str) -> int:
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"\s(\d+)", told)
    return int(found[1]) if found else 0


def run_on(dsn: str, program: Path, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    """The finished program, connected to `dsn`. The password goes by the environment: a command line is public."""
    parts = conninfo_to_dict(dsn)
    password = parts.pop("password", None)
    secret = {"PGPASSWORD": str(password)} if password else {}
    return run_alone(program, "--dbname", make_conninfo(**parts), "--no-password", *arguments, **secret)  # type: ignore[arg-type]


def run_alone(program: Path, *arguments: str | Path, **more: str) -> "subprocess.CompletedProcess[str]":
    """The finished program, speaking English."""
    surroundings = dict(os.environ) | {"LC_ALL": "C"} | more
    return subprocess.run(
        [str(program), *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        env=surroundings,
        check=False,
    )


def words_of(finished: "subprocess.CompletedProcess[str]") -> str:
    """What a program said went wrong, in one line."""
    lines = [line.strip() for line in finished.stderr.splitlines() if line.strip()]
    return " / ".join(lines[:3]) or f"exit code {finished.returncode}"


def connect(dsn: str) -> psycopg.Connection:
    """A connection, or a refusal that names no password."""
    try:
        return psycopg.connect(dsn, autocommit=True, connect_timeout=20)
    except psycopg.OperationalError as cause:
        raise StoreRefused(f"The database does not answer: {cause}") from cause
