"""Running one program of PostgreSQL as the account of the place, with an environment of its own."""

import os
import subprocess
from pathlib import Path
from typing import Any

from bailiwick.store.place import Account


def as_account(account: Account | None) -> dict[str, Any]:
    """What `subprocess` needs to become the account; nothing where the caller's own is right."""
    if account is None:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def run(
    *command: str | Path,
    account: Account | None = None,
    timeout: float = 60,
    inherit: tuple[int, ...] = (),
) -> "subprocess.CompletedProcess[str]":
    """The finished program with its exit code and words; never raises for a bad exit code.

    PG* variables of the caller's shell are taken away: PGDATA or PGHOST would lead to another server. A session of its
    own: Ctrl-C in the terminal must not reach the server, the keeper stops it.
    """
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        timeout=timeout,
        check=False,
        cwd="/",
        env=surroundings | {"LC_ALL": "C"},
        start_new_session=True,
        pass_fds=inherit,
        **as_account(account),
    )
