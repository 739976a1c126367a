"""A parcel becomes a network of this installation, wholly or not at all."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db import DatabaseError, DataError

from bailiwick.kit import Refused, say
from bailiwick.ledger.clock import lift_above
from bailiwick.ledger.queries import Broken, broken_seals, last_moment
from bailiwick.moving.digest import counted, whole_of
from bailiwick.moving.lines import check_keys, take_lines
from bailiwick.moving.tables import Table, moved
from bailiwick.moving.unpacking import Parcel, damaged
from bailiwick.tenancy.models import Network
from bailiwick.tenancy.walls import InNetwork

# What the store says of rows that are not what they should be, beside `DataError`: a broken rule, another network, endless.
UNFIT = ("23", "42", "54")
TWICE = "23505"


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
        except UnicodeDecodeError:
            raise damaged(table.file) from None
        except DatabaseError as why:
            if (no := _unfit(why, table)) is None:
                raise
            raise no from None


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


def _unfit(why: DatabaseError, table: Table) -> Refused | None:
    """The refusal of rows that do not fit; None where what the store says is not the file's fault."""
    state = str(getattr(why.__cause__, "sqlstate", None) or "")
    name = str(getattr(getattr(why.__cause__, "diag", None), "constraint_name", None) or "")
    if state == TWICE and name == f"{table.name}_pkey":  # the ids in a file differ: it is here, out of sight
        return Refused(
            "rows_here",
            say("Rows of this export are here already, in another network (%(where)s).", where=table.file),
            say("Take it into another installation: ids are unique everywhere, and each row is in one place of a store."),
        )
    return damaged(table.file) if state.startswith(UNFIT) or isinstance(why, DataError) else None
