"""Whether the ledger is sealed, and the seals hold."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bailiwick.cli.clerk import clerk
from bailiwick.cli.doctor.around import is_served
from bailiwick.cli.doctor.line import GOOD, OFF, WATCH, Line, ago
from bailiwick.cli.doctor.place import Place

if TYPE_CHECKING:
    from bailiwick.tenancy.models import Network

LATE = timedelta(minutes=30)  # the clock seals every five


def seals(place: Place, *, whole: bool) -> list[Line]:
    """For each network how old the newest seal is, and whether seals fit: the newest one, or with `whole` every one."""
    from bailiwick.tenancy.models import Network

    served = is_served(place.home)
    found = broken() if whole else broken(newest=True)
    for network in Network.objects.order_by("created"):
        found.append(_age(network, served, "every seal" if whole else "the newest seal"))
    return found


def broken(*, newest: bool = False) -> list[Line]:
    """A line for each seal that no longer fits its entries, in every network."""
    from bailiwick.ledger.queries import broken_seals
    from bailiwick.tenancy.models import Network
    from bailiwick.tenancy.within import within

    found = []
    for network in Network.objects.order_by("created"):
        with within(network.pk):
            for seal in broken_seals(clerk(network.pk), newest=newest):
                sentence = (
                    f"{network.slug}: seal {seal.number} does not fit its entries "
                    f"({seal.expected_entries} sealed, {seal.found_entries} found): a row was edited, deleted or swapped."
                )
                found.append(Line(OFF, "ledger", sentence, "Keep this database as it is, and compare it with a backup."))
    return found


def _age(network: "Network", served: bool, looked_at: str) -> Line:
    from bailiwick.ledger.queries import sealing
    from bailiwick.tenancy.within import within

    now = datetime.now(UTC)
    with within(network.pk):
        seals = sealing(clerk(network.pk))
    age = f"the newest {ago(now - seals.newest)} old, {looked_at} looked at" if seals.newest else "none yet"
    sentence = f"{network.slug}: {seals.count} seals, {age}."
    if seals.waits_since and now - seals.waits_since > LATE:
        state = OFF if served and seals.newest else WATCH  # a serve that has just begun seals in its first round
        return Line(state, "ledger", f"{sentence} Entries wait to be sealed.", "bailiwick seal; serve does it every five minutes")
    return Line(GOOD, "ledger", sentence)
