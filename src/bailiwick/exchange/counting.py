"""How many rows there are of what pages need: a fixed number of statements however large the network is."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q

from bailiwick.exchange.evidence import NOBODY
from bailiwick.exchange.models import Import
from bailiwick.exchange.rules.readiness import ENOUGH_MOVES, Counts
from bailiwick.kit import Scope
from bailiwick.network.models import Access, Person
from bailiwick.offer.models import Price, Product
from bailiwick.pipeline.models import Opportunity, Stage
from bailiwick.territories.models import Account, Contact


def counts(viewer: Scope, now: datetime) -> Counts:
    """What is there now."""
    return Counts(**_deals(viewer), **_companies(viewer), **_goods(viewer), **_people(viewer), weeks=_weeks(viewer, now))


def _deals(viewer: Scope) -> dict[str, int]:
    """`moved` is counted as far as it matters."""
    rows = Opportunity.objects.seen_by(viewer).filter(outcome=Opportunity.Outcome.OPEN)
    found: dict[str, Any] = rows.aggregate(
        open_deals=Count("pk"),
        dated=Count("pk", filter=Q(expected__isnull=False)),
        valued=Count("pk", filter=Q(value__isnull=False)),
    )
    stays = Stage.objects.seen_by(viewer).filter(entered__isnull=False).values("opportunity").annotate(n=Count("pk"))
    return found | {"moved": len(stays.filter(n__gt=1).order_by()[:ENOUGH_MOVES])}


def _companies(viewer: Scope) -> dict[str, int]:
    named = Contact.objects.in_network(viewer).filter(account=OuterRef("pk"), archived=None)
    found: dict[str, int] = (
        Account.objects.seen_by(viewer)
        .filter(archived=None)
        .aggregate(
            accounts=Count("pk"),
            contacted=Count("pk", filter=Q(last_contact__isnull=False)),
            with_contacts=Count("pk", filter=Exists(named)),
        )
    )
    return found


def _goods(viewer: Scope) -> dict[str, int]:
    """Products with a list price and with a cost in the newest edition of a list."""
    newest = Price.objects.in_network(viewer).filter(product=OuterRef("pk"), price_list__until=None)
    found: dict[str, int] = (
        Product.objects.seen_by(viewer)
        .filter(archived=None)
        .aggregate(
            products=Count("pk"),
            listed=Count("pk", filter=Exists(newest)),
            costed=Count("pk", filter=Exists(newest.filter(cost__isnull=False))),
        )
    )
    return found


def _people(viewer: Scope) -> dict[str, int]:
    """Those who came without a login: whom a mail could let in."""
    inside = Access.objects.filter(network=viewer.network).values("person")
    there = Person.objects.seen_by(viewer).filter(left=None, erased=None, program=False).exclude(pk__in=inside)
    found: dict[str, int] = there.exclude(source_id=NOBODY).aggregate(
        outside=Count("pk"), mailed=Count("pk", filter=~Q(email=""))
    )
    return found


def _weeks(viewer: Scope, now: datetime) -> int:
    """Whole weeks since the first export was taken in; 0 where none was."""
    first = Import.objects.seen_by(viewer).filter(state=Import.State.TAKEN).aggregate(first=Min("taken"))["first"]
    return (now - first).days // 7 if first else 0
