"""`bailiwick admit`: a network that was exported elsewhere comes in."""

import argparse
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from bailiwick.cli.erased import erase_again, read_list, write_list
from bailiwick.cli.surroundings import with_django

if TYPE_CHECKING:
    from bailiwick.moving.admitting import Admitted
    from bailiwick.moving.unpacking import Parcel


def run(asked: argparse.Namespace) -> int:
    """The network stands here with everything of it, or nothing does; its digest is that of the file.

    Who is on the list of `--erased` is erased again, and each director gets a link, for no login comes along. Exit 1 with a
    line for each seal that did not hold where it came from, and for each person who could not be erased.
    """
    listed = read_list(asked.erased) if asked.erased else []
    with_django(asked.home)
    from bailiwick.moving.unpacking import opened
    from bailiwick.network.commands import check_slug

    check_slug(asked.network)
    with opened(asked.file) as parcel:
        parcel.check()
        admitted, links = _admit(parcel, asked.network)
    # In a transaction of its own: only entries that are written after the clock was lifted stand above those that came.
    erased, trouble = erase_again([one for one in listed if one.network == admitted.network], datetime.now(UTC))
    trouble += [f"Seal {one.number} of its ledger does not fit its entries, as where it came from." for one in admitted.broken]
    write_list(asked.home.absolute())
    gone = {one.subject for one in listed}
    told = [
        {"director": name, "link": f"http://127.0.0.1:{asked.port}/welcome/{token}"}
        for person, name, token in links
        if person not in gone
    ]
    _tell(admitted, told, erased, trouble, asked)
    return 1 if trouble else 0


def _admit(parcel: "Parcel", slug: str) -> "tuple[Admitted, list[tuple[UUID | None, str, str]]]":
    """One transaction: the network is here exactly if the way into it is."""
    from bailiwick.cli.clerk import clerk
    from bailiwick.moving.admitting import admit
    from bailiwick.network.commands import invite_directors
    from bailiwick.tenancy.within import within

    by = clerk(parcel.network)
    with within(parcel.network):
        return admit(parcel, slug=slug, by=by), invite_directors(by=by, now=datetime.now(UTC))


def _tell(admitted: "Admitted", links: list[dict[str, str]], erased: int, trouble: list[str], asked: argparse.Namespace) -> None:
    if asked.json:
        told = {"network": asked.network, "id": str(admitted.network), "rows": admitted.rows, "digest": admitted.digest}
        print(json.dumps({**told, "directors": links, "erased": erased, "trouble": trouble}))
        return
    print(f"{asked.network} is here: {admitted.rows:,} rows, to the byte those of the file. Its digest is {admitted.digest}.")
    for line in trouble:
        print(line)
    if asked.erased:
        print(f"Erased again: {erased}.")
    for one in links:
        print(f"{one['director'] or 'Whoever directs it'} signs in by opening, once: {one['link']}")
