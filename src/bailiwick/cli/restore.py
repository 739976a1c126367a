"""`bailiwick restore`."""

import argparse
import json
import os
from datetime import UTC, datetime

from bailiwick.cli.erased import Erased, erase_again, read_list, write_list
from bailiwick.cli.serving import alone
from bailiwick.cli.surroundings import migrated, settled
from bailiwick.store import Address


def run(asked: argparse.Namespace) -> int:
    """The empty home holds what the backup holds, in the tables of this release, and can be served.

    New entries of the ledger stand above all restored ones. Who is on the list of `--erased` (the old home, or its
    `erased.jsonl`) is erased again, everybody signs in anew, and every seal is checked. Exit 1 with a line for each thing
    that is not as it should be.
    """
    home = asked.home.absolute()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    listed = read_list(asked.erased) if asked.erased else []
    lock = alone(home)
    address = settled(home)
    _fill(address, asked)
    erased, trouble = _finish(listed)
    write_list(home)
    os.close(lock)
    if asked.json:
        print(json.dumps({"erased": erased, "trouble": trouble}))
    else:
        print("\n".join(trouble) or f"{asked.file} is restored into {home}, every seal holds.")
        print(f"Erased again: {erased}." if asked.erased else _without_list())
    return 1 if trouble else 0


def _fill(address: Address, asked: argparse.Namespace) -> None:
    """Content, tables of this release, and the clock of the ledger, before anything new is written."""
    from bailiwick.store import restore
    from bailiwick.store.archive import connect

    restore(address, asked.file)
    migrated()
    with connect(address.admin) as admin:
        admin.execute("SELECT ledger_after_restore()")
        admin.execute("DELETE FROM network_pushdevice")
        admin.execute("DELETE FROM network_session")  # some were ended after the backup: nobody is signed in by an old one
        # A link may have been used after the backup. Where nobody can sign in yet it stays: it is the only way in.
        admin.execute(
            "UPDATE network_invitation SET until = now() WHERE used IS NULL AND until > now()"
            " AND network_id IN (SELECT network_id FROM network_access)"
        )


def _finish(listed: list[Erased]) -> tuple[int, list[str]]:
    import django

    django.setup()
    from bailiwick.cli.doctor import trouble

    erased, not_erased = erase_again(listed, datetime.now(UTC))
    return erased, [*not_erased, *trouble()]


def _without_list() -> str:
    return "Who was erased after the backup is here again, unless you name the list: --erased OLD_HOME."
