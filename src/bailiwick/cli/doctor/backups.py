"""Whether there is a backup, how old it is, and whether it is still what was made."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bailiwick.cli.doctor.line import GOOD, OFF, WATCH, Line, ago, size, worse
from bailiwick.cli.doctor.place import Place
from bailiwick.store.note import noted

OLD, TOO_OLD = timedelta(days=2), timedelta(days=8)
REMEDY = "bailiwick backup FILE, every night, to another machine; restore one now and then: bailiwick --home EMPTY restore FILE"


def newest(place: Place) -> list[Line]:
    """The newest backup that this home made. Others than `bailiwick backup` are not known here."""
    last = noted(place.home) if place.home.is_dir() else None
    if last is None:
        return [_none(place)]
    file, age = Path(last["file"]), datetime.now(UTC) - datetime.fromisoformat(last["at"])
    state = worse(age.total_seconds(), OLD.total_seconds(), TOO_OLD.total_seconds())
    sentence = f"The newest is {ago(age)} old, {size(last['bytes'])}, read back whole when it was made: {file}"
    found = [Line(state, "backups", sentence, "" if state == GOOD else REMEDY)]
    if not file.exists():
        found.append(
            Line(WATCH, "backups", "That file is not there any more.", "Moved to another machine: good. Else: " + REMEDY)
        )
    elif file.stat().st_size != last["bytes"]:
        found.append(Line(OFF, "backups", f"It has {size(file.stat().st_size)} now: it was changed or cut.", REMEDY))
    return found


def _none(place: Place) -> Line:
    """None is off when there is something to lose: a network of one's own, older than a backup may be."""
    if place.given:
        sentence = "None by `bailiwick backup`; whoever runs that PostgreSQL may make others."
        return Line(WATCH, "backups", sentence, "Make sure that somebody does, and that a restore was tried.")
    since = _working_since() if place.tables else None
    state = OFF if since and datetime.now(UTC) - since > TOO_OLD else WATCH
    return Line(state, "backups", "There is none.", REMEDY)


def _working_since() -> datetime | None:
    from bailiwick.tenancy.models import Network

    return Network.objects.filter(demo=False).order_by("created").values_list("created", flat=True).first()
