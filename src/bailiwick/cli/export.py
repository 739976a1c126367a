"""`bailiwick export`: one network leaves as a file."""

import argparse
import json
from datetime import UTC, datetime

from bailiwick.cli.surroundings import with_django


def run(asked: argparse.Namespace) -> int:
    """All of the network as it was at one instant is in the file, with a description. Nothing changes; work goes on meanwhile."""
    with_django(asked.home)
    from bailiwick.moving.packing import pack
    from bailiwick.network.queries import network_of
    from bailiwick.tenancy.within import at_one_instant

    network, now, file = network_of(asked.network), datetime.now(UTC), asked.file.absolute()
    with at_one_instant(network.pk):
        network.refresh_from_db()
        description = pack(network, file, now=now)
    told = {"file": str(file), "bytes": file.stat().st_size, "rows": description["rows"], "digest": description["digest"]}
    if asked.json:
        print(json.dumps(told))
    else:
        print(f"{file}: {told['rows']:,} rows of {network.slug} in {told['bytes']:,} bytes.")
        print(f"Its digest is {told['digest']}.")
        print(f"Elsewhere: bailiwick admit {file.name} --network {network.slug}")
    return 0
