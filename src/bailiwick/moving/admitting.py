"""A parcel becomes a network of this installation, wholly or not at all."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db import DataError, IntegrityError, ProgrammingError

from bailiwick.kit import Refused, say
from bailiwick.ledger.clock import lift_above
from bailiwick.ledger.queries import Broken, broken_seals, last_moment
from bailiwick.moving.digest import counted, whole_of
from bailiwick.moving.lines import check_keys, take_lines
from bailiwick.moving.tables import moved
from bailiwick.moving.unpacking import Parcel, damaged
from bailiwick.tenancy.models import Network
from bailiwick.tenancy.walls import InNetwork

UNFIT = (DataError, IntegrityError, ProgrammingError, ValueError)  # what the store says of rows that are not what they should be


@dataclass(frozen=True, slots=True)
class Admitted:
    """What came in: the digest of the network as it now stands here, its rows, and seals that did not hold before either."""

    network: UUID
    digest: str
    rows: int
    broken: list[Broken] = field(default_factory=list)


def admit(parcel: Parcel, *, slug: str, by: InNetwork) -> Admitted:
    """All of the parcel's network stands here, called `slug`, with the ids, the ledger and the seals that it had.

    The transaction is in that network. Everything is read again from the store: where that is not, to the byte, what the
    parcel holds, it is refused, so that nothing in it need be believed. Entries of the ledger written from now on stand
    above all that came. Refused: the network is here already, the slug is taken, the parcel is damaged.
    """
    _check_free(parcel, slug)
    _take_in(parcel, slug)
    told = counted(parcel.network)
    for table in moved():
        if told[table.name].sha256 != parcel.described[table.name]["sha256"]:
            raise damaged(table.file)
    lift_above(last_moment(by))
    return Admitted(parcel.network, whole_of(told), sum(one.rows for one in told.values()), broken_seals(by))


def _take_in(parcel: Parcel, slug: str) -> None:
    for table in moved():
        try:
            take_lines(table, parcel.lines(table), **({"slug": slug} if table.name == "tenancy_network" else {}))
            if table is moved()[-1]:
                check_keys()
        except UNFIT as why:
            raise _unfit(why, table.file) from None


def _check_free(parcel: Parcel, slug: str) -> None:
    there = Network.objects.filter(pk=parcel.network).first()
    if there is not None:
        raise Refused(
            "network_here",
            say("This network is here already; it is called %(slug)s.", slug=there.slug),
            say("Take it into another installation: ids are unique everywhere, and each row is in one place of a store."),
        )
    if Network.objects.filter(slug=slug).exists():
        raise Refused("network_exists", say("There is a network called %(slug)s already.", slug=slug))


def _unfit(why: Exception, where: str) -> Refused:
    """Rows of it may be here in another network (a file that was put together by hand), or do not fit their table."""
    if "already exists" in str(why):
        return Refused(
            "rows_here",
            say("Rows of this export are here already, in another network (%(where)s).", where=where),
            say("Take it into another installation: ids are unique everywhere, and each row is in one place of a store."),
        )
    return damaged(where)
