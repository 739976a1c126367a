"""One's own hooks and how their deliveries fared."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Min, Q, QuerySet

from bailiwick.hooks.models import Delivery, Hook
from bailiwick.kit import NotSeen, Scope, Sentence
from bailiwick.kit.event import KINDS
from bailiwick.tenancy.walls import InNetwork


@dataclass(frozen=True, slots=True)
class HookSeen:
    """A hook, how many deliveries wait, and when the last got through."""

    hook: Hook
    waiting: int
    delivered: datetime | None


def hooks(viewer: Scope) -> list[HookSeen]:
    """The viewer's own hooks, the latest first."""
    return [_seen(row) for row in _counted(viewer).order_by("-made", "-id")]


def hook(viewer: Scope, which: UUID) -> HookSeen:
    """One of the viewer's own hooks; raises `NotSeen`."""
    found = _counted(viewer).filter(pk=which).first()
    if found is None:
        raise NotSeen
    return _seen(found)


def _counted(viewer: Scope) -> QuerySet[Hook]:
    waiting = Count("delivery", filter=Q(delivery__due__isnull=False))
    return Hook.objects.seen_by(viewer).annotate(waiting=waiting, delivered=Max("delivery__delivered"))


def _seen(row: Hook) -> HookSeen:
    return HookSeen(row, row.waiting, row.delivered)  # type: ignore[attr-defined]


def deliveries(viewer: Scope, which: UUID) -> QuerySet[Delivery]:
    """What is and was on its way to one of the viewer's own hooks; raises `NotSeen`."""
    if not Hook.objects.seen_by(viewer).filter(pk=which).exists():
        raise NotSeen
    return Delivery.objects.seen_by(viewer).filter(hook=which)


def waiting(by: InNetwork, now: datetime) -> tuple[int, datetime | None]:
    """How many deliveries of the network are on their way, and since when one is due to a hook that does not fail."""
    rows = Delivery.objects.in_network(by).filter(hook__off=None, due__isnull=False)
    late = Min("due", filter=Q(hook__failing=None, due__lte=now))
    told = rows.aggregate(waiting=Count("pk"), late=late)
    return told["waiting"], told["late"]


def kinds_to_choose() -> list[tuple[str, Sentence]]:
    """Every kind of event that a hook can ask for, with its sentence."""
    return [(kind, KINDS[kind].SENTENCE) for kind in sorted(KINDS)]
