"""Products: one record for one name, whatever number of rows told its prices over the years."""

from typing import Any

from bailiwick.exchange.rules.rehearsing.book import Book, Draft
from bailiwick.exchange.rules.rehearsing.keys import loose
from bailiwick.exchange.rules.rehearsing.listing import enlist, first_wins, refer_and_describe
from bailiwick.exchange.rules.rehearsing.sheets import Sheet
from bailiwick.exchange.rules.rehearsing.work import Work

PRICES = ("list_price", "cost")


def take_products(work: Work) -> None:
    """Every product that is listed, also those that nothing refers to."""
    enlist(work, "product", _again, _of_one_name)
    refer_and_describe(work, "product")


def _of_one_name(book: Book, key: str, values: dict[str, Any]) -> str:
    """The key of the record that has this name already; the row's own key leads there from now on."""
    named = book.loose.get(loose(values["name"]), key)
    if key not in book.drafts and named in book.drafts:
        book.also[key] = named
    return book.also.get(key, key)


def _again(work: Work, draft: Draft, values: dict[str, Any], sheet: Sheet, place: int) -> None:
    """A further row of one name tells a later price; a further row of one key that says something else is told."""
    if sheet.values("product.key")[place] == draft.key:
        first_wins(work, draft, values, sheet, place)
        return
    draft.values.update({short: values[short] for short in PRICES if values[short] is not None})
    sheet.again.add(place)
