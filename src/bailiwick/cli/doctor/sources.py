"""Whether standing sources go on, and something still comes for them."""

from datetime import UTC, datetime

from bailiwick.cli.clerk import clerk
from bailiwick.cli.doctor.line import GOOD, WATCH, Line, ago


def standing() -> list[Line]:
    """A line for each standing source: in trouble, silent for three times its usual gap, or good. None where there are none."""
    from bailiwick.exchange.models import StandingSource
    from bailiwick.exchange.sentences import spoken
    from bailiwick.exchange.standing import silent
    from bailiwick.tenancy.models import Network
    from bailiwick.tenancy.within import within

    found, now = [], datetime.now(UTC)
    for network in Network.objects.order_by("created"):
        with within(network.pk):
            by = clerk(network.pk)
            for row in StandingSource.objects.in_network(by).filter(ended=None).order_by("source"):
                told, waited = f"{network.slug}: “{row.source}”", silent(row, by, now)
                if row.trouble:
                    remedy = "A director finds it on the page of imports, and what to do."
                    found.append(Line(WATCH, "sources", f"{told} does not go on: {spoken(row.trouble['why'])}", remedy))
                elif waited:
                    remedy = "Look whether the other system still writes its export, and where to."
                    found.append(
                        Line(WATCH, "sources", f"{told}: nothing came for {ago(waited)}, far longer than usual.", remedy)
                    )
                else:
                    found.append(Line(GOOD, "sources", f"{told} goes on."))
    return found
