"""Products and price lists come into being; a price list is never changed, a new edition follows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from bailiwick.kit import Actor, NotAllowed, Refused, Role, say
from bailiwick.offer.models import Price, PriceList, Product, SalesLine
from bailiwick.tenancy.turns import take_turns
from bailiwick.tenancy.walls import InNetwork


@dataclass(frozen=True, kw_only=True)
class NewPrice:
    """What a product costs the customer (list), what it may cost at least (floor), and what it costs the firm."""

    product: Product
    list_price: Decimal
    floor: Decimal | None = None
    cost: Decimal | None = None


def add_products(by_line: Mapping[str, Sequence[str]], *, by: Actor, source: str = "") -> list[Product]:
    """Products stand in sales lines, both by name; lines that exist are used. By the director or a steward."""
    _may_offer(by)
    take_turns("offer.products", by.network)  # or two would both find a line missing
    lines = {line.name: line for line in SalesLine.objects.in_network(by)}
    missing = [SalesLine(network_id=by.network, name=name, source=source) for name in by_line if name not in lines]
    lines |= {line.name: line for line in SalesLine.objects.in_network(by).bulk_create(missing)}
    rows = [
        Product(network_id=by.network, line=lines[line], name=name, source=source, source_id=name if source else "")
        for line, names in by_line.items()
        for name in names
    ]
    return Product.objects.in_network(by).bulk_create(rows)


def issue_price_list(*, name: str, currency: str, since: date, prices: Sequence[NewPrice], by: Actor) -> PriceList:
    """A new edition of the list is in force from `since`; the one before ends the day before.

    Refuses a day that is not after the beginning of the edition before: the past is not re-priced.
    """
    _may_offer(by)
    take_turns("offer.price_list", by.network)  # each edition follows one that nobody else follows
    before = PriceList.objects.in_network(by).filter(name=name).order_by("-edition").first()
    if before is not None and before.since >= since:
        raise Refused(
            "price_list_in_past",
            say("The edition before is in force from %(day)s; a new one begins later.", day=before.since),
        )
    if before is not None:
        before.until = since - timedelta(days=1)
        before.save(update_fields=["until"])
    edition = before.edition + 1 if before else 1
    issued = PriceList.objects.in_network(by).create(
        network_id=by.network, name=name, edition=edition, currency=currency, since=since
    )
    Price.objects.in_network(by).bulk_create(
        Price(
            network_id=by.network,
            price_list=issued,
            product=price.product,
            list_price=price.list_price,
            floor=price.floor,
            cost=price.cost,
        )
        for price in prices
    )
    return issued


def state_currency(currency: str, *, by: Actor) -> int:
    """The prices of lists whose source named no currency are in `currency`; the number of lists. One statement.

    No list is re-priced: it is said what its figures always meant.
    """
    _may_offer(by)
    return PriceList.objects.in_network(by).filter(currency="").update(currency=currency)


def default_line(by: InNetwork) -> SalesLine | None:
    """The sales line of a network that has exactly one."""
    lines = list(SalesLine.objects.in_network(by)[:2])
    return lines[0] if len(lines) == 1 else None


def _may_offer(by: Actor) -> None:
    if not (by.system or by.scope.roles & {Role.DIRECTOR, Role.STEWARD}):
        raise NotAllowed(say("Products and prices are kept by the director and the steward."))
