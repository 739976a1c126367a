"""A source that stands in the village, and the importer's rounds over it."""

import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from bailiwick.cli.importer import take_next
from bailiwick.cli.standing import turn
from bailiwick.exchange.commands.asked import take_asked
from bailiwick.exchange.commands.giving import answer, ask_for, give
from bailiwick.exchange.commands.standing import make_standing
from bailiwick.exchange.commands.unpacking import Given
from bailiwick.exchange.models import Import, Incoming, StandingSource
from bailiwick.tenancy.models import Network
from bailiwick.tenancy.within import set_network
from tests.exports import HEADER
from tests.village import NOW, Village

STEPS = ("Prospect", "First appointment", "Proposal", "Close")
LATER = timedelta(minutes=1)


def deal(key: int, stage: str, **more: str) -> str:
    """One line of an export; what is not said is the same each time."""
    told = {
        "name": f"Hoist {key}",
        "company": "Kranwerk AG",
        "seller": "Noor Haddad",
        "value": str(1000 + key),
        "close": "2027-03-01",
    }
    one = told | more
    return f"{key},{one['name']},{one['company']},{one['seller']},{stage},{one['value']},2026-01-05,{one['close']}"


def export(*lines: str) -> bytes:
    return "\n".join((HEADER, *lines, "")).encode()


FIRST = export(
    *(deal(n, STEPS[n % 4]) for n in range(1, 13)),
    deal(13, "Won", close="2026-05-04"),
    deal(14, "Lost", close="2026-06-08"),
)


@dataclass
class Stood:
    """The standing source with its folder."""

    village: Village
    root: Path
    which: StandingSource
    now: datetime = field(default=NOW)

    @property
    def row(self) -> StandingSource:
        return StandingSource.objects.in_network(self.village.by).get(pk=self.which.pk)

    @property
    def folder(self) -> Path:
        network = Network.objects.get(pk=self.village.by.network)
        return self.root / network.slug / self.which.folder

    def lay(self, name: str, content: bytes, at: datetime = NOW) -> Path:
        """A file that was written the day before, at this hour: whatever the hour of the test, nobody is writing it any more."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / name
        path.write_bytes(content)
        written = (at - timedelta(days=1)).timestamp()
        os.utime(path, (written, written))
        return path

    def round(self, later: timedelta = LATER) -> None:
        """One round of the importer, after everything that was laid lies still."""
        self.now = max(self.now + later, datetime.now(self.now.tzinfo) + LATER)
        network, stop = Network.objects.get(pk=self.village.by.network), threading.Event()
        turn(network, self.now)
        while take_next(network, self.now, stop):
            turn(network, self.now)
        turn(network, self.now)
        set_network(network.pk)

    def imports(self) -> Sequence[Import]:
        return list(Import.objects.in_network(self.village.by).filter(source="crm").order_by("created", "pk"))

    def incoming(self) -> list[tuple[str, str]]:
        rows = Incoming.objects.in_network(self.village.by).filter(of=self.which).order_by("came", "pk")
        return list(rows.values_list("name", "state"))

    def inside(self, where: str) -> list[str]:
        return sorted(one.name for one in (self.folder / where).iterdir()) if (self.folder / where).is_dir() else []


def stands(village: Village, root: Path, content: bytes = FIRST, name: str = "deals.csv") -> Stood:
    """The director takes an export in by hand, and makes its source standing."""
    settings.INBOX = root
    dora = village.actor("dora")
    of = give([Given(name, content)], "crm", "EUR", by=dora, now=NOW)
    asked = {one["key"]: one["choices"][0][0] for one in of.mapping["questions"]}
    if asked:
        answer(of.pk, answers=asked, by=dora, now=NOW)
    of = ask_for(of.pk, by=dora, now=NOW)
    take_asked(of, by=dora, now=NOW, progress=lambda _: None)
    return Stood(village, root, make_standing(of.pk, by=dora, now=NOW))
