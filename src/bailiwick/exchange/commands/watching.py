"""One look into the folder of a standing source: what is new is kept, what is done with is put away."""

import hashlib
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bailiwick.exchange.commands.gathering import keep, note, refuse, well
from bailiwick.exchange.commands.unpacking import TOGETHER, Given, base_name, too_large
from bailiwick.exchange.inbox import REFUSED, TAKEN, Folder, Laid, folder_of
from bailiwick.exchange.models import Incoming, StandingSource
from bailiwick.kit import Actor, say
from bailiwick.tenancy.models import Network

PUT = {Incoming.State.TAKEN: TAKEN, Incoming.State.AGAIN: TAKEN, Incoming.State.REFUSED: REFUSED}
FOLDER = "folder"
PUT_RIGHT = say("Whoever looks after this installation can put it right: it must be a folder that may be written to.")


def look(of: StandingSource, root: Path, *, by: Actor, now: datetime) -> None:
    """Every file that lies still is kept once; those that were taken in or refused are moved into the folders beside.

    To be called in a transaction of its own: only what is committed is put away, so that a crash between taking in and
    putting away leaves the file where it is, known by its digest.
    """
    slug = Network.objects.values_list("slug", flat=True).get(pk=by.network)
    try:
        with folder_of(root, slug, of.folder) as folder:
            for one in folder.files(now):
                with suppress(FileNotFoundError):  # somebody took it back meanwhile
                    _see(of, folder, one, by, now)
    except OSError as why:
        note(of, FOLDER, say("Its folder cannot be used: %(why)s.", why=why.strerror or str(why)), PUT_RIGHT)
        return
    if of.trouble and of.trouble["about"] == FOLDER:
        well(of)


def _see(of: StandingSource, folder: Folder, one: Laid, by: Actor, now: datetime) -> None:
    """A row that was put away is no file in the folder any more: laid there again, the file is another one."""
    rows = Incoming.objects.in_network(by).filter(of=of, name=base_name(one.name)[:200], size=one.size, stamp=one.stamp)
    row = rows.defer("content").order_by("-came", "-pk").first()
    if row is None:
        _take(of, folder, one, by, now)
    elif row.state in PUT and folder.digest(one) == row.digest:
        folder.put_away(one, PUT[Incoming.State(row.state)])
        row.stamp = 0
        row.save(update_fields=["stamp"])


def _take(of: StandingSource, folder: Folder, one: Laid, by: Actor, now: datetime) -> None:
    if one.size > TOGETHER:
        row = keep(of, Given(one.name, b""), folder.digest(one), by=by, now=now, stamp=one.stamp)
        row.size = one.size
        row.save(update_fields=["size"])
        no = too_large()
        refuse(of, [row], no.sentence, no.remedy, by=by)
        return
    content = folder.read(one)
    if content is not None:
        keep(of, Given(one.name, content), hashlib.sha256(content).hexdigest(), by=by, now=now, stamp=one.stamp)
