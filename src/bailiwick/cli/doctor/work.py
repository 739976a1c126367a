"""Work that somebody asked for and that waits for too long."""

from datetime import UTC, datetime, timedelta

from bailiwick.cli.clerk import clerk
from bailiwick.cli.doctor.line import GOOD, WATCH, Line

LATE = timedelta(minutes=15)
REMEDY = "A large one takes its time; the page of the import shows how far it is. Else look whether the importer lives."


def waiting() -> list[Line]:
    """How many imports of each network are asked for and not taken in."""
    from bailiwick.exchange.queries import asked_since
    from bailiwick.tenancy.models import Network
    from bailiwick.tenancy.within import within

    found, now = [], datetime.now(UTC)
    for network in Network.objects.order_by("created"):
        with within(network.pk):
            asked = asked_since(clerk(network.pk))
        late = sum(now - one > LATE for one in asked)
        if late:
            sentence = f"{network.slug}: {late} imports wait for more than {LATE.seconds // 60} minutes and are not taken in."
            found.append(Line(WATCH, "work", sentence, REMEDY))
        else:
            found.append(Line(GOOD, "work", f"{network.slug}: {len(asked)} imports under way, none overdue."))
    return found
