"""The data directory: made once by initdb, its settings written anew at every start."""

import os
import re
import secrets
import shutil
from pathlib import Path

from bailiwick.store.place import Account, Place
from bailiwick.store.refused import StoreRefused
from bailiwick.store.running import run

SETTINGS = """\
listen_addresses = ''
port = 5432
unix_socket_permissions = 0700
max_connections = 60
shared_buffers = 256MB
effective_cache_size = 1GB
jit = off
wal_compression = on
max_wal_size = 2GB
random_page_cost = 1.1
effective_io_concurrency = 64
autovacuum_naptime = 10s
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'
log_truncate_on_rotation = on
log_rotation_age = 1d
timezone = 'UTC'
"""
INCLUDE = "\ninclude_if_exists = 'bailiwick.conf'\n"
CAREFREE = re.compile(r"^\s*fsync\s*=?\s*(off|false|no|0)\b", re.MULTILINE | re.IGNORECASE)


def create(place: Place, extra: str = "") -> None:
    """The data directory exists, complete: it is made under another name and renamed, so half of one is never taken."""
    for left_over in place.folder.glob("pg.new.*"):
        shutil.rmtree(left_over, ignore_errors=True)
    new = place.folder / f"pg.new.{secrets.token_hex(4)}"
    new.mkdir(mode=0o700)
    if place.account:
        os.chown(new, *place.account)
    made = run(
        *(place.programs / "initdb", "-D", new, "-U", "postgres", "-E", "UTF8", "--auth=trust", "--no-instructions"),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        *(["--no-sync"] if CAREFREE.search(extra) else []),
        account=place.account,
        timeout=300,
    )
    if made.returncode:
        shutil.rmtree(new, ignore_errors=True)
        raise StoreRefused(f"No database could be made in {place.folder}: {made.stdout.strip()}")
    with (new / "postgresql.conf").open("a") as settings:
        settings.write(INCLUDE)
        settings.flush()
        os.fsync(settings.fileno())
    new.rename(place.data)
    sync_folder(place.folder)


def configure(place: Place, extra: str = "") -> None:
    """The settings of this release stand in the data directory; what an operator sets by ALTER SYSTEM wins."""
    socket = str(place.socket).replace("'", "''")
    lines = f"{SETTINGS}unix_socket_directories = '{socket}'\n{extra}\n"
    write_for(place.account, place.data / "bailiwick.conf", lines)


def write_for(account: Account | None, path: Path, text: str) -> None:
    """A small file, whole or not at all, that the account can read.

    Written under a fresh name: as root, writing to a name that the server's account may have planted as a link would
    overwrite any file of the machine.
    """
    new = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with open(descriptor, "wb") as file:
        if account:
            os.fchown(descriptor, *account)
        file.write(os.fsencode(text))
    new.rename(path)


def sync_folder(folder: Path) -> None:
    """A rename in the folder survives a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
