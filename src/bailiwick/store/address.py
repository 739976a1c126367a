"""Where the store is: one address for each role, of the embedded server or of the one that DATABASE_URL names."""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bailiwick.store.refused import StoreRefused

if TYPE_CHECKING:
    from bailiwick.store.embedded import Embedded

SCHEMES = ("postgresql://", "postgres://")


@dataclass(frozen=True, slots=True)
class Address:
    """The address of each role. Not shown in a repr: the addresses may hold passwords.

    `admin` may read past the walls between networks; backups need that. `server` is the embedded server, which stays
    while this process lives; None where somebody else runs the database.
    """

    owner: str = field(repr=False)
    app: str = field(repr=False)
    mirror: str = field(repr=False)
    admin: str = field(repr=False)
    server: "Embedded | None" = field(default=None, compare=False)

    def environment(self) -> dict[str, str]:
        """The variables by which a process started from here finds the same store without starting anything."""
        return {
            "DATABASE_URL": self.app,
            "DATABASE_OWNER_URL": self.owner,
            "DATABASE_MIRROR_URL": self.mirror,
            "DATABASE_ADMIN_URL": self.admin,
        }

    def release(self, wait: float = 0.0) -> bool:
        """This process no longer needs the store. Says whether it is at rest, after at most `wait` seconds."""
        return self.server.release(wait) if self.server else True


def settle(
    home: Path,
    environ: Mapping[str, str] = os.environ,
    say: Callable[[str], None] | None = None,
    *,
    linger: float = 5.0,
    extra: str = "",
) -> Address:
    """The store answers: the one that DATABASE_URL names, untouched, or else the embedded one of `home`, prepared."""
    if environ.get("DATABASE_URL"):
        return _given(environ)
    if sys.platform == "win32":
        raise StoreRefused("On Windows there is no built-in database: set DATABASE_URL to a PostgreSQL of your own.")
    from bailiwick.store import roles
    from bailiwick.store.embedded import Embedded, complain

    server = Embedded(home, linger=linger, extra=extra, environ=environ, say=say or complain).start()
    roles.prepare(server.dsn())
    return Address(
        owner=server.dsn(roles.OWNER),
        app=server.dsn(roles.APP),
        mirror=server.dsn(roles.MIRROR),
        admin=server.dsn(),
        server=server,
    )


def _given(environ: Mapping[str, str]) -> Address:
    app = environ["DATABASE_URL"]
    owner = environ.get("DATABASE_OWNER_URL") or app
    mirror = environ.get("DATABASE_MIRROR_URL") or app
    admin = environ.get("DATABASE_ADMIN_URL") or owner
    if not all(address.startswith(SCHEMES) for address in (owner, app, mirror, admin)):
        raise StoreRefused(
            "DATABASE_URL and its companions must begin with postgresql://, for example postgresql://app@db/bailiwick."
        )
    return Address(owner=owner, app=app, mirror=mirror, admin=admin)
