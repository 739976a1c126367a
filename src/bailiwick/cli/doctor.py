"""`bailiwick doctor`."""

import argparse
import json

from bailiwick.cli.surroundings import with_django


def run(asked: argparse.Namespace) -> int:
    """Exit 0 if nothing is wrong, 1 with a line for each thing that is."""
    with_django(asked.home, migrate=False)
    found = trouble(ledger=asked.ledger)
    if asked.json:
        print(json.dumps({"trouble": found}))
    else:
        print("\n".join(found) or "Everything is as it should be.")
    return 1 if found else 0


def trouble(*, ledger: bool) -> list[str]:
    """A line for each thing that is wrong; with `ledger` every seal is checked against its entries."""
    return [*_walls(), *(_ledger() if ledger else [])]


def _walls() -> list[str]:
    """The application's role must be bound by row-level security."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        unbound = cursor.fetchone()[0]
        cursor.execute(
            "SELECT relname FROM pg_class JOIN information_schema.columns ON table_name = relname "
            "WHERE column_name = 'network_id' AND table_schema = 'public' AND relkind = 'r' "
            "AND NOT (relrowsecurity AND relforcerowsecurity) AND relname NOT IN ('network_access', 'network_invitation')"
        )
        open_tables = [row[0] for row in cursor.fetchall()]
    found = ["The application's role is not bound by row-level security."] if unbound else []
    return found + [f"Table {name} has no wall between networks." for name in open_tables]


def _ledger() -> list[str]:
    from bailiwick.cli.clerk import clerk
    from bailiwick.ledger.queries import broken_seals
    from bailiwick.tenancy.models import Network
    from bailiwick.tenancy.within import within

    found = []
    for network in Network.objects.all():
        with within(network.pk):
            found += [
                f"{network.slug}: seal {seal.number} does not fit its entries "
                f"({seal.expected_entries} sealed, {seal.found_entries} found): a row was edited, deleted or swapped."
                for seal in broken_seals(clerk(network.pk))
            ]
    return found
