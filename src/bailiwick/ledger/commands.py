"""Writing to the ledger: events, access records, seals."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from bailiwick.kit import Actor, Door, Event
from bailiwick.ledger.models import Entry, Erasure, Kept, Seal
from bailiwick.tenancy.adding import add_values
from bailiwick.tenancy.models import Network, new_id
from bailiwick.tenancy.turns import take_turns
from bailiwick.tenancy.walls import InNetwork

KEPT_FOR = timedelta(days=30)
COLUMNS = (
    "id", "network_id", "kind", "schema", "happened", "recorded", "day", "subject", "about",
    "unit_id", "person_id", "organization_id", "by", "door", "facts",
)  # fmt: skip
# What a seal of each version covers, in this order and for ever. A column that comes later belongs to the next version, or
# every seal made before would look broken; a seal then has to say of which version it is.
SEALED = {
    1: (
        "id", "network_id", "seq", "moment", "kind", "schema", "happened", "recorded", "day", "subject", "about",
        "unit_id", "person_id", "organization_id", "by", "door", "facts",
    ),
}  # fmt: skip


def record(*events: Event, by: Actor, now: datetime) -> None:
    """Each event stands in the ledger, in the transaction of its act: it is there exactly if the act is."""
    record_many([(event, by, now) for event in events], by=by)


LIVE = frozenset({Door.PAGE, Door.API})


def record_many(written: Sequence[tuple[Event, Actor, datetime]], *, by: InNetwork) -> None:
    """Events of several actors and instants, in this order: what came in late (from a tunnel, from a simulator).

    The first live act in a network that was taken in moves the "today" of its figures to today.
    """
    if any(actor.scope.archive and actor.door in LIVE and event.WAKES for event, actor, _ in written):
        Network.objects.filter(pk=by.network).update(as_of=None)
    add_values(
        Entry,
        COLUMNS,
        [
            (
                new_id(),
                actor.network,
                event.KIND,
                event.SCHEMA,
                event.happened,
                now,
                event.day,
                event.subject,
                list(dict.fromkeys((event.subject, *event.about))),
                event.unit,
                event.person,
                event.organization,
                actor.person,
                actor.door,
                event.facts(),
            )
            for event, actor, now in written
        ],
    )


def looked(people: Iterable[UUID], *, page: str, by: Actor, day: date, now: datetime) -> None:
    """`by` has looked at rows of `people` on `page`; own rows leave no record. One row a person, page and day."""
    others = sorted({person for person in people if person != by.person}, key=str)
    if not others:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_accessrecord (id, network_id, viewer, person, page, day, count, last) "
            "SELECT told.id, %s, %s, told.person, %s, %s, 1, %s FROM unnest(%s::uuid[], %s::uuid[]) AS told(id, person) "
            "ON CONFLICT (network_id, person, viewer, page, day) "
            "DO UPDATE SET count = ledger_accessrecord.count + 1, last = excluded.last",
            [by.network, by.person, page, day, now, [new_id() for _ in others], others],
        )


def keep_answer(key: str, *, digest: str, status: int, answer: str, by: Actor, now: datetime) -> None:
    """The answer to the act with `key` is kept, in the transaction of the act."""
    Kept.objects.in_network(by).create(
        network_id=by.network, person=by.person, key=key, digest=digest, status=status, answer=answer, at=now
    )


def forget_answers(*, by: InNetwork, now: datetime) -> int:
    """Answers kept longer than `KEPT_FOR` are gone: nobody sends an act again after that."""
    return Kept.objects.in_network(by).filter(at__lt=now - KEPT_FOR).delete()[0]


def mark_erased(kind: str, subject: UUID, *, by: Actor, now: datetime) -> None:
    """The erasure of `subject` is on the list that a restore applies again."""
    Erasure.objects.in_network(by).get_or_create(network_id=by.network, subject=subject, defaults={"kind": kind, "at": now})


def seal(by: InNetwork, now: datetime) -> Seal | None:
    """Close all entries of finished transactions that no seal covers yet; None where there are none.

    A transaction that still runs has a moment at or above the horizon, so nothing can slip into a closed range later.
    """
    take_turns("ledger.seal", by.network)
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_horizon()")
        horizon = cursor.fetchone()[0]
    last = Seal.objects.in_network(by).order_by("-number").first()
    after = last.upto if last else -1
    entries = sealed_range(by, after, horizon - 1)
    count = entries.count()
    if not count:
        return None
    return Seal.objects.in_network(by).create(
        network_id=by.network,
        number=last.number + 1 if last else 1,
        after=after,
        upto=horizon - 1,
        entries=count,
        digest=digest_of(entries.iterator(), last.digest if last else ""),  # one by one: a whole import may be in it
        made=now,
    )


def sealed_range(by: InNetwork, after: int, upto: int) -> QuerySet[Entry]:
    """The entries of a range, in ledger order."""
    return Entry.objects.in_network(by).filter(moment__gt=after, moment__lte=upto).order_by("moment", "seq")


def digest_of(entries: Iterable[Entry], before: str, version: int = 1) -> str:
    """SHA-256 over the sealed columns of every entry in order, begun with the digest of the seal before."""
    digest = hashlib.sha256(before.encode())
    for entry in entries:
        row = [getattr(entry, column) for column in SEALED[version]]
        digest.update(json.dumps(row, default=str, sort_keys=True, separators=(",", ":")).encode())
    return digest.hexdigest()
