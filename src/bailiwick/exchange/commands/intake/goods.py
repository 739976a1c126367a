"""Products of a source, in sales lines, with the prices that it gives."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import count

from bailiwick.exchange.commands.intake.hold import Hold
from bailiwick.exchange.rules.records import Record
from bailiwick.offer.commands import NewPrice, add_products, issue_price_list
from bailiwick.offer.models import PriceList, Product, SalesLine

EVERYTHING = "Everything"
APART = Decimal("0.9")  # share of sellers that must keep to one family before families are sales lines


def take_products(new: Sequence[Record], records: Mapping[str, Sequence[Record]], hold: Hold) -> list[SalesLine]:
    """New products stand in sales lines, and a price list holds their prices. The lines of all products of the source."""
    families = _families_are_lines(records)
    there = {line.name for line in SalesLine.objects.in_network(hold.by)}
    single = min(there) if len(there) == 1 else EVERYTHING
    line_of = {record.key: (record.values["family"] or EVERYTHING) if families else single for record in new}
    by_line: dict[str, list[str]] = defaultdict(list)
    for record in new:
        by_line[line_of[record.key]].append(record.values["name"])
    if not new and not there:
        by_line[single] = []
    rows = {row.name: row for row in add_products(by_line, by=hold.by, source=hold.of.source)}
    hold.also_made("sales_line", SalesLine.objects.in_network(hold.by).exclude(name__in=there))
    hold.made("product", new, [rows[record.values["name"]] for record in new])
    _price(new, rows, hold)
    return list(SalesLine.objects.in_network(hold.by).order_by("name"))


def _families_are_lines(records: Mapping[str, Sequence[Record]]) -> bool:
    """Families of products are lines of their own where nearly every seller keeps to one of them."""
    family = {record.key: record.values["family"] for record in records.get("product", ())}
    sold: dict[str, set[str]] = defaultdict(set)
    for deal in records.get("opportunity", ()):
        for product, *_ in deal.values["lines"]:
            sold[deal.values["owner"]].add(family.get(product, ""))
    keeping = sum(len(families) == 1 for families in sold.values())
    return len(set(family.values()) - {""}) > 1 and bool(sold) and Decimal(keeping) / len(sold) >= APART


def _price(new: Sequence[Record], rows: Mapping[str, Product], hold: Hold) -> None:
    prices = [
        NewPrice(product=rows[record.values["name"]], list_price=record.values["list_price"], cost=record.values["cost"])
        for record in new
        if record.values["list_price"] is not None
    ]
    if prices:
        issued = issue_price_list(
            name=_list_name(hold), currency=hold.currency, since=hold.since.date(), prices=prices, by=hold.by
        )
        hold.also_made("price_list", [issued])


def _list_name(hold: Hold) -> str:
    """A list of its own each time: an edition of one that is there would end prices of products that are not in it."""
    name = hold.of.source
    there = set(PriceList.objects.in_network(hold.by).filter(name__startswith=name).values_list("name", flat=True))
    return next(one for number in count(1) if (one := name if number == 1 else f"{name} ({number})") not in there)
