"""Lines of orders: the rows of one order are one deal, whose value is what they add up to."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from bailiwick.exchange.rules.rehearsing.book import Draft
from bailiwick.exchange.rules.rehearsing.cells import shown
from bailiwick.exchange.rules.rehearsing.deals import Deals, Unfit
from bailiwick.exchange.rules.rehearsing.describing import describe
from bailiwick.exchange.rules.rehearsing.opportunities import attach, each
from bailiwick.exchange.rules.rehearsing.referring import refer, references
from bailiwick.exchange.rules.rehearsing.sheets import Sheet
from bailiwick.exchange.rules.rehearsing.work import Work
from bailiwick.fields.typed import LARGEST
from bailiwick.kit import say

CENT, ONE = Decimal("0.01"), Decimal(1)
# Costs stand for the whole line, as amounts do, unless the column says that it is one piece's.
PIECE = ("unit", "standard", "each", "einzel", "stück", "stueck")


def take_lines(work: Work) -> None:
    """Each row belongs to a deal, listed or implied by the rows that name it."""
    sums: dict[str, Decimal | None] = {}
    for sheet in work.of("line"):
        amounts = _amounts(sheet)
        _belong(work, sheet)
        products = refer(work, sheet, "line.product")
        describe(work, sheet, "product", products)
        _add(work, sheet, products, amounts, sums)
    drafts = work.book("opportunity").drafts
    for key, amount in sums.items():
        values = drafts[key].values
        listed = bool(drafts[key].rows) and drafts[key].rows[0][0].kind == "opportunity"
        known = listed and values["value"] is not None
        if amount is not None and not known and amount < LARGEST and _counts(values, amount):
            values["value"] = amount.quantize(CENT, ROUND_HALF_UP)


def _counts(values: dict[str, Any], amount: Decimal) -> bool:
    return bool(amount) or values["outcome"] not in ("lost", "withdrawn")


def _belong(work: Work, sheet: Sheet) -> None:
    """The rows of one order by its number; the first of them tells what the order is otherwise."""
    texts = references(sheet, "line.opportunity") or [""] * len(sheet)
    listed = any(one.has("opportunity.key") for one in work.of("opportunity"))
    book, known, groups = work.book("opportunity"), dict[str, str | None](), dict[str, list[int]]()
    for place in sheet.live():
        text = texts[place]
        if text not in known:
            found = book.find(text) if text else None
            known[text] = found.key if found else None
        key = known[text]
        if not text:
            sheet.refuse(place, say("The row does not say to which order it belongs."))
        elif key is not None:
            sheet.keys[place] = key
        elif listed:
            sheet.refuse(place, say("There is no deal %(cell)s.", cell=shown(text)))
        else:
            groups.setdefault(text, []).append(place)
    _imply(work, sheet, groups)


def _imply(work: Work, sheet: Sheet, groups: dict[str, list[int]]) -> None:
    deals, book = Deals(work, sheet), work.book("opportunity")
    firsts: list[int] = []
    for key, places in groups.items():
        first = places[0]
        try:
            values = deals.read(first)
        except Unfit as why:
            for place in places:
                sheet.refuse(place, why.sentence)
            continue
        draft = book.add(Draft("opportunity", key, sheet.name, sheet.lines[first], values))
        draft.rows += [(sheet, place) for place in places]
        for place in places:
            sheet.keys[place] = key
        values["stated_discount"] = sheet.values("opportunity.discount")[first]
        deals.tell(values, first)
        book.index(draft)
        firsts.append(first)
    attach(work, sheet, firsts)
    _contradictions(work, sheet, groups)


def _contradictions(work: Work, sheet: Sheet, groups: dict[str, list[int]]) -> None:
    """Rows that say something else of their order than its first row does."""
    columns = [texts for target, texts in sheet.texts.items() if target.startswith("opportunity.")]
    if not columns:
        return
    said = list(zip(*columns, strict=True))
    for places in groups.values():
        first = said[places[0]]
        for place in places[1:]:
            if said[place] != first and sheet.keys[place] is not None:
                work.note("contradicting_rows", sheet, place)


Amounts = tuple[Decimal, Decimal | None, Decimal | None]


def _amounts(sheet: Sheet) -> list[Amounts]:
    """Quantity, price of one and amount of each row; a row that comes to more than can be meant is refused."""
    found: list[Amounts] = []
    columns = (sheet.values(f"line.{name}") for name in ("quantity", "price", "amount"))
    for place, (pieces, price, amount) in enumerate(zip(*columns, strict=True)):
        quantity = pieces or ONE
        if place in sheet.refused:
            line: Amounts = (ONE, None, None)
        elif amount is not None:
            line = (quantity, each(amount, quantity), amount)
        else:
            line = (quantity, price, None if price is None else quantity * price)
        found.append(line)
        if line[2] is not None and line[2] >= LARGEST:
            sheet.refuse(place, say("The line comes to more than can be meant."))
    return found


def _add(
    work: Work, sheet: Sheet, products: Sequence[str | None], amounts: Sequence[Amounts], sums: dict[str, Decimal | None]
) -> None:
    """Lines and sums of the deals grow; a sum of which one amount is unknown is unknown."""
    drafts, costs = work.book("opportunity").drafts, sheet.values("line.cost")
    piece = sheet.has("line.cost") and any(word in sheet.columns["line.cost"].column.casefold() for word in PIECE)
    for place in sheet.live():
        key, product, cost = sheet.keys[place] or "", products[place], costs[place]
        quantity, price, amount = amounts[place]
        lines = drafts[key].values["lines"]
        if key not in sums:
            lines.clear()  # lines of their own say more than the one that a deal's product implies
            sums[key] = Decimal(0)
        so_far = sums[key]
        sums[key] = None if amount is None or so_far is None else so_far + amount
        if product is not None:
            lines.append((product, quantity, price))
        if cost is not None and amount is not None and amount < (cost * quantity if piece else cost):
            work.note("sold_below_cost", sheet, place)
