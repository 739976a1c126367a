"""Choosing the place: in the home wherever possible. Root may not run PostgreSQL, so as root another account does.

That account must reach the data and the programs. Where a closed folder is in the way (root's own home, mode 700) the
data, and if need be a copy of the programs, go to /var/lib/bailiwick. No folder above the home is ever opened.
"""

import hashlib
import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path

from bailiwick.store import locks
from bailiwick.store.accounts import account_for, name_of, passes
from bailiwick.store.cluster import sync_folder, write_for
from bailiwick.store.copying import copied, open_elsewhere, usable
from bailiwick.store.place import Account, Place
from bailiwick.store.programs import major_of, programs
from bailiwick.store.refused import StoreRefused

ELSEWHERE = Path("/var/lib/bailiwick")
SIGNPOST = "pg.at"  # in the home: the folder that holds the data, where that is not the home itself
Say = Callable[[str], None]


def lodge(home: Path, environ: Mapping[str, str], say: Say, elsewhere: Path = ELSEWHERE) -> Place:
    """The place for the server of `home`, made where missing; the same answer at every call."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    home = home.resolve()
    if os.geteuid() != 0:
        folder = _signed(home) or home
        return Place(folder, programs(major_of(folder / "pg")))
    with locks.alone(home / "lodging.lock"):  # two that came at once once chose two places: one saw the other's open door
        return _lodge_as_root(home, environ, say, elsewhere)


def _lodge_as_root(home: Path, environ: Mapping[str, str], say: Say, elsewhere: Path) -> Place:
    signed = _signed(home)
    folder = signed or home
    account = account_for(folder, environ)
    if not signed and not _reachable(home, account):
        folder = _move_out(home, account, say, elsewhere)
    found = programs(major_of(folder / "pg"))
    if not usable(found, account):
        found = copied(found, account, say, elsewhere)
    return Place(folder, found, account)


def _reachable(home: Path, account: Account) -> bool:
    """Whether the account can enter the home. One bit is opened where that is enough: the home's own, to its group.

    Only a home of root that no group may use is handed to the account's group; nobody else can enter it afterwards.
    """
    if passes(account, "test", "-x", home):
        return True
    found = home.stat()
    if found.st_uid != 0 or found.st_mode & stat.S_IRWXG or not passes(account, "test", "-x", home.parent):
        return False
    os.chown(home, -1, account.gid)
    home.chmod(stat.S_IMODE(found.st_mode) | stat.S_IXGRP)
    return passes(account, "test", "-x", home)


def _signed(home: Path) -> Path | None:
    """Where the signpost points. Missing data there is no reason to begin anew with an empty database."""
    try:
        folder = Path(os.fsdecode((home / SIGNPOST).read_bytes()))
    except FileNotFoundError:
        return None
    if not folder.is_dir():
        raise StoreRefused(
            f"The data of {home} lay in {folder}, which is gone: bring it back, or restore a backup into another home."
        )
    return folder


def _move_out(home: Path, account: Account, say: Say, elsewhere: Path) -> Path:
    name = name_of(account)
    if (home / "pg").exists():
        raise StoreRefused(f"{home / 'pg'} holds data that the account {name} cannot reach: open the way to it.")
    folder = elsewhere / hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    open_elsewhere(elsewhere)
    folder.mkdir(mode=0o700, exist_ok=True)
    os.chown(folder, 0, account.gid)
    folder.chmod(0o710)
    if not passes(account, "test", "-x", folder):
        raise StoreRefused(f"The account {name} can reach neither {home} nor {folder}: choose another home.")
    write_for(None, home / SIGNPOST, os.fsdecode(folder))
    sync_folder(home)
    say(f"{home} is closed to the account {name}, which runs the database: the data are in {folder}.")
    return folder
