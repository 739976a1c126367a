"""Where one embedded PostgreSQL lives and as whom it runs: plain values, handed to the keeper as text."""

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

LONGEST_SOCKET_PATH = 100  # the kernel takes 108 bytes (Linux) or 104 (macOS), of which PostgreSQL needs a few
SOCKET_NAME = ".s.PGSQL.5432"


class Account(NamedTuple):
    """A user of the operating system."""

    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Place:
    """The folder that holds locks, logs and data; the programs; the account, or None for one's own."""

    folder: Path
    programs: Path
    account: Account | None = None

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.folder / "pg"

    @property
    def log(self) -> Path:
        """What the server says before its own log begins."""
        return self.folder / "start.log"

    @property
    def socket(self) -> Path:
        """The directory of the socket: beside the data, or where that path is too long a private one under /tmp.

        It follows from the folder alone. Were XDG_RUNTIME_DIR or TMPDIR asked, a server started from a login shell
        would not be found by one started from cron, and both would want the same data.
        """
        beside = self.folder / "run"
        if len(os.fsencode(beside / (SOCKET_NAME + ".lock"))) <= LONGEST_SOCKET_PATH:
            return beside
        digest = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]
        return Path("/tmp") / f"bailiwick-{digest}"  # noqa: S108 - checked for owner and mode before use

    def lock(self, name: str) -> Path:
        """The lock file called `name`: users, setup, server or keeper."""
        return self.folder / f"{name}.lock"

    def to_text(self) -> str:
        """The place as one argument of a command line."""
        return json.dumps([str(self.folder), str(self.programs), self.account])


def from_text(text: str) -> Place:
    """The place that `to_text` wrote."""
    folder, programs, account = json.loads(text)
    return Place(Path(folder), Path(programs), Account(*account) if account else None)
