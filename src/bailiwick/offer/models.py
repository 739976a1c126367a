"""Sales lines, products, price lists and the prices on them."""

from django.db import models
from django.db.models import F, Q

from bailiwick.kit import Scope
from bailiwick.tenancy.models import Edited, OpenToNetwork, scoped_constraint
from bailiwick.tenancy.walls import TenantKey


class SalesLine(Edited, OpenToNetwork):
    """Products that one caller may offer a company while another offers other lines."""

    name = models.CharField(max_length=120)

    class Meta:
        constraints = (scoped_constraint("one_sales_line_a_name", "name"),)


class Product(Edited, OpenToNetwork):
    """Something sold, in exactly one sales line."""

    line = TenantKey(SalesLine, related_name="products")
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=60, blank=True, default="")
    archived = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            scoped_constraint("one_product_a_name", "name"),
            scoped_constraint("product_from_source_once", "source", "source_id", condition=~Q(source_id="")),
        )


class PriceList(OpenToNetwork):
    """Prices of one currency, valid from a day until the next version; a version once used is never changed."""

    name = models.CharField(max_length=120)
    edition = models.PositiveIntegerField(default=1)
    currency = models.CharField(max_length=3)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = (
            scoped_constraint("one_edition_a_price_list", "name", "edition"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="price_list_ends_later"),
        )


class Price(OpenToNetwork):
    """List price, floor below which nobody sells without a decision, and cost of one product."""

    price_list = TenantKey(PriceList, related_name="prices")
    product = TenantKey(Product, related_name="prices")
    list_price = models.DecimalField(max_digits=18, decimal_places=4)
    floor = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    cost = models.DecimalField(max_digits=18, decimal_places=4, null=True)

    class Meta:
        constraints = (scoped_constraint("one_price_a_product_and_list", "price_list", "product"),)

    @classmethod
    def sight(cls, viewer: Scope) -> Q:
        """Prices hold the cost: whoever works on deals, and the director."""
        return Q() if viewer.everything or viewer.sells else Q(pk__in=())
