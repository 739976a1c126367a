"""The keeper: one process beside the server that starts it again when it dies and stops it when nobody is left.

It is run by its path, apart from any environment (`python -I -S`), so it puts the source it belongs to on the path
itself. It holds the keeper lock for its whole life and knows no database, only processes and locks.
"""

import os
import signal
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path.append(str(Path(__file__).resolve().parents[2]))  # appended: nothing of ours may hide the standard library

from bailiwick.store import locks, orphans, server
from bailiwick.store.place import Place, from_text
from bailiwick.store.refused import StoreRefused

GLANCE = 0.5  # seconds between two looks; fewer when the linger is shorter
SHORTEST_GLANCE = 0.1
LOOKS_EVERY, STUCK_FOR = 2.0, 12.0  # seconds; a crash has five for its backends to end, and then is killed
LONGEST_PAUSE = 30.0  # seconds between two attempts to start a server that will not start


def keep(place: Place, keeper_lock: int, linger: float) -> None:
    """Returns when nobody has used the server for `linger` seconds and it has been stopped."""
    users = locks.open_lock(place.lock("users"))
    used = time.monotonic()
    watch = Watch(place)
    glance = pause = min(GLANCE, max(linger, SHORTEST_GLANCE))
    while True:
        time.sleep(pause)
        if not locks.seize(users):
            pause = glance if _look_after(place) else min(pause * 2, LONGEST_PAUSE)
            watch.look(time.monotonic())
            used = time.monotonic()
        elif time.monotonic() - used < linger:
            locks.let_go(users)
        else:
            _end(place, keeper_lock, users)
            return


def _look_after(place: Place) -> bool:
    """Start the server again if it is dead; False when that failed."""
    try:
        if not server.lives(place):
            with locks.alone(place.lock("setup")):
                server.launch(place)
    except (StoreRefused, OSError, ValueError):
        return False
    return True


class Watch:
    """Sees a server that is stuck, and ends it so that it is started again: asked first, and killed where that does not help."""

    def __init__(self, place: Place) -> None:
        self.place, self.looked, self.since = place, 0.0, 0.0

    def look(self, now: float) -> None:
        """Ends it once it has been stuck for a while; looks now and then only, for all processes are looked at."""
        if now - self.looked < LOOKS_EVERY:
            return
        self.looked = now
        data, lock = self.place.data, self.place.lock("server")
        found = orphans.stuck(data, lock)
        if found is None:
            self.since = 0.0
            return
        self.since = self.since or now
        if now - self.since >= STUCK_FOR:
            how = signal.SIGKILL if now - self.since >= 2 * STUCK_FOR else signal.SIGQUIT
            orphans.end_stuck(found, data, lock, how)


def _end(place: Place, keeper_lock: int, users: int) -> None:
    """Stop the server while the users lock is ours: whoever comes now waits and then starts a new one.

    The keeper lock goes first. A newcomer who gets the users lock while the keeper lock is still taken would find
    nobody to look after the server that it starts.
    """
    if not server.stop(place):
        server.stop(place, mode="immediate")
    os.close(keeper_lock)
    os.close(users)


def main(arguments: list[str]) -> None:
    """Become a process of its own, so that who started it need not wait for its end."""
    text, descriptor, linger = arguments
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _stay)  # before the fork: once `start` returns no Ctrl-C may end the keeper
    if os.fork():
        os._exit(0)
    keep(from_text(text), int(descriptor), float(linger))


def _stay(number: int, frame: object) -> None:
    """A handler and not SIG_IGN: programs inherit what is ignored, and the server must hear its signals."""


if __name__ == "__main__":
    main(sys.argv[1:])
