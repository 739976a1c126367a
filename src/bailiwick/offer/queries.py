"""What is sold, and at which prices."""

from datetime import date

from django.db.models import Q, QuerySet

from bailiwick.kit import Scope
from bailiwick.offer.models import Price, PriceList, Product, SalesLine


def sales_lines(viewer: Scope) -> QuerySet[SalesLine]:
    """All sales lines, by name."""
    return SalesLine.objects.seen_by(viewer).order_by("name")


def products(viewer: Scope) -> QuerySet[Product]:
    """Products that are still sold, by name."""
    return Product.objects.seen_by(viewer).filter(archived=None).select_related("line").order_by("name")


def price_lists(viewer: Scope, day: date) -> QuerySet[PriceList]:
    """The price lists in force on `day`."""
    in_force = Q(until=None) | Q(until__gte=day)
    return PriceList.objects.seen_by(viewer).filter(in_force, since__lte=day).order_by("name")


def prices(viewer: Scope, day: date) -> QuerySet[Price]:
    """The prices in force on `day`."""
    return (
        Price.objects.seen_by(viewer)
        .filter(price_list__in=price_lists(viewer, day))
        .select_related("product", "price_list")
        .order_by("product__name")
    )
