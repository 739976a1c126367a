"""Work that somebody asked for and that waits for too long."""

from datetime import UTC, datetime, timedelta

from bailiwick.cli.clerk import clerk
from bailiwick.cli.doctor.line import GOOD, WATCH, Line

LATE = timedelta(minutes=15)


def waiting() -> list[Line]:
    """How many imports are asked for and not taken in, in all networks."""
    from bailiwick.exchange.queries import asked_since
    from bailiwick.tenancy.models import Network
    from bailiwick.tenancy.within import within

    asked = []
    for network in Network.objects.order_by("created"):
        with within(network.pk):
            asked += asked_since(clerk(network.pk))
    late = [one for one in asked if datetime.now(UTC) - one > LATE]
    if late:
        sentence = f"{len(late)} imports wait for more than {LATE.seconds // 60} minutes and are not taken in."
        return [
            Line(
                WATCH,
                "work",
                sentence,
                "A large one takes its time; the page of the import shows how far it is. Else look whether the importer lives.",
            )
        ]
    return [Line(GOOD, "work", f"{len(asked)} imports under way, none overdue.")]
