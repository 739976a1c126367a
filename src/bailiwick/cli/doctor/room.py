"""Whether there is room left on the disks of the home and of the store."""

import shutil
from pathlib import Path

from bailiwick.cli.doctor.line import GOOD, OFF, WATCH, Line, size
from bailiwick.cli.doctor.place import Place

LITTLE, NONE = 2_000_000_000, 200_000_000


def judged(free: int) -> str:
    """How so many free bytes stand. PostgreSQL writes its log in pieces of 16 MB and needs some of them to start again.

    >>> [judged(free) for free in (2_000_000_000, 1_999_999_999, 200_000_000, 199_999_999)]
    ['good', 'watch', 'watch', 'off']
    """
    return OFF if free < NONE else WATCH if free < LITTLE else GOOD


def free(place: Place) -> list[Line]:
    """Room in the home, and in the store's folder where it is another disk. A store elsewhere is not seen from here."""
    if not place.home.is_dir():
        return []
    folders = {"the home": place.home}
    server = place.address.server if place.address else None
    if server and server.place.folder.exists() and server.place.folder.stat().st_dev != place.home.stat().st_dev:
        folders["the store"] = server.place.folder
    found = [_line(name, folder) for name, folder in folders.items()]
    if place.given:
        found.append(Line(GOOD, "disk", "The store's disk is not seen from here; whoever runs that PostgreSQL watches it."))
    return found


def _line(name: str, folder: Path) -> Line:
    left = shutil.disk_usage(folder).free
    state = judged(left)
    remedy = "" if state == GOOD else "Make room: below 200 MB writing may end at any moment, reading goes on."
    return Line(state, "disk", f"{size(left)} free for {name} ({folder}).", remedy)
