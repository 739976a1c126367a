"""Where the store is: embedded, or where DATABASE_URL says."""

import subprocess
import sys
from pathlib import Path

import pytest

from bailiwick.store import Address, StoreRefused, settle

from .servers import ask

GIVEN = {"DATABASE_URL": "postgresql://app:secret@db.example/bailiwick"}


def test_a_given_address_starts_nothing(ground: Path) -> None:
    address = settle(ground / "home", GIVEN)
    given = GIVEN["DATABASE_URL"]
    assert address == Address(owner=given, app=given, mirror=given, admin=given)
    assert address.server is None
    assert not (ground / "home").exists()


def test_owner_and_mirror_have_addresses_of_their_own_where_given(ground: Path) -> None:
    more = {"DATABASE_OWNER_URL": "postgres://owner@db/b", "DATABASE_MIRROR_URL": "postgres://mirror@db/b"}
    address = settle(ground / "home", GIVEN | more)
    assert (address.owner, address.mirror) == (more["DATABASE_OWNER_URL"], more["DATABASE_MIRROR_URL"])
    assert address.app == GIVEN["DATABASE_URL"]
    assert address.admin == address.owner


def test_an_address_of_another_database_is_refused_without_its_password(ground: Path) -> None:
    with pytest.raises(StoreRefused, match="postgresql://") as refused:
        settle(ground / "home", {"DATABASE_URL": "mysql://root:secret@db/b"})
    assert "secret" not in str(refused.value)


def test_an_address_shows_no_password_in_a_traceback(ground: Path) -> None:
    assert "secret" not in repr(settle(ground / "home", GIVEN))


def test_a_process_started_with_the_environment_of_an_address_finds_the_same_store(address: Address, ground: Path) -> None:
    found = settle(ground / "elsewhere", address.environment())
    assert found == address
    assert ask(found.app, "SELECT current_database()") == "bailiwick"


def test_importing_the_store_loads_no_database_driver() -> None:
    told = "import bailiwick.store, sys; print([n for n in ('psycopg', 'django', 'subprocess') if n in sys.modules])"
    assert subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout == "[]\n"
