"""Questions about standing sources: which there are, what came for them, where a row is seen in its source."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from bailiwick.exchange.models import Incoming, StandingSource
from bailiwick.exchange.queries import last_mapping
from bailiwick.exchange.rules.links import host_of, link_to
from bailiwick.exchange.rules.mapping_file import from_json
from bailiwick.exchange.rules.masters import mastered
from bailiwick.exchange.rules.standing import overdue
from bailiwick.kit import NotSeen, Scope
from bailiwick.ledger.masters import kept_elsewhere
from bailiwick.tenancy.models import Edited
from bailiwick.tenancy.walls import InNetwork

LOOKED_BACK = 20  # incoming that tell the usual gap


@dataclass(frozen=True, slots=True)
class Standing:
    """A standing source, and how many files wait for their turn."""

    row: StandingSource
    waiting: int


@dataclass(frozen=True, slots=True)
class SeenThere:
    """Where a row of ours is seen in the source that stands for it, and at which host; empty where nobody said."""

    source: str
    url: str = ""
    host: str = ""


def standing_sources(viewer: Scope) -> list[Standing]:
    """Those that have not ended, by name."""
    return [_seen(row) for row in _counted(viewer).order_by("source")]


def standing_source(viewer: Scope, which: UUID) -> Standing:
    """One that has not ended; raises `NotSeen`."""
    row = _counted(viewer).filter(pk=which).first()
    if row is None:
        raise NotSeen
    return _seen(row)


def _counted(viewer: Scope) -> QuerySet[StandingSource]:
    waits = Count("incoming", filter=Q(incoming__state__in=(Incoming.State.WAITING, Incoming.State.GIVEN)))
    return StandingSource.objects.seen_by(viewer).filter(ended=None).annotate(waiting=waits)


def _seen(row: StandingSource) -> Standing:
    return Standing(row, row.waiting)  # type: ignore[attr-defined]


def standing_of(viewer: Scope, source: str) -> StandingSource | None:
    """The standing source of this name, if there is one."""
    return StandingSource.objects.seen_by(viewer).filter(source=source, ended=None).first()


def incoming(viewer: Scope, which: UUID, most: int = 10) -> Sequence[Incoming]:
    """What came last."""
    return list(Incoming.objects.seen_by(viewer).filter(of=which).defer("content").order_by("-came", "-pk")[:most])


def silent(of: StandingSource, by: InNetwork, now: datetime) -> timedelta | None:
    """How long nothing came, where that is three times its usual gap."""
    rows = Incoming.objects.in_network(by).filter(of=of).order_by("-came")
    came = sorted(set(rows.values_list("came", flat=True)[:LOOKED_BACK]))
    return overdue(came, now) if came else None


def seen_there(kind: str, source: str, key: str, by: InNetwork) -> SeenThere | None:
    """Where the row is seen in its source; None where that is not standing. By ids only: a key made of names leads nowhere."""
    row = StandingSource.objects.in_network(by).filter(source=source, ended=None).first() if source else None
    if row is None:
        return None
    template = row.links.get(kind, "")
    if not template or not key or not _has_ids(kind, source, by):
        return SeenThere(source)
    return SeenThere(source, link_to(template, key), host_of(template))


def fields_of(source: str, by: InNetwork) -> list[tuple[str, str]]:
    """(kind, field) of everything that exports of this source fill."""
    mapping = last_mapping(source, by)
    return mastered(from_json(mapping)) if mapping else []


def _has_ids(kind: str, source: str, by: InNetwork) -> bool:
    """Whether the source tells the rows of this kind apart by a column of ids."""
    mapping = last_mapping(source, by)
    tables = from_json(mapping).tables if mapping else ()
    return any(table.kind == kind and table.of(f"{kind}.key") for table in tables)


def kept_in(kind: str, row: Edited, by: InNetwork) -> dict[str, str]:
    """By field of this row, the source in which it is kept."""
    return dict.fromkeys(kept_elsewhere(kind, [row.source], by).get(row.source, ()), row.source)
