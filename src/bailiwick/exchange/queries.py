"""Questions about imports: which there were, what one would do, what it refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from bailiwick.exchange.matching import PLURAL, content_digest, plainly_same, taken_before
from bailiwick.exchange.models import Import, Refusal
from bailiwick.exchange.rules.records import Rehearsal
from bailiwick.kit import Actor, NotSeen, Scope
from bailiwick.tenancy.walls import InNetwork


@dataclass
class Outlook:
    """What taking in would do, by kind: rows made, changed, left as they are, and met as already here from elsewhere."""

    created: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    unchanged: dict[str, int] = field(default_factory=dict)
    met: dict[str, int] = field(default_factory=dict)


def outlook(rehearsal: Rehearsal, source: str, by: Actor | None) -> Outlook:
    """What an import would do now, in a bounded number of queries for each kind; without a network everything is made."""
    told, ids = Outlook(), dict[str, dict[str, UUID]]()
    for kind, records in rehearsal.records.items():
        if not records:
            continue
        before = taken_before(records, source, by) if by else {}
        rest = [one for one in records if one.key not in before]
        met = plainly_same(rest, by, ids) if by else {}
        ids[kind] = {key: match.row for key, match in (before | met).items()}
        same = sum(
            before[one.key].taken is not None and before[one.key].taken.content == content_digest(one)  # type: ignore[union-attr]
            for one in records
            if one.key in before
        )
        _count(told, PLURAL[kind], created=len(rest) - len(met), met=len(met), unchanged=same, changed=len(before) - same)
    return told


def _count(told: Outlook, name: str, **counts: int) -> None:
    for what, count in counts.items():
        if count:
            getattr(told, what)[name] = count


def imports(viewer: Scope) -> QuerySet[Import]:
    """All imports, the newest first."""
    return Import.objects.seen_by(viewer).order_by("-created", "-pk")


def one_import(viewer: Scope, which: UUID) -> Import:
    """The import; NotSeen where it is none of the viewer's."""
    row = Import.objects.seen_by(viewer).filter(pk=which).first()
    if row is None:
        raise NotSeen
    return row


def refusals(viewer: Scope, which: UUID) -> QuerySet[Refusal]:
    """Rows that the import refused, in the order of the source."""
    return Refusal.objects.seen_by(viewer).filter(of=which).order_by("table", "line", "pk")


def last_mapping(source: str, by: InNetwork) -> Mapping[str, object]:
    """How the newest import of this source was read; empty where there was none."""
    read = last_taken(source, by)
    return dict(read.mapping) if read else {}


def last_taken(source: str, by: InNetwork) -> Import | None:
    """The newest import of this source that stands."""
    return Import.objects.in_network(by).filter(source=source, state=Import.State.TAKEN).order_by("-taken", "-pk").first()


def asked_since(by: InNetwork) -> list[datetime]:
    """When each import was given that is asked for and not taken in yet."""
    rows = Import.objects.in_network(by).filter(state=Import.State.ASKED)
    return list(rows.order_by("created").values_list("created", flat=True))
