"""Accounts of the operating system, where root needs another one to run the server."""

import pwd
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from bailiwick.store.place import Account
from bailiwick.store.refused import StoreRefused
from bailiwick.store.running import as_account


def account_for(folder: Path, environ: Mapping[str, str]) -> Account:
    """Who owns the data already, else who owns the folder, else the first of the usual accounts that exists.

    The data speak first: they were made by `nobody`, then a package brought the account `postgres`, and PostgreSQL
    would refuse data that belong to another account than its own.
    """
    for owned in (folder / "pg", folder):
        owner = _owner(owned)
        if owner:
            return owner
    for name in _usual(environ):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        if found.pw_uid != 0:
            return Account(found.pw_uid, found.pw_gid)
    raise StoreRefused("Root may not run PostgreSQL: name an account of this machine in BAILIWICK_PG_OS_USER.")


def _usual(environ: Mapping[str, str]) -> Iterator[str]:
    if environ.get("BAILIWICK_PG_OS_USER"):
        yield environ["BAILIWICK_PG_OS_USER"]
    yield from ("postgres", "nobody")


def _owner(path: Path) -> Account | None:
    """Nobody where root owns it, or somebody without a name on this machine: initdb refuses such an account."""
    try:
        uid = path.stat().st_uid
        return Account(uid, pwd.getpwuid(uid).pw_gid) if uid != 0 else None
    except (FileNotFoundError, KeyError):
        return None


def name_of(account: Account) -> str:
    """The account's name, for people."""
    try:
        return pwd.getpwuid(account.uid).pw_name
    except KeyError:
        return str(account.uid)


def passes(account: Account, *test: str | Path) -> bool:
    """Whether a test of the shell holds for the account: the kernel answers, not our reading of mode bits."""
    try:
        asked = subprocess.run(
            ["/bin/sh", "-c", 'exec "$@"', "sh", *map(str, test)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            cwd="/",
            **as_account(account),
        )
    except (PermissionError, ValueError, subprocess.SubprocessError) as cause:
        raise StoreRefused("Root may not run PostgreSQL, and may not become another account here: set DATABASE_URL.") from cause
    return asked.returncode == 0
