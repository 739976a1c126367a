"""`bailiwick digest`: what a network holds, in one number."""

import argparse
import json

from bailiwick.cli.surroundings import with_django


def run(asked: argparse.Namespace) -> int:
    """Two installations that hold the same network print the same; by table where they do not."""
    with_django(asked.home)
    from bailiwick.moving.digest import counted, whole_of
    from bailiwick.network.queries import network_of
    from bailiwick.tenancy.within import at_one_instant

    network = network_of(asked.network)
    with at_one_instant(network.pk):
        told = counted(network.pk)
    if asked.json:
        tables = {name: {"rows": one.rows, "sha256": one.sha256} for name, one in told.items()}
        print(json.dumps({"network": network.slug, "id": str(network.pk), "digest": whole_of(told), "tables": tables}))
    else:
        print("\n".join(f"{one.sha256}  {one.rows:>9,}  {name}" for name, one in sorted(told.items()) if one.rows))
        print(f"{whole_of(told)}  {sum(one.rows for one in told.values()):>9,}  {network.slug}")
    return 0
