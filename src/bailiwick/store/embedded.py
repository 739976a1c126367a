"""The embedded PostgreSQL as its users see it: start it or attach to it, get an address, release it.

Every process of the product holds one of these. The server is nobody's child: a keeper beside it starts it again when
it dies and stops it when the last user is gone, whatever that user died of.
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from bailiwick.store import cluster, keeper, locks, server
from bailiwick.store.lodging import lodge
from bailiwick.store.place import Place
from bailiwick.store.refused import StoreRefused

SUPERUSER = "postgres"


def complain(line: str) -> None:
    """One line for the operator, where no other way was given."""
    sys.stderr.write(f"{line}\n")


class Embedded:
    """The server of one home. `linger` is how long it stays when nobody uses it, `extra` more lines of settings."""

    def __init__(
        self,
        home: Path,
        linger: float = 5.0,
        extra: str = "",
        environ: Mapping[str, str] | None = None,
        say: Callable[[str], None] = complain,
    ) -> None:
        self.home, self.linger, self.extra, self.say = Path(home).absolute(), linger, extra, say
        self._environ = os.environ if environ is None else environ
        self._place: Place | None = None
        self._turn = threading.Lock()
        self._users: int | None = None  # a bare descriptor: it stays open although nobody keeps this object

    @property
    def place(self) -> Place:
        """Where the server lives; looked up once."""
        if self._place is None:
            self._place = lodge(self.home, self._environ, self.say)
        return self._place

    def start(self) -> Self:
        """The server answers, and stays while this process lives or until `release`. May be called again."""
        try:
            place = self.place
            self._hold_users_lock(place)
            with locks.alone(place.lock("setup")):
                self._bring_up(place)
        except OSError as cause:
            raise StoreRefused(f"The database of {self.home} cannot be started: {cause}") from cause
        return self

    def _hold_users_lock(self, place: Place) -> None:
        """One descriptor only: of two that threads opened at once the first would be forgotten and held for ever."""
        with self._turn:
            if self._users is None:
                users = locks.open_lock(place.lock("users"))
                locks.share(users)  # waits only while a keeper is stopping the server
                self._users = users

    def _bring_up(self, place: Place) -> None:
        if not (place.data / "PG_VERSION").exists():
            cluster.create(place, self.extra)
        server.open_socket_folder(place)
        if not server.answers(place):
            cluster.configure(place, self.extra)
            server.launch(place)
        self.set_keeper()

    def set_keeper(self) -> None:
        """A keeper is there; the lock says so. It leaves its parent at once, so nobody has a child to wait for.

        Who uses the store for long calls this now and then: a keeper that somebody killed is missed by nobody else.
        """
        place = self.place
        lock = locks.open_lock(place.lock("keeper"))
        try:
            if locks.seize(lock):
                command = (sys.executable, "-I", "-S", keeper.__file__, place.to_text(), str(lock), str(self.linger))
                subprocess.run(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    pass_fds=(lock,),
                    start_new_session=True,
                    cwd="/",
                    check=True,
                )
        except subprocess.CalledProcessError as cause:
            raise StoreRefused(f"The keeper of the database could not be started ({cause.returncode}).") from cause
        finally:
            os.close(lock)

    def release(self, wait: float = 0.0) -> bool:
        """This process no longer needs the server. Says whether it has stopped, after at most `wait` seconds.

        Wait before deleting a home: a server whose files vanish under it keeps its memory and its processes.
        """
        if self._users is not None:
            os.close(self._users)
            self._users = None
        if self._place is None:
            return True  # it was never started
        end = time.monotonic() + wait
        while locks.is_held(self.place.lock("server")) or locks.is_held(self.place.lock("keeper")):
            if time.monotonic() >= end:
                return False
            time.sleep(0.05)
        return True

    def dsn(self, user: str = SUPERUSER, database: str = "bailiwick") -> str:
        """The address for one role. The port is named, for a PGPORT of the caller's shell would be used otherwise."""
        folder = quote(os.fsencode(self.place.socket), safe="")
        return f"postgresql://{quote(user, safe='')}@/{quote(database, safe='')}?host={folder}&port=5432"

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, cause: BaseException | None, at: TracebackType | None) -> None:
        self.release()
