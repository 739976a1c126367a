"""A backup: the whole database as it was at one instant, in one file of pg_dump's custom format."""

from pathlib import Path

from bailiwick.store.address import Address
from bailiwick.store.appearing import appearing
from bailiwick.store.archive import connect, fitting, run_alone, run_on, words_of
from bailiwick.store.refused import StoreRefused

WALLED = (
    "The role may not read past the walls between networks, so the backup would have holes: "
    "set DATABASE_ADMIN_URL to a superuser or a role with BYPASSRLS."
)


def backup(address: Address, target: Path, *, snapshot: str | None = None) -> Path:
    """`target` holds everything that was committed when it began, while the product goes on working.

    The file appears complete or not at all: it is written beside the target under another name, forced to the disk and
    renamed. With `snapshot` (of `pg_export_snapshot`) it holds exactly what that snapshot sees. Refused: the target
    exists, the disk is full, the role sees only a part, no program fits the server.
    """
    target = Path(target).absolute()
    with connect(address.admin) as connection:
        program = fitting("pg_dump", connection)
    with appearing(target, "backup") as part:
        _dump(address.admin, program, part, snapshot)
    return target


def read_back(address: Address, file: Path) -> None:
    """Every byte of the backup is read and unpacked once, into nothing. Refused where it cannot be."""
    with connect(address.admin) as connection:
        program = fitting("pg_restore", connection)
    finished = run_alone(program, "--file=/dev/null", Path(file).absolute())
    if finished.returncode:
        raise StoreRefused(f"The backup was written and cannot be read: {words_of(finished)}")


def _dump(dsn: str, program: Path, part: Path, snapshot: str | None) -> None:
    chosen = [f"--snapshot={snapshot}"] if snapshot else []
    finished = run_on(dsn, program, "--format=custom", f"--file={part}", *chosen)
    if "row-level security" in finished.stderr:
        raise StoreRefused(WALLED)
    if finished.returncode:
        raise StoreRefused(f"The backup was not made: {words_of(finished)}")
