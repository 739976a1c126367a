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
        count, made, unsealed = sealing(clerk(network.pk))
    age = f"the newest {ago(now - made)} old, {looked_at} looked at" if made else "none yet"
    sentence = f"{network.slug}: {count} seals, {age}."
    # What was built or taken in may have been recorded long before: it waits since the last round at the most.
    since = max(unsealed, made or unsealed) if unsealed else now
    if now - since > LATE:
        state = OFF if served and made else WATCH  # a serve that has just begun seals in its first round
        return Line(state, "ledger", f"{sentence} Entries wait to be sealed.", "bailiwick seal; serve does it every five minutes")
    return Line(GOOD, "ledger", sentence)
