"""`bailiwick backup`."""

import argparse
import json
from datetime import UTC, datetime

from bailiwick.cli.erased import LIST, write_list
from bailiwick.cli.surroundings import with_django
from bailiwick.kit import Refused, say
from bailiwick.store.note import note


def run(asked: argparse.Namespace) -> int:
    """Everything up to this instant is in one file, its ledger sealed and the file read back; work goes on meanwhile.

    The tables are not brought up to this release first: a backup is what an operator makes before an upgrade.
    """
    address = with_django(asked.home, migrate=False)
    from bailiwick.cli.seal import seal_all
    from bailiwick.store import backup
    from bailiwick.store.backing_up import read_back

    _are_ours()
    sealed = seal_all(datetime.now(UTC))
    made = backup(address, asked.file)
    read_back(address, made)
    note(asked.home.absolute(), made, datetime.now(UTC))
    erased = write_list(asked.home.absolute())
    told = {"file": str(made), "bytes": made.stat().st_size, "sealed": sealed, "erased": erased}
    if asked.json:
        print(json.dumps(told))
    else:
        print(f"{made}: {told['bytes']:,} bytes, {sealed} entries of the ledger newly sealed, read back whole.")
        print(f"Keep {asked.home / LIST} with your backups: a restore erases again who is on it.")
    return 0


def _are_ours() -> None:
    """There are tables that can be sealed."""
    from django.db import connection

    if "ledger_seal" not in connection.introspection.table_names():
        raise Refused("nothing_there", say("This home holds nothing yet."), say("Name the home with --home DIR."))
