"""`bailiwick erase`."""

import argparse
import json
from datetime import UTC, datetime
from uuid import UUID

from bailiwick.cli.erased import write_list
from bailiwick.cli.surroundings import with_django
from bailiwick.kit import Refused, say


def run(asked: argparse.Namespace) -> int:
    """Name, contact data and words of a person who has left are gone."""
    with_django(asked.home)
    from bailiwick.cli.clerk import clerk
    from bailiwick.network.commands import erase_person
    from bailiwick.network.queries import network_of
    from bailiwick.tenancy.within import within

    try:
        person = UUID(asked.person)
    except ValueError:
        raise Refused("no_id", say("%(text)s is no id of a person.", text=asked.person)) from None
    network = network_of(asked.network)
    with within(network.pk):
        changed = erase_person(person=person, by=clerk(network.pk), now=datetime.now(UTC))
    write_list(asked.home.absolute())
    print(json.dumps({"changed": changed}) if asked.json else f"Erased: {changed} rows changed.")
    return 0
