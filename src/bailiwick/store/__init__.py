"""The operational store: an embedded PostgreSQL's life, its roles, backup and restore. Knows no Django and no table.

The names are loaded when they are first asked for, so that `bailiwick --help` does not pay for psycopg. No module has
the name of a function: once imported it would stand in the function's place.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bailiwick.store.address import Address, settle
    from bailiwick.store.backing_up import backup
    from bailiwick.store.embedded import Embedded
    from bailiwick.store.refused import StoreRefused
    from bailiwick.store.restoring import restore
    from bailiwick.store.roles import prepare

__all__ = ["Address", "Embedded", "StoreRefused", "backup", "prepare", "restore", "settle"]

_HOMES = {
    "Address": "address",
    "Embedded": "embedded",
    "StoreRefused": "refused",
    "backup": "backing_up",
    "prepare": "roles",
    "restore": "restoring",
    "settle": "address",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
