"""Opportunities: one row one deal, with whom and what it refers to."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from bailiwick.exchange.rules.rehearsing.book import Draft
from bailiwick.exchange.rules.rehearsing.deals import PLACES, Deals, Unfit
from bailiwick.exchange.rules.rehearsing.describing import describe_all
from bailiwick.exchange.rules.rehearsing.keys import Occurrences
from bailiwick.exchange.rules.rehearsing.referring import refer
from bailiwick.exchange.rules.rehearsing.sheets import Sheet
from bailiwick.exchange.rules.rehearsing.work import Work
from bailiwick.fields.typed import LARGEST
from bailiwick.kit import say

ROLES = ("account", "owner", "developer", "lead")
KEY = "opportunity.key"


def take_opportunities(work: Work) -> None:
    """Every row that tells of a deal is one; a second row of one id is a repetition, or refused."""
    occurrences = Occurrences()
    said: dict[str, tuple[Any, ...]] = {}
    equal: set[tuple[Any, ...]] = set()
    for sheet in work.of("opportunity"):
        _draft(work, sheet, occurrences, said)
        _equal_but_id(work, sheet, equal)
        keys = attach(work, sheet, sheet.live())
        _goods(work, sheet, keys["opportunity.product"])


def _draft(work: Work, sheet: Sheet, occurrences: Occurrences, told: dict[str, tuple[Any, ...]]) -> None:
    deals, book = Deals(work, sheet), work.book("opportunity")
    ids, names = sheet.values(KEY), tuple(sorted(sheet.columns))
    for place, cells in enumerate(sheet.said()):
        if place in sheet.refused or place in sheet.again:
            continue
        try:
            if not any(cells):
                raise Unfit(say("Nothing here says whom or what the row is about."))
            key = ids[place]
            if key in told:
                _repeat(sheet, place, told[key], (names, cells))
                continue
            values = deals.read(place)
        except Unfit as why:
            sheet.refuse(place, why.sentence)
            continue
        if key:
            told[key] = (names, cells, sheet.name, sheet.lines[place])
        else:
            key = occurrences.key(names, cells)
        sheet.keys[place] = key
        draft = book.add(Draft("opportunity", key, sheet.name, sheet.lines[place], values))
        draft.rows.append((sheet, place))
        deals.tell(values, place)
        if values["title"]:
            book.index(draft)


def _repeat(sheet: Sheet, place: int, told: tuple[Any, ...], said: tuple[Any, ...]) -> None:
    """Two rows of one id: the second says the same, or nobody can know which of them is right."""
    if told[:2] == said:
        sheet.again.add(place)
        return
    table, line = told[2:]
    if table == sheet.name:
        raise Unfit(say("Line %(line)s has the same id with other content.", line=line))
    raise Unfit(say("Line %(line)s of %(table)s has the same id with other content.", line=line, table=table))


def _equal_but_id(work: Work, sheet: Sheet, met: set[tuple[Any, ...]]) -> None:
    """Rows that differ in nothing but their id are taken, and told: two deals, or one entered twice."""
    if not sheet.has(KEY):
        return
    names, ids = tuple(sorted(sheet.columns)), sheet.values(KEY)
    for place, cells in enumerate(sheet.said(without=KEY)):
        if sheet.keys[place] is None or not ids[place]:
            continue
        if (names, cells) in met:
            work.note("rows_equal_but_id", sheet, place)
        met.add((names, cells))


def attach(work: Work, sheet: Sheet, rows: list[int]) -> dict[str, list[str | None]]:
    """The deals of these rows hold the keys of what they refer to; what the rows say of that is taken."""
    drafts = work.book("opportunity").drafts
    keys = {f"opportunity.{role}": refer(work, sheet, f"opportunity.{role}", rows) for role in ROLES}
    accounts = keys["opportunity.account"]
    keys["opportunity.contact"] = refer(work, sheet, "opportunity.contact", rows, accounts)
    if sheet.kind == "opportunity":
        keys["opportunity.product"] = refer(work, sheet, "opportunity.product", rows)
    contacts = keys["opportunity.contact"]
    columns = [keys[f"opportunity.{role}"] for role in ROLES]
    for place in rows:
        values = drafts[sheet.keys[place] or ""].values
        values["account"], values["owner"], values["developer"], values["lead"] = (column[place] for column in columns)
        if contact := contacts[place]:
            values["contact"] = contact
            _employ(work, contact, values["account"])
    describe_all(work, sheet, keys, rows)
    return keys


def _employ(work: Work, contact: str, account: str | None) -> None:
    """Who has no company otherwise works at the company of the deal."""
    draft = work.book("contact").drafts[contact]
    if draft.values["account"] is None:
        draft.values["account"] = account


def _goods(work: Work, sheet: Sheet, products: list[str | None]) -> None:
    """A deal over one product has one line; its price is what the deal is worth, shared over the quantity."""
    drafts, book = work.book("opportunity").drafts, work.book("product").drafts
    quantities, discounts = sheet.values("opportunity.quantity"), sheet.values("opportunity.discount")
    for place in sheet.live():
        values, product = drafts[sheet.keys[place] or ""].values, products[place]
        if product is None or book[product].values["list_price"] is None:
            values["stated_discount"] = discounts[place]
        if product is not None:
            quantity = quantities[place] or Decimal(1)
            values["lines"] = [(product, quantity, each(values["value"], quantity))]


def each(amount: Decimal | None, quantity: Decimal) -> Decimal | None:
    """The price of one, to four places; None where the amount is unknown, or shared among so little that no price is meant.

    >>> each(Decimal(100), Decimal(3)), each(None, Decimal(3))
    (Decimal('33.3333'), None)
    """
    price = None if amount is None else (amount / quantity).quantize(PLACES, ROUND_HALF_UP)
    return None if price is None or price >= LARGEST else price
