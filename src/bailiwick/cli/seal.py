"""`bailiwick seal`."""

import argparse
import json
from datetime import UTC, datetime

from bailiwick.cli.surroundings import with_django


def run(asked: argparse.Namespace) -> int:
    """The finished part of every network's ledger is sealed."""
    with_django(asked.home)
    sealed = seal_all(datetime.now(UTC))
    print(json.dumps({"sealed": sealed}) if asked.json else f"{sealed} entries sealed.")
    return 0


def seal_all(now: datetime) -> int:
    """Seal each network in a transaction of its own; the number of entries sealed."""
    from bailiwick.cli.clerk import clerk
    from bailiwick.ledger.commands import seal
    from bailiwick.tenancy.models import Network
    from bailiwick.tenancy.within import within

    count = 0
    for network in Network.objects.all():
        with within(network.pk):
            made = seal(clerk(network.pk), now)
            count += made.entries if made else 0
    return count
