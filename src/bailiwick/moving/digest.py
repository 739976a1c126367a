"""What a network holds, in one number: two stores that hold the same have the same, whatever it is called there and when.

The digest of a table is the SHA-256 of its lines in the order of their ids; that of the network is the SHA-256 of a line
for each table, its name and its digest.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from bailiwick.moving.lines import lines_of
from bailiwick.moving.tables import moved


@dataclass(slots=True)
class Counted:
    """How much a table holds, counted while its lines go by."""

    rows: int = 0
    size: int = 0  # bytes
    _sum: Any = field(default_factory=hashlib.sha256, repr=False)

    def passing(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """The same lines, counted."""
        for line in lines:
            self.rows += 1
            self.size += len(line)
            self._sum.update(line)
            yield line

    def all(self, lines: Iterable[bytes]) -> "Counted":
        """Counted to the end."""
        for _ in self.passing(lines):
            pass
        return self

    @property
    def sha256(self) -> str:
        """The digest of the table."""
        return str(self._sum.hexdigest())


def counted(network: UUID) -> dict[str, Counted]:
    """What each table holds of the network in which the transaction is."""
    return {table.name: Counted().all(lines_of(table, network)) for table in moved()}


def whole(digests: Mapping[str, str]) -> str:
    """The digest of a network from those of its tables.

    >>> whole({"b": "2", "a": "1"}) == whole({"a": "1", "b": "2"})
    True
    """
    lines = "".join(f"{name} {digests[name]}\n" for name in sorted(digests))
    return hashlib.sha256(lines.encode()).hexdigest()


def whole_of(told: Mapping[str, Counted]) -> str:
    """The digest of a network that was counted."""
    return whole({name: one.sha256 for name, one in told.items()})
