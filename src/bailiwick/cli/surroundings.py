"""What a command needs around it: the home, the store, the secret, and Django set up."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

from bailiwick.store import Address, StoreRefused, settle
from bailiwick.vitals.tables import digest_there, migrations_digest


def settled(home: Path, linger: float = 5.0, extra: str = "") -> Address:
    """The store of `home` answers and the environment names it, for this process and its children."""
    home = home.absolute()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    address = settle(home, say=_complain, linger=linger, extra=extra)
    os.environ.update(address.environment())
    os.environ["BAILIWICK_HOME"] = str(home)
    os.environ.setdefault("BAILIWICK_SECRET", secret_of(home))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bailiwick.config.settings")
    return address


def _complain(text: str) -> None:
    print(f"bailiwick: {text}", file=sys.stderr)


def secret_of(home: Path) -> str:
    """The secret that signs sessions and links: made once, readable by the owner of the home only."""
    file = home / "secret"
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    with os.fdopen(descriptor, "w") as out:
        out.write(secrets.token_urlsafe(50))
    return file.read_text().strip()


def migrated() -> None:
    """The tables are those of this release; a child process does it as the owner, this one never is the owner.

    The owner leaves the digest of the migrations with the schema, so that a start with nothing to do costs no process.
    """
    if digest_there(os.environ["DATABASE_URL"]) == migrations_digest():
        return
    environment = os.environ | {"DATABASE_URL": os.environ["DATABASE_OWNER_URL"], "BAILIWICK_APP_URL": os.environ["DATABASE_URL"]}
    if subprocess.run([sys.executable, "-m", "bailiwick.cli.owner"], env=environment, check=False).returncode:
        raise StoreRefused(
            "The tables are not those of this release yet. What was done stays; the next start goes on from there."
        )


def with_django(home: Path, migrate: bool = True) -> Address:
    """Everything around is ready and models can be imported."""
    address = settled(home)
    if migrate:
        migrated()
    import django

    django.setup()
    return address
