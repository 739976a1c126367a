"""`bailiwick doctor`: what this installation is doing, and what to do about it. Looks also where the store is away."""

import argparse
import json

from bailiwick.cli.doctor import around, backups, ledger, mail, room, sources, store, versions, work
from bailiwick.cli.doctor.line import OFF, Line, look
from bailiwick.cli.doctor.place import Place, found_at


def run(asked: argparse.Namespace) -> int:
    """Exit 0 where all is good or only to be watched, 1 where something is off."""
    lines = examine(found_at(asked.home.absolute()), whole_ledger=asked.ledger)
    if asked.json:
        print(json.dumps([line.plain() for line in lines], indent=1))
    else:
        print("\n".join(line.text() for line in lines))
    return 1 if any(line.state == OFF for line in lines) else 0


def examine(place: Place, *, whole_ledger: bool = False) -> list[Line]:
    """Every check, each by itself: one that breaks is off and stops no other. What needs the store is left out without it."""
    lines = look("store", lambda: store.reach(place))
    if place.tables:
        lines += look("walls", store.walls)
        lines += look("ledger", lambda: ledger.seals(place, whole=whole_ledger))
        lines += look("work", work.waiting)
        lines += look("sources", sources.standing)
        lines += look("outbox", mail.outbox)
    lines += look("clock", lambda: around.beats(place))
    lines += look("backups", lambda: backups.newest(place))
    lines += look("mail", mail.server)
    lines += look("disk", lambda: room.free(place))
    lines += look("settings", lambda: around.settings(place))
    return lines + look("versions", lambda: versions.told(place))


def trouble() -> list[str]:
    """What a restore must find in order: the walls, and every seal against its entries. A line for each that is not."""
    lines = store.walls() + ledger.broken()
    return [line.found for line in lines if line.state == OFF]
